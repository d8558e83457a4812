"""A route with rival ways: dated stations one below the other, tracks beside them.

A station stands on a numbered track; a way leads from an earlier station to a later one.
Ways differ in how they are known: by papers of the time (solid), by memory (dashed),
by suspicion only (dotted); a way that carried something else than the text is thin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.figures.canvas import (
    ACCENT,
    INK,
    LEADING,
    MARGIN,
    PAPER,
    QUIET,
    WIDTH,
    Canvas,
    Run,
    bold,
    measure,
    number,
    wrap,
)

if TYPE_CHECKING:
    from speechbook.figures.rows import DataFile, Row

#: How a way is known: what the key says, colour, width and dashes of its line.
KNOWN: dict[str, tuple[str, str, float, str]] = {
    "papers": ("papers or print of the time", ACCENT, 3.0, "none"),
    "memory": ("told later, from memory", ACCENT, 2.2, "6 3.4"),
    "suspicion": ("argued; no document seen", ACCENT, 2.6, "0.01 5"),
    "news": ("hearsay or notes, not the text", QUIET, 1.3, "none"),
}
TRACK, FIRST_TRACK, GAP = 18.0, MARGIN + 8.0, 6.5
TURN = 13.0


@dataclass(frozen=True)
class Way:
    """How one station was reached: from which earlier one, and how that is known."""

    start: str
    known: str


@dataclass(frozen=True)
class Station:
    """Where the text (or news of it) was: when, where, what happened, on which track."""

    name: str
    date: str
    place: str
    event: str
    track: int
    ways: tuple[Way, ...]


Point = tuple[float, float]


def read(data: DataFile) -> tuple[Station, ...]:
    """Read ``[[station]]`` tables; ``from`` lists ways as ``name: papers``.

    Raises:
        BookError: a column is missing, or a way starts at no earlier station.

    """
    stations: list[Station] = []
    for row in data.rows("station"):
        stations.append(read_station(row, {station.name for station in stations}))
    return tuple(stations)


def read_station(row: Row, earlier: set[str]) -> Station:
    """Read one station."""
    written = row.get("from", list) if "from" in row.values else []
    ways = tuple(read_way(row, str(way), earlier) for way in written)
    return Station(
        name=row.text("name"),
        date=row.text("date"),
        place=row.text("place"),
        event=row.text("event"),
        track=row.count("track"),
        ways=ways,
    )


def read_way(row: Row, written: str, earlier: set[str]) -> Way:
    """Read ``name: known``."""
    start, _, known = written.partition(": ")
    if start not in earlier:
        raise row.fault(f"comes from {start!r}", "name a station above it", "from")
    if known not in KNOWN:
        raise row.fault(f"comes by way of {known!r}", "write one of " + ", ".join(KNOWN), "from")
    return Way(start, known)


def describe(stations: tuple[Station, ...]) -> str:
    """Tell the stations in order, each with the ways that lead to it."""
    places = {station.name: station for station in stations}
    above = ("", *(station.name for station in stations))
    return " ".join(
        f"{station.date}, {station.place}: {station.event}{said_ways(station, places, before)}."
        for station, before in zip(stations, above, strict=False)
    )


def said_ways(station: Station, places: dict[str, Station], before: str) -> str:
    """Say how a station's ways are known, and whence they come if not from the one before."""
    ways = []
    for way in station.ways:
        start = places[way.start]
        whence = "" if way.start == before else f"from {start.place}, {start.date}: "
        ways.append(whence + KNOWN[way.known][0])
    return f" ({'; '.join(ways)})" if ways else ""


def text_left(stations: tuple[Station, ...]) -> float:
    """Return where the words begin, right of the last track."""
    return FIRST_TRACK + TRACK * max(station.track for station in stations) + 16


def lines_of(station: Station, left: float) -> list[list[Run]]:
    """Return a station's words as lines."""
    when = f"{station.date}, {station.place}."
    return wrap([bold(when), Run(station.event + ".")], WIDTH - MARGIN - left)


def positions(stations: tuple[Station, ...], top: float, left: float) -> dict[str, Point]:
    """Return each station's point: its track, and the middle of its first line."""
    points: dict[str, Point] = {}
    for station in stations:
        points[station.name] = (FIRST_TRACK + TRACK * station.track, top + LEADING - 4)
        top += len(lines_of(station, left)) * LEADING + GAP
    return points


def way_path(start: Point, end: Point) -> str:
    """Return a way's line: a way outward turns at once, a way inward turns at its end."""
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        return f"M{number(x1)} {number(y1)}V{number(y2)}"
    corner_y = y1 if x2 > x1 else y2
    across = x2 - x1
    bend = min(abs(across), TURN) * (1 if across > 0 else -1)
    if x2 > x1:
        curve = f"H{number(x2 - bend)}Q{number(x2)} {number(y1)} {number(x2)} {number(y1 + TURN)}"
        return f"M{number(x1)} {number(corner_y)}{curve}V{number(y2)}"
    curve = f"V{number(y2 - TURN)}Q{number(x1)} {number(y2)} {number(x1 + bend)} {number(y2)}"
    return f"M{number(x1)} {number(y1)}{curve}H{number(x2)}"


def draw_line(canvas: Canvas, path: str, known: str) -> None:
    """Draw a way in the style that says how it is known."""
    _, colour, width, dashes = KNOWN[known]
    ends = "round" if known == "suspicion" else "butt"
    style = {"stroke_dasharray": dashes, "stroke_linecap": ends, "fill": "none"}
    canvas.shape("path", d=path, stroke=colour, stroke_width=width, **style)


def draw_station(canvas: Canvas, station: Station, point: Point) -> None:
    """Draw a station: full for the text itself, open for all else."""
    full = not station.ways or any(way.known in {"papers", "memory"} for way in station.ways)
    where = {"cx": point[0], "cy": point[1], "r": 4.6}
    canvas.shape("circle", **where, fill=ACCENT if full else PAPER, stroke=INK, stroke_width=1.4)


def draw_key(canvas: Canvas, stations: tuple[Station, ...], y: float) -> float:
    """Say what the lines mean, two in a row; return the line below."""
    used = {way.known for station in stations for way in station.ways}
    for index, known in enumerate(name for name in KNOWN if name in used):
        x = MARGIN + (index % 2) * (30 + measure(KNOWN["memory"][0]) + 40)
        draw_line(canvas, f"M{number(x)} {number(y - 4)}h27", known)
        canvas.words(x + 34, y, [Run(KNOWN[known][0], colour=QUIET)])
        y += LEADING * (index % 2)
    return y + LEADING * (len(used) % 2)


def draw(stations: tuple[Station, ...], title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    left = text_left(stations)
    points = positions(stations, 12, left)
    order = list(KNOWN)[::-1]
    ways = [(way, points[s.name]) for s in stations for way in s.ways]
    for way, end in sorted(ways, key=lambda pair: order.index(pair[0].known)):
        draw_line(canvas, way_path(points[way.start], end), way.known)
    for station in stations:
        draw_station(canvas, station, points[station.name])
        y = points[station.name][1] + 4
        bottom = canvas.paragraph(left, y, lines_of(station, left))
    canvas.line(MARGIN, bottom, WIDTH - MARGIN, bottom, stroke=INK, stroke_width=0.4)
    bottom = draw_key(canvas, stations, bottom + 20)
    return canvas.svg(round(bottom), title, describe(stations))
