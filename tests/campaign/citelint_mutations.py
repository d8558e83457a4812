"""Ten thousand spoilt .bib files: no exception, no hang, always a finding with a place.

Run in full by ``nox -s campaign``; a seeded share of it runs
with the other tests (``tests/citelint/bibtex/test_mutations.py``).
"""

from __future__ import annotations

import random
import time
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
    from collections.abc import Callable, Iterator

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


#: Files that are hard on a careless scanner, as functions of their size.
HOSTILE: dict[str, Callable[[int], str]] = {
    "signs": lambda size: "@" * size,
    "signs and names": lambda size: "@a " * (size // 3),
    "open braces": lambda size: "@book{a, t = " + "{" * size,
    "open entries": lambda size: "@book{a,\n" * (size // 9),
    "open values": lambda size: "@book{a, t = {\n" * (size // 15),
    "open quotes": lambda size: '@book(a, t = "\n' * (size // 15),
    "open quotes and braces": lambda size: '@book(a, t = "{}\n' * (size // 17),
    "closed nests": lambda size: "@book{a, t = " + "{" * (size // 2) + "}" * (size // 2) + "}",
    "one long line": lambda size: "@book{a, title = {" + "words and " * (size // 10) + "}}",
    "one long name": lambda size: "@book{a, author = {" + "x" * size + "}}",
    "many names": lambda size: "@book{a, author = {" + " and ".join("Xy" * (size // 12)) + "}}",
    "many commas": lambda size: "@book{a, author = {" + "a, " * (size // 3) + "}}",
    "many dashes": lambda size: "@book{a, pages = {" + "1-" * (size // 2) + "}}",
    "many stops": lambda size: "@book{a, title = {" + "a. " * (size // 3) + "}}",
    "many capitals": lambda size: "@book{a, author = {" + "A. " * (size // 3) + "b}}",
    "many slashes": lambda size: "@book{a, url = {https://" + "a." * (size // 2) + "}}",
    "many digits": lambda size: "@book{a, isbn = {" + "1 " * (size // 2) + "}, year = {1}}",
    "long year": lambda size: "@book{a, year = {" + "1" * size + "}, month = {" + "1" * size + "}}",
    "long numbers": lambda size: (
        f"@book{{a, year = {{{'1' * size}}}, month = {{0001{'1' * size}}}, day = {{{'1' * size}}},"
        f" pages = {{{'1' * size}-{'2' * size}, 1-{'2' * size}}}, volume = {'1' * size},"
        f" date = {{{'1' * size}}}, isbn = {{{'1' * size}}}, issn = {{{'1' * size}}},"
        f" doi = {{10.{'1' * size}/1}}, note = {{&#{'1' * size}; &#0; {'0000-' * size}}}}}"
    ),
    "many parts": lambda size: "@book{a, t = " + "a # " * (size // 4) + "a}",
    "many fields": lambda size: "@book{a," + "t={}," * (size // 5) + "}",
    "many spaces": lambda size: "@book{a, title = {a" + " " * size + "b}}",
    "many line ends": lambda size: "@book{a," + "\n" * size + "t={}}",
    "carriage returns": lambda size: "@book{a,\r t={x}\r}\r" * (size // 19),
    "no commas": lambda size: "@book{a, t = {x}" + " t = {x}" * (size // 8) + "}",
    "growing strings": lambda size: (
        "@string{a0 = {xxxxxxxxxx}}\n"
        + "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(size // 26))
        + "@book{a, t = a9 # a99999}"
    ),
    "one key": lambda size: "@book{a, title = {T}}\n" * (size // 22),
    "crossref chain": lambda size: "".join(
        f"@book{{a{n}, crossref = {{a{n + 1}}}}}\n" for n in range(min(size // 27, 3000))
    ),
    "binary": lambda size: bytes(range(256)).decode("latin-1") * (size // 256),
}


def seconds(text: str) -> float:
    """Return the CPU time of all rules over a text."""
    begin = time.process_time()
    found_in(text)
    return time.process_time() - begin


SMALL, BIG, MOST_GROWTH = 250_000, 1_000_000, 10.0


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_size(name: str) -> None:
    """Four times the size takes about four times as long; a square would take sixteen."""
    short = max(0.02, min(seconds(HOSTILE[name](SMALL)) for _ in range(2)))
    assert seconds(HOSTILE[name](BIG)) < MOST_GROWTH * short
