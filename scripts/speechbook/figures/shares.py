"""Parts of a whole, one mark a person: full dots, rings and specks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    measure,
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
    pitch = (WIDTH - 2 * MARGIN) / whole.columns
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
    top = draw_headline(canvas, whole, top)
    pitch = (WIDTH - 2 * MARGIN) / whole.columns
    places = centres(whole, top)
    for part in whole.parts:
        draw_marks(canvas, list(itertools.islice(places, part.count)), part.mark, pitch)
    return draw_key(canvas, whole, top + -(-whole.total // whole.columns) * pitch + 17)


def draw_headline(canvas: Canvas, whole: Whole, top: float) -> float:
    """Set the number large with its statement beside it; return where they end."""
    canvas.words(MARGIN, top + 29, [bold(whole.headline, ACCENT)], BIG)
    x = MARGIN + measure(whole.headline, BIG, BOLD) + 11
    lines = wrap([Run(whole.statement)], WIDTH - MARGIN - x)
    return max(canvas.paragraph(x, top + 20, lines) - 8, top + 42)


def draw_key(canvas: Canvas, whole: Whole, y: float) -> float:
    """Say what each mark means, with its count; return the line below."""
    x = float(MARGIN)
    for part in whole.parts:
        runs = [bold(f"{part.count:,} "), Run(part.label, colour=QUIET)]
        width = 16 + measure(runs[0].words, style=runs[0].style) + measure(part.label)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = float(MARGIN), y + LEADING
        draw_marks(canvas, [(x + 5, y - 4.2)], part.mark, 10.5)
        canvas.words(x + 15, y, runs)
        x += width + 14
    return y + LEADING


def draw(wholes: tuple[Whole, ...], title: str) -> str:
    """Return the drawing as SVG."""
    canvas = Canvas()
    y = 6.0
    for index, whole in enumerate(wholes):
        if index:
            canvas.line(MARGIN, y, WIDTH - MARGIN, y, stroke=INK, stroke_width=0.4)
        y = draw_whole(canvas, whole, y + 3)
    return canvas.svg(round(y - 4), title, describe(wholes))
