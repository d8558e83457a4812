"""Ten thousand spoilt chapters: no exception, no hang, every finding with a place.

Run in full by ``nox -s campaign``; a seeded share of it runs with the other tests
(``tests/lint/test_hostile_chapters.py``).
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.checking import check
from citelint.fixes import apply, compatible
from citelint.myst.reader import read_chapter
from citelint.project import PersonRow, Project
from citelint.rules import ALL_RULES
from citelint.text import SourceText, decode, encode
from tests.campaign.citelint_mutations import MUTATIONS, assert_places
from tests.campaign.judging import judged
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL_COUNT, SLICE = 10_000, 500
#: Bytes of a chapter that a seed spoils: a window of it, so that ten thousand can be read.
WINDOW = 3000
FIXTURES = Path(__file__).resolve().parent.parent / "lint"
MARKS = (
    b"`",
    b"{",
    b"}",
    b"|",
    b">",
    b"    ",
    b":::",
    b"[^",
    b"]",
    b"%",
    b"<!--",
    b"\n\n",
    b"\xe2\x80",
)
BOOK = """@book{taubman2003,
  author = {Taubman, William},
  title = {Khrushchev},
  publisher = {Norton},
  year = {2003},
  pages = {1--900},
  volumes = {2},
}
@book{a, author = {A, B}, title = {T}, year = {1999}, publisher = {P}, pages = {1--3}}
"""


def originals() -> list[bytes]:
    """Return the book's chapters and every rule's bad cases."""
    paths = [*(REPOSITORY / "docs").rglob("*.md"), *FIXTURES.glob("*/*/bad*.md")]
    return [path.read_bytes() for path in sorted(paths) if path.is_file()]


def put_in(content: bytes, at: int, chance: random.Random) -> bytes:
    """Put a mark of Markdown in."""
    return content[:at] + chance.choice(MARKS) * chance.choice((1, 1, 1, 2)) + content[at:]


def spoilt(seed: int, sources: list[bytes]) -> bytes:
    """Return the chapter that a seed stands for."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    content = chance.choice(sources)
    start = chance.randrange(max(1, len(content) - WINDOW))
    content = content[start : start + WINDOW]
    for _ in range(chance.choice((1, 2, 5, 20))):
        mutation = chance.choice((*MUTATIONS, put_in, put_in))
        content = mutation(content, chance.randrange(len(content) + 1), chance)
    return content


def project_of(text: str) -> Project:
    """Return a project of one chapter, with an entry, a person and an evidence table."""
    source = SourceText(Path("chapter.md"), text)
    bib_file = scan(SourceText(Path("references.bib"), BOOK))
    return Project(
        root=Path(),
        bib_files=(bib_file,),
        records=tuple(records_of(bib_file)),
        chapters=(read_chapter(source),),
        people=(PersonRow("Khrushchev, Nikita", ("Chruschtschow",)),),
        evidence_source=SourceText(Path("evidence.toml"), ""),
    )


def judge(content: bytes) -> int:
    """Assert what must hold for any bytes; return the number of findings."""
    text, _ = decode(content)
    assert encode(text) == content
    project = project_of(text)
    chapter = project.chapters[0]
    findings = [f for f in check(project, ALL_RULES) if f.path == "chapter.md"]
    assert_places(findings, chapter.source)
    assert len(chapter.prose) == len(text)
    for citation in chapter.citations:
        assert text[citation.span.start] == "{"
        assert text[citation.span.end - 1] == "`"
    mended = apply(text, compatible([f for f in findings if f.fixable]))
    read_chapter(SourceText(Path("chapter.md"), mended))
    return len(findings)


def run(seeds: range) -> Iterator[int]:
    """Judge the chapters of these seeds; return each one’s number of findings."""
    sources = originals()
    return judged(seeds, lambda seed: spoilt(seed, sources), judge)


@pytest.mark.parametrize("start", range(0, FULL_COUNT, SLICE))
def test_spoilt_chapters(start: int) -> None:
    counts = list(run(range(start, start + SLICE)))
    print(f"{len(counts)} spoilt chapters read, {sum(counts)} findings, no exception")  # noqa: T201
    assert len(counts) == SLICE


def test_a_line_of_ten_megabytes() -> None:
    """The line is passed over where it is too long, and what stands behind it is read."""
    text = "a word {cite:p}`taubman2003` " * 350_000 + "\n\nAnd {cite:p}`nobody`.\n"
    found = {(f.line, f.code) for f in check(project_of(text), ALL_RULES)}
    assert (3, "USE001") in found
