"""Dates in entries: ISO 8601, months by name, dates written out."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record

Date = tuple[int, ...]
YEAR = re.compile(r"[0-9]{4}[a-z]?")
ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
DAY_NUMBER = re.compile(r"0?([0-9]{1,2})(?:st|nd|rd|th)?\.?")
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
MONTHS["sept"] = 9
WRITTEN_DATE = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>[A-Za-z]+)\.?,?"
    r"|(?P<month2>[A-Za-z]+)\.? (?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?,?) (?P<year>[0-9]{4})"
)
SLASHED_DATE = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
LAST_MONTH, MOST_DAYS = 12, 31


def iso_date(text: str) -> Date:
    """Return year, month, day of an ISO date as far as given; () where it is none."""
    found = ISO_DATE.fullmatch(text)
    return tuple(int(group) for group in found.groups() if group) if found else ()


def month_number(text: str) -> int:
    """Return a month's number from its name, abbreviation or digits, 0 where it is none."""
    word = text.strip(" {}.").lower()
    if word.isdecimal() and word.isascii():
        return int(word) if len(word) <= len("12") and 1 <= int(word) <= LAST_MONTH else 0
    return MONTHS.get(word, 0)


def publication_date(record: Record) -> Date:
    """Return an entry's date as far as it can be read for certain."""
    date = iso_date(record.text("date").split("/")[0])
    if date:
        return date
    year = record.text("year")
    if not YEAR.fullmatch(year):
        return ()
    month = month_number(record.text("month"))
    day = DAY_NUMBER.fullmatch(record.text("day"))
    return (int(year[:4]), *((month,) if month else ()), *((int(day[1]),) if month and day else ()))


def access_date(record: Record) -> Date:
    """Return an entry's access date, () where it has none or it cannot be read."""
    return iso_date(record.text("urldate"))


def said(date: Date) -> str:
    """Return a date as people write it."""
    return "-".join(f"{number:02d}" for number in date)


def exists(date: Date) -> bool:
    """Say whether a date is one of the calendar."""
    if len(date) > 1 and not 1 <= date[1] <= LAST_MONTH:
        return False
    days = calendar.monthrange(date[0] or 4, date[1])[1] if len(date) > 1 else MOST_DAYS
    return len(date) < len(("year", "month", "day")) or 1 <= date[2] <= days


def rewritten(text: str) -> str:
    """Return a date in ISO form where only one reading is possible, else ""."""
    slashed = SLASHED_DATE.fullmatch(text)
    if slashed:
        date = tuple(map(int, slashed.groups()))
        return f"{date[0]:04d}-{date[1]:02d}-{date[2]:02d}" if exists(date) else ""
    found = WRITTEN_DATE.fullmatch(text)
    if not found:
        return ""
    month = month_number(found["month"] or found["month2"])
    date = (int(found["year"]), month, int(found["day"] or found["day2"]))
    return f"{date[0]:04d}-{month:02d}-{date[2]:02d}" if month and exists(date) else ""
