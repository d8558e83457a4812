"""FMT: how an entry is written.  What is a matter of taste is off by default."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES
from citelint.bibtex.places import about_value, is_literal, value_span
from citelint.bibtex.vocabulary import words
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

EQUALS = re.compile(r"[ \t]*=[ \t]*")
MONTHS = {name.lower(): name[:3].lower() for name in MONTH_NAMES}
MONTHS |= {name[:3].lower(): name[:3].lower() for name in MONTH_NAMES} | {"sept": "sep"}
#: What comes first in an entry, where the order of fields is asked for.
FIELD_ORDER = words(
    "author editor translator title shorttitle subtitle booktitle journal series volume "
    "number edition publisher school institution address howpublished year month day "
    "pages doi isbn issn url urldate langid keywords note"
)
RANK = {name: place for place, name in enumerate(FIELD_ORDER)}


@rule(
    "FMT005", "equals-sign-has-single-spaces", scope="entry", severity=Severity.NOTE, default=False
)
def equals_sign_has_single_spaces(record: Record, _project: Project) -> Complaints:
    """One space stands on each side of an equals sign.

    Why: One way of writing makes differences between versions small.

    Bad:
        title={One},

    Good:
        title = {One},

    Cure: `citelint fix` does it.
    """
    text = record.source.text
    for field in record.entry.fields:
        between = text[field.name_end : field.parts[0].start]
        if between != " = " and EQUALS.fullmatch(between):
            start, end = field.name_end, field.parts[0].start
            edits = (Edit(start, end, " = "),)
            yield Complaint(start, end, "write one space on each side of =", edits)


@rule("FMT007", "fields-are-in-order", scope="entry", severity=Severity.NOTE, default=False)
def fields_are_in_order(record: Record, _project: Project) -> Complaints:
    """Fields stand in the usual order: people, title, where it came out, when, identifiers.

    Why: A reader of the file finds each at the same place.

    Bad:
        @book{one,
          year = {1956},
          title = {One},
        }

    Good:
        @book{one,
          title = {One},
          year = {1956},
        }

    Cure: Move the field.
    """
    known = [field for field in record.entry.fields if field.name.lower() in RANK]
    for one, other in pairwise(known):
        if RANK[other.name.lower()] < RANK[one.name.lower()]:
            message = f"{other.name} usually stands before {one.name}; move it"
            yield Complaint(other.start, other.name_end, message)
            return


@rule("FMT008", "last-field-has-a-comma", scope="entry", severity=Severity.NOTE, default=False)
def last_field_has_a_comma(record: Record, _project: Project) -> Complaints:
    """A comma stands behind the last field.

    Why: A field that is added later changes one line instead of two.

    Bad:
        @book{one,
          title = {One}
        }

    Good:
        @book{one,
          title = {One},
        }

    Cure: `citelint fix` adds it.
    """
    entry = record.entry
    if entry.fields and entry.is_closed:
        end = entry.fields[-1].end
        if "," not in record.source.text[end : entry.end]:
            message = "no comma stands behind the last field; add it"
            yield Complaint(end, end, message, (Edit(end, end, ","),))


@rule(
    "FMT009",
    "month-is-an-abbreviation",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=("month",),
)
def month_is_an_abbreviation(record: Record, _project: Project) -> Complaints:
    """A month is written jan, feb, … dec, without braces.

    Why: Every style then prints it in its own way and language.

    Bad:
        month = {February},

    Good:
        month = feb,

    Cure: `citelint fix` does it.
    """
    value = record.values["month"]
    short = MONTHS.get(value.text.lower().rstrip("."))
    if short and is_literal(value):
        edits = (Edit(*value_span(value), short),)
        yield about_value(value, f"write {short} without braces for the month", edits)


@rule("FMT010", "values-are-in-braces", scope="entry", severity=Severity.NOTE, default=False)
def values_are_in_braces(record: Record, _project: Project) -> Complaints:
    """Texts are in braces, not in quotation marks.

    Why: One way of writing; and in braces a quotation mark can stand.

    Bad:
        title = "One",

    Good:
        title = {One},

    Cure: `citelint fix` does it.
    """
    for value in record.values.values():
        if is_literal(value) and value.field.parts[0].kind == "quotes":
            start, end = value_span(value)
            edits = (Edit(start, start + 1, "{"), Edit(end - 1, end, "}"))
            yield about_value(value, "write braces for the quotation marks", edits)


@rule("FMT011", "names-are-in-small-letters", scope="entry", severity=Severity.NOTE, default=False)
def names_are_in_small_letters(record: Record, _project: Project) -> Complaints:
    """Types and fields are written in small letters.

    Why: One way of writing: a search for "title =" finds them all.

    Bad:
        @Book{one,
          Title = {One},
        }

    Good:
        @book{one,
          title = {One},
        }

    Cure: `citelint fix` does it.
    """
    entry = record.entry
    if entry.kind != record.kind:
        start = entry.kind_end - len(entry.kind)
        edits = (Edit(start, entry.kind_end, record.kind),)
        yield Complaint(start, entry.kind_end, f"write {record.kind}", edits)
    for field in entry.fields:
        small = field.name.lower()
        if small != field.name:
            edits = (Edit(field.start, field.name_end, small),)
            yield Complaint(field.start, field.name_end, f"write {small}", edits)


@rule("FMT013", "values-have-single-spaces", scope="entry", severity=Severity.NOTE, default=False)
def values_have_single_spaces(record: Record, _project: Project) -> Complaints:
    """No two spaces stand side by side within a line of a value.

    Why: BibTeX folds them; a search for the words as printed does not find them.

    Bad:
        title = {Khrushchev:  The Man},

    Good:
        title = {Khrushchev: The Man},

    Cure: `citelint fix` takes one out.
    """
    text = record.source.text
    for start, end in doubled_spaces(text, [value_span(v) for v in record.values.values()]):
        edits = (Edit(start, end, " "),)
        yield Complaint(start, end, "more than one space stands here; write one", edits)


DOUBLED = re.compile(r"(?<=[^\s{\"]) {2,}(?=[^\s}\"])")


def doubled_spaces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of doubled spaces within values."""
    for start, end in spans:
        for found in DOUBLED.finditer(text, start, end):
            yield found.span()


RULES = (
    equals_sign_has_single_spaces,
    fields_are_in_order,
    last_field_has_a_comma,
    month_is_an_abbreviation,
    values_are_in_braces,
    names_are_in_small_letters,
    values_have_single_spaces,
)
