"""Fixes: edits of spans and nothing else, no data lost, at rest after the first time."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.checking import check
from citelint.cli import main
from citelint.findings import Edit, Finding
from citelint.fixes import apply, compatible, difference
from citelint.project import Project
from citelint.rules import ALL_RULES
from citelint.text import SourceText, decode
from speechbook.bench.bibliographies import bibliography

if TYPE_CHECKING:
    from citelint.rules.base import Rule

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "bibs"
MENDING = [rule for rule in ALL_RULES if rule.scope in {"entry", "file"}]
FEWEST_FILES = 12
#: Rules whose mending changes what a field says, each in one known way only.
CHANGING = (
    frozenset(
        ("BIB061", "BIB064", "BIB070", "BIB071", "BIB073", "DAT006", "DAT008", "FLD010", "FLD013")
    )
    | frozenset(
        ("FLD015", "FLD018", "FLD020", "FLD070", "FLD073", "FLD074", "IDN002", "IDN006", "IDN026")
    )
    | frozenset(("FMT009", "NAM004", "NAM006", "NAM008", "TTL002", "TTL008", "BIB003", "FMT001"))
)


def project_of(text: str) -> Project:
    """Read a text as a project of one file."""
    bib_file = scan(SourceText(Path("a.bib"), text))
    return Project(root=Path(), bib_files=(bib_file,), records=tuple(records_of(bib_file)))


def mended(text: str, rules: list[Rule]) -> str:
    """Mend a text until nothing is left to mend."""
    for _ in range(10):
        findings = check(project_of(text), rules)
        after = apply(text, compatible([each for each in findings if each.fixable]))
        if after == text:
            return text
        text = after
    raise AssertionError("the fixes do not come to rest")


def meaning(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return what a file says: keys, types and fields, sorted."""
    records = project_of(text).records
    return sorted((r.key, r.kind, {n: v.text for n, v in r.values.items()}) for r in records)


def test_edits_that_touch_wait_for_the_next_round() -> None:
    def finding(*edits: Edit) -> Finding:
        return Finding("a", 1, 1, 1, 1, "X", "x", "note", "m", fixable=True, edits=edits)

    first, other = Edit(0, 3, "x"), Edit(2, 4, "y")
    pair = (Edit(5, 6, "z"), Edit(1, 2, "w"))
    assert compatible([finding(first), finding(other), finding(*pair)]) == [first]
    assert compatible([finding(Edit(5, 5, "a")), finding(Edit(5, 5, "b"))]) == [Edit(5, 5, "a")]
    assert compatible([finding(first), finding(first)]) == [first]
    assert compatible([finding(Edit(4, 6, "b")), finding(first)]) == [first, Edit(4, 6, "b")]


def test_compatible_edits_never_overlap() -> None:
    chance = random.Random(3)  # noqa: S311 - repeatable, not secret
    for _ in range(300):
        edits = [Edit(a, a + chance.randrange(4), "x") for a in chance.choices(range(40), k=12)]
        findings = [Finding("a", 1, 1, 1, 1, "X", "x", "n", "m", True, (e,)) for e in edits]
        taken = compatible(findings)
        assert taken == sorted(set(taken))
        assert all(one.end <= other.start for one, other in pairwise(taken))


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.bib")), ids=lambda path: path.name)
def test_formatting_changes_no_meaning(path: Path) -> None:
    """All rules of form together, those that are off included, leave what every entry says."""
    text, _ = decode(path.read_bytes())
    rules = [rule for rule in MENDING if rule.code not in CHANGING]
    after = mended(text, rules)
    assert meaning(after) == meaning(text)
    assert mended(after, rules) == after


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.bib")), ids=lambda path: path.name)
def test_all_fixes_keep_every_entry_and_field(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    before, after = meaning(text), meaning(mended(text, MENDING))
    assert [key for key, _, _ in before] == [key for key, _, _ in after]
    for (_, _, fields), (_, _, kept) in zip(before, after, strict=True):
        assert len(fields) == len(kept)


def test_the_public_files_lie_beside_the_checkout() -> None:
    assert len(list(SHARED.glob("*.bib"))) >= FEWEST_FILES


def test_sorting_moves_whole_entries_and_loses_nothing() -> None:
    pieces = list(bibliography(60))
    text = "".join([pieces[0], *pieces[2:40:2], *pieces[3:6:2], *pieces[40::2]])
    rules = [rule for rule in ALL_RULES if rule.code == "FMT001"]
    after = mended(text, rules)
    keys = [record.key for record in project_of(after).records]
    assert keys == sorted(keys)
    assert sorted(after.split("\n")) == sorted(text.split("\n"))
    assert meaning(after) == meaning(text)


def test_without_a_fix_the_bytes_stay(tmp_path: Path) -> None:
    content = b"@book{one,\r\n title={On\xe9},\n}\xff"
    path = tmp_path / "a.bib"
    path.write_bytes(content)
    assert main(["fix", str(path), "--select", "DAT"]) == 0
    assert path.read_bytes() == content


def test_fixing_keeps_undecodable_bytes_and_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(b"@book{one, title={On\xe9}, pages={1-2}}\n")
    path.chmod(0o640)
    assert main(["fix", str(path), "--select", "FLD070"]) == 0
    assert path.read_bytes() == b"@book{one, title={On\xe9}, pages={1--2}}\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.bib"]


def test_diff_shows_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@book{one,\n  pages = {1-2},\n}\n", encoding="utf-8")
    assert main(["fix", str(path), "--diff", "--select", "FLD070"]) == 0
    shown = capsys.readouterr().out
    assert "-  pages = {1-2},\n+  pages = {1--2},\n" in shown
    assert path.read_text(encoding="utf-8") == "@book{one,\n  pages = {1-2},\n}\n"


def test_a_difference_without_a_last_line_end_can_be_read() -> None:
    assert difference("a.bib", "one", "two").splitlines()[-2:] == ["-one", "+two"]
