"""Parts of a whole, one mark a person: full dots, rings and specks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.figures import exploring
from speechbook.figures.canvas import (
    ACCENT,
    FAINT,
    INK,
    LEADING,
    MARGIN,
    PAPER,
    QUIET,
    WIDTH,
    Canvas,
    Run,
    bold,
    line_width,
    measure,
    number,
    wrap,
)
from speechbook.figures.lettering import BOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.figures.rows import DataFile, Row

#: Told apart by shape as well as by colour: a full dot, a ring, a speck.
MARKS = ("full", "ring", "speck")
#: Size of the number that a field of marks shows.
BIG = 21.0


@dataclass(frozen=True)
class Part:
    """So many people with one mark."""

    count: int
    label: str
    mark: str


@dataclass(frozen=True)
class Whole:
    """A body of people: its size, what is said of it, its parts, marks in a row."""

    total: int
    headline: str
    statement: str
    columns: int
    parts: tuple[Part, ...]


def read(data: DataFile) -> tuple[Whole, ...]:
    """Read ``[[whole]]`` and ``[[part]]`` tables.

    Raises:
        BookError: a column is missing, or parts do not add up to their whole.

    """
    parts = data.rows("part")
    return tuple(read_whole(row, parts) for row in data.rows("whole"))


def read_whole(row: Row, rows: tuple[Row, ...]) -> Whole:
    """Read one body of people with its parts."""
    name = row.text("name")
    parts = tuple(read_part(part) for part in rows if part.text("of") == name)
    total, found = row.count("total"), sum(part.count for part in parts)
    if total != found:
        cure = "correct the total or the parts"
        what = f"has total = {total}, but its parts add up to {found}"
        raise row.fault(what, cure, "total")
    texts = row.text("headline"), row.text("statement")
    return Whole(total, *texts, columns=row.count("columns"), parts=parts)


def read_part(row: Row) -> Part:
    """Read one part."""
    return Part(row.count("count"), row.text("label"), row.choice("mark", MARKS))


def describe(wholes: tuple[Whole, ...]) -> str:
    """Say every number and what it counts."""
    return " ".join(
        f"{whole.headline} {whole.statement}: "
        + ", ".join(f"{part.count:,} {part.label}" for part in whole.parts)
        + f"; {whole.total:,} in all."
        for whole in wholes
    )


def centres(whole: Whole, top: float) -> Iterator[tuple[float, float]]:
    """Yield the place of each person's mark, row by row."""
    pitch = pitch_of(whole)
    for index in range(whole.total):
        row, column = divmod(index, whole.columns)
        yield MARGIN + (column + 0.5) * pitch, top + (row + 0.5) * pitch


def draw_marks(canvas: Canvas, places: list[tuple[float, float]], mark: str, pitch: float) -> None:
    """Draw marks of one kind."""
    if mark == "speck":
        canvas.dots(places, pitch * 0.34, FAINT)
        return
    canvas.dots(places, pitch * 0.84, ACCENT)
    if mark == "ring":
        canvas.dots(places, pitch * 0.46, PAPER)


def draw_whole(canvas: Canvas, whole: Whole, top: float) -> float:
    """Draw one body of people below *top* and return where it ends."""
    draw_headline(canvas, whole, top)
    places = centres(whole, marks_top(whole, top))
    for part in whole.parts:
        draw_marks(canvas, list(itertools.islice(places, part.count)), part.mark, pitch_of(whole))
    draw_key(canvas, whole, marks_bottom(whole, top) + 17)
    return bottom_of(whole, top)


def pitch_of(whole: Whole) -> float:
    """Return how far a mark stands from the next."""
    return (WIDTH - 2 * MARGIN) / whole.columns


def statement_of(whole: Whole) -> tuple[float, list[list[Run]]]:
    """Return where the statement begins, beside the number, and its lines."""
    x = MARGIN + measure(whole.headline, BIG, BOLD) + 11
    return x, wrap([Run(whole.statement)], WIDTH - MARGIN - x)


