"""The shortened form of Chicago's notes, as a sphinxcontrib-bibtex referencing style.

``{cite:p}`{see}taubman2003{273}``` prints *see Taubman, Khrushchev, 273*, the
name and title being a link to the bibliography's entry.
The plug-in point: https://sphinxcontrib-bibtex.readthedocs.io/en/latest/usage.html
("Custom Inline Citation References").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pybtex.richtext import BaseText, Tag, Text
from pybtex.style.template import Node
from sphinxcontrib.bibtex.style.referencing import (
    BaseReferenceStyle,
    GroupReferenceStyle,
    PersonStyle,
)
from sphinxcontrib.bibtex.style.referencing.extra_author import ExtraAuthorReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_empty import ExtraEmptyReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_year import ExtraYearReferenceStyle
from sphinxcontrib.bibtex.style.template import join, reference, sentence

from speechbook.citing.kinds import is_whole_work, short_title_of
from speechbook.citing.latex import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.database import Entry, Person

MARK_OF_UNSEEN_LOCATOR = " [as given by the article; not seen]"

#: Chicago 14.76: four or more names are cut to the first and "et al.".
MOST_NAMES_IN_A_NOTE = 3

UnseenLocators = frozenset[tuple[str, str]]


def surname(person: Person) -> Text:
    """Return the particle and family name, as notes give them."""
    return decoded(" ".join([*person.prelast_names, *person.last_names]))


def note_names(entry: Entry) -> Text:
    """Return the family names of the authors, else the editors; empty if neither."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [surname(person) for person in persons]
    if len(names) > MOST_NAMES_IN_A_NOTE:
        return Text(names[0], " et al.")
    if len(names) > 1:
        last = ", and " if len(names) > 2 else " and "  # noqa: PLR2004
        return Text(Text(", ").join(names[:-1]), last, names[-1])
    return Text(*names)


def note_title(entry: Entry) -> BaseText:
    """Return the short title in italics (whole works) or quotation marks (parts)."""
    title = decoded(short_title_of(entry))
    return Tag("em", title) if is_whole_work(entry) else Text("“", title, "”")


def short_reference(entry: Entry) -> BaseText:
    """Join names and short title with a comma."""
    parts = [part for part in (note_names(entry), note_title(entry)) if len(part)]
    return Text(", ").join(parts)


def locator_text(citekey: str, locator: str, unseen: UnseenLocators) -> str:
    """Return what follows the title: a comma, the locator and, if unseen, the mark."""
    if not locator:
        return ""
    mark = MARK_OF_UNSEEN_LOCATOR if (citekey, locator) in unseen else ""
    return f", {locator}{mark}"


@dataclass
class ShortenedNoteStyle(BaseReferenceStyle):
    """One citation in the shortened form, for ``cite:p`` and ``cite:t`` alike."""

    unseen: UnseenLocators = frozenset()
    #: What was made of each entry, which is kept with it so that its identity stays its own.
    _made: dict[int, tuple[Entry, BaseText]] = field(default_factory=dict, repr=False)

    def role_names(self) -> Iterable[str]:
        """Return every parenthetical and textual role: the two read alike in notes."""
        return ["p", "ps", "alp", "alps", "t", "ts", "ct", "cts"]

    def outer(self, role_name: str, children: list[BaseText]) -> Node:  # noqa: ARG002
        """Join several works of one role with semicolons (Chicago 14.57)."""
        return sentence(add_period=False, sep="; ")[children]

    def inner(self, role_name: str) -> Node:  # noqa: ARG002
        """Return pre-text, linked names and title, then the locator."""
        return join[
            Node("pre_text", _pre_text),
            reference[Node("short_reference", self._short_reference)],
            Node("locator", self._locator),
        ]

    def _short_reference(self, _children: list[Any], data: dict[str, Any]) -> BaseText:
        """Make each entry's reference once; a work is cited many times."""
        entry = data["entry"]
        if id(entry) not in self._made:
            self._made[id(entry)] = (entry, short_reference(entry))
        return self._made[id(entry)][1]

    def _locator(self, _children: list[Any], data: dict[str, Any]) -> Text:
        post_text = data["reference_info"].post_text
        return Text(locator_text(data["entry"].key, post_text, self.unseen))


def _pre_text(_children: list[Any], data: dict[str, Any]) -> Text:
    pre_text = data["reference_info"].pre_text
    return Text(pre_text, " ") if pre_text else Text()


@dataclass
class ChicagoNotes(GroupReferenceStyle):
    """The house style: shortened notes, with the author-only and year-only roles kept."""

    unseen: UnseenLocators = frozenset()
    person: PersonStyle = field(default_factory=PersonStyle)

    def __post_init__(self) -> None:
        """Compose the styles that share the ``cite:`` roles."""
        self.styles.extend(
            [
                ShortenedNoteStyle(unseen=self.unseen),
                ExtraAuthorReferenceStyle(person=self.person),
                ExtraYearReferenceStyle(),
                ExtraEmptyReferenceStyle(),
            ]
        )
        super().__post_init__()  # type: ignore[no-untyped-call]
