"""How long the strings of a .bib file become, counted without making them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.entries import LONGEST_STRING
from citelint.bibtex.model import Entry, StringDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.model import BibFile, Field


class Grown(NamedTuple):
    """A field or string that grows beyond what is bearable."""

    start: int
    end: int
    length: int


def length_of(text: str, field: Field, lengths: dict[str, int]) -> int:
    """Return how many characters a field's parts make."""
    return sum(
        lengths.get(text[part.start : part.end].lower(), 0)
        if part.kind == "name"
        else part.end - part.start
        for part in field.parts
    )


def may_grow(length: int, longest: int) -> bool:
    """Say whether an entry of so many characters can hold a field that grows too long.

    A string's name and the sign before it take two characters at least.
    """
    return longest > 0 and length + length // 2 * longest > LONGEST_STRING


def grown(bib_file: BibFile) -> Iterator[Grown]:
    """Yield the strings and fields that joining makes longer than ``LONGEST_STRING``."""
    text = bib_file.source.text
    lengths: dict[str, int] = {}
    longest = 0
    for item in bib_file.items:
        if isinstance(item, StringDefinition):
            fields: tuple[Field, ...] = (item.field,)
        elif isinstance(item, Entry) and may_grow(item.end - item.start, longest):
            fields = item.fields
        else:
            continue
        for field in fields:
            length = length_of(text, field, lengths)
            if length > LONGEST_STRING and any(part.kind == "name" for part in field.parts):
                yield Grown(field.start, field.end, length)
            if isinstance(item, StringDefinition):
                lengths[field.name.lower()] = length
                longest = max(longest, length)
