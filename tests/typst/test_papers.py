"""The book on each paper, and an index that fills its pages to any degree."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest

import typst
from speechbook.typst.builder import PAPERS
from speechbook.typst.compile import fonts_folder
from speechbook.typst.proof import page_texts
from tests.typst.conftest import build

if TYPE_CHECKING:
    from pathlib import Path

# Width and height in points: ISO 216 and the letter size of ANSI/ASME Y14.1.
SIZES = {"a5": (420, 595), "a4": (595, 842), "letter": (612, 792)}

SUBTITLE = (
    "Khrushchev’s closed session of 25 February 1956: how it was made, what it charged, how it "
    "got out and what it did"
)
INDEX = """
#import "index.typ": fill, pages-with, span, well-ended
#let item(n) = (height: if calc.rem(n, 7) == 0 { 20pt } else { 11pt }, keep: calc.rem(n, 7) == 0)
#let pages-of-index(count) = {
  let items = range(count).map(item)
  well-ended(items, 300pt, 420pt).map(it => {
    let (start, middle, end) = it.cuts
    (it.cuts, span(items, start, middle).pt(), span(items, middle, end).pt())
  })
}
#metadata(range(1, 260).map(pages-of-index))<found>
"""


@pytest.mark.parametrize("paper", PAPERS)
def test_the_book_can_be_set_on(paper: str, small_book_source: Path, tmp_path: Path) -> None:
    settings = {"typst_paper": paper, "typst_section_sizes": (0, 1)}
    built = build(small_book_source, tmp_path / "out", **settings)
    assert built.warnings == ""
    with pikepdf.open(built.path) as pdf:
        for page in pdf.pages:
            assert tuple(round(float(edge)) for edge in page.mediabox[2:]) == SIZES[paper]


@pytest.mark.parametrize("paper", PAPERS)
def test_subtitle_has_lines_of_about_one_length(
    paper: str, small_book_source: Path, tmp_path: Path
) -> None:
    source = tmp_path / "book"
    shutil.copytree(small_book_source, source)
    index = source / "index.md"
    text = index.read_text(encoding="utf-8").replace("Set to be looked at", SUBTITLE)
    index.write_text(text, encoding="utf-8")
    built = build(source, tmp_path / "out", typst_paper=paper, typst_cover=False)
    title_page = page_texts(built.path.read_bytes())[0].splitlines()
    lines = [line.strip() for line in title_page if line.strip() and line.strip() in SUBTITLE]
    assert " ".join(lines) == SUBTITLE
    assert len(lines) > 1
    assert min(map(len, lines)) > 0.6 * max(map(len, lines))
    assert any("25 February 1956" in line for line in lines)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[list[int], float, float]]]:
    """Cut indexes of 1, 2, 3, … lines into pages: ends of the columns, and their heights."""
    main = fonts_folder().with_name("templates") / "index.typ"
    root = tmp_path_factory.mktemp("index")
    for path in main.parent.glob("*.typ"):
        (root / path.name).write_bytes(path.read_bytes())
    (root / "main.typ").write_text(INDEX, encoding="utf-8")
    return list(json.loads(typst.query(str(root / "main.typ"), "<found>", field="value", one=True)))


def test_every_line_of_an_index_is_on_one_page(
    indexes: list[list[tuple[list[int], float, float]]],
) -> None:
    for count, pages in enumerate(indexes, start=1):
        ends = [0]
        for (start, middle, end), *_heights in pages:
            assert start == ends[-1]
            assert start < middle <= end
            ends.append(end)
        assert ends[-1] == count


def test_no_column_of_an_index_is_higher_than_its_page(
    indexes: list[list[tuple[list[int], float, float]]],
) -> None:
    for pages in indexes:
        for number, (_cuts, left, right) in enumerate(pages):
            assert max(left, right) <= (420 if number else 300)


def test_an_index_does_not_end_with_a_few_lines_on_a_page(
    indexes: list[list[tuple[list[int], float, float]]],
) -> None:
    for pages in indexes:
        _cuts, left, _right = pages[-1]
        assert len(pages) == 1 or left > 60
