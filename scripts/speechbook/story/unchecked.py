"""What could not be checked, from ``docs/data/unchecked.toml``.

A ``[[question]]`` row has ``what`` (a sentence) and ``chapters`` (the labels of the chapters
that it concerns).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from speechbook.story.article import labels_in
from speechbook.story.tables import rows_in

if TYPE_CHECKING:
    from pathlib import Path


class Question(NamedTuple):
    """One thing that nobody could check; ``line`` is the row's in the data file."""

    what: str
    chapters: tuple[str, ...]
    line: int


def questions_in(path: Path, source: str) -> tuple[Question, ...]:
    """Read the table from its text.

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    rows = rows_in(path, source, "question")
    return tuple(Question(row.text("what"), labels_in(row), row.place.line) for row in rows)
