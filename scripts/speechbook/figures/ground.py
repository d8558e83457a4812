"""The ground of a map: land, states and borders from a GeoJSON file that ``survey`` made.

Maps lie ``EDGE`` inside their sheet, as wide as it allows; a place is given in decimal
degrees and comes out in the drawing's units.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.figures.canvas import FAINT, INK, PAPER, QUIET, TINT, WIDTH, Canvas, Style, number
from speechbook.figures.projection import Point, Projection
from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.figures.rows import DataFile, Row

EDGE = 6.0
#: No distance on a map is longer, in kilometres.
EARTH = 40_100.0
#: Lettering of names on a map.
NAMES = 11.5
HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
    f'<path d="M0 5L5 0" stroke="{QUIET}" stroke-width=".8"/></pattern>'
)
COAST: Style = {"stroke": FAINT, "stroke_width": 0.5, "stroke_linejoin": "round"}
BORDER: Style = {"stroke": QUIET, "stroke_width": 0.6, "stroke_linejoin": "round", "fill": "none"}


@dataclass(frozen=True)
class Ground:
    """What a map is drawn on; rings and lines are in decimal degrees."""

    projection: Projection
    #: West, south, east and north of the centre, in kilometres.
    frame: tuple[float, float, float, float]
    states: dict[str, tuple[tuple[Point, ...], ...]]
    land: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]

    @property
    def units_per_km(self) -> float:
        """The scale."""
        return (WIDTH - 2 * EDGE) / (self.frame[2] - self.frame[0])

    @property
    def bottom(self) -> float:
        """The lower edge of the map on its sheet."""
        return EDGE + (self.frame[3] - self.frame[1]) * self.units_per_km

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a place lies in the drawing."""
        east, north = self.projection.project(longitude, latitude)
        west, top = self.frame[0], self.frame[3]
        return EDGE + (east - west) * self.units_per_km, EDGE + (top - north) * self.units_per_km


def finite(value: object, most: float = EARTH) -> float:
    """Return a number of the file, which may be no larger than *most* either way.

    Raises:
        ValueError: it is none; JSON's reader takes NaN and Infinity for numbers.

    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= most:
        raise ValueError(f"{value!r} is no number up to {most}")
    return float(value)


def line_of(points: list[tuple[object, object]]) -> tuple[Point, ...]:
    """Return a ring or line in decimal degrees.

    Raises:
        ValueError: it is empty, or a point is none on the globe.

    """
    if not points:
        raise ValueError("a line has no points")
    return tuple((finite(x, 180), finite(y, 90)) for x, y in points)


def lines_of(geometry: dict[str, Any]) -> Iterator[tuple[Point, ...]]:
    """Yield the rings or lines of a GeoJSON geometry (RFC 7946, section 3.1)."""
    parts, kind = geometry["coordinates"], str(geometry["type"])
    for part in [parts] if kind in {"Polygon", "LineString"} else parts:
        for line in part if kind.endswith("Polygon") else [part]:
            yield line_of(line)


def frame_of(values: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return the frame: west, south, east and north of the centre in kilometres.

    Raises:
        ValueError: it is no frame around an area.

    """
    west, south, east, north = map(finite, values["frame_km"])
    if not (west < east and south < north):
        raise ValueError("the frame encloses nothing")
    return west, south, east, north


def ground_of(data: DataFile) -> Ground:
    """Read the ground that a map's data file names, a GeoJSON file beside it.

    Raises:
        BookError: there is no such file, or it is not what ``survey`` writes.

    """
    name = f"{data.head.text('ground')}.geojson"
    # A name and no path: what is drawn comes from beside the data.
    path = data.path.parent / Path(name).name
    if path.name != name or not path.is_file():
        raise data.head.fault(f"stands on {name}, which is not there", "name it", "ground")
    return parsed(path)


def parsed(path: Path) -> Ground:
    """Read a ground."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        centre = Projection(
            finite(values["centre"]["longitude"], 180), finite(values["centre"]["latitude"], 90)
        )
        found: dict[str, dict[str, tuple[tuple[Point, ...], ...]]] = {"land": {}, "border": {}}
        for feature in values["features"]:
            kind, name = feature["properties"]["kind"], feature["properties"]["name"]
            found.setdefault(kind, {})[name] = tuple(lines_of(feature["geometry"]))
        frame = frame_of(values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        cure = "make it anew with nox -s maps"
        raise BookError(
            f"{path.name} is no ground of a map", place=Place(path), cure=cure
        ) from error
    land, borders = (tuple(x for xs in found[k].values() for x in xs) for k in ("land", "border"))
    return Ground(centre, frame, found.get("state", {}), land, borders)


def degrees_in(row: Row) -> Point:
    """Return a row's longitude and latitude.

    Raises:
        BookError: one is missing or beyond the globe.

    """
    values = []
    for column, limit in (("longitude", 180), ("latitude", 90)):
        value = row.values.get(column)
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > limit:
            raise row.fault(f"has {column} = {value!r}", "write decimal degrees there", column)
        values.append(float(value))
    return values[0], values[1]


def path_of(ground: Ground, lines: tuple[tuple[Point, ...], ...], end: str = "Z") -> str:
    """Return SVG path data, relative after each line's first point, in tenths of a unit."""
    pieces = []
    for line in lines:
        points = [tuple(round(10 * value) for value in ground.place(*point)) for point in line]
        steps = [
            f"{number((x - a) / 10)} {number((y - b) / 10)}".replace(" -", "-")
            for (a, b), (x, y) in pairwise(points)
            if (x, y) != (a, b)
        ]
        start = f"M{number(points[0][0] / 10)} {number(points[0][1] / 10)}"
        pieces.append(f"{start}l{' '.join(steps)}{end}" if steps else "")
    return "".join(pieces)


def draw_land(canvas: Canvas, ground: Ground) -> None:
    """Draw the other states' land."""
    canvas.shape("path", d=path_of(ground, ground.land), fill=TINT, **COAST)


def draw_state(canvas: Canvas, ground: Ground, name: str, fill: str) -> None:
    """Fill one state; ``hatch`` as the fill draws hatching."""
    path = path_of(ground, ground.states[name])
    if fill == "hatch":
        canvas.shape("path", d=path, fill=PAPER)
        if HATCH not in canvas.definitions:
            canvas.definitions.append(HATCH)
        fill = "url(#hatch)"
    canvas.shape("path", d=path, fill=fill, **COAST)


def draw_borders(canvas: Canvas, ground: Ground) -> None:
    """Draw the lines between states."""
    canvas.shape("path", d=path_of(ground, ground.borders, ""), **BORDER)


def draw_frame(canvas: Canvas, ground: Ground) -> None:
    """Close the map with a fine line."""
    size: Style = {"width": WIDTH - 2 * EDGE, "height": ground.bottom - EDGE}
    canvas.shape("rect", x=EDGE, y=EDGE, **size, fill="none", stroke=INK, stroke_width=0.6)
