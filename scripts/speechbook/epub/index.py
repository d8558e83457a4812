"""The index at the end of the book: Sphinx's entries, each place named by its chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinx.environment.adapters.indexentries import IndexEntries

from speechbook.epub.contents import INDEX, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.builders import Builder

#: What Sphinx gives for a place: "main" or nothing, and the address.
Target = tuple[str | None, object]

ANCHOR_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True)
class Place:
    """A place in the book: its address from the index's page, and its chapter's number or title."""

    address: str
    label: str
    is_main: bool


@dataclass(frozen=True)
class Heading:
    """A heading of the index with its places and the headings below it."""

    term: str
    places: tuple[Place, ...]
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The headings under one letter."""

    letter: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Labels:
    """Labels of the book's files in reading order, by address as seen from the index."""

    by_address: Mapping[str, str]

    @cached_property
    def order(self) -> dict[str, int]:
        """Return each file's position in the book."""
        return {address: position for position, address in enumerate(self.by_address)}

    def position(self, target: Target) -> tuple[int, int]:
        """Return where a place stands in the book: the file, and the count within it."""
        file, _, anchor = str(target[1]).partition("#")
        number = ANCHOR_NUMBER.search(anchor)
        return self.order[file], int(number.group()) if number else 0

    def places(self, targets: Iterable[Target]) -> tuple[Place, ...]:
        """Return the places in the order of the book; Sphinx sorts them by name."""
        return tuple(self.place(*target) for target in sorted(targets, key=self.position))

    def place(self, main: str | None, address: object) -> Place:
        """Return one place."""
        file = str(address).partition("#")[0]
        return Place(str(address), self.by_address[file], main == "main")

    def heading(self, entry: tuple[str, tuple[Any, ...]]) -> Heading:
        """Return a heading with those below it."""
        term, (targets, children, _key) = entry
        below = tuple(Heading(text, self.places(found)) for text, found in children)
        return Heading(term, self.places(targets), below)


def read_index(builder: Builder, labels: Mapping[str, str]) -> tuple[Letter, ...]:
    """Return the index of all documents; *labels* gives each file's label, in reading order."""
    names = Labels(
        {builder.get_relative_uri(INDEX, f.removesuffix(SUFFIX)): t for f, t in labels.items()}
    )
    created = IndexEntries(builder.env).create_index(builder, group_entries=False)
    return tuple(
        Letter(letter, tuple(names.heading(entry) for entry in entries))
        for letter, entries in created
    )
