"""The stock book: our extensions out, PyStemmer hidden, the words kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from speechbook.bench.booktext import read_book
from speechbook.bench.measure import RunFailed
from speechbook.bench.runs import (
    BOOK,
    STOCK_EPUB,
    STOCK_HTML,
    STOCK_LATEX,
    STOCK_TEX,
    Wanted,
    Workplace,
    run_environment,
)
from speechbook.bench.session import Outcome, Size, SizeRun
from speechbook.bench.stock import hide_stemmer, stock_text, warnings_in
from speechbook.bench.workplace import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """Return the folders of one size, PyStemmer hidden."""
    environment = run_environment(os.environ, tmp_path / "bytecode")
    return Workplace(tmp_path / "12", hide_stemmer(tmp_path / "hidden"), environment)


def test_cold_build_finds_nothing_that_an_earlier_one_has_read(place: Workplace) -> None:
    assert place.command(BOOK).environment["CITELINT_CACHE"] == str(place.cache)
    left = [place.cache, place.ours / "build", place.ours / "dist"]
    for folder in left:
        folder.mkdir(parents=True)
    SizeRun(Size(12, 1), place, Outcome(), 1.0, print).clear(BOOK)
    assert not any(folder.exists() for folder in left)


def test_own_figure_becomes_a_stock_one_that_keeps_its_name() -> None:
    own = (
        "Before.\n\n```{data-figure} numbers\n:name: fig-x\n:width: 3\n:alt: Words\n```\n\nAfter.\n"
    )
    assert stock_text(own) == (
        "Before.\n\n```{figure} /bench-figure.png\n:name: fig-x\n:alt: Words\n"
        "\nA figure stands here.\n```\n\nAfter.\n"
    )


def test_own_list_becomes_a_line() -> None:
    own = "Before.\n\n```{data-people} people\n```\n\n```{index} x\n```\n"
    assert stock_text(own) == "Before.\n\nA list stands here.\n\n```{index} x\n```\n"


def test_text_without_own_figures_stays() -> None:
    text = "# A\n\n{cite:p}`{see}work{3}`[^n]\n\n:::{container} summary\nWords.\n:::\n"
    assert stock_text(text) == text


def test_warnings_are_counted_and_own_words_refused() -> None:
    assert warnings_in("a.md:1: WARNING: one\nb.md:2: ERROR: two\nfine\n") == 2
    with pytest.raises(RunFailed, match=r"needs one of our extensions.*person"):
        warnings_in("a.md:3: WARNING: Unknown directive type: 'person' [myst.x]\n")


def test_multiplied_tiny_book_is_clean_under_stock_sphinx(
    tiny_book: BookPaths, place: Workplace
) -> None:
    lay_out(tiny_book.root, place, 12)
    assert len(read_book(place.stock / "docs").chapters) == 12
    command = place.command(STOCK_HTML)
    arguments = [*command.arguments[:-2], "-n", *command.arguments[-2:]]
    run = subprocess.run(
        arguments,
        cwd=command.folder,
        env=dict(command.environment),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in run.stderr.splitlines() if "[bibtex.missing_field]" not in line]
    assert lines == []
    pages = place.output(STOCK_HTML)
    assert len(list((pages / "chapters").glob("*.html"))) == 12
    last = (pages / "chapters" / "012-second.html").read_text(encoding="utf-8")
    assert "The second chapter (6)" in last
    assert "book-downloads" not in last


def test_stock_run_that_sees_the_stemmer_fails(tiny_book: BookPaths, place: Workplace) -> None:
    lay_out(tiny_book.root, place, None)
    command = place.command(STOCK_HTML)
    (place.hidden_stemmer / "Stemmer.py").unlink()
    run = subprocess.run(
        command.arguments,
        env=dict(command.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "PyStemmer could not be hidden" in run.stderr


def test_hidden_stemmer_leaves_the_slow_one(place: Workplace) -> None:
    code = "import snowballstemmer as s; print(type(s.stemmer('english')).__module__)"
    environment = dict(place.command(STOCK_HTML).environment)
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "snowballstemmer.english_stemmer"


def test_bytecode_is_kept_where_the_caller_forbids_it(tmp_path: Path) -> None:
    environment = run_environment({"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/"}, tmp_path)
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["PYTHONPYCACHEPREFIX"] == str(tmp_path)
    assert environment["HOME"] == "/"


def test_third_stock_run_typesets_where_tex_is_found(place: Workplace) -> None:
    without, having = Wanted(frozenset("a"), has_tex=False), Wanted(frozenset("a"), has_tex=True)
    assert without.stock_formats() == (STOCK_HTML, STOCK_EPUB, STOCK_LATEX)
    assert having.stock_formats() == (STOCK_HTML, STOCK_EPUB, STOCK_LATEX, STOCK_TEX)
    command = place.command(STOCK_TEX)
    assert command.arguments[:2] == ("latexmk", "-xelatex")
    assert command.folder == place.output(STOCK_LATEX)
    # Sphinx's latexmkrc has none of its own, and xindy does nothing without.
    assert "-M sphinx.xdy" in command.environment["XINDYOPTS"]


@pytest.mark.parametrize(
    ("parts", "kinds"),
    [
        ("b", {"stock-html", "site"}),
        ("d", {"book", "site"}),
        ("c", {"book", "edited"}),
        ("a", {"book", "stock-html", "stock-epub", "stock-latex"}),
    ],
)
def test_only_what_a_part_needs_is_run(parts: str, kinds: set[str]) -> None:
    assert set(Wanted(frozenset(parts), has_tex=False).kinds(for_growth=True)) == kinds
