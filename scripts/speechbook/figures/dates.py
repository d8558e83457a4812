"""Dates of a day, a month or a year: where they stand on a line, and how they are written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES

if TYPE_CHECKING:
    from speechbook.figures.rows import Row

WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")


@dataclass(frozen=True, order=True)
class Date:
    """A date as exact as its source; month and day are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def moment(self) -> float:
        """The date as a year with a fraction: the middle of what is known."""
        if not self.month:
            return self.year + 0.5
        start = dt.date(self.year, 1, 1)
        day = dt.date(self.year, self.month, self.day or 15)
        return self.year + (day - start).days / 365.25

    def words(self, *, short: bool = False) -> str:
        """Return ``25 February 1956``, ``February 1956`` or ``1956``; short: ``25 Feb``."""
        month = MONTH_NAMES[self.month - 1] if self.month else ""
        parts = [str(self.day or ""), month[:3] if short else month]
        year = "" if short and self.month else str(self.year)
        return " ".join(filter(None, [*parts, year]))


def parse_date(written: str) -> Date | None:
    """Read ``1956``, ``1956-02`` or ``1956-02-25``; None if it is no such date."""
    match = WRITTEN.fullmatch(written)
    if match is None:
        return None
    date = Date(*(int(part or 0) for part in match.groups()))
    try:
        dt.date(date.year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return date


def date_in(row: Row, column: str) -> Date:
    """Return a row's date.

    Raises:
        BookError: the column is missing or holds no date.

    """
    written = row.text(column)
    date = parse_date(written)
    if date is None:
        raise row.fault(f"has {column} = {written!r}", 'write a date as "1956-02-25"', column)
    return date
