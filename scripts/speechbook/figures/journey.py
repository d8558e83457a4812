"""A map of the ways between the stations of a ``route``; a key below tells each way.

The data file names the route's own file, which says by what line each way is drawn; a way
between two places needs a ``[[leg]]`` here, one within a place has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from speechbook.figures import ground as grounds
from speechbook.figures import route as routes
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
    Style,
    bold,
    measure,
    number,
    wrap,
)
from speechbook.figures.exploring import Exploration, Part, label, shape
from speechbook.figures.rows import parse
from speechbook.figures.territory import FILLS

if TYPE_CHECKING:
    from speechbook.figures.ground import Ground
    from speechbook.figures.projection import Point
    from speechbook.figures.route import Route
    from speechbook.figures.rows import DataFile, Row

#: Where a place's name stands: to the right, left, above or below.
SIDES = {
    "right": (7.0, 4.0, "start"),
    "left": (-7.0, 4.0, "end"),
    "above": (0.0, -8.0, "middle"),
    "below": (0.0, 16.0, "middle"),
}
DOT, DISC, NUMBERS, KEY_LEFT = 3.2, 6.6, 11.0, 58.0
#: An arrow's length, half its width, and how far it keeps from the place's middle.
ARROW, WING, AWAY = 6.5, 2.9, 4.4


@dataclass(frozen=True)
class Stop:
    """A place of the map and the side of its name."""

    name: str
    side: str
    place: Point


@dataclass(frozen=True)
class Leg:
    """A way from place to place: its line, its words, its bend and where its number stands."""

    start: str
    end: str
    line: str
    words: str
    #: Hundredths of the way's length by which its handle lies off the straight line.
    bend: int
    #: Hundredths of the way at which the number stands, and units it is moved by.
    at: int
    shift: Point


@dataclass(frozen=True)
class Journey:
    """A map: its ground, the states to be tinted, the stops, the legs, what lines mean."""

    ground: Ground
    tinted: tuple[str, ...]
    tint_title: str
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    meanings: dict[str, str]

    def point(self, name: str) -> Point:
        """Return where a stop lies in the drawing."""
        stop = next(stop for stop in self.stops if stop.name == name)
        return self.ground.place(*stop.place)


def read(data: DataFile) -> Journey:
    """Read ``[[stop]]`` and ``[[leg]]`` tables and the route that they belong to.

    Raises:
        BookError: a column is missing, a leg is no way of the route, or a way has no leg.

    """
    ground, route = grounds.ground_of(data), route_of(data)
    stops = tuple(read_stop(row, route) for row in data.rows("stop"))
    legs = tuple(read_leg(row, route) for row in data.rows("leg"))
    missing = ways_between(route) - {
        (row.text("start"), row.text("end")) for row in data.rows("leg")
    }
    if missing:
        pair = " to ".join(min(missing))
        raise data.head.fault(f"has no leg for the way {pair}", "add a [[leg]] with start and end")
    tinted = tuple(data.head.get("tinted", list))
    return Journey(ground, tinted, data.head.text("tint"), stops, legs, route.meanings)


def route_of(data: DataFile) -> Route:
    """Read the route that the data file names, in a file beside it."""
    path = data.path.with_name(f"{data.head.text('route')}.toml")
    if not path.is_file():
        raise data.head.fault(f"goes with {path.name}, which is not there", "name it", "route")
    return routes.read(parse(path, path.read_text(encoding="utf-8")))


def ways_between(route: Route) -> set[tuple[str, str]]:
    """Return the ways (start, end) that lead from one place to another."""
    return {
        (way.start, station.name)
        for station in route.stations
        for way in station.ways
        if route.station(way.start).place != station.place
    }


def read_stop(row: Row, route: Route) -> Stop:
    """Read one place; its name is a station's."""
    places = tuple(dict.fromkeys(station.place for station in route.stations))
    side = row.choice("side", tuple(SIDES))
    return Stop(row.choice("name", places), side, grounds.degrees_in(row))


