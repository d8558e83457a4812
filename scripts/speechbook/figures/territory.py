"""A map of states in groups, with numbered events; a key below tells what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.figures import ground as grounds
from speechbook.figures.canvas import (
    ACCENT,
    INK,
    LEADING,
    MARGIN,
    PAPER,
    QUIET,
    TINT,
    WIDTH,
    Canvas,
    Run,
    Style,
    bold,
    measure,
    wrap,
)

if TYPE_CHECKING:
    from speechbook.figures.ground import Ground
    from speechbook.figures.projection import Point
    from speechbook.figures.rows import DataFile, Row

#: How the groups of states are filled, in their order.
FILLS = ("#dfc3bb", "hatch")
MARKS = ("shots", "none")
DISC, KEY_LEFT, NUMBERS = 7.6, 36.0, 11.0
#: Between the lines of a name on the map, and from a state's middle to its name's baseline.
CLOSE, HALF = 12.5, 4.0


@dataclass(frozen=True)
class State:
    """A state: its group, and where its name stands, in lines, on its land or on the sea."""

    name: str
    group: str
    lines: tuple[str, ...]
    place: Point
    afloat: bool


@dataclass(frozen=True)
class Event:
    """What happened where and when, and whether shots were fired."""

    place_name: str
    date: str
    words: str
    shots: bool
    place: Point


@dataclass(frozen=True)
class Territory:
    """A map: its ground, groups (name, title), states and events, and two words on marks."""

    ground: Ground
    groups: tuple[tuple[str, str], ...]
    states: tuple[State, ...]
    events: tuple[Event, ...]
    meanings: dict[str, str]


def read(data: DataFile) -> Territory:
    """Read ``[[group]]``, ``[[state]]`` and ``[[event]]`` tables.

    Raises:
        BookError: a column is missing, or a state is not on the ground.

    """
    ground = grounds.ground_of(data)
    groups = tuple((row.text("name"), row.text("title")) for row in data.rows("group"))
    names = tuple(name for name, _ in groups)
    states = tuple(read_state(row, names, ground) for row in data.rows("state"))
    events = tuple(read_event(row) for row in data.rows("event"))
    meanings = {mark: data.head.text(mark) for mark in MARKS}
    return Territory(ground, groups, states, events, meanings)


def read_state(row: Row, groups: tuple[str, ...], ground: Ground) -> State:
    """Read one state; ``lines`` is its name as set, ``name_on`` may say that it is at sea."""
    name = row.choice("name", tuple(ground.states))
    lines = tuple(row.get("lines", list)) if "lines" in row.values else (name,)
    afloat = row.optional("name_on") == "sea"
    group = row.choice("group", groups)
    return State(name, group, lines, grounds.degrees_in(row), afloat=afloat)


def read_event(row: Row) -> Event:
    """Read one event."""
    texts = row.text("place"), row.text("date"), row.text("words")
    shots = row.choice("mark", MARKS) == "shots"
    return Event(*texts, shots=shots, place=grounds.degrees_in(row))


def describe(territory: Territory) -> str:
    """Name the states of each group, then tell the events."""
    listed = [
        f"{title}: {', '.join(s.name for s in territory.states if s.group == name)}."
        for name, title in territory.groups
    ]
    told = [
        f"{index}. {event.place_name}, {event.date}: {event.words}"
        f" ({territory.meanings['shots' if event.shots else 'none']})."
        for index, event in enumerate(territory.events, start=1)
    ]
    return " ".join([*listed, *told])


def fill_of(territory: Territory, group: str) -> str:
    """Return a group's fill."""
    return FILLS[[name for name, _ in territory.groups].index(group)]


def draw_disc(canvas: Canvas, point: Point, label: str, *, shots: bool) -> None:
    """Draw a numbered disc: full where shots were fired, else open."""
    x, y = point
    fill, letters = (ACCENT, PAPER) if shots else (PAPER, INK)
    edge: Style = {"stroke": ACCENT if shots else INK, "stroke_width": 1.3}
    canvas.shape("circle", cx=x, cy=y, r=DISC, fill=fill, **edge)
    canvas.words(x, y + 3.9, [bold(label, letters)], NUMBERS, "middle")


