"""Dates as the house style writes them: 25 February 1956."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping


def access_date(value: str) -> str:
    """Turn ``2026-11-23`` into ``23 November 2026``; other wordings stay as they are."""
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def publication_date(fields: Mapping[str, str]) -> str:
    """Return day, month and year of an entry, or ``n.d.`` where no year was seen."""
    year = fields.get("year", "")
    if not year:
        return "n.d."
    return " ".join(part for part in (fields.get("day"), fields.get("month"), year) if part)
