"""Rows of the story's tables: read from TOML, with the checks that all of them share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from speechbook.figures.rows import parse
from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    from speechbook.figures.rows import Row

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NATIVE = re.compile(r"(?P<language>[a-z]{2,3}): (?P<words>\S.*)")


class HasSlug(Protocol):
    """What a table of the story lists: something with a slug of its own."""

    @property
    def slug(self) -> str:
        """Its name in links: small letters, digits and hyphens."""


Slugged = TypeVar("Slugged", bound=HasSlug)


class Native(NamedTuple):
    """A name in its own language; ``language`` is a BCP 47 tag such as ``ru``."""

    language: str
    words: str


def read_text(path: Path) -> str:
    """Return a data file's text.

    Raises:
        BookError: there is no such file, or it is not UTF-8.

    """
    if not path.is_file():
        raise BookError("The data file is missing", place=Place(path), cure="restore it from git")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        what = "The data file is not UTF-8 text"
        raise BookError(what, place=Place(path), cure="save it as UTF-8") from error


def rows_in(path: Path, source: str, name: str) -> tuple[Row, ...]:
    """Return the ``[[name]]`` tables of a data file's text, at least one."""
    return parse(path, source, "The data").rows(name)


def texts(row: Row, column: str) -> tuple[str, ...]:
    """Return a column that is a list of texts; ``()`` if it is missing.

    Raises:
        BookError: it is something else, or an item is empty.

    """
    if column not in row.values:
        return ()
    values = row.get(column, list)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise row.fault(f"has {column} = {values!r}", "write a list of texts", column)
    return tuple(values)


def by_slug(
    path: Path, source: str, name: str, reader: Callable[[Row, Container[str]], Slugged]
) -> tuple[Slugged, ...]:
    """Read a table of things that have slugs, each of its own, in the table's order.

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    found: dict[str, Slugged] = {}
    for row in rows_in(path, source, name):
        thing = reader(row, found)
        found[thing.slug] = thing
    return tuple(found.values())


def slug_in(row: Row, taken: Container[str]) -> str:
    """Return a row's slug.

    Raises:
        BookError: it is missing, has other than small letters, digits and hyphens, or is taken.

    """
    slug = row.text("slug")
    if not SLUG.fullmatch(slug):
        cure = "write it with a-z, 0-9 and hyphens between them"
        raise row.fault(f"has slug = {slug!r}", cure, "slug")
    if slug in taken:
        raise row.fault(f"has the slug {slug!r} of an earlier row", "give it another", "slug")
    return slug


def natives_in(row: Row) -> tuple[Native, ...]:
    """Return the names in their own languages, written as ``["ru: Москва"]``.

    Raises:
        BookError: one names no language.

    """
    matches = [(words, NATIVE.fullmatch(words)) for words in texts(row, "native")]
    for words, match in matches:
        if match is None:
            cure = 'write the language before it, as in "ru: Москва"'
            raise row.fault(f"has native = {words!r}", cure, "native")
    return tuple(Native(m["language"], m["words"]) for _, m in matches if m)
