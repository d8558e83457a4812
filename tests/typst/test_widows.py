"""Lines that a note tears off at the foot of a page, and how they are held."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from speechbook.typst import widows

if TYPE_CHECKING:
    from speechbook.building.paths import BookPaths

SENTENCE = "The last sentence of this paragraph is long enough to fill more than one whole line."
SHEET = [
    "#{",
    f't("{SENTENCE}")',
    'note("a:one", "7", {[]',
    't("See ")',
    "emph({[]",
    't("Khrushchev")',
    "})",
    "})",
    "}",
]


def test_ending_is_a_text_with_its_note() -> None:
    (ending,) = widows.endings(SHEET)
    assert (ending.line, ending.name, ending.number) == (1, '"a:one"', "7")


@pytest.mark.parametrize(
    ("top", "letters"),
    [("onewholeline7", 12), ("otherwords7", 0), ("7", 0), ("onewholeline", 0)],
)
def test_torn_line_is_the_end_of_the_sentence_with_its_number(top: str, letters: int) -> None:
    (ending,) = widows.endings(SHEET)
    assert widows.torn(ending, [top]) == letters


def test_whole_sentence_at_the_top_of_a_page_is_not_torn() -> None:
    (ending,) = widows.endings(SHEET)
    assert widows.torn(ending, [ending.letters]) == 0


def test_held_note_stands_a_line_earlier_and_nothing_is_lost() -> None:
    lines = widows.hold(SHEET, ["onewholeline7"])
    assert lines is not None
    assert len(lines) == len(SHEET)
    assert lines[2] == 'early-note("a:one", "7", {[]'
    assert lines[3:7] == SHEET[3:7]
    closing = re.fullmatch(r'\}\); t\("(.*)"\); note-again\("a:one", "7"\)', lines[7])
    opening = re.fullmatch(r't\("(.*)"\)', lines[1])
    assert closing
    assert opening
    assert opening[1] + closing[1] == SENTENCE
    assert opening[1].endswith(" ")


def test_note_that_stays_behind_is_made_taller() -> None:
    once = widows.hold(SHEET, ["onewholeline7"])
    assert once is not None
    twice = widows.hold(once, ["onewholeline7"])
    assert twice is not None
    assert twice[2] == 'tall-note("a:one", "7", {[]'
    assert twice[3:] == once[3:]


def test_nothing_torn_changes_nothing() -> None:
    assert widows.hold(SHEET, ["anotherline"]) is None


def words(number: int, dice: random.Random) -> str:
    """Return a sentence of 15 to 60 words that stands nowhere else."""
    count = dice.randrange(15, 60)
    return " ".join(["A", *(f"w{dice.randrange(10**6)}" for _ in range(count)), f"ends{number}."])


def test_no_page_of_a_book_begins_with_the_last_line_of_a_paragraph(
    tiny_book: BookPaths,
) -> None:
    """Many paragraphs of many lengths, each with a note, so that some would be torn."""
    dice = random.Random(1956)  # noqa: S311 - the same book at every run
    paragraphs = [f"{words(number, dice)}[^n{number}]" for number in range(150)]
    notes = [f"[^n{number}]: {words(number, dice)}" for number in range(150)]
    path = tiny_book.docs / "chapters" / "02-second.md"
    text = "\n\n".join(["(ch-second)=\n# The second chapter", *paragraphs, *notes])
    path.write_text(text + "\n", encoding="utf-8")

    pdf = prepare(tiny_book, Steps(quiet=True)).pdf()

    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range().splitlines() for page in document]
    tops = [lines[1] for lines in pages if len(lines) > 1]
    torn = [top for top in tops if re.search(r"ends\d+\.\d+$", top) and not top.startswith("A ")]
    assert torn == []
    held = [
        line
        for sheet in (tiny_book.build / "typst" / "text").rglob("*.typ")
        for line in sheet.read_text(encoding="utf-8").splitlines()
        if line.startswith((widows.EARLY, widows.TALL))
    ]
    assert held, "no note had to be held, so this book proves nothing"
