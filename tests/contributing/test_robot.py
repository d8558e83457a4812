"""What the robot says: findings, Sphinx's warnings and dead links, in words and at their lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from speechbook.contributing.robot import annotation, link_problems, run_check
from speechbook.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths

SETTINGS = '[tool.citelint]\npaths = ["docs", "references.bib"]\nselect = ["PRO005"]\n'


@pytest.fixture
def book(tiny_book: BookPaths) -> BookPaths:
    """Return the tiny book, with the rule about remarks alone."""
    (tiny_book.root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return tiny_book


def add(book: BookPaths, text: str) -> None:
    """Add a text to the first chapter."""
    path = book.docs / "chapters" / "01-first.md"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_sound_book_is_told_so_and_leaves_an_empty_report(
    book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_check(book, quiet=True) == 0
    assert capsys.readouterr().out.endswith("All is well.\n")
    sarif = json.loads((book.build / "reports" / "citelint.sarif").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"] == []


def test_finding_and_warning_are_told_together(
    book: BookPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    add(book, "\nSee {ref}`nowhere`.\n\nTODO: find a source.\n")
    assert run_check(book, quiet=True) == 1
    said = capsys.readouterr().out
    assert "01-first.md" in said
    assert "PRO005" in said
    assert "::warning file=docs/chapters/01-first.md,line=" in said
    assert "::error file=docs/chapters/01-first.md,line=" in said
    assert "undefined label" in said.lower()
    assert said.endswith("Please mend the above; nothing was published.\n")
    sarif = json.loads((book.build / "reports" / "citelint.sarif").read_text(encoding="utf-8"))
    assert [r["ruleId"] for r in sarif["runs"][0]["results"]] == ["PRO005"]


def test_dead_link_names_its_page(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="gone.html#x">x</a>', encoding="utf-8")
    (problem,) = link_problems(tmp_path)
    assert problem.place == Place(tmp_path / "index.html")
    assert "gone.html#x" in problem.what


def test_annotation_cannot_be_forged_by_a_problem(tmp_path: Path) -> None:
    place = Place(tmp_path / "a,b:c.md", 3)
    made = annotation(Problem("x\n::error::forged", place, "y"), tmp_path)
    assert made == "::error file=a%2Cb%3Ac.md,line=3::x%0A::error::forged; y.\n"


@pytest.mark.parametrize("address", ["", "https://host.example/book/"])
def test_page_for_missing_addresses_starts_at_the_sites_root(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_URL", address)
    root = "/book/" if address else "/"
    links = f'<a href="{root}a/one.html">x</a><a href="{root}gone.html">y</a>'
    (tmp_path / "404.html").write_text(links, encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.html").write_text('<a href="/a/one.html">x</a>', encoding="utf-8")
    assert [problem.what for problem in link_problems(tmp_path)] == [
        f"The link '{root}gone.html' leads nowhere (no such file)",
        "The link '/a/one.html' leads nowhere (no such file)",
    ]
