"""The chronology, from ``docs/data/events.toml``.

An ``[[event]]`` row has ``date`` (``1956-02-25``, ``1956-02``, ``1956``, or two of these
with a slash between them for a range, as in ISO 8601-1:2019, 4.4), ``precision`` (``day``,
``month`` or ``year``, which must fit the date), ``words`` (a sentence), ``themes`` (of
:data:`THEMES`), ``chapter`` (the label of the chapter that tells it) and ``citekey``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES
from speechbook.figures.dates import Date, parse_date
from speechbook.story.tables import rows_in, texts

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.figures.rows import Row

PRECISIONS = ("day", "month", "year")
#: Names of themes, and what readers see of them.
THEMES = {
    "albania": "Albania",
    "camps": "The camps",
    "china": "China",
    "deported": "Deported peoples",
    "doctors": "The doctors",
    "hungary": "Hungary",
    "leaders": "The leaders",
    "making": "Towards the speech",
    "memory": "Memory",
    "poland": "Poland",
    "readings": "The readings",
    "speech": "The speech",
    "terror": "The terror",
    "testament": "Lenin’s testament",
    "text": "The text gets out",
    "thaw": "The thaw",
    "war": "The war",
    "west": "Western parties",
    "yugoslavia": "Yugoslavia",
}


@dataclass(frozen=True)
class Event:
    """One event; ``end`` is ``start`` unless the date is a range."""

    start: Date
    end: Date
    words: str
    themes: tuple[str, ...]
    chapter: str
    citekey: str
    line: int


def precision_of(date: Date) -> str:
    """Return how exact a date is."""
    if date.day:
        return "day"
    return "month" if date.month else "year"


def dates_in(row: Row) -> tuple[Date, Date]:
    """Return the two ends of a row's date.

    Raises:
        BookError: it is no date or range, ends before it starts, or is not of the precision.

    """
    written = row.text("date")
    dates = [parse_date(part) for part in written.split("/")]
    known = [date for date in dates if date is not None]
    if len(known) != len(dates) or len(known) not in {1, 2} or known[-1] < known[0]:
        cure = 'write "1956-02-25", "1956-02", "1956" or two of them as "1956-06-28/1956-06-29"'
        raise row.fault(f"has date = {written!r}", cure, "date")
    precision = row.choice("precision", PRECISIONS)
    if {precision_of(date) for date in known} != {precision}:
        cure = f"write {precision_of(known[0])} there, or make the date as exact as that"
        raise row.fault(f"has precision = {precision!r} for {written}", cure, "precision")
    return known[0], known[-1]


def themes_in(row: Row) -> tuple[str, ...]:
    """Return a row's themes.

    Raises:
        BookError: there is none, or an unknown one.

    """
    themes = texts(row, "themes")
    unknown = [theme for theme in themes if theme not in THEMES]
    if unknown or not themes:
        cure = "write some of " + ", ".join(THEMES)
        raise row.fault(f"has themes = {list(themes)!r}", cure, "themes")
    return themes


def event_in(row: Row) -> Event:
    """Read a row.

    Raises:
        BookError: a column is missing or bad.

    """
    start, end = dates_in(row)
    return Event(
        start=start,
        end=end,
        words=row.text("words"),
        themes=themes_in(row),
        chapter=row.text("chapter"),
        citekey=row.text("citekey"),
        line=row.place.line,
    )


@functools.lru_cache(maxsize=4)
def events_in(path: Path, source: str) -> tuple[Event, ...]:
    """Read the table from its text; events stand in the order of their dates.

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    rows = rows_in(path, source, "event")
    events = tuple(event_in(row) for row in rows)
    for row, earlier, later in zip(rows[1:], events, events[1:], strict=False):
        if later.start < earlier.start:
            raise row.fault("stands after a later event", "move it up", "date")
    return events


def span_words(start: Date, end: Date) -> str:
    """Return ``14–20 April 1956``, ``May–June 1954`` or ``December 1922 to January 1923``."""
    if start == end:
        return start.words()
    if start.year != end.year:
        return f"{start.words()} to {end.words()}"
    if start.month == end.month:
        return f"{start.day}–{end.words()}"
    if not start.day:
        return f"{MONTH_NAMES[start.month - 1]}–{end.words()}"
    return f"{start.day} {MONTH_NAMES[start.month - 1]} to {end.words()}"
