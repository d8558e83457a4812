"""The people of the story, from ``docs/data/people.toml``.

A ``[[person]]`` row has ``slug`` (part of addresses, never changed), ``name`` as the book
writes it, ``listed`` as an index has it, ``mentions`` (the forms by which the text names
this person and no other), ``role`` in 1956, ``note`` (a sentence) and ``citekey`` (the
work or works, separated by commas, that support role and note).  It may have ``native``
(``["ru: …"]``), ``born`` and ``died`` (years) with ``years_seen`` (the work or page that
has them), ``also`` (other names of the person), ``variants`` (spellings that the book does
not use; the linter reads them) and ``apart`` (words that hold the name and mean something
else, such as *Order of Lenin*).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.story.tables import Native, by_slug, natives_in, slug_in, texts

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from speechbook.figures.rows import Row

YEAR = re.compile(r"[12]\d{3}(?: or [12]\d{3})?")
YEARS = ("born", "died")


@dataclass(frozen=True)
class Person:
    """One person; ``line`` is where the row starts in the data file."""

    slug: str
    name: str
    listed: str
    mentions: tuple[str, ...]
    apart: tuple[str, ...]
    other_names: tuple[str, ...]
    natives: tuple[Native, ...]
    years: str
    role: str
    note: str
    citekey: str
    line: int


def year_in(row: Row, column: str) -> str:
    """Return a year, ``1904 or 1905``, or ``""``.

    Raises:
        BookError: it is no year, or nothing says where it was seen.

    """
    year = row.optional(column)
    if not year:
        return ""
    if not YEAR.fullmatch(year):
        cure = 'write a year as "1894", two as "1904 or 1905"'
        raise row.fault(f"has {column} = {year!r}", cure, column)
    row.text("years_seen")
    return year


def years_of(born: str, died: str) -> str:
    """Return ``1894–1971``, or what is known of it in words."""
    if born and died:
        return f"{born}–{died}"
    if died:
        return f"died {died}"
    return f"born {born}" if born else ""


def person_in(row: Row, taken: Container[str]) -> Person:
    """Read a row.

    Raises:
        BookError: a column is missing or bad.

    """
    row.get("mentions", list)
    born, died = (year_in(row, column) for column in YEARS)
    return Person(
        slug=slug_in(row, taken),
        name=row.text("name"),
        listed=row.text("listed"),
        mentions=texts(row, "mentions"),
        apart=texts(row, "apart"),
        other_names=(*texts(row, "also"), *texts(row, "variants")),
        natives=natives_in(row),
        years=years_of(born, died),
        role=row.text("role"),
        note=row.text("note"),
        citekey=row.text("citekey"),
        line=row.place.line,
    )


@functools.lru_cache(maxsize=4)
def people_in(path: Path, source: str) -> tuple[Person, ...]:
    """Read the table from its text, in its order.

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    return by_slug(path, source, "person", person_in)