def read_leg(row: Row, route: Route) -> Leg:
    """Read one leg; ``start`` and ``end`` are names of stations."""
    start, end = row.text("start"), row.text("end")
    if (start, end) not in ways_between(route):
        raise row.fault(f"goes from {start!r} to {end!r}", "name a way of the route", "start")
    line = next(way.line for way in route.station(end).ways if way.start == start)
    places = route.station(start).place, route.station(end).place
    numbers = {column: row.values.get(column, default) for column, default in DEFAULTS.items()}
    if not all(isinstance(value, int) for value in numbers.values()):
        raise row.fault("has bend, at, right or down that are no whole numbers", "mend them")
    shift = float(numbers["right"]), float(numbers["down"])
    text = row.text("words")
    return Leg(*places, line, text, numbers["bend"], numbers["at"], shift)


DEFAULTS = {"bend": 15, "at": 50, "right": 0, "down": 0}


def describe(journey: Journey) -> str:
    """Tell each leg with what its line means."""
    return " ".join(
        f"{index}. {leg.start} to {leg.end} ({journey.meanings[leg.line]}): {leg.words}."
        for index, leg in enumerate(journey.legs, start=1)
    )


def handle(start: Point, end: Point, bend: int) -> Point:
    """Return a curve's handle: off the middle, to the left of the way for a positive bend."""
    across, down = end[0] - start[0], end[1] - start[1]
    share = bend / 100
    return (start[0] + end[0]) / 2 + share * down, (start[1] + end[1]) / 2 - share * across


def along(start: Point, middle: Point, end: Point, share: float) -> Point:
    """Return a point of a quadratic Bézier curve."""
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return (
        a * start[0] + b * middle[0] + c * end[0],
        a * start[1] + b * middle[1] + c * end[1],
    )


def towards(start: Point, end: Point, distance: float) -> Point:
    """Return the point that lies a distance before *end* on the line from *start*."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    share = distance / length
    return end[0] - share * (end[0] - start[0]), end[1] - share * (end[1] - start[1])


def draw_leg(canvas: Canvas, journey: Journey, leg: Leg) -> None:
    """Draw a leg's curve and the arrow at its end."""
    curve, tip = paths_of(journey, leg)
    routes.draw_line(canvas, curve, leg.line)
    canvas.shape("path", d=tip, fill=routes.LINES[leg.line][0])


def paths_of(journey: Journey, leg: Leg) -> tuple[str, str]:
    """Return a leg's curve and its arrow as paths."""
    start, end = journey.point(leg.start), journey.point(leg.end)
    middle = handle(start, end, leg.bend)
    base = towards(middle, end, AWAY + ARROW)
    points = " ".join(number(value) for point in (middle, base) for value in point)
    curve = f"M{number(start[0])} {number(start[1])}Q{points}"
    tip = towards(middle, end, AWAY)
    share = WING / ARROW
    wing = (tip[1] - base[1]) * share, (tip[0] - base[0]) * share
    corners = (tip, (base[0] + wing[0], base[1] - wing[1]), (base[0] - wing[0], base[1] + wing[1]))
    return curve, "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"


def draw_number(canvas: Canvas, journey: Journey, leg: Leg, label: str) -> None:
    """Set a leg's number on its curve."""
    draw_disc(canvas, number_point(journey, leg), label)


def number_point(journey: Journey, leg: Leg) -> Point:
    """Return where a leg's number stands."""
    start, end = journey.point(leg.start), journey.point(leg.end)
    x, y = along(start, handle(start, end, leg.bend), end, leg.at / 100)
    return x + leg.shift[0], y + leg.shift[1]


def draw_disc(canvas: Canvas, point: Point, label: str) -> None:
    """Draw a number in a disc."""
    edge: Style = {"fill": PAPER, "stroke": INK, "stroke_width": 0.9}
    canvas.shape("circle", cx=point[0], cy=point[1], r=DISC, **edge)
    canvas.words(point[0], point[1] + 3.9, [bold(label)], NUMBERS, "middle")