def marks_top(whole: Whole, top: float) -> float:
    """Return where the marks begin, below number and statement."""
    return max(top + 20 + LEADING * len(statement_of(whole)[1]) - 8, top + 42)


def marks_bottom(whole: Whole, top: float) -> float:
    """Return where the marks end."""
    return marks_top(whole, top) - (-whole.total // whole.columns) * pitch_of(whole)


def bottom_of(whole: Whole, top: float) -> float:
    """Return where one body of people ends, with the key to its marks."""
    *_, (_x, y) = key_places(whole, marks_bottom(whole, top) + 17)
    return y + LEADING


def draw_headline(canvas: Canvas, whole: Whole, top: float) -> None:
    """Set the number large with its statement beside it."""
    canvas.words(MARGIN, top + 29, [bold(whole.headline, ACCENT)], BIG)
    x, lines = statement_of(whole)
    canvas.paragraph(x, top + 20, lines)


def key_runs(part: Part) -> list[Run]:
    """Return the words beside a mark in the key."""
    return [bold(f"{part.count:,} "), Run(part.label, colour=QUIET)]


def key_places(whole: Whole, y: float) -> Iterator[tuple[float, float]]:
    """Yield where each mark of the key stands, in as many lines as it takes."""
    x = float(MARGIN)
    for part in whole.parts:
        width = 16 + line_width(key_runs(part))
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = float(MARGIN), y + LEADING
        yield x, y
        x += width + 14


def draw_key(canvas: Canvas, whole: Whole, y: float) -> None:
    """Say what each mark means, with its count."""
    for part, (x, line) in zip(whole.parts, key_places(whole, y), strict=True):
        draw_marks(canvas, [(x + 5, line - 4.2)], part.mark, 10.5)
        canvas.words(x + 15, line, key_runs(part))


def draw(wholes: tuple[Whole, ...], title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    y = 6.0
    for index, whole in enumerate(wholes):
        if index:
            canvas.line(MARGIN, y, WIDTH - MARGIN, y, stroke=INK, stroke_width=0.4)
        y = draw_whole(canvas, whole, y + 3)
    return canvas.svg(round(y - 4), title)


def explore(wholes: tuple[Whole, ...]) -> exploring.Exploration:
    """Return a part for each kind of mark, and a table of counts and shares."""
    parts: list[exploring.Part] = []
    y = 6.0
    for whole in wholes:
        top = marks_top(whole, y + 3)
        starts = itertools.accumulate((part.count for part in whole.parts), initial=0)
        parts += [
            exploring.Part(field(whole, top, start, part.count), row=row_of(whole, part))
            for start, part in zip(starts, whole.parts, strict=False)
        ]
        y = bottom_of(whole, y + 3)
    columns = ("Who was counted", "Number", "Share")
    return exploring.Exploration("group", "The groups as a table", tuple(parts), columns)


def row_of(whole: Whole, part: Part) -> exploring.Row:
    """Return a part's count and share of its whole, which are worked out here."""
    share = f"{part.count / whole.total:.1%}".replace("%", " per cent")
    label = f"Of {whole.total:,}: {part.label}"
    told = f"{part.count:,} of {whole.total:,} {part.label}: {share}."
    return exploring.Row((label, f"{part.count:,}", share), told)


def field(whole: Whole, top: float, start: int, count: int) -> str:
    """Return the area of a run of marks: a first row, whole rows, and a last one."""
    pitch = pitch_of(whole)
    (row, column), (last, end) = (divmod(i, whole.columns) for i in (start, start + count))
    left, right = float(MARGIN), float(WIDTH - MARGIN)
    x1, x2 = left + column * pitch, left + end * pitch
    y1, y2 = top + row * pitch, top + last * pitch
    high, low = y1 + pitch, y2 + pitch
    if last == row:
        corners = [(x1, y1), (x2, y1), (x2, high), (x1, high)]
    else:
        corners = [(x1, y1), (right, y1), (right, y2), (x2, y2), (x2, low if end else y2)]
        corners += [(left, low if end else y2), (left, high), (x1, high)]
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"
    return exploring.shape("path", "area", d=path)
