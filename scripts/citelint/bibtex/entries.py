"""Entries as BibTeX means them: names in lower case, values expanded, white space folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.model import Entry, StringDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citelint.bibtex.model import BibFile, Field, Part
    from citelint.text import SourceText

WHITE_SPACE = re.compile(r"\s+")

#: The strings that BibTeX styles (and pybtex) define: the months.
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PREDEFINED = {name[:3].lower(): name for name in MONTH_NAMES}


class Value(NamedTuple):
    """A field's meaning: its text with ``@string``s expanded and white space folded."""

    text: str
    field: Field


@dataclass(frozen=True, slots=True)
class Record:
    """An entry with its fields by lower-case name; of equal names the first."""

    source: SourceText
    entry: Entry
    key: str
    kind: str
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Return a field's text, "" where the entry lacks it."""
        value = self.values.get(name)
        return value.text if value is not None else ""


def part_text(source: str, part: Part, strings: Mapping[str, str]) -> str:
    """Return a part's text without delimiters; an undefined name gives nothing."""
    if part.kind in {"braces", "quotes"}:
        return source[part.start + 1 : part.end - 1]
    raw = source[part.start : part.end]
    return strings.get(raw.lower(), "") if part.kind == "name" else raw


def joined_parts(source: str, parts: tuple[Part, ...], strings: Mapping[str, str]) -> str:
    """Return a value's text with its white space as written."""
    if len(parts) == 1:
        return part_text(source, parts[0], strings)
    return "".join([part_text(source, part, strings) for part in parts])


def expanded(source: str, parts: tuple[Part, ...], strings: Mapping[str, str]) -> str:
    """Return a value's text: parts joined, white space folded as pybtex folds it."""
    return WHITE_SPACE.sub(" ", joined_parts(source, parts, strings).strip())


def records_of(bib_file: BibFile) -> Iterator[Record]:
    """Yield a record for each entry of a file, strings expanded as defined so far.

    As in BibTeX, a string can be used only behind its definition, and a later
    definition of the same name takes its place.
    """
    source = bib_file.source
    strings = dict(PREDEFINED)
    for item in bib_file.items:
        if isinstance(item, StringDefinition):
            name = item.field.name.lower()
            strings[name] = joined_parts(source.text, item.field.parts, strings)
        elif isinstance(item, Entry):
            yield record_of(source, item, strings)


def record_of(source: SourceText, entry: Entry, strings: Mapping[str, str]) -> Record:
    """Return an entry's record; a repeated field keeps its first value, as in pybtex."""
    values: dict[str, Value] = {}
    for field in entry.fields:
        name = field.name.lower()
        if name not in values:
            values[name] = Value(expanded(source.text, field.parts, strings), field)
    return Record(source, entry, entry.key, entry.kind.lower(), values)
