"""DAT: years, months and days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.dates import (
    DAY_NUMBER,
    LAST_MONTH,
    MONTHS,
    YEAR,
    exists,
    iso_date,
    month_number,
    publication_date,
)
from citelint.bibtex.places import about_piece, about_text, about_value, shortened
from citelint.bibtex.vocabulary import words
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

FOUR_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")

LEGACY_YEAR = re.compile(r"\\[A-Za-z]+|\{")
#: What else a year may be: 1956/57, 1956--1958, [1956], c. 1956, 1956?, n.d., 500 BC, forthcoming.
EXCUSED_YEAR = re.compile(
    r"[\[({]*(?:c\.?|ca\.?|circa|c?irca|around|about|after|before|between)?\s*~?"
    r"(?:[0-9]{4}|[0-9]{2,3}[?uXx-]{1,2})\??"
    r"(?:\s*(?:--?|–|—|/|or|and|,|bis)\s*[\[(]?[0-9]{2,4}\??)*(?:\s*(?:--?|–|/))?"
    r"(?:\s*\[[0-9]{4}\])?[\])}.]*"
    r"|[\[({]*(?:n\.\s*d\.|no date|s\.\s*[ad]\.|o\.\s*J\.|undated|b\.\s*g\.)[\])}]*"
    r"|(?:forthcoming|in press|to appear|submitted|in preparation|accepted|in review|under review"
    r"|present|ongoing)\.?"
    r"|[0-9]{1,4}(?:\s*(?:--?|–)\s*[0-9]{1,4})?\s*\\?,?\s*(?:BC|AD|BCE|CE|B\.C\.|A\.D\.)E?",
    re.IGNORECASE,
)

OTHER_MONTHS = frozenset(
    words(
        "spring summer autumn fall winter michaelmas easter trinity lent hilary januar "
        "februar märz maerz mai juni juli oktober dezember janvier février fevrier mars avril "
        "juin juillet août aout septembre octobre novembre décembre decembre enero febrero "
        "marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre "
        "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro "
        "fevereiro março maio junho julho setembro outubro dezembro mrt okt dez mär jänner "
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
        "early mid late first second third fourth quarter"
    )
)

MONTH_WORD = re.compile(r"[^\W\d_]+")


@rule("DAT001", "year-is-a-year", scope="entry", fields=("year",))
def year_is_a_year(record: Record, _project: Project) -> Complaints:
    """A year has four digits, or says why not: [1956], c. 1956, 1956/57, n.d., forthcoming.

    Why: Styles sort and label by it, and a year with a digit missing names another century.

    Bad:
        year = {19566},

    Good:
        year = {1956},

    Cure: Correct it; months belong into month, remarks into note.
    """
    value = record.values["year"]
    text = value.text
    if YEAR.fullmatch(text) or not text or any(part.kind == "name" for part in value.field.parts):
        return
    if not EXCUSED_YEAR.fullmatch(text.strip()) and not LEGACY_YEAR.search(text):
        yield about_text(record, value, f"{shortened(text)} is no year; write four digits")


def is_month(text: str) -> bool:
    """Say whether a text names months, seasons or terms, with days or without."""
    words = [word.lower() for word in MONTH_WORD.findall(text)]
    if not words:
        numbers = re.findall(r"[0-9]+", text)
        return bool(numbers) and 1 <= int(numbers[0][:4]) <= LAST_MONTH
    fine = [w for w in words if w in MONTHS or w in OTHER_MONTHS or w in {"and", "to", "or", "th"}]
    return len(fine) == len(words) or not text.isascii() or "\\" in text


@rule("DAT002", "month-is-a-month", scope="entry", fields=("month",))
def month_is_a_month(record: Record, _project: Project) -> Complaints:
    """The field month holds a month, a season or a range of them.

    Why: What it holds is printed before the year: "Febuary 1956", "13 1956".

    Bad:
        month = {Febuary},

    Good:
        month = feb,

    Cure: Write jan, feb, … dec without braces.
    """
    value = record.values["month"]
    undefined = not value.text and any(part.kind == "name" for part in value.field.parts)
    if not undefined and value.text and not is_month(value.text):
        message = f"{shortened(value.text)} is no month; write jan, feb, … dec"
        yield about_text(record, value, message)


@rule("DAT003", "month-omits-the-year", scope="entry", fields=("month",))
def month_omits_the_year(record: Record, _project: Project) -> Complaints:
    """The field month holds no year.

    Why: Styles print month and year side by side: "February 1956 1956".

    Bad:
        month = {February 1956},
        year = {1956},

    Good:
        month = feb,
        year = {1956},

    Cure: Take the year out of month.
    """
    value = record.values["month"]
    found = FOUR_DIGITS.search(value.text)
    if found and is_month(value.text[: found.start()] or "1"):
        message = "the year belongs into the field year; take it out here"
        yield about_piece(record, value, *found.span(), message)


@rule("DAT004", "day-is-in-its-month", scope="entry", severity=Severity.ERROR, fields=("day",))
def day_is_in_its_month(record: Record, _project: Project) -> Complaints:
    """A day is a number that its month has.

    Why: There is no 31 February: month or day is wrong.

    Bad:
        month = feb,
        day = {31},

    Good:
        month = feb,
        day = {25},

    Cure: Look the date up.
    """
    value = record.values["day"]
    found = DAY_NUMBER.fullmatch(value.text.strip("{}"))
    year = record.text("year")
    month = month_number(record.text("month")) or 1
    whole_year = int(year) if re.fullmatch(r"[0-9]{4}", year) else 2000
    if found and not exists((whole_year, month, int(found[1]))):
        yield about_value(value, f"there is no day {found[1]} in its month; look the date up")


@rule("DAT005", "day-has-a-month", scope="entry", fields=("day",))
def day_has_a_month(record: Record, _project: Project) -> Complaints:
    """An entry with a day has a month.

    Why: A day alone is not printed, or is printed before the year.

    Bad:
        year = {1956},
        day = {25},

    Good:
        year = {1956},
        month = feb,
        day = {25},

    Cure: Add the month.
    """
    if not record.values.keys() & {"month", "date", "crossref"}:
        yield about_value(record.values["day"], "this day has no month; add the field month")


@rule("DAT010", "year-agrees-with-date", scope="entry", fields=("date",))
def year_agrees_with_date(record: Record, _project: Project) -> Complaints:
    """Year and date of an entry name the same year.

    Why: Styles print one, sort by the other, and the reader sees a year that is wrong.

    Bad:
        year = {1957},
        date = {1956-02-25},

    Good:
        year = {1956},

    Cure: Keep the right one.
    """
    value = record.values.get("year")
    date = iso_date(record.text("date"))
    if value and date and YEAR.fullmatch(value.text) and int(value.text[:4]) != date[0]:
        message = f"date says {date[0]}, year {value.text}; keep the right one"
        yield about_value(value, message)


@rule("DAT011", "original-came-first", scope="entry", fields=("origdate", "origyear"))
def original_came_first(record: Record, _project: Project) -> Complaints:
    """The original's year is not after the edition's.

    Why: A reprint or translation cannot be older than what it reprints.

    Bad:
        year = {1956},
        origdate = {1998},

    Good:
        year = {1998},
        origdate = {1956},

    Cure: Correct one, or change them round.
    """
    published = publication_date(record)
    for name in ("origdate", "origyear"):
        value = record.values.get(name)
        original = iso_date(value.text.split("/")[0]) if value else ()
        if value and original and published and original[0] > published[0]:
            message = f"the original is younger than the edition of {published[0]}; see both"
            yield about_value(value, message)


RULES = (
    year_is_a_year,
    month_is_a_month,
    month_omits_the_year,
    day_is_in_its_month,
    day_has_a_month,
    year_agrees_with_date,
    original_came_first,
)
