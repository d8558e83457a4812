"""The book's sans-serif as outlines, so that a drawing looks the same wherever it is shown.

A browser gives a picture in ``<img>`` none of the page's fonts, and Typst and the readers
of EPUB files have each their own; words set as shapes need no font at all
(https://www.w3.org/TR/SVG2/conform.html#secure-static-mode).  What the shapes say is in the
picture's text alternative.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The PDF builder's own fonts; its package is not imported for them.
FONTS = Path(__file__).parent.parent / "typst" / "fonts"
PLAIN, BOLD, ITALIC = "Regular", "Bold", "Italic"
#: Where OpenType wraps a lookup in another, so as to reach further into the file
#: (https://learn.microsoft.com/typography/opentype/spec/gpos, lookup type 9).
EXTENSION = 9

#: Outlines are drawn on a grid of this many font units, 1/250 of the letters' size: nobody
#: sees it, and a drawing weighs a fifth less.
GRID = 4

Point = tuple[float, float]


def on_grid(point: Point) -> tuple[int, int]:
    """Return a point of the font in steps of GRID."""
    return round(point[0] / GRID), round(point[1] / GRID)


class OutlinePen(BasePen):  # type: ignore[misc]
    """Writes a glyph's outline as SVG path data, relative after its first point.

    Coordinates are steps of GRID, y upwards as in the font.
    """

    def __init__(self, glyphs: Any) -> None:  # noqa: ANN401
        super().__init__(glyphs)
        self.start: tuple[int, int] | None = None
        self.commands: list[str] = []
        self._at = self._contour = (0, 0)

    def _step(self, command: str, *points: Point) -> None:
        rounded = [on_grid(point) for point in points]
        numbers = "".join(f" {x - self._at[0]} {y - self._at[1]}" for x, y in rounded)
        self.commands.append(command + numbers.strip().replace(" -", "-"))
        self._at = rounded[-1]

    def _moveTo(self, pt: Point) -> None:  # noqa: N802
        if self.start is None:
            self.start = self._at = on_grid(pt)
            self.commands.append(f"M{self._at[0]} {self._at[1]}".replace(" -", "-"))
        else:
            self._step("m", pt)
        self._contour = self._at

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self._step("l", pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        self._step("c", pt1, pt2, pt3)

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:  # noqa: N802
        self._step("q", pt1, pt2)

    def _closePath(self) -> None:  # noqa: N802
        self.commands.append("z")
        self._at = self._contour


@dataclass(frozen=True)
class Outline:
    """A glyph as SVG path data (empty for a space) in steps of GRID, its width in font units."""

    path: str
    advance: int


class Typeface:
    """One style of the typeface, with pair kerning; measures are in font units."""

    def __init__(self, path: Path) -> None:
        self._font = TTFont(path, lazy=True)
        self._names = self._font.getBestCmap()
        self._glyphs = self._font.getGlyphSet()
        self._kerning = tuple(kerning_tables(self._font))
        self._outlines: dict[str, Outline] = {}
        self._kerns: dict[tuple[str, str], int] = {}
        self.units_per_em: int = self._font["head"].unitsPerEm

    def outline(self, character: str) -> Outline:
        """Return a character's glyph.

        Raises:
            LookupError: the typeface lacks the character.

        """
        if character not in self._outlines:
            self._outlines[character] = self._draw(self._name(character))
        return self._outlines[character]

    def _name(self, character: str) -> str:
        name = self._names.get(ord(character))
        if name is None:
            raise LookupError(f"Libertinus Sans has no glyph for {character!r}")
        return str(name)

    def _draw(self, name: str) -> Outline:
        pen = OutlinePen(self._glyphs)
        self._glyphs[name].draw(pen)
        return Outline("".join(pen.commands), self._glyphs[name].width)

    def kern(self, left: str, right: str) -> int:
        """Return how far to move *right* when it follows *left* (mostly 0 or below)."""
        if (left, right) not in self._kerns:
            names = self._name(left), self._name(right)
            found = (pair_value(table, *names) for table in self._kerning)
            self._kerns[left, right] = next((value for value in found if value is not None), 0)
        return self._kerns[left, right]

    def placed(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each character of a line with its horizontal position."""
        x = 0
        for index, character in enumerate(text):
            x += self._glyph_width(text, index)
            yield character, x - self.outline(character).advance

    def width(self, text: str) -> int:
        """Return how wide a line is."""
        return sum(self._glyph_width(text, index) for index in range(len(text)))

    def _glyph_width(self, text: str, index: int) -> int:
        kern = self.kern(text[index - 1], text[index]) if index else 0
        return kern + self.outline(text[index]).advance


def kerning_tables(font: TTFont) -> Iterator[Any]:
    """Yield the pair-positioning tables of the font's ``kern`` feature, in order."""
    positions = font["GPOS"].table
    features = positions.FeatureList.FeatureRecord
    wanted = {i for f in features if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    for index in sorted(wanted):
        for table in positions.LookupList.Lookup[index].SubTable:
            yield table.ExtSubTable if table.LookupType == EXTENSION else table


def pair_value(table: Any, left: str, right: str) -> int | None:  # noqa: ANN401
    """Return a table's adjustment of a pair of glyphs, None if it has no word on it."""
    if left not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        pairs = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        values = (pair.Value1 for pair in pairs if pair.SecondGlyph == right)
        value = next(values, None)
        return int(getattr(value, "XAdvance", 0)) if value else None
    classes = table.ClassDef1.classDefs.get(left, 0), table.ClassDef2.classDefs.get(right, 0)
    value = table.Class1Record[classes[0]].Class2Record[classes[1]].Value1
    return int(getattr(value, "XAdvance", 0)) if value else 0


@functools.cache
def typeface(style: str) -> Typeface:
    """Return one style of Libertinus Sans: PLAIN, BOLD or ITALIC."""
    return Typeface(FONTS / f"LibertinusSans-{style}.ttf")
