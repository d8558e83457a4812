"""Where in the sources a finding of an audit has its cause, as far as its sentence tells.

Audits read finished formats, which know no line of Markdown.  Their sentences name a document
(``chapters/08-eikhe`` or, where formats are compared, its title's letters) and quote words of
it; the first line of the sources that has both is what a contributor wants to see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.audit.parity.model import letters_of
from speechbook.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

QUOTED = re.compile(r"“([^”]+)”")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
#: What stands in a line of Markdown and not on a page: directives, note marks, citations.
UNSEEN = re.compile(r"\[\^[^\]]+\]:?|\{cite:[a-z]+\}`[^`]*`|^[`:]{3,}.*$")
#: A role or a link with its own words: these are seen, its target is not.
WORDED = re.compile(r"\{[a-z:]+\}`([^`<]*)(?:<[^`]*)?`|\[([^\]]*)\]\([^)]*\)")
#: Fewer letters than these are found in many lines; more may be cut by a line's end.
FEWEST, MOST = 8, 24


@dataclass(frozen=True)
class Document:
    """A document of the sources: its name, its title's letters, its lines' letters."""

    name: str
    path: Path
    title: str
    lines: tuple[str, ...]


def seen_letters(line: str) -> str:
    """Return the letters that a line of Markdown shows on a page."""
    return letters_of(WORDED.sub(lambda m: m[1] or m[2] or "", UNSEEN.sub("", line)))


def document_of(name: str, path: Path, text: str) -> Document:
    """Read one document."""
    title = TITLE.search(text)
    lines = tuple(seen_letters(line) for line in text.splitlines())
    return Document(name, path, letters_of(title[1]) if title else "", lines)


def read_documents(docs: Path) -> tuple[Document, ...]:
    """Read every document below a folder."""
    paths = sorted(docs.rglob("*.md"))
    names = [path.relative_to(docs).with_suffix("").as_posix() for path in paths]
    return tuple(
        document_of(name, path, path.read_text(encoding="utf-8"))
        for name, path in zip(names, paths, strict=True)
    )


def is_meant(document: Document, sentence: str) -> bool:
    """Say whether a sentence names a document, by its name or by its title's letters."""
    if "/" in document.name and document.name in sentence:
        return True
    return bool(document.title) and document.title == sentence.split(":", 1)[0]


def probes(sentence: str) -> Iterator[str]:
    """Yield the letters to look for: the beginning of each quotation of a sentence."""
    for words in QUOTED.findall(sentence):
        letters = letters_of(words)[:MOST]
        if len(letters) >= FEWEST:
            yield letters


def line_with(document: Document, wanted: Iterable[str]) -> int:
    """Return the first line (from 1) that has one of some letters, 0 if none has."""
    probe = tuple(wanted)
    numbered = enumerate(document.lines, start=1)
    return next((number for number, line in numbered if any(p in line for p in probe)), 0)


def place_of(sentence: str, documents: Sequence[Document]) -> Place | None:
    """Return the place in the sources that a finding's sentence tells of, as exactly as it may."""
    named = [document for document in documents if is_meant(document, sentence)]
    wanted = tuple(probes(sentence))
    for document in named or documents:
        line = line_with(document, wanted)
        if line:
            return Place(document.path, line)
    return Place(named[0].path, 1) if named else None
