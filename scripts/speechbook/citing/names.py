"""People's names in the bibliography: the first inverted, the others in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person

from speechbook.citing.latex import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pybtex.database import Entry


def _text(words: list[str]) -> str:
    return str(decoded(" ".join(words)))


def in_order(person: Person) -> str:
    """Return ``William Taubman``."""
    given = person.first_names + person.middle_names
    return _text([*given, *person.prelast_names, *person.last_names, *person.lineage_names])


def inverted(person: Person) -> str:
    """Return ``Taubman, William``; an organisation stays as it is."""
    family = _text([*person.prelast_names, *person.last_names])
    given = _text([*person.first_names, *person.middle_names, *person.lineage_names])
    return ", ".join(part for part in (family, given) if part)


def listed(names: Sequence[str]) -> str:
    """Join names with commas and a final "and"."""
    if len(names) > 1:
        return f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} and {names[-1]}"  # noqa: PLR2004
    return "".join(names)


def names_in_order(persons: Sequence[Person]) -> str:
    """Return all names in natural order."""
    return listed([in_order(person) for person in persons])


def translators(entry: Entry) -> list[Person]:
    """Return the translators; pybtex takes only authors and editors for people."""
    return [Person(name) for name in split_name_list(entry.fields.get("translator", ""))]


def bibliography_names(entry: Entry) -> str:
    """Return the names that lead an entry: authors, else editors with "ed."; else nothing."""
    authors = entry.persons.get("author", [])
    persons = authors or entry.persons.get("editor", [])
    if not persons:
        return ""
    names = listed([inverted(persons[0]), *map(in_order, persons[1:])])
    if len(persons) > 1:
        names = names.replace(" and ", ", and ", 1) if len(persons) == 2 else names  # noqa: PLR2004
    return names if authors else f"{names}, {'eds' if len(persons) > 1 else 'ed'}."
