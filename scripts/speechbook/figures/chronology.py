"""Dated events in a column beside a scale of months, each on a line that leads to its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES
from speechbook.figures.canvas import (
    ACCENT,
    FAINT,
    INK,
    LEADING,
    MARGIN,
    PAPER,
    QUIET,
    RULE,
    TINT,
    WIDTH,
    Canvas,
    Run,
    bold,
    measure,
    number,
    wrap,
)
from speechbook.figures.dates import Date, date_in

if TYPE_CHECKING:
    from speechbook.figures.rows import DataFile, Row

#: The marks of up to three groups of events: a square, a disc, a ring.
MARKS = ("square", "disc", "ring")
BAND_LEFT, BAND_WIDTH = MARGIN + 27.0, 11.0
MARK_X, DATE_RIGHT, TEXT_LEFT = 96.0, 150.0, 158.0
GAP, SMALL, TOP = 4.6, 11.0, 12.0
MONTHS_IN_YEAR = 12


@dataclass(frozen=True)
class Event:
    """One event: its day, its group, what happened."""

    date: Date
    group: str
    words: str


@dataclass(frozen=True)
class Chronology:
    """Events in their order, with the groups (name, title) that they fall into."""

    groups: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]

    @property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Every (year, month) from the first event's to the last's."""
        first, last = self.events[0].date, self.events[-1].date
        start = first.year * MONTHS_IN_YEAR + first.month - 1
        end = last.year * MONTHS_IN_YEAR + last.month
        return tuple((m // MONTHS_IN_YEAR, m % MONTHS_IN_YEAR + 1) for m in range(start, end))


def read(data: DataFile) -> Chronology:
    """Read ``[[group]]`` and ``[[event]]`` tables.

    Raises:
        BookError: a column is missing, a date is none, or events are out of order.

    """
    rows = data.rows("group")
    groups = tuple((row.text("name"), row.text("title")) for row in rows)
    if len(groups) > len(MARKS):
        raise rows[len(MARKS)].fault("is one too many", f"keep to {len(MARKS)} groups")
    names = tuple(name for name, _ in groups)
    events: list[Event] = []
    for row in data.rows("event"):
        event = read_event(row, names)
        if events and event.date < events[-1].date:
            raise row.fault("is earlier than the one above it", "put events in their order", "date")
        events.append(event)
    return Chronology(groups, tuple(events))


def read_event(row: Row, groups: tuple[str, ...]) -> Event:
    """Read one event."""
    return Event(date_in(row, "date"), row.choice("group", groups), row.text("words"))


def describe(chronology: Chronology) -> str:
    """List all events with their full dates."""
    return " ".join(f"{event.date.words()}: {event.words}." for event in chronology.events)


def mark_of(chronology: Chronology, group: str) -> str:
    """Return the mark of a group."""
    return MARKS[[name for name, _ in chronology.groups].index(group)]


def draw_mark(canvas: Canvas, mark: str, x: float, y: float) -> None:
    """Draw a group's mark around a point."""
    if mark == "square":
        canvas.shape("rect", x=x - 3.8, y=y - 3.8, width=7.6, height=7.6, fill=ACCENT)
        return
    fill = INK if mark == "disc" else PAPER
    canvas.shape("circle", cx=x, cy=y, r=3.7, fill=fill, stroke=INK, stroke_width=1.4)


def lines_of(event: Event) -> list[list[Run]]:
    """Return an event's words as lines."""
    return wrap([Run(event.words)], WIDTH - MARGIN - TEXT_LEFT)


def rows_of(chronology: Chronology) -> list[float]:
    """Return each event's first baseline."""
    baselines = [TOP + 13.0]
    for event in chronology.events:
        baselines.append(baselines[-1] + len(lines_of(event)) * LEADING + GAP)
    return baselines


def draw_band(canvas: Canvas, chronology: Chronology, height: float) -> None:
    """Draw the scale: a box a month, in two tints, and the names and years at its left."""
    months = chronology.months
    box = height / len(months)
    for index, (year, month) in enumerate(months):
        y = TOP + index * box
        fill = TINT if index % 2 else RULE
        canvas.shape("rect", x=BAND_LEFT, y=y, width=BAND_WIDTH, height=box, fill=fill)
        name = MONTH_NAMES[month - 1][:3]
        canvas.words(BAND_LEFT - 4, y + box / 2 + 4, [Run(name, colour=QUIET)], SMALL, "end")
        if month == 1 or index == 0:
            canvas.words(BAND_LEFT - 4, y + 4, [bold(str(year))], SMALL, "end")


def day_y(chronology: Chronology, date: Date, height: float) -> float:
    """Return how far down the scale a day lies."""
    index = chronology.months.index((date.year, date.month))
    share = ((date.day or 15) - 0.5) / 31
    return TOP + height * (index + share) / len(chronology.months)


def draw_event(canvas: Canvas, event: Event, mark: str, scale_y: float, baseline: float) -> None:
    """Draw an event's words, its mark and the line that leads from the scale to it."""
    y = baseline - 4.2
    start, bend = BAND_LEFT + BAND_WIDTH, MARK_X - 10
    path = f"M{number(start)} {number(scale_y)}L{number(bend)} {number(y)}H{number(MARK_X)}"
    canvas.shape("path", d=path, stroke=FAINT, stroke_width=0.7, fill="none")
    canvas.line(BAND_LEFT, scale_y, start, scale_y, stroke=ACCENT, stroke_width=1.3)
    draw_mark(canvas, mark, MARK_X, y)
    canvas.words(DATE_RIGHT, baseline, [bold(event.date.words(short=True))], anchor="end")
    canvas.paragraph(TEXT_LEFT, baseline, lines_of(event))


def draw_key(canvas: Canvas, chronology: Chronology, y: float) -> None:
    """Say what the marks mean."""
    x = float(MARGIN)
    for name, title in chronology.groups:
        draw_mark(canvas, mark_of(chronology, name), x + 4, y - 4.2)
        canvas.words(x + 13, y, [Run(title, colour=QUIET)])
        x += 13 + measure(title) + 16


def draw(chronology: Chronology, title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    *baselines, bottom = rows_of(chronology)
    height = bottom - LEADING - TOP + 2
    draw_band(canvas, chronology, height)
    for event, baseline in zip(chronology.events, baselines, strict=True):
        scale_y = day_y(chronology, event.date, height)
        draw_event(canvas, event, mark_of(chronology, event.group), scale_y, baseline)
    draw_key(canvas, chronology, bottom + 12)
    return canvas.svg(round(bottom + 22), title)
