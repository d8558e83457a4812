"""Words as shapes: widths, kerning and outlines are the typeface's own."""

from __future__ import annotations

import re

import pytest

from speechbook.figures.canvas import Run, measure, number, wrap
from speechbook.figures.dates import Date, parse_date
from speechbook.figures.lettering import BOLD, PLAIN, typeface


def test_width_is_the_sum_of_the_advances_and_the_kerning() -> None:
    face = typeface(PLAIN)
    advances = sum(face.outline(letter).advance for letter in "To")
    assert face.kern("T", "o") < 0
    assert face.width("To") == advances + face.kern("T", "o")
    assert face.width("") == 0


def test_bold_is_wider_than_plain() -> None:
    assert measure("Khrushchev", style=BOLD) > measure("Khrushchev")


def test_kerning_is_looked_up_by_glyph_and_by_class() -> None:
    face = typeface(PLAIN)
    assert face.kern("A", "V") == face.kern("À", "V") < 0
    assert face.kern("n", "n") == 0


def test_an_outline_is_closed_and_starts_where_it_ends() -> None:
    path = typeface(PLAIN).outline("o").path
    assert path.startswith("M")
    assert path.count("z") == 2  # the bowl and its counter
    assert re.fullmatch(r"[MmlqczhvHV0-9 .-]+", path)


def test_cyrillic_and_polish_letters_are_there() -> None:
    for letter in "Хрущёвłńśź–“”’·":
        assert typeface(PLAIN).outline(letter).path


def test_a_letter_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match="反"):
        typeface(PLAIN).outline("反")


def test_lines_keep_to_their_width_and_lose_no_word() -> None:
    words = "The photographs reach Amos Manor of the Shin Bet and David Ben-Gurion"
    lines = wrap([Run("13 April.", BOLD), Run(words)], 200)
    texts = ["".join(run.words for run in line) for line in lines]
    assert len(lines) > 1
    assert " ".join(texts) == f"13 April. {words}"
    assert all(measure(text, style=PLAIN) <= 215 for text in texts)


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.125, "0.12"), (-0.001, "0"), (12.30, "12.3")]
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("1956", Date(1956)),
        ("1956-02", Date(1956, 2)),
        ("1956-02-25", Date(1956, 2, 25)),
        ("1956-13", None),
        ("25 February 1956", None),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(written: str, date: Date | None) -> None:
    assert parse_date(written) == date


def test_dates_are_written_with_what_is_known() -> None:
    assert Date(1956, 2, 25).words() == "25 February 1956"
    assert Date(1956, 2).words() == "February 1956"
    assert Date(1956).words() == "1956"
    assert Date(1956, 2, 25).words(short=True) == "25 Feb"


def test_a_day_lies_between_its_neighbours() -> None:
    assert 1956.15 < Date(1956, 2, 25).moment < Date(1956, 3, 5).moment < 1956.2
    assert Date(1956).moment == 1956.5
