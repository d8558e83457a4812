"""A data file: TOML tables, checked column by column, with the line of each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from pathlib import Path

Value = TypeVar("Value", str, int, list[str])

AT_LINE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
COLUMN = re.compile(r"(?P<name>\w+) *=")
KINDS: dict[type, str] = {str: "text", int: "a whole number", list: "a list"}


@dataclass(frozen=True)
class Row:
    """One table of the file: what it is called, its values, the lines it and they stand on."""

    title: str
    values: dict[str, Any]
    place: Place
    lines: dict[str, int]

    def fault(self, what: str, cure: str, column: str = "") -> BookError:
        """Return an error about this row or one of its columns, to be raised."""
        place = Place(self.place.path, self.lines.get(column, self.place.line))
        return BookError(f"{self.title} {what}", place=place, cure=cure)

    def get(self, column: str, kind: type[Value]) -> Value:
        """Return a column's value.

        Raises:
            BookError: the column is missing, empty or of another kind.

        """
        value = self.values.get(column)
        if value is None or value == "":
            raise self.fault(f"has no {column}", f"add {column} = … to it")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.fault(f"has {column} = {value!r}", f"write {KINDS[kind]} there", column)
        return value

    def text(self, column: str) -> str:
        """Return a column that must be there."""
        return self.get(column, str)

    def optional(self, column: str) -> str:
        """Return a column that may be missing, then as ``""``."""
        return self.get(column, str) if column in self.values else ""

    def count(self, column: str) -> int:
        """Return a whole number of 0 or more."""
        value = self.get(column, int)
        if value < 0:
            raise self.fault(f"has {column} = {value}", "write a number of 0 or more", column)
        return value

    def choice(self, column: str, choices: tuple[str, ...]) -> str:
        """Return a column that has one of a few values."""
        value = self.text(column)
        if value not in choices:
            cure = "write one of " + ", ".join(choices)
            raise self.fault(f"has {column} = {value!r}", cure, column)
        return value


@dataclass(frozen=True)
class DataFile:
    """A data file that is TOML: its path, its text and its values."""

    path: Path
    source: str
    values: dict[str, Any]
    subject: str = "The figure's data"

    @property
    def head(self) -> Row:
        """The values above the tables."""
        lines = column_lines(self.source, 0)
        return Row(self.subject, self.values, Place(self.path, 1), lines)

    def line_of(self, pattern: str, occurrence: int = 1) -> int:
        """Return the line (from 1) of a pattern's n-th match at a line's start, else 0."""
        matches = list(re.finditer(f"^{pattern}", self.source, re.MULTILINE))
        if len(matches) < occurrence:
            return 0
        return self.source.count("\n", 0, matches[occurrence - 1].start()) + 1

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the ``[[name]]`` tables, at least one.

        Raises:
            BookError: there is none.

        """
        tables = self.values.get(name)
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise self.head.fault(f"has no [[{name}]]", f"give each {name} a table [[{name}]]")
        header = rf"\[\[ *{re.escape(name)} *\]\]"
        return tuple(
            self._row(f"{name.capitalize()} {n}", table, self.line_of(header, n))
            for n, table in enumerate(tables, start=1)
        )

    def _row(self, title: str, values: dict[str, Any], line: int) -> Row:
        return Row(title, values, Place(self.path, line), column_lines(self.source, line))

    def all_rows(self) -> tuple[Row, ...]:
        """Return the tables of every name, in the order of the file; lists of texts are none."""
        lists = {name: value for name, value in self.values.items() if isinstance(value, list)}
        names = [
            name for name, value in lists.items() if not all(isinstance(v, str) for v in value)
        ]
        return tuple(row for name in names for row in self.rows(name))


def column_lines(source: str, start: int) -> dict[str, int]:
    """Return the lines (from 1) of the columns between line *start* and the next table."""
    lines: dict[str, int] = {}
    for number, line in enumerate(source.splitlines()[start:], start=start + 1):
        if line.startswith("["):
            break
        column = COLUMN.match(line)
        if column:
            lines[column["name"]] = number
    return lines


def parse(path: Path, source: str, subject: str = DataFile.subject) -> DataFile:
    """Read a data file's text; *subject* is what sentences about it call it.

    Raises:
        BookError: it is not TOML.

    """
    try:
        return DataFile(path, source, tomllib.loads(source), subject)
    except (ValueError, RecursionError) as error:  # of syntax, of numbers' size, of nesting
        at = AT_LINE.search(str(error))
        place = Place(path, *(map(int, at.groups()) if at else ()))
        what = f"{subject} is not TOML: {AT_LINE.sub('', str(error)).strip()}"
        raise BookError(what, place=place, cure="mend the syntax there") from error
