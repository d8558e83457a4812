"""The linter's bench: real programs over small files, and what is made of the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.bibtex.scanner import scan
from citelint.text import SourceText
from speechbook.bench.bibliographies import bibliography
from speechbook.bench.linting.command import main
from speechbook.bench.linting.report import answers, text_report
from speechbook.bench.linting.session import Measured, Session
from speechbook.bench.linting.tools import BIBER, CITELINT, PYBTEX, TIDY, TITLES, Tools
from speechbook.bench.measure import Usage
from speechbook.problems import BookError

if TYPE_CHECKING:
    from speechbook.bench.comparisons import Answer

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def measured() -> Measured:
    """Return what a session over two small files finds, biber aside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shutil.which", lambda _name: None)
        return Session(REPOSITORY, (20, 60), 1, 300, lambda _text: None).run()


def test_every_program_runs_over_every_size(measured: Measured) -> None:
    expected = {(n, kind) for n in (20, 60) for kind in TITLES if kind != BIBER}
    assert set(measured.usages) == expected
    assert all(usage.cpu > 0 < usage.peak for each in measured.usages.values() for usage in each)
    assert measured.book
    assert measured.anew


def test_a_missing_program_is_named_with_its_cure(measured: Measured) -> None:
    assert set(measured.missing) == {(20, BIBER), (60, BIBER)}
    shown = text_report(measured)
    assert "biber is missing" in shown
    assert "install it" in shown


def test_the_made_files_have_faults_that_stop_no_reader() -> None:
    text = "".join(bibliography(400, faulty=0.05))
    assert text == "".join(bibliography(400, faulty=0.05))
    assert not scan(SourceText(Path("a.bib"), text)).faults
    assert text != "".join(bibliography(400))


def test_too_large_a_file_for_biber_is_told_not_run(tmp_path: Path) -> None:
    session = Session(REPOSITORY, (20,), 1, 300, lambda _text: None)
    found = Measured()
    session._one(20_000, BIBER, tmp_path / "a.bib", found)
    assert "not run over more than 10000 entries" in found.missing[20_000, BIBER]


def test_a_parser_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechbook.bench.linting.tools.PARSE", {"no-such-parser": ""})
    with pytest.raises(BookError, match="no-such-parser is missing"):
        Tools(REPOSITORY).command("no-such-parser", REPOSITORY / "references.bib")


def usage(cpu: float, peak: float = 0) -> list[Usage]:
    """Return one run of so many CPU seconds and megabytes."""
    return [Usage(cpu, 2 * cpu, round(peak * 1_000_000))]


@pytest.fixture
def found() -> dict[str, Answer]:
    """Return the answers to made-up measurements, by size and what."""
    made = Measured(
        usages={
            (10_000, CITELINT): usage(1, 90),
            (100_000, CITELINT): usage(10, 700),
            (100_000, TIDY): usage(20),
            (100_000, PYBTEX): usage(5),
        },
        book=usage(0.5),
        anew=usage(1.5),
    )
    return {f"{each.size} {each.what}": each for each in answers(made)}


def test_ratios_and_aims(found: dict[str, Answer]) -> None:
    tidy = found[f"100000 citelint / {TITLES[TIDY]}"]
    assert (tidy.value, tidy.verdict) == (0.5, "met")
    pybtex = found[f"100000 citelint / {TITLES[PYBTEX]}"]
    assert (pybtex.value, pybtex.verdict) == (2, "missed")
    growth = found[f"10000–100000 growth, {TITLES[CITELINT]}"]
    assert (growth.value, growth.verdict) == (pytest.approx(1), "met")
    peak = found["100000 citelint, peak MB"]
    assert (peak.value, peak.verdict) == (700, "missed")
    book = found["book the whole book with start-up, CPU s"]
    assert (book.value, book.wall, book.verdict) == (0.5, 1, "met")
    anew = found["book the whole book with start-up, CPU s, all read anew"]
    assert (anew.value, anew.wall, anew.verdict) == (1.5, 3, "missed")


@pytest.mark.parametrize("options", [["--entries", "many"], ["--entries", "0"], ["--repeat", "0"]])
def test_senseless_options_are_refused(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(options) == 2
    assert options[0] in capsys.readouterr().err
