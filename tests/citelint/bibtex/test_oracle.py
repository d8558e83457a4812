"""The scanner against pybtex: the same entries, and a place for each objection."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pybtex.database import Person
from pybtex.richtext import Text

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.checking import check
from citelint.project import Project
from citelint.rules import ALL_RULES
from citelint.rules.characters import COMMANDS
from citelint.text import SourceText, decode, encode
from tests.citelint.bibtex import oracle
from tests.citelint.bibtex.strategies import VALID, broken

if TYPE_CHECKING:
    from citelint.bibtex.model import BibFile
    from citelint.findings import Finding

REPOSITORY = Path(__file__).resolve().parents[3]
#: Public files of many dialects lie beside the checkout, with the project's other records.
SHARED = REPOSITORY.parent / "shared" / "bibs"
FILES = [REPOSITORY / "references.bib", *sorted(SHARED.glob("*.bib"))]
FEWEST_FILES = 13
EXAMPLES = int(os.environ.get("CITELINT_EXAMPLES", "200"))
#: What pybtex stops at.  A .bib file that breaks none of these can be built.
FATAL = frozenset(
    "BIB001 BIB002 BIB003 BIB004 BIB005 BIB010 DUP001 FLD004 NAM001".split()  # noqa: SIM905
)
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scanned(text: str) -> BibFile:
    """Scan a text as a file."""
    return scan(SourceText(Path("a.bib"), text))


def findings_of(bib_file: BibFile) -> list[Finding]:
    """Return what the rules find that stand for pybtex's objections."""
    project = Project(
        root=Path(), bib_files=(bib_file,), records=tuple(records_of(bib_file)), is_whole=False
    )
    return check(project, [rule for rule in ALL_RULES if rule.code in FATAL])


def assert_agreement(text: str) -> None:
    """Compare our reading of a text with pybtex's."""
    reading = oracle.read(text)
    bib_file = scanned(text)
    found = findings_of(bib_file)
    if reading.objections:
        assert found, [str(each) for each in reading.objections]
    else:
        assert not bib_file.faults
        assert not found
        assert list(oracle.ours(bib_file)) == oracle.theirs(reading.data)


def test_the_public_files_lie_beside_the_checkout() -> None:
    assert len(FILES) >= FEWEST_FILES, f"{SHARED} is not there"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_read_as_pybtex_reads_them(path: Path) -> None:
    assert_agreement(decode(path.read_bytes())[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_line_that_pybtex_objects_to_has_a_finding(path: Path) -> None:
    text = decode(path.read_bytes())[0]
    lines = {finding.line for finding in findings_of(scanned(text))}
    for objection in oracle.read(text).objections:
        if hasattr(objection, "lineno"):
            assert objection.lineno in lines, str(objection)


@given(VALID)
@slow
def test_what_pybtex_reads_is_read_alike(text: str) -> None:
    assert_agreement(text)


@given(broken())
@slow
def test_what_pybtex_objects_to_is_found(text: str) -> None:
    assert_agreement(text)


@given(st.one_of(broken(), VALID, st.text()))
@slow
def test_items_cover_the_text_one_after_another(text: str) -> None:
    position = 0
    for item in scanned(text).items:
        assert item.start == position
        assert item.end > item.start
        position = item.end
    assert position == len(text)


@given(st.binary(max_size=300))
@slow
def test_any_bytes_go_in_and_the_same_come_out(content: bytes) -> None:
    text, offset = decode(content)
    assert encode(text) == content
    assert (offset is None) == (content.decode("utf-8", "ignore").encode() == content)
    scanned(text)


@given(broken())
@slow
def test_spans_hold_what_they_name(text: str) -> None:
    for record in records_of(scanned(text)):
        entry = record.entry
        assert text[entry.key_start : entry.key_end] == entry.key
        assert text[entry.start] == "@"
        assert text[: entry.kind_end].endswith(entry.kind)
        for field in entry.fields:
            assert text[field.start : field.name_end] == field.name
            assert field.parts[-1].end == field.end
            for part in field.parts:
                opening = {"braces": "{", "quotes": '"'}.get(part.kind, "")
                assert text.startswith(opening, part.start)


@pytest.mark.parametrize("command", COMMANDS.split())
def test_commands_that_are_said_to_print_do_so(command: str) -> None:
    assert f"\\{command}" in str(Text.from_latex(f"\\{command}{{word}}"))


def test_a_bare_per_cent_sign_cuts_the_text_in_pybtex() -> None:
    assert str(Text.from_latex("Why 90% of them")) == "Why 90"
    assert str(Text.from_latex(r"Why 90\% of them")) == "Why 90% of them"


def test_too_many_commas_stop_pybtex() -> None:
    with pytest.raises(Exception, match="Too many commas"):
        Person("Smith, John, Jones, Mary")
