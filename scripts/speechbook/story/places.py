"""The places of the story, from ``docs/data/places.toml``.

A ``[[place]]`` row has ``slug``, ``name``, ``mentions``, ``note`` and ``citekey`` as a
person's has (:mod:`speechbook.story.people`), and may have ``native``, ``also``,
``variants``, ``apart``, and ``latitude`` with ``longitude`` in degrees (WGS 84), north and
east positive.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.story.tables import Native, by_slug, natives_in, slug_in, texts

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from speechbook.figures.rows import Row

#: The columns of a position and the degrees that they reach to.
POSITION = {"latitude": 90, "longitude": 180}


@dataclass(frozen=True)
class StoryPlace:
    """One place; ``position`` is latitude and longitude, or None."""

    slug: str
    name: str
    mentions: tuple[str, ...]
    apart: tuple[str, ...]
    other_names: tuple[str, ...]
    natives: tuple[Native, ...]
    position: tuple[float, float] | None
    note: str
    citekey: str
    line: int

    @property
    def listed(self) -> str:
        """The name as an index has it."""
        return self.name


def degrees_in(row: Row, column: str) -> float:
    """Return a number of degrees.

    Raises:
        BookError: it is missing, no number, or further than the poles or the date line.

    """
    value = row.values.get(column)
    limit = POSITION[column]
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > limit:
        cure = f"write a number from -{limit} to {limit}"
        raise row.fault(f"has {column} = {value!r}", cure, column)
    return float(value)


def position_in(row: Row) -> tuple[float, float] | None:
    """Return latitude and longitude, or None if the row has neither."""
    if not any(column in row.values for column in POSITION):
        return None
    return degrees_in(row, "latitude"), degrees_in(row, "longitude")


def place_in(row: Row, taken: Container[str]) -> StoryPlace:
    """Read a row.

    Raises:
        BookError: a column is missing or bad.

    """
    row.get("mentions", list)
    return StoryPlace(
        slug=slug_in(row, taken),
        name=row.text("name"),
        mentions=texts(row, "mentions"),
        apart=texts(row, "apart"),
        other_names=(*texts(row, "also"), *texts(row, "variants")),
        natives=natives_in(row),
        position=position_in(row),
        note=row.text("note"),
        citekey=row.text("citekey"),
        line=row.place.line,
    )


@functools.lru_cache(maxsize=4)
def places_in(path: Path, source: str) -> tuple[StoryPlace, ...]:
    """Read the table from its text, in its order.

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    return by_slug(path, source, "place", place_in)
