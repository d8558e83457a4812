"""The figures of the book: complete, true to their data, the same every time, legible."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pybtex.database import BibliographyData, parse_file

from speechbook.figures.canvas import WIDTH
from speechbook.figures.catalogue import CITATION, Figure, cited_in, make_figure
from speechbook.figures.dates import parse_date
from speechbook.typst import svg
from tests.figures.conftest import data_of

if TYPE_CHECKING:
    from tests.figures.conftest import Box

DATA = Path(__file__).resolve().parents[2] / "docs" / "data"
FIGURES = sorted(path for path in DATA.glob("*.toml") if "drawing" in data_of(path).values)
NAMES = {path.stem for path in FIGURES}

#: What a reader must find in words: the columns that hold facts, not layout.
FACTS = ("name", "title", "words", "event", "later", "label", "statement", "headline", "place")
NUMBERS = ("count", "total", "members", "year")
DATES = ("date", "until", "seen_until")

#: The type area of the A5 page in millimetres, and a line of a caption: its height and
#: how many letters it holds.
PAGE_WIDTH, PAGE_HEIGHT, LINE, LETTERS = 113, 170, 4.2, 98


def figure_of(path: Path) -> Figure:
    return make_figure(path, path.read_text(encoding="utf-8"))


def note_of(key: str, works: BibliographyData) -> str:
    """Return about what a citation prints: names and short title."""
    entry = works.entries[key]
    people = entry.persons.get("author", entry.persons.get("editor", []))
    names = [" ".join(person.last_names) for person in people[:2]]
    return ", ".join([*names, f"“{entry.fields.get('shorttitle', entry.fields['title'])}”"])


def words_height(figure: Figure, works: BibliographyData) -> float:
    """Return about how high caption and sources are on an A5 page, in millimetres."""
    texts = (figure.caption.markdown, figure.sources.markdown)
    printed = [CITATION.sub(lambda match: note_of(match["target"], works), x) for x in texts]
    return sum(-(-len(text) // LETTERS) for text in printed) * LINE


def test_the_book_has_its_figures() -> None:
    assert {
        "seventeenth-congress",
        "way-of-the-text",
        "map-of-the-way",
        "bloc-1956",
        "presidium-1956",
        "chronology-1956",
        "party-membership",
        "versions-of-the-text",
    } <= NAMES


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
class TestEachFigure:
    def test_is_drawn_the_same_twice(self, path: Path) -> None:
        assert figure_of(path) == figure_of(path)

    def test_keeps_to_itself(self, path: Path, tmp_path: Path) -> None:
        drawing = tmp_path / "drawing.svg"
        drawing.write_text(figure_of(path).svg, encoding="utf-8")
        assert svg.fault_of(drawing) is None
        assert "<text" not in figure_of(path).svg

    def test_every_letter_is_defined(self, path: Path) -> None:
        text = figure_of(path).svg
        used = set(re.findall(r'xlink:href="#(\w+)"', text))
        assert used == set(re.findall(r'<path id="(\w+)"', text))

    def test_fits_a_page(self, path: Path, works: BibliographyData) -> None:
        figure = figure_of(path)
        root = ET.fromstring(figure.svg)  # noqa: S314
        *_, width, height = map(float, root.get("viewBox", "").split())
        assert width == WIDTH
        assert height / WIDTH * PAGE_WIDTH + words_height(figure, works) <= PAGE_HEIGHT

    def test_words_stay_apart_and_on_the_sheet(self, path: Path, boxes: list[Box]) -> None:
        figure_of(path)
        assert boxes
        for one, other in itertools.combinations(boxes, 2):
            assert not one.overlaps(other), (one, other)
        assert all(box.left >= 6 and box.right <= WIDTH - 6 for box in boxes)

    def test_words_are_large_enough(self, path: Path, boxes: list[Box]) -> None:
        figure_of(path)
        # 11 units are 9 pixels on a screen 360 wide, and 7.4 points on A5.
        assert min(box.bottom - box.top for box in boxes) >= 11 * 0.82 - 0.01

    def test_alternative_says_every_number(self, path: Path) -> None:
        figure = figure_of(path)
        for row in data_of(path).all_rows():
            for column in NUMBERS:
                if column in row.values:
                    value = row.values[column]
                    spoken = str(value) if column == "year" else f"{value:,}"
                    assert re.search(rf"(?<![\d,]){spoken}(?![\d,]\d)", figure.alt), (row, column)

    def test_alternative_says_every_date(self, path: Path) -> None:
        figure = figure_of(path)
        for row in data_of(path).all_rows():
            for column in DATES:
                date = parse_date(row.values.get(column, ""))
                assert date is None or date.words() in figure.alt, (row, column)

    def test_alternative_and_drawing_say_every_fact(self, path: Path, boxes: list[Box]) -> None:
        alternative = figure_of(path).alt
        drawn = " ".join("".join(box.words for box in boxes).replace("\xa0", " ").split())
        squeezed = drawn.replace(" ", "")
        for row in data_of(path).all_rows():
            for column in FACTS:
                words = row.values.get(column, "")
                if " " in words:
                    assert words in alternative or words.replace(" ", "") in squeezed, words

    def test_rows_cite_works_that_the_bibliography_has(
        self, path: Path, works: BibliographyData
    ) -> None:
        data = data_of(path)
        keys = set(works.entries)
        assert {row.text("citekey") for row in data.all_rows()} <= keys
        assert cited_in(data.head.text("sources") + data.head.text("caption")) <= keys

    def test_names_sources_and_rights(self, path: Path) -> None:
        figure = figure_of(path)
        assert figure.sources.markdown.startswith("Sources: ")
        assert "CC\xa0BY\xa04.0" in figure.sources.markdown
        assert figure.caption.line > 1
        assert figure.sources.line > figure.caption.line


@pytest.fixture(scope="module")
def works() -> BibliographyData:
    return parse_file(DATA.parents[1] / "references.bib")


def test_one_mark_is_drawn_for_each_person() -> None:
    """98 + 41 and 848 + 260 + 858, a ring being a dot on a dot, and one of each in the key."""
    path = DATA / "seventeenth-congress.toml"
    parts = data_of(path).rows("part")
    strokes = {"full": 1, "ring": 2, "speck": 1}
    expected = sum((part.count("count") + 1) * strokes[part.text("mark")] for part in parts)
    assert figure_of(path).svg.count("h.01") == expected
    assert sum(part.count("count") for part in parts) == 139 + 1966


def test_years_without_a_count_are_left_empty() -> None:
    """Each panel has one bar a count, and one speck for each year without."""
    path = DATA / "party-membership.toml"
    data = data_of(path)
    counts = [(row.text("of"), row.count("year")) for row in data.rows("count")]
    years = data.values["last_year"] - data.values["first_year"] + 1
    gaps = years * len(data.rows("party")) - len(set(counts))
    text = figure_of(path).svg
    assert text.count("h.01") == gaps + 1  # one more in the key
    assert text.count("<rect") == len(counts) + 2  # the sheet, the marked year
