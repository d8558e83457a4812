"""What a registry says of a work, whichever registry it is."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from citelint.verify.plain import without_markup

YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")


class Person(NamedTuple):
    """A person's or body's name; a registry that does not part names has it all in ``family``."""

    family: str
    given: str = ""

    @property
    def shown(self) -> str:
        """Return the name as it is told."""
        return f"{self.given} {self.family}".strip()


class Update(NamedTuple):
    """A notice about a work, such as a retraction: its kind as Crossref names it, and its DOI."""

    kind: str
    doi: str


class WorkRecord(NamedTuple):
    """A registry's record of a work; what it does not say is empty.

    ``is_part`` says whether it is of a chapter or article, not of a whole book;
    ``lists_all_authors`` whether the authors are all that the work has, in order.
    ``updates`` are notices about it, ``published_as`` DOIs of what a preprint became.
    """

    registry: str
    identifier: str
    titles: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    containers: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publishers: tuple[str, ...] = ()
    language: str = ""
    is_part: bool = False
    lists_all_authors: bool = True
    updates: tuple[Update, ...] = ()
    published_as: tuple[str, ...] = ()


def as_table(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """Return a JSON object, or an empty one where the value is none."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON holds
    """Return a JSON array, or an empty one where the value is none."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a JSON string or number without markup, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return without_markup(str(value))


def as_texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever JSON holds
    """Return the texts of a JSON array that are not empty, in their order, each once."""
    return tuple(dict.fromkeys(filter(None, map(as_text, as_list(value)))))
