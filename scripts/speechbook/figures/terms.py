"""Who sat until when: a bar of years for each member of a body, and what became of him.

Where the sources give no end, the bar stops at the last date at which they show the
member, and a broken line and a question mark say that the rest was not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.figures.canvas import (
    ACCENT,
    INK,
    LETTERS,
    MARGIN,
    QUIET,
    WIDTH,
    Canvas,
    Run,
    bold,
    number,
    wrap,
)
from speechbook.figures.dates import Date, date_in
from speechbook.figures.lettering import ITALIC

if TYPE_CHECKING:
    from speechbook.figures.rows import DataFile, Row

# Three columns: who, the bar, what followed.
BARS_LEFT, BARS_RIGHT, LATER_LEFT = 136.0, 248.0, 260.0
HEADING, ROW, BAR, STUB, SMALL = 19.0, 34.0, 9.0, 15.0, 11.0
YEARS_BETWEEN_NUMBERS, LINES = 4, 2


@dataclass(frozen=True)
class Member:
    """One member: his end as far as known, and what followed."""

    name: str
    office: str
    group: str
    end: Date
    end_is_known: bool
    later: str


@dataclass(frozen=True)
class Body:
    """A body of members: when the bars start, what is marked, the groups in order."""

    start: Date
    last_year: int
    event: Date
    event_label: str
    groups: tuple[tuple[str, str], ...]
    members: tuple[Member, ...]

    def of(self, group: str) -> tuple[Member, ...]:
        """Return a group's members."""
        return tuple(member for member in self.members if member.group == group)


def read(data: DataFile) -> Body:
    """Read the head of the file, ``[[group]]`` and ``[[member]]`` tables.

    Raises:
        BookError: a column is missing, a date is none, or a group does not exist.

    """
    head = data.head
    groups = tuple((row.text("name"), row.text("title")) for row in data.rows("group"))
    names = tuple(name for name, _ in groups)
    members = tuple(read_member(row, names) for row in data.rows("member"))
    event, label = date_in(head, "event"), head.text("event_label")
    return Body(date_in(head, "start"), head.count("last_year"), event, label, groups, members)


def read_member(row: Row, groups: tuple[str, ...]) -> Member:
    """Read one member; ``until`` is a known end, ``seen_until`` the last date seen."""
    known = "until" in row.values
    end = date_in(row, "until" if known else "seen_until")
    texts = row.text("name"), row.text("office"), row.choice("group", groups)
    later = row.text("later")
    if len(later_lines(later)) > LINES:
        raise row.fault(f"needs more than {LINES} lines for later", "shorten it", "later")
    return Member(*texts, end=end, end_is_known=known, later=later)


def later_lines(later: str) -> list[list[Run]]:
    """Return what followed as lines; the year of a death stays with its word."""
    return wrap([Run(later.replace("died ", "died\u00a0"))], WIDTH - MARGIN - LATER_LEFT)


def describe(body: Body) -> str:
    """Tell each member's fate, group by group."""
    return " ".join(
        f"{title}: " + ". ".join(said(member) for member in body.of(name)) + "."
        for name, title in body.groups
    )


def said(member: Member) -> str:
    """Return one member's fate in words."""
    end = f"member until {member.end.words()}"
    if not member.end_is_known:
        end = f"shown as a member in {member.end.words()}, end not found"
    return f"{member.name} ({member.office}), {end}: {member.later}"


def place_of(body: Body, moment: float) -> float:
    """Return where a moment lies across the figure."""
    share = (moment - body.start.year) / (body.last_year + 1 - body.start.year)
    return BARS_LEFT + share * (BARS_RIGHT - BARS_LEFT)


def draw_numbers(canvas: Canvas, body: Body, y: float) -> None:
    """Write the number of every fourth year."""
    for year in range(body.start.year, body.last_year + 1, YEARS_BETWEEN_NUMBERS):
        middle = place_of(body, year + 0.5)
        canvas.words(middle, y, [Run(str(year), colour=QUIET)], SMALL, "middle")


def draw_years(canvas: Canvas, body: Body, top: float, bottom: float) -> None:
    """Draw a fine line for each year, and a dotted one for the event."""
    for year in range(body.start.year, body.last_year + 2):
        x = place_of(body, year)
        canvas.line(x, top, x, bottom, stroke_width=0.7)
    x = place_of(body, body.event.moment)
    canvas.line(x, top, x, bottom, stroke=INK, stroke_width=1.0, stroke_dasharray="1.5 2")


def draw_member(canvas: Canvas, body: Body, member: Member, top: float) -> None:
    """Draw a member's name and office, his bar and what followed, in two lines."""
    canvas.words(MARGIN, top + 12, [bold(member.name)])
    canvas.words(MARGIN, top + 25.5, [Run(member.office, ITALIC, QUIET)], SMALL)
    draw_bar(canvas, body, member, top + 13)
    lines = later_lines(member.later)
    canvas.paragraph(LATER_LEFT, top + (12 if len(lines) > 1 else 19), lines)


def draw_bar(canvas: Canvas, body: Body, member: Member, top: float) -> None:
    """Draw one bar; an end that was not found is a broken line and a question mark."""
    start = place_of(body, body.start.moment)
    end = min(place_of(body, member.end.moment), BARS_RIGHT)
    colour = ACCENT if member.group == body.groups[0][0] else INK
    canvas.shape("rect", x=start, y=top, width=end - start, height=BAR, fill=colour)
    if member.end.year > body.last_year:
        draw_arrow(canvas, end, top, colour)
    if not member.end_is_known:
        middle = top + BAR / 2
        broken = {"stroke": colour, "stroke_dasharray": "2.6 2.2"}
        canvas.line(end + 1.6, middle, end + STUB, middle, stroke_width=1.8, **broken)
        canvas.words(end + STUB + 2, middle + 4.3, [bold("?", colour)], LETTERS)


def draw_arrow(canvas: Canvas, x: float, top: float, colour: str) -> None:
    """Point a bar's end on, beyond the last year shown."""
    tip = f"M{number(x)} {number(top - 2)}l6 {number(BAR / 2 + 2)}l-6 {number(BAR / 2 + 2)}z"
    canvas.shape("path", d=tip, fill=colour)


def group_height(body: Body, group: str) -> float:
    """Return how much height a group's members take."""
    return ROW * len(body.of(group))


def draw_group(canvas: Canvas, body: Body, group: tuple[str, str], top: float) -> float:
    """Draw a group's heading and members; return where the next group begins."""
    name, title = group
    colour = ACCENT if name == body.groups[0][0] else INK
    canvas.words(MARGIN, top + 13, [bold(f"{title}: {len(body.of(name))}", colour)])
    top += HEADING
    draw_years(canvas, body, top, top + group_height(body, name) - 3)
    for member in body.of(name):
        draw_member(canvas, body, member, top)
        top += ROW
    return top + 8


def draw(body: Body, title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    draw_numbers(canvas, body, 21)
    bottom = 24.0
    for group in body.groups:
        bottom = draw_group(canvas, body, group, bottom)
    x = place_of(body, body.event.moment)
    canvas.words(x, bottom + 2, [Run(body.event_label, colour=QUIET)], SMALL, "middle")
    return canvas.svg(round(bottom + 13), title)