def draw_name(canvas: Canvas, territory: Territory, state: State) -> None:
    """Set a state's name around its place."""
    x, y = territory.ground.place(*state.place)
    y += HALF - CLOSE * (len(state.lines) - 1) / 2
    fill = fill_of(territory, state.group)
    halo = "" if state.afloat else PAPER if fill == "hatch" else fill
    for line in state.lines:
        run = Run(line, colour=INK, halo=halo)
        canvas.words(x, y, [run], grounds.NAMES, "middle")
        y += CLOSE


def draw_map(canvas: Canvas, territory: Territory) -> None:
    """Draw the ground, the states, their names and the events."""
    grounds.draw_land(canvas, territory.ground)
    for state in territory.states:
        fill = fill_of(territory, state.group)
        grounds.draw_state(canvas, territory.ground, state.name, fill)
    grounds.draw_borders(canvas, territory.ground)
    grounds.draw_frame(canvas, territory.ground)
    for state in territory.states:
        draw_name(canvas, territory, state)
    for index, event in enumerate(territory.events, start=1):
        point = territory.ground.place(*event.place)
        draw_disc(canvas, point, str(index), shots=event.shots)


def draw_swatch(canvas: Canvas, x: float, y: float, fill: str) -> None:
    """Draw a small field of a group's fill."""
    style: Style = {"stroke": QUIET, "stroke_width": 0.6}
    style["fill"] = "url(#hatch)" if fill == "hatch" else fill
    canvas.shape("rect", x=x, y=y - 9, width=16.0, height=11.0, **style)


def draw_fills(canvas: Canvas, territory: Territory, y: float) -> float:
    """Say what the fills mean, in one line; return the line below."""
    x = float(MARGIN)
    titles = [(fill_of(territory, name), title) for name, title in territory.groups]
    for fill, title in [*titles, (TINT, "other states")]:
        draw_swatch(canvas, x, y, fill)
        canvas.words(x + 21, y, [Run(title, colour=QUIET)])
        x += 21 + measure(title) + 14
    return y + LEADING + 3


def draw_key(canvas: Canvas, territory: Territory, y: float) -> float:
    """Tell the events by their numbers; return the line below."""
    for index, event in enumerate(territory.events, start=1):
        draw_disc(canvas, (MARGIN + 8, y - 4), str(index), shots=event.shots)
        head = bold(f"{event.place_name}, {event.date}:")
        lines = wrap([head, Run(event.words)], WIDTH - MARGIN - KEY_LEFT)
        y = canvas.paragraph(KEY_LEFT, y, lines) + 2.5
    return y


def draw_marks(canvas: Canvas, territory: Territory, y: float) -> float:
    """Say what the full and the open disc mean; return the line below."""
    x = float(MARGIN)
    for mark in MARKS:
        edge: Style = {"stroke": ACCENT if mark == "shots" else INK, "stroke_width": 1.3}
        fill = ACCENT if mark == "shots" else PAPER
        canvas.shape("circle", cx=x + 8, cy=y - 4, r=5.0, fill=fill, **edge)
        canvas.words(x + 21, y, [Run(territory.meanings[mark], colour=QUIET)])
        x += 21 + measure(territory.meanings[mark]) + 14
    return y + LEADING


def draw(territory: Territory, title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    draw_map(canvas, territory)
    y = draw_fills(canvas, territory, territory.ground.bottom + 18)
    y = draw_marks(canvas, territory, y - 2)
    canvas.line(MARGIN, y - 8, WIDTH - MARGIN, y - 8, stroke=INK, stroke_width=0.4)
    y = draw_key(canvas, territory, y + 10)
    return canvas.svg(round(y - 4), title)
