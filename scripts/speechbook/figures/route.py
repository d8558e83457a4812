"""A route with rival ways: dated stations one below the other, tracks beside them.

A station stands on a numbered track; a way leads from an earlier station to a later one.
Ways are told apart by four lines, solid, dashed, dotted and thin; the data file says what
each means.  A station that only dotted or thin ways reach is drawn open.
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
from speechbook.figures.exploring import Exploration, Part, shape

if TYPE_CHECKING:
    from speechbook.figures.rows import DataFile, Row

#: The lines: colour, width and dashes.
LINES: dict[str, tuple[str, float, str]] = {
    "solid": (ACCENT, 3.0, "none"),
    "dashed": (ACCENT, 2.2, "6 3.4"),
    "dotted": (ACCENT, 2.6, "0.01 5"),
    "thin": (QUIET, 1.3, "none"),
}
FIRM = {"solid", "dashed"}
TRACK, FIRST_TRACK, GAP = 18.0, MARGIN + 8.0, 6.5
TURN = 13.0


@dataclass(frozen=True)
class Way:
    """How one station was reached: from which earlier one, by which line."""

    start: str
    line: str


@dataclass(frozen=True)
class Station:
    """Where the text (or news of it) was: when, where, what happened, on which track."""

    name: str
    date: str
    place: str
    event: str
    track: int
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Route:
    """The stations from top to bottom, and what the lines between them mean."""

    stations: tuple[Station, ...]
    meanings: dict[str, str]

    def station(self, name: str) -> Station:
        """Return a station by its name."""
        return next(station for station in self.stations if station.name == name)


Point = tuple[float, float]


def read(data: DataFile) -> Route:
    """Read the meanings of lines and ``[[station]]`` tables.

    A station's ``from`` lists ways as ``name: solid``.

    Raises:
        BookError: a column is missing, a way starts at no earlier station, or its line
            has no meaning.

    """
    meanings = {line: data.head.text(line) for line in LINES if line in data.values}
    stations: list[Station] = []
    for row in data.rows("station"):
        earlier = {station.name for station in stations}
        stations.append(read_station(row, earlier, tuple(meanings)))
    return Route(tuple(stations), meanings)


def read_station(row: Row, earlier: set[str], lines: tuple[str, ...]) -> Station:
    """Read one station."""
    written = row.get("from", list) if "from" in row.values else []
    ways = tuple(read_way(row, str(way), earlier, lines) for way in written)
    return Station(
        name=row.text("name"),
        date=row.text("date"),
        place=row.text("place"),
        event=row.text("event"),
        track=row.count("track"),
        ways=ways,
    )


def read_way(row: Row, written: str, earlier: set[str], lines: tuple[str, ...]) -> Way:
    """Read ``name: line``."""
    start, _, line = written.partition(": ")
    if start not in earlier:
        raise row.fault(f"comes from {start!r}", "name a station above it", "from")
    if line not in lines:
        cure = "write a line that the head of the file explains: " + ", ".join(lines)
        raise row.fault(f"comes by a line {line!r}", cure, "from")
    return Way(start, line)


def describe(route: Route) -> str:
    """Tell the stations in order, each with the ways that lead to it."""
    above = ("", *(station.name for station in route.stations))
    return " ".join(
        f"{station.date}, {station.place}: {station.event}{said_ways(route, station, before)}."
        for station, before in zip(route.stations, above, strict=False)
    )


def said_ways(route: Route, station: Station, before: str) -> str:
    """Say what a station's ways mean, and whence they come if not from the one before."""
    ways = []
    for way in station.ways:
        start = route.station(way.start)
        whence = "" if way.start == before else f"from {start.place}, {start.date}: "
        ways.append(whence + route.meanings[way.line])
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


def draw_line(canvas: Canvas, path: str, line: str) -> None:
    """Draw one of the lines."""
    colour, width, dashes = LINES[line]
    ends = "round" if line == "dotted" else "butt"
    style = {"stroke_dasharray": dashes, "stroke_linecap": ends, "fill": "none"}
    canvas.shape("path", d=path, stroke=colour, stroke_width=width, **style)


def draw_station(canvas: Canvas, station: Station, point: Point) -> None:
    """Draw a station: full if a firm way or none leads to it, else open."""
    full = not station.ways or any(way.line in FIRM for way in station.ways)
    where = {"cx": point[0], "cy": point[1], "r": 4.6}
    canvas.shape("circle", **where, fill=ACCENT if full else PAPER, stroke=INK, stroke_width=1.4)


def draw_key(canvas: Canvas, route: Route, y: float) -> float:
    """Say what the lines mean, two in a row; return the line below."""
    column = max(measure(meaning) for meaning in route.meanings.values()) + 50
    for index, (line, meaning) in enumerate(route.meanings.items()):
        x = MARGIN + (index % 2) * column
        draw_line(canvas, f"M{number(x)} {number(y - 4)}h27", line)
        canvas.words(x + 34, y, [Run(meaning, colour=QUIET)])
        y += LEADING * (index % 2)
    return y + LEADING * (len(route.meanings) % 2)


def draw_ways(canvas: Canvas, route: Route, points: dict[str, Point]) -> None:
    """Draw all ways, the firmer ones on top."""
    ways = [(way, points[station.name]) for station in route.stations for way in station.ways]
    order = list(LINES)[::-1]
    for way, end in sorted(ways, key=lambda pair: order.index(pair[0].line)):
        draw_line(canvas, way_path(points[way.start], end), way.line)


def draw(route: Route, title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    left = text_left(route.stations)
    points = positions(route.stations, 12, left)
    draw_ways(canvas, route, points)
    bottom = 0.0
    for station in route.stations:
        draw_station(canvas, station, points[station.name])
        y = points[station.name][1] + 4
        bottom = canvas.paragraph(left, y, lines_of(station, left))
    canvas.line(MARGIN, bottom, WIDTH - MARGIN, bottom, stroke=INK, stroke_width=0.4)
    bottom = draw_key(canvas, route, bottom + 20)
    return canvas.svg(round(bottom), title)


def explore(route: Route) -> Exploration:
    """Return a step for each station: its ways, its words, how it is known."""
    left = text_left(route.stations)
    points = positions(route.stations, 12, left)
    parts = tuple(step(route, station, points, left) for station in route.stations)
    return Exploration("step", "The steps in words", parts)


def step(route: Route, station: Station, points: dict[str, Point], left: float) -> Part:
    """Return one station as a part to explore."""
    x, y = points[station.name]
    shapes = [shape("path", "line", d=way_path(points[w.start], (x, y))) for w in station.ways]
    high = len(lines_of(station, left)) * LEADING
    box = {"x": left - 4, "y": y + 4 - LEADING + 1, "width": WIDTH - 8 - left, "height": high + 4}
    shapes.append(shape("rect", "area", **box, rx=3.0))
    shapes.append(shape("circle", "spot", cx=x, cy=y, r=7.0))
    above = dict(zip(route.stations[1:], route.stations, strict=False)).get(station)
    known = said_ways(route, station, above.name if above else "")
    words = f"{station.event}{known}."
    return Part("".join(shapes), f"{station.date}, {station.place}.", words)
