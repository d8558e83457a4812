"""A drawing under way: shapes and words, in units of which a figure is 440 wide.

A figure is shown about 105 mm wide on an A5 page and 330 to 610 pixels wide on screens,
so one unit is roughly a quarter of a millimetre, and lettering of 12.5 units is 8.5 points.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from speechbook.figures.lettering import BOLD, GRID, PLAIN, typeface

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 440
MARGIN = 14
LETTERS = 12.5
LEADING = 15.5
HALO = 3.0

# The site's colours (docs/_static/book.css).  The sheet is painted, so that a figure
# reads the same on a dark page.
INK, QUIET, FAINT, RULE = "#211d1a", "#595552", "#8f8881", "#d3ccc4"
ACCENT, TINT, PAPER = "#8a1c1c", "#f0ebe4", "#fffdfa"

#: Attributes of a shape.
Style = dict[str, str | float]

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def number(value: float) -> str:
    """Return a coordinate with at most two decimals, the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def attributes(**values: str | float) -> str:
    """Return XML attributes; underscores in names stand for hyphens."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="'
        f'{escape(value, {chr(34): "&quot;"}) if isinstance(value, str) else number(value)}"'
        for name, value in values.items()
    )


@dataclass(frozen=True)
class Run:
    """Words in one style and colour; a halo, if any, sets them off from what lies beneath."""

    words: str
    style: str = PLAIN
    colour: str = INK
    halo: str = ""


def measure(words: str, size: float = LETTERS, style: str = PLAIN) -> float:
    """Return how wide words are, in the drawing's units."""
    face = typeface(style)
    return face.width(words) * size / face.units_per_em


def line_width(runs: Iterable[Run], size: float = LETTERS) -> float:
    """Return how wide a line of several runs is."""
    return sum(measure(run.words, size, run.style) for run in runs)


def wrap(runs: Sequence[Run], width: float, size: float = LETTERS) -> list[list[Run]]:
    """Break runs into lines no wider than *width*, at spaces; a no-break space holds."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for word in filter(None, run.words.split(" ")):
            space = " " if lines[-1] else ""
            piece = replace(run, words=space + word)
            if lines[-1] and line_width([*lines[-1], piece], size) > width:
                lines.append([replace(run, words=word)])
            else:
                lines[-1].append(piece)
    return lines


@dataclass
class Canvas:
    """Collects the parts of one drawing, later ones on top."""

    parts: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    glyphs: dict[str, str] = field(default_factory=dict)

    def shape(self, name: str, **values: str | float) -> None:
        """Add an element without content."""
        self.parts.append(f"<{name}{attributes(**values)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, **values: str | float) -> None:
        """Add a straight line, thin and quiet unless told otherwise."""
        path = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
        style: Style = {"stroke": RULE, "stroke_width": 1.0}
        self.shape("path", d=path, **(style | values))

    def dots(self, centres: Iterable[tuple[float, float]], diameter: float, colour: str) -> None:
        """Add round dots as one path: strokes of no length with round ends."""
        # A hair's length, since some renderers drop a stroke of none.
        path = "".join(f"M{number(x)} {number(y)}h.01" for x, y in centres)
        if path:
            ends = {"stroke_linecap": "round", "fill": "none"}
            self.shape("path", d=path, stroke=colour, stroke_width=diameter, **ends)

    def words(
        self,
        x: float,
        y: float,
        runs: str | Sequence[Run],
        size: float = LETTERS,
        anchor: str = "start",
    ) -> None:
        """Add one line of words with its baseline at *y*; anchor: start, middle or end."""
        line = [Run(runs)] if isinstance(runs, str) else list(runs)
        x -= line_width(line, size) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        for run in line:
            self._run(x, y, run, size)
            x += measure(run.words, size, run.style)

    def paragraph(
        self, x: float, y: float, lines: Iterable[Sequence[Run]], leading: float = LEADING
    ) -> float:
        """Add wrapped lines and return the baseline that the next one would have."""
        for line in lines:
            self.words(x, y, line)
            y += leading
        return y

    def _run(self, x: float, y: float, run: Run, size: float) -> None:
        face = typeface(run.style)
        scale = size / face.units_per_em * GRID
        uses = []
        for character, position in face.placed(run.words):
            path = face.outline(character).path
            if path:
                name = self.glyphs.setdefault(path, f"g{len(self.glyphs)}")
                uses.append(f'<use xlink:href="#{name}" x="{round(position / GRID)}"/>')
        where = f"matrix({scale:.4g} 0 0 {-scale:.4g} {number(x)} {number(y)})"
        look: Style = {"fill": run.colour, "transform": where}
        if run.halo:
            # Painted below the letters; https://www.w3.org/TR/SVG2/painting.html#PaintOrder
            look |= {"stroke": run.halo, "stroke_width": HALO / scale}
            look |= {"stroke_linejoin": "round", "paint_order": "stroke"}
        self.parts.append(f"<g{attributes(**look)}>{''.join(uses)}</g>")

    def svg(self, height: float, title: str) -> str:
        """Return the finished picture on its sheet; its words are the page's alternative."""
        sheet = {"x": 0.5, "y": 0.5, "width": WIDTH - 1.0, "height": height - 1.0, "rx": 5.0}
        glyphs = "".join(f'<path id="{name}" d="{path}"/>' for path, name in self.glyphs.items())
        return "\n".join(
            [
                f'<svg {NAMESPACES} viewBox="0 0 {WIDTH} {number(height)}" '
                f'width="{WIDTH}" height="{number(height)}" role="img">',
                f"<title>{escape(title)}</title>",
                f"<defs>{glyphs}{''.join(self.definitions)}</defs>",
                f"<rect{attributes(**sheet, fill=PAPER, stroke=RULE)}/>",
                *self.parts,
                "</svg>\n",
            ]
        )


def bold(words: str, colour: str = INK) -> Run:
    """Return words in bold."""
    return Run(words, BOLD, colour)
