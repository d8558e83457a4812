"""The maps: projection, ground, legs and states; the survey that makes the ground."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from speechbook.figures import ground as grounds
from speechbook.figures import survey
from speechbook.figures.catalogue import make_figure
from speechbook.figures.projection import RADIUS, Projection
from speechbook.problems import BookError

DATA = Path(__file__).resolve().parents[2] / "docs" / "data"
GROUNDS = sorted(DATA.glob("*.geojson"))
MAPS = ("bloc-1956", "map-of-the-way")


def text_of(name: str) -> str:
    return (DATA / f"{name}.toml").read_text(encoding="utf-8")


def refusal(name: str, text: str, folder: Path = DATA) -> str:
    """Return what is said about a changed copy of a map's data."""
    with pytest.raises(BookError) as caught:
        make_figure(folder / f"{name}.toml", text)
    return str(caught.value)


class TestProjection:
    #: Snyder's worked example on a sphere of radius 3:
    #: centre 40° N 100° W, point 20° S 100° E.
    def test_gives_the_manuals_example(self) -> None:
        east, north = Projection(-100, 40).project(100, -20)
        assert east / RADIUS * 3 == pytest.approx(-4.2339303, abs=1e-6)
        assert north / RADIUS * 3 == pytest.approx(4.0257775, abs=1e-6)

    @pytest.mark.parametrize("place", [(37.62, 55.75), (-77.04, 38.9), (26.0, 50.0)])
    def test_comes_back(self, place: tuple[float, float]) -> None:
        projection = Projection(26, 50)
        assert projection.unproject(*projection.project(*place)) == pytest.approx(place)

    def test_keeps_areas(self) -> None:
        """A degree square far from the centre is as large as on the sphere."""
        projection = Projection(-15, 50)
        square = shapely.segmentize(shapely.box(60, 40, 61, 41), 0.01)
        flat = shapely.Polygon([projection.project(x, y) for x, y in square.exterior.coords])
        on_sphere = RADIUS**2 * 0.017453293 * (0.656059029 - 0.642787610)
        assert flat.area == pytest.approx(on_sphere, rel=1e-4)


@pytest.mark.parametrize("path", GROUNDS, ids=lambda path: path.stem)
class TestEachGround:
    def test_says_where_it_comes_from(self, path: Path) -> None:
        provenance = json.loads(path.read_text(encoding="utf-8"))["provenance"]
        assert provenance["licence"] == "public domain"
        assert "Natural Earth" in provenance["data"]
        assert (DATA.parents[1] / provenance["made_by"]).is_file()

    def test_areas_are_sound_and_apart(self, path: Path) -> None:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        shapes = [shapely.geometry.shape(f["geometry"]) for f in features]
        areas = [s for s in shapes if s.geom_type == "MultiPolygon"]
        assert len(areas) >= 9
        for area in areas:
            assert area.buffer(0).area == pytest.approx(area.area, rel=1e-3)
        total = sum(area.area for area in areas)
        assert shapely.union_all([area.buffer(0) for area in areas]).area == pytest.approx(
            total, rel=2e-3
        )

    def test_places_lie_in_their_states(self, path: Path) -> None:
        states = grounds.parsed(path).states
        cities = {
            "Soviet Union": [(37.62, 55.75), (44.83, 41.69), (30.52, 50.45), (24.1, 56.95)],
            "Poland": [(21.01, 52.23), (16.93, 52.41)],
            "East Germany": [(12.37, 51.34), (13.74, 51.05), (12.14, 54.09)],
            "Czechoslovakia": [(14.42, 50.09), (17.0, 48.3)],
            "Hungary": [(19.04, 47.5)],
        }
        for state, places in cities.items():
            area = shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in states[state]])
            for place in places:
                assert area.contains(shapely.Point(place)), (state, place)
        rings = states["East Germany"]
        east = shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in rings])
        for place in [(9.99, 53.55), (11.58, 48.14), (10.69, 53.87), (9.5, 51.31)]:
            assert not east.contains(shapely.Point(place))

    def test_reads_as_a_ground(self, path: Path) -> None:
        ground = grounds.parsed(path)
        x, y = ground.place(ground.projection.longitude, ground.projection.latitude)
        assert 0 < x < 440
        assert 0 < y < ground.bottom


