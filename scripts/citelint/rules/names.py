"""NAM: a person's name by itself."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from citelint.bibtex.names import Name, comma_count, parse_name, split_names
from citelint.bibtex.places import about_piece, shortened
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record, Value
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: pybtex takes apart author and editor; the others are printed by styles of one's own.
PERSONS = ("author", "editor", "translator", "bookauthor")

READ_BY_PYBTEX = frozenset({"author", "editor"})

MOST_COMMAS = 2

LETTERS = re.compile(r"[^\W\d_]{4,}")

ORGANISATION = re.compile(
    r"\b(?:University|Institut(?:e|ion|o)|Ministry|Committee|Commission|Department|Association|"
    r"Society|Foundation|Organi[sz]ation|Agency|Bureau|Council|Laboratory|Corporation|Company|"
    r"Consortium|Federation|Academy|Centre|Center|Government|Authority|Union of|Office of|Inc\.|"
    r"Ltd\.?|GmbH|Collaboration|Library of|Working Group|Task Force|Initiative)(?!\w)"
)

LONE_INITIAL = re.compile(r"(?<![\w.'’-])[A-Z](?![\w.'’-])")

LINEAGE = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")

LINEAGE_WORD = re.compile(rf"\b(?:{LINEAGE.pattern})(?:\W|$)")

ROLE_WORD = re.compile(r"\(|\b(?i:eds?|hrsg|trans)\.")

ROLE = re.compile(
    r"\((?i:eds?|hrsg|red|trans|transl|comp|editors?|translators?)\.?\)|,\s*(?:eds?|trans)\.$"
    r"|\b(?i:eds|hrsg)\.$"
)

#: Shorter lists are not checked for capitals: initials and acronyms look the same.
SHORTEST_CAPITALS = 8


#: Lists with which nothing is wrong, as most are: "Berg, Boris and H. G. de la Cruz and others".
LOWER = "a-zß-öø-ÿāăąćčďđēĕėęěğģīįķļłńņňōŏőŕřśşšţťūůűųźżž’'"
UPPER = "A-ZÀ-ÖØ-Þ"
PARTICLES = r"(?:(?:de|van|von|da|di|du|la|le|der|den|del|della) ){0,3}"
GIVEN_NAME, FAMILY_NAME = (
    rf"[{UPPER}][{LOWER}]*+\.?",
    rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)?",
)
TURNED_NAME = rf"{PARTICLES}{FAMILY_NAME}, {GIVEN_NAME}(?:[ -]{GIVEN_NAME})*+"
PLAIN_NAME = rf"(?:{GIVEN_NAME}[ -])+{PARTICLES}{FAMILY_NAME}(?= and |\Z)"
ORDINARY = re.compile(
    rf"(?:{TURNED_NAME}|{PLAIN_NAME})(?: and (?:{TURNED_NAME}|{PLAIN_NAME}))*+"
    "(?: and others)?"
)


def is_ordinary(names: str) -> bool:
    """Say whether nothing can be wrong with a list; a name without comma may be no person's."""
    if not ORDINARY.fullmatch(names):
        return False
    return names.count(",") > names.count(" and ") or not ORGANISATION.search(names)


# Ten rules ask for the lists of one entry, one right after another.
@functools.lru_cache(maxsize=2)
def lists(record: Record) -> tuple[tuple[str, Value], ...]:
    """Return the fields that hold names."""
    get = record.values.get
    return tuple((name, value) for name in PERSONS if (value := get(name)) and value.text)


@functools.lru_cache(maxsize=2)
def unusual_lists(record: Record) -> tuple[tuple[str, Value], ...]:
    """Return the lists of names in which something may be wrong."""
    return tuple(each for each in lists(record) if not is_ordinary(each[1].text))


def people(record: Record, needed: re.Pattern[str] | None = None) -> Iterator[tuple[Value, Name]]:
    """Yield each name of each list that is not empty and not "others".

    With a pattern *needed*, lists in which it finds nothing are passed over, and so are
    those that are :data:`ORDINARY`.
    """
    for _, value in unusual_lists(record) if needed else lists(record):
        if needed and not needed.search(value.text):
            continue
        for name in split_names(value.text):
            if name.text and name.text.lower() != "others":
                yield value, name


@rule(
    "NAM001",
    "name-has-two-commas-at-most",
    scope="entry",
    severity=Severity.ERROR,
    fields=PERSONS,
    needs=unusual_lists,
)
def name_has_two_commas_at_most(record: Record, _project: Project) -> Complaints:
    """A name is "First Last", "Last, First" or "Last, Jr, First".

    Why: pybtex stops the build at a third comma.  Most often the names of a list were
        joined by commas: BibTeX wants "and" between them.

    Bad:
        author = {Smith, John, Jones, Mary},

    Good:
        author = {Smith, John and Jones, Mary},

    Cure: Put "and" between names; put an organisation with commas into braces.
    """
    for name, value in unusual_lists(record):
        if value.text.count(",") <= MOST_COMMAS or name not in READ_BY_PYBTEX:
            continue
        for each in split_names(value.text):
            if comma_count(each.text) > MOST_COMMAS:
                message = 'too many commas for one name; put "and" between names'
                yield about_piece(record, value, each.start, each.end, message)


