"""What is checked in the sources before Sphinx reads them.

First what a book must not carry (``safety.py``); if there is any, nothing else is looked at.
Each of the rest would otherwise reach the person as a traceback or not at all: an empty
chapter, a .bib file that pybtex cannot parse, a citation that sphinxcontrib-bibtex cannot.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from speechbook.building.bibliography_syntax import bibliography_problems
from speechbook.building.safety import safety_problems
from speechbook.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from speechbook.building.paths import BookPaths

CITE_ROLE = re.compile(r"\{cite(?::[a-z]+)?\}`(?P<target>[^`]*)`")
TITLED_TARGET = re.compile(r".*<(?P<target>[^>]*)>\s*", re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
BYTE_ORDER_MARK = "\ufeff"


def place_at(path: Path, text: str, offset: int) -> Place:
    """Return line and column (in characters, from 1) of an offset in *text*."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def decode(path: Path, content: bytes) -> str | Problem:
    """Return the text, or the problem that the bytes are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        place = place_at(path, before, len(before))
        what = f"The file is not UTF-8 text (byte 0x{content[error.start]:02X})"
        return Problem(what, place, "save it in the encoding UTF-8, which every editor offers")


def chapter_problems(path: Path, text: str) -> Iterator[Problem]:
    """Yield what is wrong with one Markdown file."""
    if text.startswith(BYTE_ORDER_MARK):
        yield Problem(
            "The file starts with a byte order mark", Place(path, 1, 1), "save it as UTF-8 without"
        )
    if not FRONT_MATTER.sub("", text).strip():
        yield Problem(
            "The chapter is empty",
            Place(path, 1),
            "write it, or delete the file and its line in docs/index.md",
        )
    yield from citation_problems(path, text)


def citation_problems(path: Path, text: str) -> Iterator[Problem]:
    """Yield every citation that cannot be parsed; Sphinx would stop with a traceback."""
    for role in CITE_ROLE.finditer(text):
        titled = TITLED_TARGET.fullmatch(role["target"])
        target = titled["target"] if titled else role["target"]
        try:
            list(parse_citation_targets(target))
        except ValueError:
            yield Problem(
                f"The citation {target!r} cannot be parsed",
                place_at(path, text, role.start("target")),
                "write {before}key{locator}, several works separated by commas",
            )


def preflight(paths: BookPaths) -> tuple[Problem, ...]:
    """Return all problems found without Sphinx, in the order of the files.

    Chapters and data are UTF-8 if the first look found nothing (SEC006).
    """
    unsafe = safety_problems(paths)
    if unsafe:
        return unsafe
    problems = [
        problem
        for path in sorted(paths.docs.rglob("*.md"))
        for problem in chapter_problems(path, path.read_text(encoding="utf-8"))
    ]
    if not paths.bibliography.exists():
        what = "The bibliography is missing"
        return (*problems, Problem(what, Place(paths.bibliography), "restore it from git"))
    text = decode(paths.bibliography, paths.bibliography.read_bytes())
    if isinstance(text, Problem):
        return (*problems, text)
    return (*problems, *bibliography_problems(paths.bibliography, text))
