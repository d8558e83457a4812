"""DAT: dates in ISO form, and dates that cannot be."""

from __future__ import annotations

import datetime
import functools
import re
from typing import TYPE_CHECKING

from citelint.bibtex.dates import (
    exists,
    iso_date,
    rewritten,
)
from citelint.bibtex.places import about_text, about_value, shortened
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints


#: The simple forms of EDTF levels 0 and 1 (ISO 8601-2:2019), as biblatex reads them.
EDTF_ONE = (
    r"-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[?~%]?"
    r"(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?"
)

EDTF = re.compile(rf"[yY]-?[0-9]{{5,}}|(?:{EDTF_ONE}|\.\.)?(?:/(?:{EDTF_ONE}|\.\.)?)?")

#: How far ahead a publisher's year may be.
YEARS_AHEAD = 1


@functools.cache
def today() -> datetime.date:
    """Return the day on which the linter runs."""
    return datetime.datetime.now(tz=datetime.UTC).date()


@functools.cache
def tomorrow() -> tuple[int, int, int]:
    """Return the day after :func:`today`; it is that already somewhere."""
    day = today() + datetime.timedelta(days=1)
    return day.year, day.month, day.day


FOUR_DIGITS_FIRST = re.compile(r"[0-9]{4}(?![0-9])")
ACCESS_FIELDS = ("urldate", "checkedon", "lastaccessed", "lastchecked")


@rule("DAT006", "access-date-is-iso", scope="entry", fields=ACCESS_FIELDS)
def access_date_is_iso(record: Record, _project: Project) -> Complaints:
    """An access date is written year-month-day.

    Why: 03/04/2006 is in March or in April; programs that read the date, biblatex among
        them, want ISO 8601.

    Bad:
        urldate = {23 November 2026},

    Good:
        urldate = {2026-11-23},

    Cure: Rewrite it; `citelint fix` does it where only one reading is possible.
    """
    for name in ACCESS_FIELDS:
        value = record.values.get(name)
        if value and value.text and not EDTF.fullmatch(value.text):
            iso = rewritten(value.text)
            message = f"write this date as {iso or 'year-month-day'}"
            yield about_text(record, value, message, iso or None)


DATE_FIELDS = ("date", "urldate", "origdate", "eventdate", "checkedon")


@rule("DAT007", "date-exists", scope="entry", severity=Severity.ERROR, fields=DATE_FIELDS)
def date_exists(record: Record, _project: Project) -> Complaints:
    """A date is one that the calendar has.

    Why: There is no 30 February: a digit is wrong.

    Bad:
        urldate = {2026-02-30},

    Good:
        urldate = {2026-02-28},

    Cure: Look the date up.
    """
    for name in DATE_FIELDS:
        value = record.values.get(name)
        for text in value.text.split("/") if value else ():
            date = iso_date(text.rstrip("?~%"))
            # Months 21 to 41 are EDTF's seasons, quarters and semesters.
            season = len(date) == len(("year", "month")) and 20 < date[1] < 42  # noqa: PLR2004
            if value and date and not season and not exists(date):
                yield about_value(value, f"there is no {shortened(text)}; look the date up")


@rule("DAT008", "date-is-iso", scope="entry", fields=("date", "origdate", "eventdate"))
def date_is_iso(record: Record, _project: Project) -> Complaints:
    """The fields date, origdate and eventdate are in ISO form: 1956-02-25, 1956/1958, 1956?.

    Why: biblatex and biber drop a date that they cannot read.

    Bad:
        date = {25 February 1956},

    Good:
        date = {1956-02-25},

    Cure: Rewrite it; `citelint fix` does it where only one reading is possible.
    """
    for name in ("date", "origdate", "eventdate"):
        value = record.values.get(name)
        # biber reads other scripts' digits.
        if value and value.text.isascii() and value.text and not EDTF.fullmatch(value.text):
            iso = rewritten(value.text)
            message = f"{name} is not in ISO form; write {iso or 'year-month-day'}"
            yield about_text(record, value, message, iso or None)


@rule("DAT009", "date-is-not-in-the-future", scope="entry", fields=("year", "date", *ACCESS_FIELDS))
def date_is_not_in_the_future(record: Record, _project: Project) -> Complaints:
    """No work came out, and none was seen, after today; a year ahead is allowed to publishers.

    Why: A digit is wrong: 2106 for 2016.

    Bad:
        year = {2106},

    Good:
        year = {2016},

    Cure: Correct it.
    """
    latest = today().year + YEARS_AHEAD
    for name in ("year", "date"):
        value = record.values.get(name)
        found = FOUR_DIGITS_FIRST.match(value.text) if value else None
        if value and found and int(found.group()) > latest:
            yield about_value(value, f"{found.group()} is in the future; correct the {name}")
    for name in ACCESS_FIELDS:
        value = record.values.get(name)
        date = iso_date(value.text) if value else ()
        if value and date and date > tomorrow()[: len(date)]:
            yield about_value(value, "this day is still to come; correct the date")


RULES = (
    access_date_is_iso,
    date_exists,
    date_is_iso,
    date_is_not_in_the_future,
)
