"""Corrections to editions that are out, from ``docs/data/errata.toml``.

An ``[[erratum]]`` row has ``edition`` (the version in which the fault stood), ``chapter``
(a label), ``was`` and ``now`` (what stood there and what stands there since), and ``on``
(the day of the correction); it may have ``thanks`` (who found it) and ``citekey``.  The
file may have no row at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from speechbook.figures.dates import Date, date_in
from speechbook.figures.rows import parse

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.figures.rows import Row


class Erratum(NamedTuple):
    """One correction; ``thanks`` and ``citekey`` may be empty."""

    edition: str
    chapter: str
    was: str
    now: str
    on: Date
    thanks: str
    citekey: str
    line: int


def erratum_in(row: Row) -> Erratum:
    """Read a row.

    Raises:
        BookError: a column is missing or bad.

    """
    return Erratum(
        edition=row.text("edition"),
        chapter=row.text("chapter"),
        was=row.text("was"),
        now=row.text("now"),
        on=date_in(row, "on"),
        thanks=row.optional("thanks"),
        citekey=row.optional("citekey"),
        line=row.place.line,
    )


def errata_in(path: Path, source: str) -> tuple[Erratum, ...]:
    """Read the table from its text.

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    data = parse(path, source, "The data")
    rows = data.rows("erratum") if "erratum" in data.values else ()
    return tuple(erratum_in(row) for row in rows)
