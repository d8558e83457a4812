"""What a .bib file consists of, every piece with its offsets in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from citelint.text import SourceText


class Part(NamedTuple):
    """One ``#``-joined part of a value; the span includes its delimiters.

    ``kind`` is ``braces``, ``quotes``, ``number`` or ``name`` (a ``@string``'s name).
    """

    kind: str
    start: int
    end: int


class Field(NamedTuple):
    """``name = value``; ``name`` as written, ``end`` behind the value (before a comma)."""

    name: str
    start: int
    name_end: int
    parts: tuple[Part, ...]
    end: int


class Entry(NamedTuple):
    """``@kind{key, fields}``; kind and key as written; ``end`` behind the closing delimiter."""

    kind: str
    key: str
    start: int
    kind_end: int
    key_start: int
    key_end: int
    fields: tuple[Field, ...]
    end: int
    is_closed: bool


class StringDefinition(NamedTuple):
    """``@string{name = value}``."""

    start: int
    field: Field
    end: int


class Preamble(NamedTuple):
    """``@preamble{value}``."""

    start: int
    parts: tuple[Part, ...]
    end: int


class Remark(NamedTuple):
    """``@comment…`` or any text outside entries: kept, never changed."""

    start: int
    end: int
    is_command: bool


class SyntaxFault(NamedTuple):
    """What the scanner could not read, where, and what to do; ``code`` is a BIB rule's."""

    code: str
    start: int
    end: int
    message: str


Item = Entry | StringDefinition | Preamble | Remark


class BibFile(NamedTuple):
    """A scanned file: its items in order cover what was understood, faults the rest."""

    source: SourceText
    items: tuple[Item, ...]
    faults: tuple[SyntaxFault, ...]
