"""The evidence table: which locators were really seen, and where.

``docs/data/evidence.toml`` holds ``[[locator]]`` tables with the keys ``citekey``,
``locator``, ``seen`` (page, excerpt, article, none), ``where`` and ``on``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SEEN = ("page", "excerpt", "article", "none")
COLUMNS = ("citekey", "locator", "seen", "where", "on")


@dataclass(frozen=True)
class LocatorEvidence:
    """One row: how a locator of a work is known."""

    citekey: str
    locator: str
    seen: str
    where: str
    on: str


def parse_row(row: dict[str, object], path: Path, number: int) -> LocatorEvidence:
    """Turn one table into a row.

    Raises:
        BookError: a column is missing, is not text, or ``seen`` has an unknown value.

    """
    missing = [column for column in COLUMNS if not isinstance(row.get(column), str)]
    if missing:
        raise BookError(
            f"Row {number} of the evidence lacks {', '.join(missing)} as text",
            place=Place(path),
            cure="give every [[locator]] the keys " + ", ".join(COLUMNS),
        )
    if row["seen"] not in SEEN:
        raise BookError(
            f"Row {number} of the evidence says seen = {row['seen']!r}",
            place=Place(path),
            cure="write one of " + ", ".join(SEEN),
        )
    return LocatorEvidence(**{column: str(row[column]) for column in COLUMNS})


def read_evidence(path: Path) -> tuple[LocatorEvidence, ...]:
    """Read the table; a book without the file has no evidence.

    Raises:
        BookError: the file is not TOML, or a row is not as it should be.

    """
    if not path.exists():
        return ()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # of syntax, encoding, size or nesting
        raise BookError(
            f"The evidence cannot be read as TOML: {error}",
            place=Place(path),
            cure="mend the syntax there; each row is a [[locator]] table",
        ) from error
    rows = document.get("locator", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        cure = "give each locator a table [[locator]]"
        raise BookError("The evidence has no [[locator]] tables", place=Place(path), cure=cure)
    return tuple(parse_row(row, path, number) for number, row in enumerate(rows, start=1))


def unseen_locators(evidence: Iterable[LocatorEvidence]) -> frozenset[tuple[str, str]]:
    """Return the (citekey, locator) pairs that rest on the article alone."""
    return frozenset((row.citekey, row.locator) for row in evidence if row.seen == "article")
