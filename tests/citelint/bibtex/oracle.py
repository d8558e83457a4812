"""pybtex as the oracle: what it reads of a text and where it objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pybtex.errors
from pybtex.database.input.bibtex import Parser

from citelint.bibtex import names
from citelint.bibtex.entries import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pybtex.database import BibliographyData, Person

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile

PERSON_FIELDS = ("author", "editor")
Parts = tuple[tuple[str, ...], ...]


class Reading(NamedTuple):
    """What pybtex read, and its objections."""

    data: BibliographyData
    objections: list[Any]


def read(text: str) -> Reading:
    """Read a text as sphinxcontrib-bibtex does, errors noted instead of raised."""
    with pybtex.errors.capture() as objections:
        data = Parser().parse_string(text)
    return Reading(data, list(objections))


def parts_of(person: Person) -> Parts:
    """Return a person's names as :class:`citelint.bibtex.names.Person` has them."""
    return (
        tuple(person.first_names),
        tuple(person.middle_names),
        tuple(person.prelast_names),
        tuple(person.last_names),
        tuple(person.lineage_names),
    )


def theirs(data: BibliographyData) -> list[tuple[Any, ...]]:
    """Return pybtex's entries: key, type, fields and people."""
    return [
        (
            key,
            entry.type,
            {name.lower(): text for name, text in entry.fields.items()},
            {role.lower(): [parts_of(p) for p in each] for role, each in entry.persons.items()},
        )
        for key, entry in data.entries.items()
    ]


def people_of(record: Record) -> dict[str, list[Parts]]:
    """Return a record's people by field; pybtex leaves out fields without a name."""
    found = {}
    for name in PERSON_FIELDS:
        value = record.values.get(name)
        if value and value.text:
            found[name] = [
                tuple(names.parse_name(each.text)) for each in names.split_names(value.text)
            ]
    return found


def ours(bib_file: BibFile) -> Iterator[tuple[Any, ...]]:
    """Yield our entries in the same form."""
    for record in records_of(bib_file):
        fields = {n: v.text for n, v in record.values.items() if n not in PERSON_FIELDS}
        yield record.key, record.kind, fields, people_of(record)
