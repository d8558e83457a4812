"""Entries as BibTeX means them: names in lower case, values expanded, white space folded."""

from __future__ import annotations

import bisect
import contextlib
from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.model import Entry, StringDefinition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citelint.bibtex.model import BibFile, Field, Part
    from citelint.text import SourceText

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


#: The kinds of parts that stand between delimiters.
DELIMITED = frozenset({"braces", "quotes"})

#: An ``@string`` that names others may grow with each; beyond this it is cut, so that a
#: small file cannot fill the memory ("a = {x # x}", "b = {a # a}", …).
LONGEST_STRING = 20_000
MOST_JOINED = 8 * LONGEST_STRING


class Strings:
    """The ``@string``s of a file: what a name stands for depends on where it is used."""

    __slots__ = ("defined",)

    def __init__(self) -> None:
        self.defined: dict[str, list[tuple[int, str]]] = {}

    def define(self, name: str, offset: int, text: str) -> None:
        """Note that *name* has this text from *offset* on."""
        self.defined.setdefault(name.lower(), []).append((offset, text))

    def text(self, name: str, offset: int) -> str | None:
        """Return what *name* stands for at *offset*, nothing where it is undefined."""
        name = name.lower()
        definitions = self.defined.get(name)
        if definitions is not None:
            at = bisect.bisect_right(definitions, offset, key=lambda each: each[0])
            if at:
                return definitions[at - 1][1]
        return PREDEFINED.get(name)


class Record:
    """An entry with its fields by lower-case name; of equal names the first.

    The values are made when they are asked for and can be forgotten again, which
    keeps a file of 100,000 entries small.
    """

    __slots__ = ("_strings", "entry", "key", "kind", "source", "values")

    values: Mapping[str, Value]

    def __init__(self, source: SourceText, entry: Entry, strings: Strings) -> None:
        self.source = source
        self.entry = entry
        self.key = entry.key
        self.kind = entry.kind.lower()
        self._strings = strings

    def __getattr__(self, name: str) -> Mapping[str, Value]:
        """Make the values when they are asked for; Python calls this only while they are not."""
        if name != "values":
            raise AttributeError(name)
        self.values = values_of(self.source.text, self.entry, self._strings)
        return self.values

    @property
    def everything(self) -> str:
        """Return all values' texts in one, to see at once what an entry does not hold."""
        return "\n".join([value.text for value in self.values.values()])

    def text(self, name: str) -> str:
        """Return a field's text, "" where the entry lacks it."""
        value = self.values.get(name)
        return value.text if value is not None else ""

    def field_text(self, name: str) -> str:
        """Return a field's text without making the others, for a look at every entry."""
        for field in self.entry.fields:
            if field.name.lower() == name:
                return expanded(self.source.text, field.parts, self._strings)
        return ""

    def glance(self, names: frozenset[str]) -> dict[str, str]:
        """Return the texts of some fields without making the others; of equal names the first."""
        found: dict[str, str] = {}
        for field in self.entry.fields:
            name = field.name.lower()
            if name in names and name not in found:
                found[name] = expanded(self.source.text, field.parts, self._strings)
        return found

    def forget(self) -> None:
        """Let go of the values; they are made again when asked for."""
        with contextlib.suppress(AttributeError):
            del self.values


def part_text(source: str, part: Part, strings: Strings) -> str:
    """Return a part's text without delimiters; an undefined name gives nothing."""
    kind, start, end = part
    if kind in DELIMITED:
        return source[start + 1 : end - 1]
    raw = source[start:end]
    return (strings.text(raw, start) or "") if kind == "name" else raw


def joined_parts(source: str, parts: tuple[Part, ...], strings: Strings) -> str:
    """Return a value's text with its white space as written."""
    if len(parts) == 1:
        return part_text(source, parts[0], strings)
    room = MOST_JOINED + parts[-1].end - parts[0].start
    pieces = []
    for part in parts:
        pieces.append(part_text(source, part, strings))
        room -= len(pieces[-1])
        if room < 0:
            break
    return "".join(pieces)


def expanded(source: str, parts: tuple[Part, ...], strings: Strings) -> str:
    """Return a value's text: parts joined, white space folded as pybtex folds it."""
    kind, start, end = parts[0]
    if len(parts) == 1 and kind in DELIMITED:
        return " ".join(source[start + 1 : end - 1].split())
    return " ".join(joined_parts(source, parts, strings).split())


def string_text(source: str, definition: StringDefinition, strings: Strings) -> str:
    """Return what an ``@string`` stands for, cut where it has grown out of all proportion."""
    text = joined_parts(source, definition.field.parts, strings)
    longest = max(LONGEST_STRING, definition.end - definition.start)
    return text[:longest]


def values_of(source: str, entry: Entry, strings: Strings) -> dict[str, Value]:
    """Return an entry's values; a repeated field keeps its first, as in pybtex."""
    values: dict[str, Value] = {}
    for field in entry.fields:
        name = field.name.lower()
        if name not in values:
            values[name] = Value(expanded(source, field.parts, strings), field)
    return values


def strings_of(bib_file: BibFile) -> Strings:
    """Return a file's ``@string``s, each from the end of its definition on.

    As in BibTeX, a string can be used only behind its definition, and a later
    definition of the same name takes its place.
    """
    strings = Strings()
    source = bib_file.source.text
    for item in bib_file.items:
        if isinstance(item, StringDefinition):
            strings.define(item.field.name, item.end, string_text(source, item, strings))
    return strings


def records_of(bib_file: BibFile) -> Iterator[Record]:
    """Yield a record for each entry of a file, strings expanded as defined so far."""
    strings = strings_of(bib_file)
    for item in bib_file.items:
        if isinstance(item, Entry):
            yield Record(bib_file.source, item, strings)
