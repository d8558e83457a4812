"""Ten thousand spoilt .bib files: no exception, no hang, always a finding with a place.

Run in full by ``nox -s campaign``; a seeded share of it runs
with the other tests (``tests/citelint/bibtex/test_mutations.py``).
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
from citelint.project import Project
from citelint.rules import ALL_RULES
from citelint.text import SourceText, decode, encode
from speechbook.bench.bibliographies import bibliography
from tests.campaign.judging import judged
from tests.citelint.bibtex import oracle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.findings import Finding

FULL_COUNT, SLICE = 10_000, 500
FIXTURES = Path(__file__).resolve().parent.parent / "lint"
#: What pybtex stops or warns at has one of these.
FATAL = frozenset(
    ("BIB001", "BIB002", "BIB003", "BIB004", "BIB005", "BIB010", "BIB060", "DUP001", "FLD004")
) | {"NAM001"}
MARKS = (b"\0", b"\xef\xbb\xbf", b"\r\n", b"\r", b"\xe9", b"{", b"}", b'"', b"@", b",", b"#", b"=")


def originals() -> list[bytes]:
    """Return whole small files to spoil: varied entries, and every rule's bad cases."""
    made = ["".join(bibliography(6, seed)).encode() for seed in range(20)]
    return [
        *made,
        *(path.read_bytes() for path in sorted(FIXTURES.glob("*/*/bad*.bib")) if path.is_file()),
    ]


def drop(content: bytes, at: int, chance: random.Random) -> bytes:
    """Take up to a few bytes out."""
    return content[:at] + content[at + chance.choice((1, 1, 2, 20)) :]


def double(content: bytes, at: int, chance: random.Random) -> bytes:
    """Write a piece twice."""
    end = at + chance.choice((1, 1, 5, 60))
    return content[:end] + content[at:end] + content[end:]


def swap(content: bytes, at: int, _chance: random.Random) -> bytes:
    """Let two bytes change places."""
    return content[:at] + content[at + 1 : at + 2] + content[at : at + 1] + content[at + 2 :]


def put_in(content: bytes, at: int, chance: random.Random) -> bytes:
    """Put a mark in."""
    return content[:at] + chance.choice(MARKS) * chance.choice((1, 1, 1, 3)) + content[at:]


def cut(content: bytes, at: int, _chance: random.Random) -> bytes:
    """Let the file end here."""
    return content[:at]


def recode(content: bytes, _at: int, chance: random.Random) -> bytes:
    """Write the file in another encoding or with other line ends."""
    text = content.decode("utf-8", "replace")
    if chance.random() < 0.5:
        return content.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\r")))
    return text.encode(chance.choice(("utf-16", "utf-16-le", "latin-1", "utf-8-sig")), "replace")


MUTATIONS = (drop, drop, double, swap, put_in, put_in, cut, recode)


def spoilt(seed: int, sources: list[bytes]) -> bytes:
    """Return the file that a seed stands for."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    content = chance.choice(sources)
    for _ in range(chance.choice((1, 1, 2, 5))):
        content = chance.choice(MUTATIONS)(content, chance.randrange(len(content) + 1), chance)
    return content


def found_in(text: str) -> tuple[list[Finding], Project]:
    """Run every rule, also those that are off, over a text."""
    bib_file = scan(SourceText(Path("a.bib"), text))
    project = Project(root=Path(), bib_files=(bib_file,), records=tuple(records_of(bib_file)))
    return check(project, ALL_RULES), project


def assert_places(findings: list[Finding], source: SourceText) -> None:
    """Every finding names a place that the file has."""
    lines = len(source.line_starts)
    for finding in findings:
        assert 1 <= finding.line <= lines, finding
        longest = len(source.line(finding.line)) + 2
        assert 1 <= finding.column <= longest, finding
        assert (finding.line, finding.column) <= (finding.end_line, finding.end_column), finding


def judge(content: bytes) -> int:
    """Assert what must hold for any bytes; return the number of findings."""
    text, undecoded = decode(content)
    assert encode(text) == content
    findings, project = found_in(text)
    bib_file = project.bib_files[0]
    assert "".join(text[item.start : item.end] for item in bib_file.items) == text
    assert_places(findings, bib_file.source)
    codes = {finding.code for finding in findings}
    if undecoded is not None:
        assert "BIB060" in codes
    # pybtex writes out strings that grow without bound: it took 8 GB over one such file.
    elif "SEC044" not in codes and (objections := oracle.read(text).objections):
        assert codes & FATAL, [str(each) for each in objections]
    mended = apply(text, compatible([f for f in findings if f.fixable]))
    scan(SourceText(Path("a.bib"), mended))
    return len(findings)


def run(seeds: range) -> Iterator[int]:
    """Judge the files of these seeds; return each one’s number of findings."""
    sources = originals()
    return judged(seeds, lambda seed: spoilt(seed, sources), judge)


@pytest.mark.parametrize("start", range(0, FULL_COUNT, SLICE))
def test_spoilt_files(start: int) -> None:
    counts = list(run(range(start, start + SLICE)))
    print(f"{len(counts)} spoilt .bib files read, {sum(counts)} findings, no exception")  # noqa: T201
    assert len(counts) == SLICE