def draw_stop(canvas: Canvas, journey: Journey, stop: Stop) -> None:
    """Draw a place and its name."""
    x, y = journey.point(stop.name)
    canvas.shape("circle", cx=x, cy=y, r=DOT, fill=ACCENT, stroke=INK, stroke_width=1.2)
    right, down, anchor = SIDES[stop.side]
    run = Run(stop.name, halo=PAPER)
    canvas.words(x + right, y + down, [run], grounds.NAMES, anchor)


def draw_map(canvas: Canvas, journey: Journey) -> None:
    """Draw the ground, then the legs with the firmer ones on top, then places and numbers."""
    grounds.draw_land(canvas, journey.ground)
    for name in journey.tinted:
        grounds.draw_state(canvas, journey.ground, name, FILLS[0])
    grounds.draw_frame(canvas, journey.ground)
    order = list(routes.LINES)[::-1]
    for leg in sorted(journey.legs, key=lambda leg: order.index(leg.line)):
        draw_leg(canvas, journey, leg)
    for stop in journey.stops:
        draw_stop(canvas, journey, stop)
    for index, leg in enumerate(journey.legs, start=1):
        draw_number(canvas, journey, leg, str(index))


def draw_key(canvas: Canvas, journey: Journey, y: float) -> float:
    """Tell the legs by their numbers, each with its line; return the line below."""
    for index, leg in enumerate(journey.legs, start=1):
        draw_disc(canvas, (MARGIN + 7, y - 4), str(index))
        routes.draw_line(canvas, f"M{number(MARGIN + 18)} {number(y - 4)}h20", leg.line)
        head = bold(f"{leg.start} to {leg.end}.")
        lines = wrap([head, Run(f"{leg.words}.")], WIDTH - MARGIN - KEY_LEFT)
        y = canvas.paragraph(KEY_LEFT, y, lines) + 2.5
    return y


def draw_meanings(canvas: Canvas, journey: Journey, y: float) -> float:
    """Say what the lines and the tint mean; return the line below."""
    column = max(measure(meaning) for meaning in journey.meanings.values()) + 50
    for index, (line, meaning) in enumerate(journey.meanings.items()):
        x = MARGIN + (index % 2) * column
        routes.draw_line(canvas, f"M{number(x)} {number(y - 4)}h27", line)
        canvas.words(x + 34, y, [Run(meaning, colour=QUIET)])
        y += LEADING * (index % 2)
    y += LEADING * (len(journey.meanings) % 2)
    canvas.shape("rect", x=MARGIN, y=y - 9, width=27.0, height=10.0, fill=FILLS[0])
    canvas.words(MARGIN + 34, y, [Run(journey.tint_title, colour=QUIET)])
    return y + LEADING


def draw(journey: Journey, title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    draw_map(canvas, journey)
    y = draw_meanings(canvas, journey, journey.ground.bottom + 18)
    canvas.line(MARGIN, y - 9, WIDTH - MARGIN, y - 9, stroke=INK, stroke_width=0.4)
    y = draw_key(canvas, journey, y + 9)
    return canvas.svg(round(y - 4), title)


def explore(journey: Journey) -> Exploration:
    """Return a step for each leg: its way on the map, its date and words, how it is known."""
    parts = tuple(step(journey, leg, str(n)) for n, leg in enumerate(journey.legs, start=1))
    dimmed = (0.0, 0.0, float(WIDTH), journey.ground.bottom)
    return Exploration("step", "The steps in words", parts, dimmed=dimmed)


def step(journey: Journey, leg: Leg, name: str) -> Part:
    """Return one leg as a part to explore."""
    curve, tip = paths_of(journey, leg)
    shapes = [shape("path", "line", d=curve), shape("path", "tip", d=tip)]
    for x, y in (journey.point(leg.start), journey.point(leg.end)):
        shapes.append(shape("circle", "spot", cx=x, cy=y, r=DOT + 3))
    shapes.append(label(*number_point(journey, leg), name))
    words = f"{leg.words} ({journey.meanings[leg.line]})."
    return Part("".join(shapes), f"{leg.start} to {leg.end}.", words)