class TestDrawnMaps:
    def test_every_way_between_places_is_a_leg(self) -> None:
        figure = make_figure(DATA / "map-of-the-way.toml", text_of("map-of-the-way"))
        for ways in ("Moscow to Stockholm", "Israel to Washington", "Washington to New York"):
            assert ways in figure.alt
        assert figure.svg.count("stroke-dasharray") >= 2

    def test_members_are_named_and_yugoslavia_is_hatched(self) -> None:
        figure = make_figure(DATA / "bloc-1956.toml", text_of("bloc-1956"))
        assert "communist, outside it: Yugoslavia." in figure.alt
        assert figure.svg.count('fill="url(#hatch)"') == 2  # the state and the key
        assert figure.svg.count('id="hatch"') == 1

    @pytest.mark.parametrize("name", MAPS)
    def test_other_files_are_named_for_the_build(self, name: str) -> None:
        figure = make_figure(DATA / f"{name}.toml", text_of(name))
        assert figure.companions
        assert all(path.is_file() for path in figure.companions)


class TestBadData:
    def test_a_way_without_a_leg(self) -> None:
        start = text_of("map-of-the-way")
        cut = start[: start.rindex("[[leg]]")]
        assert "has no leg for the way release to times" in refusal("map-of-the-way", cut)

    def test_a_leg_that_is_no_way(self) -> None:
        text = text_of("map-of-the-way").replace('end = "rettie"', 'end = "times"')
        assert "'session' to 'times'" in refusal("map-of-the-way", text)

    def test_a_ground_that_is_not_there(self) -> None:
        text = text_of("bloc-1956").replace('"europe-1956"', '"europe-1856"')
        assert "europe-1856.geojson" in refusal("bloc-1956", text)

    def test_a_broken_ground(self, tmp_path: Path) -> None:
        (tmp_path / "europe-1956.geojson").write_text('{"features": []}', encoding="utf-8")
        assert "is no ground of a map" in refusal("bloc-1956", text_of("bloc-1956"), tmp_path)

    def test_a_state_that_the_ground_lacks(self) -> None:
        text = text_of("bloc-1956").replace('name = "Poland"', 'name = "Prussia"')
        assert "'Prussia'" in refusal("bloc-1956", text)

    def test_a_place_beyond_the_globe(self) -> None:
        text = text_of("bloc-1956").replace("latitude = 55.75", "latitude = 555.75")
        assert "latitude = 555.75" in refusal("bloc-1956", text)


class TestSurvey:
    def test_arcs_are_unpacked_joined_and_turned(self) -> None:
        topology = {
            "transform": {"scale": [0.5, 2.0], "translate": [10.0, -10.0]},
            "arcs": [[[0, 0], [2, 0], [0, 1]], [[0, 0], [0, 1], [2, 0]]],
        }
        arcs = survey.arcs_of(topology)
        assert arcs[0] == [(10.0, -10.0), (11.0, -10.0), (11.0, -8.0)]
        ring = survey.ring(arcs, [0, ~1])
        assert ring == [*arcs[0], (10.0, -8.0), (10.0, -10.0)]

    def test_a_ring_across_the_180th_meridian_stays_whole(self) -> None:
        ring = [(170.0, 60.0), (179.0, 60.0), (-175.0, 65.0), (170.0, 65.0), (170.0, 60.0)]
        assert shapely.Polygon(survey.unrolled(ring)).bounds == (170.0, 60.0, 185.0, 65.0)

    def test_germany_is_cut_without_slivers_on_its_outer_borders(self) -> None:
        parts = {
            "East Germany": shapely.box(5.05, 0, 9.9, 10),
            "Berlin": shapely.box(7, 5, 8, 6),
            "West": shapely.box(0.1, 0, 5.05, 10),
        }
        parts["East Germany"] = parts["East Germany"].difference(parts["Berlin"])
        cut = survey.divided(shapely.box(0, 0, 10, 10), parts)
        assert cut["East Germany"].bounds == (5.05, 0, 10, 10)
        assert cut["East Germany"].area == pytest.approx(4.95 * 10 - 1)
        assert cut[""].area + cut["East Germany"].area == pytest.approx(100)

    def test_borders_are_the_lines_that_two_areas_share(self) -> None:
        one, other = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
        assert survey.borders([one, other]).equals(shapely.LineString([(1, 0), (1, 1)]))

    def test_another_archive_is_refused(self, tmp_path: Path) -> None:
        archive = tmp_path / next(iter(survey.DIGESTS))
        archive.write_bytes(b"not it")
        with pytest.raises(SystemExit, match="is not the archive"):
            survey.opened(archive, survey.COUNTRIES)
