"""NAM: lists of names: what joins them, begins and ends them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.names import separators, split_names
from citelint.bibtex.places import about_piece, shortened
from citelint.rules.base import rule
from citelint.rules.names import ORGANISATION, PERSONS, lists, people, unusual_lists

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

LEADING_AND = re.compile(r"and\s+(?=\S)", re.IGNORECASE)

TRAILING_AND = re.compile(r"(?:^|\s)and$", re.IGNORECASE)

ET_AL = re.compile(r"(?<![\s,])[\s,]*+(?:and\b[\s,]*+)?\bet\.?[ ~]+al(?:ii)?\b\.?", re.IGNORECASE)

SEPARATED = re.compile(r";| & |\s\\&\s")

#: "J. Smith, M. Jones": each piece begins with initials and ends with a family name.
INITIALS_FIRST = re.compile(r"(?:[A-Z]\.[ ~-]?){1,4}[A-Z][a-zà-ž]+(?:-[A-Z][a-zà-ž]+)?")

JOINED = re.compile(rf"{SEPARATED.pattern}|{INITIALS_FIRST.pattern}\s*,\s*{INITIALS_FIRST.pattern}")


@rule(
    "NAM002",
    "every-and-joins-two-names",
    scope="entry",
    fields=PERSONS,
    needs=unusual_lists,
    mark=" and ",
)
def every_and_joins_two_names(record: Record, _project: Project) -> Complaints:
    """A name stands before and behind every "and".

    Why: The second "and" becomes part of the name behind it, or the name between is empty.

    Bad:
        author = {Medvedev, Roy and and Medvedev, Zhores},

    Good:
        author = {Medvedev, Roy and Medvedev, Zhores},

    Cure: Add the missing name, or take the "and" out.
    """
    for _, value in unusual_lists(record):
        if " and and " not in value.text.lower():
            continue
        for name in split_names(value.text)[1:]:
            if not name.text or LEADING_AND.match(name.text):
                end = name.start + len("and")
                message = 'no name stands before this "and"; take one out'
                yield about_piece(record, value, name.start, end, message)


@rule(
    "NAM003", "list-begins-and-ends-with-a-name", scope="entry", fields=PERSONS, needs=unusual_lists
)
def list_begins_and_ends_with_a_name(record: Record, _project: Project) -> Complaints:
    """A list of names neither begins nor ends with "and".

    Why: "and" becomes part of the name beside it: the author is printed as "Medvedev and".

    Bad:
        author = {Medvedev, Roy and},

    Good:
        author = {Medvedev, Roy},

    Cure: Take it out, or add the missing name.
    """
    for _, value in unusual_lists(record):
        ends = (value.text[:3] + value.text[-3:]).lower()
        if "and" not in (ends[:3], ends[3:]):
            continue
        for pattern in (LEADING_AND.match, TRAILING_AND.search):
            found = pattern(value.text)
            if found:
                message = 'the list begins or ends with "and"; take it out'
                yield about_piece(record, value, *found.span(), message)


@rule("NAM004", "more-authors-are-others", scope="entry", fields=PERSONS, needs=unusual_lists)
def more_authors_are_others(record: Record, _project: Project) -> Complaints:
    """Further authors are "and others", not "et al.".

    Why: "et al." becomes a person with the family name Al; from "and others" a style makes
        the right words.

    Bad:
        author = {Naumov, Vladimir and et al.},

    Good:
        author = {Naumov, Vladimir and others},

    Cure: Write "and others"; `citelint fix` does it at the end of a list.
    """
    for _, value in unusual_lists(record):
        lower = value.text.lower()
        found = ET_AL.search(value.text) if " al" in lower or "~al" in lower else None
        if found and found.start():
            at_end = not value.text[found.end() :].strip()
            message = 'write "and others" for et al.'
            replacement = " and others" if at_end else None
            yield about_piece(record, value, *found.span(), message, replacement)


def joined_otherwise(text: str) -> bool:
    """Say whether a name is two or more, joined by other than "and"."""
    bare = any(True for _ in separators(text, SEPARATED))
    pieces = [piece.strip() for piece in text.split(",")]
    initials = len(pieces) > 1 and all(INITIALS_FIRST.fullmatch(piece) for piece in pieces)
    return initials or (bare and not ORGANISATION.search(text))


@rule("NAM007", "names-are-joined-by-and", scope="entry", fields=PERSONS, needs=unusual_lists)
def names_are_joined_by_and(record: Record, _project: Project) -> Complaints:
    """Names are joined by "and", not by commas, semicolons or &.

    Why: BibTeX takes the list for one person with a long family name.

    Bad:
        author = {J. Smith, M. Jones},

    Good:
        author = {J. Smith and M. Jones},

    Cure: Write "and" between names.
    """
    for value, name in people(record, JOINED):
        if joined_otherwise(name.text):
            message = 'this is more than one name; write "and" between them'
            yield about_piece(record, value, name.start, name.end, message)


@rule("NAM009", "person-is-listed-once", scope="entry", fields=PERSONS, mark=" and ")
def person_is_listed_once(record: Record, _project: Project) -> Complaints:
    """A list names nobody twice.

    Why: A name was copied over another's: one author is missing.

    Bad:
        author = {Medvedev, Roy and Medvedev, Roy},

    Good:
        author = {Medvedev, Roy and Medvedev, Zhores},

    Cure: Correct or take out the second.
    """
    for _, value in lists(record):
        rough = value.text.split(" and ")
        if len(rough) == len(set(rough)):
            continue
        names = split_names(value.text)
        seen: set[str] = set()
        for name in names:
            if name.text in seen and name.text:
                message = f"{shortened(name.text, 30)} is in this list twice; correct one"
                yield about_piece(record, value, name.start, name.end, message)
            seen.add(name.text)


@rule(
    "NAM010", "others-come-last", scope="entry", fields=PERSONS, needs=unusual_lists, mark="thers"
)
def others_come_last(record: Record, _project: Project) -> Complaints:
    """The word others stands at the end of a list, behind a name.

    Why: Elsewhere it is printed as somebody's name.

    Bad:
        author = {Naumov, Vladimir and others and Pikhoia, Rudolf},

    Good:
        author = {Naumov, Vladimir and Pikhoia, Rudolf and others},

    Cure: Move it to the end.
    """
    for _, value in unusual_lists(record):
        if "others" not in value.text.lower():
            continue
        names = split_names(value.text)
        for place, name in enumerate(names):
            if name.text.lower() == "others" and (place == 0 or place < len(names) - 1):
                message = '"others" is printed as a name here; move it to the end'
                yield about_piece(record, value, name.start, name.end, message)


RULES = (
    every_and_joins_two_names,
    list_begins_and_ends_with_a_name,
    more_authors_are_others,
    names_are_joined_by_and,
    person_is_listed_once,
    others_come_last,
)
