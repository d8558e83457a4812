"""All events of the chronology as a band: a row a theme, a dot an event, time to the right.

Time runs at a different pace in each period, since the months around the speech hold as
many events as the decades before; the data file names the day on which each one starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from speechbook.figures.canvas import ACCENT, INK, MARGIN, QUIET, RULE, TINT, WIDTH, Canvas, Run
from speechbook.figures.dates import Date, parse_date
from speechbook.figures.exploring import Exploration, Part, shape
from speechbook.problems import BookError, Place
from speechbook.story.events import THEMES, Event, events_in

if TYPE_CHECKING:
    from speechbook.figures.rows import DataFile

TOP, LANE, LEFT, DOT, SMALL = 30.0, 15.5, 128.0, 5.4, 11.0
RIGHT = WIDTH - MARGIN
#: Between a period's edge and its first or last event.
INSET = 5.0


@dataclass(frozen=True)
class Period:
    """A stretch of time: where it starts and ends on paper and in years, and its name."""

    start: float
    end: float
    left: float
    right: float
    name: str

    def place(self, moment: float) -> float:
        """Return where a moment of this period lies across the drawing."""
        share = (moment - self.start) / (self.end - self.start)
        return self.left + INSET + share * (self.right - self.left - 2 * INSET)


@dataclass(frozen=True)
class Band:
    """The events, the themes that they have (in the order in which they begin), the periods."""

    events: tuple[Event, ...]
    themes: tuple[str, ...]
    periods: tuple[Period, ...]

    @property
    def height(self) -> float:
        """How high the drawing is."""
        return TOP + LANE * len(self.themes) + 8


def read(data: DataFile) -> Band:
    """Read the events' own file, ``periods`` (their first days) and ``names`` of periods.

    Raises:
        BookError: the events are not there or bad, or a period is no date or has no event.

    """
    path = data.path.with_name(f"{data.head.text('events')}.toml")
    if not path.is_file():
        raise data.head.fault(f"draws {path.name}, which is not there", "name it", "events")
    events = events_in(path, path.read_text(encoding="utf-8"))
    themes = tuple(dict.fromkeys(theme for event in events for theme in event.themes))
    return Band(events, themes, periods_in(data, events))


def periods_in(data: DataFile, events: tuple[Event, ...]) -> tuple[Period, ...]:
    """Lay out the periods, each as wide as it has events.

    Raises:
        BookError: there are not as many names as periods, or a period is no date or empty.

    """
    starts = [parse_date(str(written)) for written in data.head.get("periods", list)]
    names = [str(name) for name in data.head.get("names", list)]
    known = [start for start in starts if start is not None]
    if len(known) != len(starts) or len(names) != len(known) or known != sorted(known):
        cure = "give dates in their order, and a name to each"
        raise data.head.fault("has periods that are no dates or have no names", cure, "periods")
    periods, left = [], LEFT
    for (start, end), name in zip(pairwise([*known, Date(9999)]), names, strict=True):
        inside = [event.start.moment for event in events if start <= event.start < end]
        if not inside:
            place = Place(data.path, data.head.lines["periods"])
            cure = "join it with the one before"
            raise BookError(f"The period “{name}” has no event", place=place, cure=cure)
        right = left + (RIGHT - LEFT) * len(inside) / len(events)
        last = max(inside) if max(inside) > min(inside) else min(inside) + 1
        periods.append(Period(min(inside), last, left, right, name))
        left = right
    return tuple(periods)


def places(band: Band, event: Event) -> tuple[tuple[float, float], ...]:
    """Return the middles of an event's dots, one a theme."""
    moment = event.start.moment
    period = [period for period in band.periods if period.start <= moment][-1]
    x = period.place(min(moment, period.end))
    return tuple((x, TOP + LANE * (band.themes.index(t) + 0.5)) for t in event.themes)


def describe(band: Band) -> str:
    """Count the events of each theme, with the first and the last year."""
    return " ".join(
        f"{THEMES[theme]}: {len(of)}, {span(of)}."
        for theme in band.themes
        for of in [[event for event in band.events if theme in event.themes]]
    )


def span(events: list[Event]) -> str:
    """Return the years in which events start."""
    first, last = events[0].start.year, events[-1].start.year
    return str(first) if first == last else f"{first} to {last}"


def draw_lanes(canvas: Canvas, band: Band) -> None:
    """Draw a row for each theme, every other one tinted, and the edges of the periods."""
    for index, theme in enumerate(band.themes):
        y = TOP + LANE * index
        if index % 2 == 0:
            canvas.shape("rect", x=MARGIN, y=y, width=RIGHT - MARGIN, height=LANE, fill=TINT)
        canvas.words(MARGIN + 4, y + 11.5, [Run(THEMES[theme])], SMALL)
    bottom = TOP + LANE * len(band.themes)
    for period in band.periods:
        canvas.line(period.left, TOP, period.left, bottom, stroke=RULE)
        middle = (period.left + period.right) / 2
        canvas.words(middle, TOP - 8, [Run(period.name, colour=QUIET)], SMALL, "middle")
    canvas.line(MARGIN, TOP, RIGHT, TOP, stroke=INK, stroke_width=0.4)
    canvas.line(MARGIN, bottom, RIGHT, bottom, stroke=INK, stroke_width=0.4)


def draw(band: Band, title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    draw_lanes(canvas, band)
    canvas.dots([place for event in band.events for place in places(band, event)], DOT, ACCENT)
    return canvas.svg(round(band.height), title)


def explore(band: Band) -> Exploration:
    """Return a part for each event, told by the list on the same page."""
    parts = tuple(
        Part(
            "".join(shape("circle", "dot", cx=x, cy=y, r=DOT / 2) for x, y in places(band, event)),
            themes=event.themes,
        )
        for event in band.events
    )
    themes = tuple((theme, THEMES[theme]) for theme in band.themes)
    dimmed = (LEFT, TOP, RIGHT - LEFT, LANE * len(band.themes))
    return Exploration("event", "", parts, themes=themes, dimmed=dimmed)
