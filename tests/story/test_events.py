"""The chronology's reader: dates, ranges, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechbook.figures.dates import Date
from speechbook.problems import BookError
from speechbook.story.events import events_in, span_words

EVENTS = Path("/book/docs/data/events.toml")
EVENT = """
[[event]]
date = "1956-06-28/1956-06-29"
precision = "day"
words = "Strike and bloodshed."
themes = ["poland"]
chapter = "ch-poland"
citekey = "rp2015"
"""


def refusal(text: str) -> str:
    """Return the sentence with which a text is refused."""
    with pytest.raises(BookError) as refused:
        events_in(EVENTS, text)
    return refused.value.problems[0].sentence(Path("/book"))


def test_range_has_two_ends() -> None:
    (event,) = events_in(EVENTS, EVENT)
    assert (event.start, event.end) == (Date(1956, 6, 28), Date(1956, 6, 29))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("06-28/1956-06-29", "06-31", "3: Event 1 has date = '1956-06-31'; write"),
        ("06-28/1956-06-29", "06-28/1956-06-01", "3: Event 1 has date = '1956-06-28/1956-06-01'"),
        ("06-28/1956-06-29", "06-28/1956-06-29/1956-07", "3: Event 1 has date"),
        ('"day"', '"month"', "4: Event 1 has precision = 'month' for 1956-06-28/1956-06-29; write"),
        ('"day"', '"hour"', "4: Event 1 has precision = 'hour'; write one of day, month, year"),
        ('["poland"]', '["polish"]', "6: Event 1 has themes = ['polish']; write some of albania"),
        ('["poland"]', "[]", "6: Event 1 has themes = []"),
        ('words = "Strike and bloodshed."\n', "", "2: Event 1 has no words"),
        ('chapter = "ch-poland"\n', "", "2: Event 1 has no chapter"),
    ],
)
def test_bad_events_are_refused_at_their_line(old: str, new: str, says: str) -> None:
    assert old in EVENT
    assert refusal(EVENT.replace(old, new)).startswith(f"docs/data/events.toml:{says}")


def test_events_out_of_order_are_refused() -> None:
    earlier = EVENT.replace("1956-06-28/1956-06-29", "1956-03-12")
    assert "11: Event 2 stands after a later event; move it up" in refusal(EVENT + earlier)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (Date(1956, 2, 25), Date(1956, 2, 25), "25 February 1956"),
        (Date(1956, 4, 14), Date(1956, 4, 20), "14–20 April 1956"),
        (Date(1934, 1, 26), Date(1934, 2, 10), "26 January to 10 February 1934"),
        (Date(1954, 5), Date(1954, 6), "May–June 1954"),
        (Date(1922, 12), Date(1923, 1), "December 1922 to January 1923"),
        (Date(1963), Date(1963), "1963"),
    ],
)
def test_dates_in_words(start: Date, end: Date, words: str) -> None:
    assert span_words(start, end) == words
