"""Finding names in a text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from speechbook.problems import BookError
from speechbook.story.mentions import Finder, Table, finder_of


class Row(NamedTuple):
    """What the finder needs of a row."""

    slug: str
    mentions: tuple[str, ...]
    apart: tuple[str, ...] = ()
    line: int = 1


def finder(*people: Row, places: tuple[Row, ...] = ()) -> Finder:
    """Return the finder of some rows."""
    tables = (Table("person", Path("people.toml"), people),)
    return finder_of((*tables, Table("place", Path("places.toml"), places)))


def found(text: str, *people: Row, places: tuple[Row, ...] = ()) -> list[tuple[str, str]]:
    """Return (words, slug) of each name in a text."""
    mentions = finder(*people, places=places).find(text)
    return [(text[m.start : m.end], m.named.slug) for m in mentions]


NIKITA = Row("khrushchev", ("Nikita Khrushchev", "Khrushchev"), ("Khrushchev Thaw",))
SERGEI = Row("sergei", ("Sergei Khrushchev",))
LENIN = Row("lenin", ("Lenin",), ("Order of Lenin",))


def test_longest_form_wins() -> None:
    text = "Sergei Khrushchev on Nikita Khrushchev; Khrushchev’s son."
    assert found(text, NIKITA, SERGEI) == [
        ("Sergei Khrushchev", "sergei"),
        ("Nikita Khrushchev", "khrushchev"),
        ("Khrushchev", "khrushchev"),
    ]


@pytest.mark.parametrize("text", ["Khrushcheva", "anti-Khrushchev", "the Khrushchev Thaw"])
def test_parts_of_words_and_words_apart_are_no_names(text: str) -> None:
    assert found(text, NIKITA) == []


def test_words_apart_from_one_name_may_be_another() -> None:
    square = Row("square", ("Lenin Square",))
    text = "The Order of Lenin on Lenin Square"
    assert found(text, LENIN, places=(square,)) == [("Lenin Square", "square")]


def test_no_rows_find_nothing() -> None:
    assert found("Lenin") == []


def test_a_form_of_two_people_is_refused() -> None:
    twin = Row("other", ("Khrushchev",), line=7)
    with pytest.raises(BookError, match="both named 'Khrushchev'"):
        finder(NIKITA, twin)
