"""The article from which the book grew: its notes and its faults, from two tables.

A ``[[note]]`` row of ``article-notes.toml`` has ``number`` (1 to 32), ``claim`` (what the
marker stands behind, in our words), ``survived`` (of :data:`SURVIVED`) with ``work`` where
a work survived, ``wanted`` (what the note should have cited), ``standing`` (of
:data:`STANDINGS`), ``why``, ``chapters`` (the labels where the book treats it) and
``citekey``.

A ``[[fault]]`` row of ``article-faults.toml`` has ``identifier`` (the dossier's),
``fault``, ``instead`` (what the book says), ``chapters``, ``words`` (a phrase of the first
of these, by which a test finds that the fault is settled there) and ``citekey``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.story.tables import rows_in, texts

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.figures.rows import Row

STANDINGS = (
    "restored",
    "restored with another source",
    "claim corrected",
    "claim dropped",
)
#: What may be left of a note, and how the book says so.
SURVIVED = {
    "nothing": "nothing; the note is missing",
    "string": "the string “ead9419c995”",
    "and": "the word “and”",
    "ibid": "the word “Ibid”, after such a string",
    "work": "",
}


@dataclass(frozen=True)
class ArticleNote:
    """One of the article's notes; ``left`` says in words what survived of it."""

    number: int
    claim: str
    survived: str
    left: str
    wanted: str
    standing: str
    why: str
    chapters: tuple[str, ...]
    citekey: str
    line: int


@dataclass(frozen=True)
class ArticleFault:
    """One of the article's faults and what the book says instead."""

    identifier: str
    fault: str
    instead: str
    chapters: tuple[str, ...]
    words: str
    citekey: str
    line: int


def labels_in(row: Row) -> tuple[str, ...]:
    """Return the labels of the chapters that treat a row, at least one.

    Raises:
        BookError: there is none.

    """
    labels = texts(row, "chapters")
    if not labels:
        raise row.fault("has no chapters", "name the labels where the book treats it", "chapters")
    return labels


def note_in(row: Row) -> ArticleNote:
    """Read a note's row.

    Raises:
        BookError: a column is missing or bad.

    """
    survived = row.choice("survived", tuple(SURVIVED))
    return ArticleNote(
        number=row.count("number"),
        claim=row.text("claim"),
        survived=survived,
        left=SURVIVED[survived] or row.text("work"),
        wanted=row.text("wanted"),
        standing=row.choice("standing", STANDINGS),
        why=row.text("why"),
        chapters=labels_in(row),
        citekey=row.text("citekey"),
        line=row.place.line,
    )


def fault_in(row: Row) -> ArticleFault:
    """Read a fault's row.

    Raises:
        BookError: a column is missing or bad.

    """
    return ArticleFault(
        identifier=row.text("identifier"),
        fault=row.text("fault"),
        instead=row.text("instead"),
        chapters=labels_in(row),
        words=row.text("words"),
        citekey=row.text("citekey"),
        line=row.place.line,
    )


def notes_in(path: Path, source: str) -> tuple[ArticleNote, ...]:
    """Read the notes, which count from 1 without a gap.

    Raises:
        BookError: the text is not TOML, a row is not as it should be, or a number is missing.

    """
    rows = rows_in(path, source, "note")
    notes = tuple(note_in(row) for row in rows)
    for expected, (row, note) in enumerate(zip(rows, notes, strict=True), start=1):
        if note.number != expected:
            raise row.fault(f"has number = {note.number}", f"{expected} comes next", "number")
    return notes


def faults_in(path: Path, source: str) -> tuple[ArticleFault, ...]:
    """Read the faults.

    Raises:
        BookError: the text is not TOML, a row is not as it should be, or one stands twice.

    """
    rows = rows_in(path, source, "fault")
    faults = tuple(fault_in(row) for row in rows)
    seen: set[str] = set()
    for row, fault in zip(rows, faults, strict=True):
        if fault.identifier in seen:
            raise row.fault(
                f"is {fault.identifier!r} again", "take one of the two out", "identifier"
            )
        seen.add(fault.identifier)
    return faults


def standings_of(notes: tuple[ArticleNote, ...]) -> dict[str, int]:
    """Return how many notes have each standing."""
    return {name: sum(note.standing == name for note in notes) for name in STANDINGS}
