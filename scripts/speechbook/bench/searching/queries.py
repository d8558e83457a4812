"""The table of queries: what readers type, and the page that they must be led to."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Query(NamedTuple):
    """A query; its page must be among the first ``within`` pages."""

    kind: str
    words: str
    page: str
    within: int


def read_queries(path: Path) -> tuple[Query, ...]:
    """Read the table (TOML, ``[[query]]`` rows of ``kind``, ``words``, ``page``)."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    return tuple(
        Query(row["kind"], row["words"], row["page"], row.get("within", 1)) for row in rows
    )


def place_of(query: Query, found: list[str]) -> int:
    """Return where the page stands among those found, from 1; 0 if it does not."""
    return found.index(query.page) + 1 if query.page in found else 0


def is_found(query: Query, found: list[str]) -> bool:
    """Say whether the page stands where it must."""
    return 1 <= place_of(query, found) <= query.within
