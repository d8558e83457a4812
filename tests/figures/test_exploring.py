"""What the site lays over drawings: as many parts, and as large, as the data say."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
import shapely

from speechbook.figures import exploring, shares
from speechbook.figures.canvas import MARGIN, WIDTH
from speechbook.figures.catalogue import make_figure
from speechbook.story.events import THEMES, events_in
from tests.figures.conftest import data_of

DATA = Path(__file__).resolve().parents[2] / "docs" / "data"
POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")


def exploration_of(name: str) -> exploring.Exploration:
    """Return how one of the book's figures is explored."""
    path = DATA / f"{name}.toml"
    found = make_figure(path, path.read_text(encoding="utf-8")).exploration
    assert found
    return found


def area(shapes: str) -> float:
    """Return the area of a part's outline."""
    corners = [(float(x), float(y)) for x, y in POINT.findall(shapes)]
    outline = shapely.Polygon(corners)
    assert outline.is_valid
    return float(outline.area)


def test_each_field_of_the_congress_is_as_large_as_its_people_are_many() -> None:
    wholes = shares.read(data_of(DATA / "seventeenth-congress.toml"))
    counted = [(whole, part) for whole in wholes for part in whole.parts]
    parts = exploration_of("seventeenth-congress").parts
    for (whole, kind), part in zip(counted, parts, strict=True):
        pitch = (WIDTH - 2 * MARGIN) / whole.columns
        assert area(part.shapes) / pitch**2 == pytest.approx(kind.count, rel=0.002)


def test_groups_of_the_congress_are_told_with_their_shares() -> None:
    told = [part.row.told for part in exploration_of("seventeenth-congress").parts if part.row]
    assert told[0] == "98 of 139 arrested and shot: 70.5 per cent."
    assert told[3] == "260 of 1,966 arrested, not counted as shot: 13.2 per cent."


@pytest.mark.parametrize(
    ("name", "table"), [("map-of-the-way", "leg"), ("way-of-the-text", "station")]
)
def test_each_step_has_a_part_with_its_words(name: str, table: str) -> None:
    rows = data_of(DATA / f"{name}.toml").rows(table)
    parts = exploration_of(name).parts
    assert len(parts) == len(rows)
    for row, part in zip(rows, parts, strict=True):
        assert row.text("words" if table == "leg" else "event") in part.words
        assert part.shapes.startswith(("<path", "<rect"))


def test_each_event_has_a_dot_in_the_row_of_each_theme() -> None:
    path = DATA / "events.toml"
    events = events_in(path, path.read_text(encoding="utf-8"))
    band = exploration_of("chronology-band")
    assert [part.themes for part in band.parts] == [event.themes for event in events]
    assert all(part.shapes.count("<circle") == len(part.themes) for part in band.parts)
    assert {name for name, _title in band.themes} == set(THEMES)


def test_site_has_words_for_every_part_without_a_script() -> None:
    html = lxml.html.fromstring(
        f"<div>{exploring.explorer(exploration_of('map-of-the-way'), '0 0 440 500')}</div>"
    )
    hidden = html.xpath("//*[contains(@class, 'script-only')]//li")
    assert (len(html.xpath("//details/ol/li")), hidden) == (8, [])
    assert html.xpath("//svg/@aria-hidden") == ["true"]
    assert not html.xpath("//@style")


def test_words_of_the_data_are_no_markup() -> None:
    part = exploring.Part("", "<b>", "a & b")
    html = exploring.words(exploring.Exploration("step", "x < y", (part,)))
    assert "<b>&lt;b&gt;</b> a &amp; b" in html
    assert "<summary>x &lt; y</summary>" in html