@rule("NAM005", "names-are-not-in-capitals", scope="entry", fields=PERSONS, needs=unusual_lists)
def names_are_not_in_capitals(record: Record, _project: Project) -> Complaints:
    """Names are not written in capitals throughout.

    Why: They come from catalogues, shout in a list of others, and no style can undo them.

    Bad:
        author = {MEDVEDEV, ROY},

    Good:
        author = {Medvedev, Roy},

    Cure: Write capitals where a name has them; brace an acronym.
    """
    for _, value in unusual_lists(record):
        if not value.text.isupper() or len(value.text) < SHORTEST_CAPITALS:
            continue
        if LETTERS.search(value.text) and "{" not in value.text and " " in value.text:
            message = "these names are in capitals; write them as people do"
            yield about_piece(record, value, 0, len(value.text), message)


@rule("NAM006", "organisation-is-in-braces", scope="entry", fields=PERSONS, needs=unusual_lists)
def organisation_is_in_braces(record: Record, _project: Project) -> Complaints:
    """An organisation as author is in braces.

    Why: Otherwise it is a person with the family name of its last word: "Committee, C."

    Bad:
        author = {American Jewish Committee},

    Good:
        author = {{American Jewish Committee}},

    Cure: Put braces around the name; `citelint fix` does it.
    """
    for value, name in people(record, ORGANISATION):
        text = name.text
        if "{" in text or " " not in text or not ORGANISATION.search(text):
            continue
        if "," in text:
            continue
        message = f"{shortened(text, 30)} is read as a person's name; put it into braces"
        yield about_piece(record, value, name.start, name.end, message, f"{{{text}}}")


@rule(
    "NAM008",
    "initials-have-dots",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=PERSONS,
)
def initials_have_dots(record: Record, _project: Project) -> Complaints:
    """An initial has a full stop.

    Why: With and without, one bibliography looks like two.

    Bad:
        author = {Carr, E H},

    Good:
        author = {Carr, E. H.},

    Cure: Add it; `citelint fix` does it.
    """
    for value, name in people(record):
        if "{" in name.text:
            continue
        for found in LONE_INITIAL.finditer(name.text):
            start, end = name.start + found.start(), name.start + found.end()
            message = "this initial has no full stop; add it"
            yield about_piece(record, value, start, end, message, f"{found.group()}.")


@rule(
    "NAM011", "junior-follows-the-family-name", scope="entry", fields=PERSONS, needs=unusual_lists
)
def junior_follows_the_family_name(record: Record, _project: Project) -> Complaints:
    """Jr and III stand between the commas: "King, Jr., Martin Luther".

    Why: In "King, Jr." Jr is the first name, in "King Jr., Martin" part of the family name:
        sorting and short forms go wrong.

    Bad:
        author = {Martin Luther King, Jr.},

    Good:
        author = {King, Jr., Martin Luther},

    Cure: Write "Last, Jr, First".
    """
    for value, name in people(record, LINEAGE_WORD):
        if "," not in name.text or "{" in name.text:
            continue
        person = parse_name(name.text)
        first_is = len(person.first) == 1 and not person.middle and not person.lineage
        last_is = len(person.last) > 1 and LINEAGE.fullmatch(person.last[-1])
        if last_is or (first_is and LINEAGE.fullmatch(person.first[0])):
            message = 'write "Last, Jr, First", or Jr is taken for another part of the name'
            yield about_piece(record, value, name.start, name.end, message)


@rule("NAM012", "name-omits-the-role", scope="entry", fields=PERSONS, needs=unusual_lists)
def name_omits_the_role(record: Record, _project: Project) -> Complaints:
    """A name has no (ed.) or (trans.) with it.

    Why: It becomes part of the name; the field says what the person did.

    Bad:
        author = {Naumov, Vladimir (ed.)},

    Good:
        editor = {Naumov, Vladimir},

    Cure: Use the field editor or translator, and take the words out.
    """
    for value, name in people(record, ROLE_WORD):
        found = ROLE.search(name.text)
        if found:
            start, end = name.start + found.start(), name.start + found.end()
            message = "this becomes part of the name; use the field editor or translator"
            yield about_piece(record, value, start, end, message)


RULES = (
    name_has_two_commas_at_most,
    names_are_not_in_capitals,
    organisation_is_in_braces,
    initials_have_dots,
    junior_follows_the_family_name,
    name_omits_the_role,
)
