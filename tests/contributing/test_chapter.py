"""A begun chapter stands where it was asked for, passes everything, and harms nothing."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from speechbook.building.book import build_book
from speechbook.building.paths import BookPaths
from speechbook.building.steps import Steps
from speechbook.cli import main
from speechbook.contributing.chapter import begin_chapter, slug_of
from speechbook.contributing.contents import part_named, parts_in
from speechbook.contributing.linting import lint
from speechbook.problems import BookError
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "The Kirov murder: who knew?"


@pytest.fixture
def real_book(tmp_path: Path) -> BookPaths:
    """Return a copy of the real book's sources."""
    shutil.copytree(REPOSITORY / "docs", tmp_path / "docs")
    for name in ("references.bib", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    return BookPaths(tmp_path)


def chapters_of(paths: BookPaths) -> list[str]:
    """Return the chapters' names in the order of the index."""
    index = (paths.docs / "index.md").read_text(encoding="utf-8")
    return [name for part in parts_in(index) for name in part.chapters]


def test_begun_chapter_adds_no_finding_to_the_real_book(real_book: BookPaths) -> None:
    before = {(f.code, f.path) for f in lint(real_book.root).findings}
    begun = begin_chapter(real_book, TITLE)
    after = {(f.code, f.path) for f in lint(real_book.root).findings}
    assert begun.name.endswith("-kirov-murder-who-knew")
    assert after <= before


def test_begun_chapter_has_what_its_neighbours_have(real_book: BookPaths) -> None:
    names = chapters_of(real_book)
    begun = begin_chapter(real_book, TITLE)
    text = (real_book.docs / "chapters" / f"{begun.name}.md").read_text(encoding="utf-8")
    headings = [
        set(re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in (real_book.docs / "chapters" / f"{name}.md" for name in names)
    ]
    assert set.intersection(*headings) <= set(re.findall(r"^## (.+)$", text, re.MULTILINE))
    assert text.startswith("(ch-kirov-murder-who-knew)=\n# The Kirov murder: who knew?\n")
    assert ":::{container} summary" in text
    assert len(re.findall(r"^\[\^[\w-]+\]: ", text, re.MULTILINE)) == 5


def test_book_with_a_begun_chapter_is_made_in_all_formats(tiny_book: BookPaths) -> None:
    begun = begin_chapter(tiny_book, TITLE)
    dist = build_book(tiny_book, Steps(quiet=True))
    page = (dist / "html" / "chapters" / f"{begun.name}.html").read_text(encoding="utf-8")
    assert "The Kirov murder: who knew?" in page
    assert (dist / "secret-speech.pdf").is_file()
    assert (dist / "secret-speech.epub").is_file()


def test_chapter_comes_last_unless_a_place_is_named(real_book: BookPaths) -> None:
    names = chapters_of(real_book)
    first = begin_chapter(real_book, "One")
    second = begin_chapter(real_book, "Two", after="chapters/09-leningrad.md")
    third = begin_chapter(real_book, "Three", wanted="Part I")
    place = names.index("09-leningrad") + 1
    expected = [*names[:place], second.name, *names[place:], first.name]
    expected.insert(names.index("06-testament"), third.name)
    assert chapters_of(real_book) == expected
    assert second.part.startswith("Part II")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("Part II", 1), ("ii", 1), ("2", 1), ("charges", 1), ("IX", None), ("0", None), (" ", None)],
)
def test_parts_are_named_by_number_or_words(wanted: str, found: int | None) -> None:
    parts = parts_in((REPOSITORY / "docs" / "index.md").read_text(encoding="utf-8"))
    assert part_named(parts, wanted) == (None if found is None else parts[found])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([""], "A chapter needs a title"),
        (["x" * 101], "up to a hundred characters"),
        (["../../etc"], "cannot hold the sign '/'"),
        (["{include} x"], "cannot hold the sign '{'"),
        (["a; b"], "cannot hold the sign ';'"),
        (["Доклад"], "gives the chapter no name"),
        (["First", "--part", "IX"], "no part 'IX'; take one of: Part I: First"),
        (["New", "--after", "nowhere"], "No part holds a chapter 'nowhere'; take one of: 01-first"),
    ],
)
def test_what_will_not_do_is_one_sentence_and_changes_nothing(
    tiny_book: BookPaths, arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in tiny_book.docs.rglob("*.md")}
    assert main(["chapter", *arguments, "--root", str(tiny_book.root)]) == 1
    said = capsys.readouterr()
    assert reason in said.err
    assert len(said.err.splitlines()) == 1
    assert {path: path.read_bytes() for path in tiny_book.docs.rglob("*.md")} == before


def test_chapter_is_not_begun_twice(tiny_book: BookPaths) -> None:
    begin_chapter(tiny_book, "The Kirov murder")
    with pytest.raises(BookError, match=r"03-kirov-murder.md: There is such a chapter already"):
        begin_chapter(tiny_book, "A Kirov Murder")


def test_names_keep_to_ascii() -> None:
    assert slug_of("An Émigré’s view of 1956") == "emigres-view-of-1956"
