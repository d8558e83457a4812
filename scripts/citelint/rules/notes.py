"""NOT: notes and their marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Edit, Severity
from citelint.myst.sentences import FILLERS
from citelint.rules.base import rule
from citelint.rules.running import (
    notes_by_slug,
    paragraph_at,
    text_at,
)

if TYPE_CHECKING:
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints

SENTENCE_END = re.compile(rf"(?:[.!?…:]|[{FILLERS}])[\"'”’»)\]*_\s{FILLERS}]*\Z")


def includes_files(chapter: Chapter) -> bool:
    """Say whether a chapter includes others, in which the missing halves may stand."""
    return any(directive.name == "include" for directive in chapter.directives)


@rule("NOT001", "note-is-referred-to", scope="chapter")
def note_is_referred_to(chapter: Chapter, _project: Project) -> Complaints:
    """Every note has a mark in the text.

    Why: Sphinx prints a note that nothing refers to at the chapter's end, without a number,
        or not at all; mostly its sentence was deleted or the mark was mistyped.

    Bad:
        It began at midnight.

        [^midnight]: {cite:p}`taubman2003{270}`.

    Good:
        It began at midnight.[^midnight]

        [^midnight]: {cite:p}`taubman2003{270}`.

    Cure: Set the mark, or delete the note.
    """
    if includes_files(chapter):
        return
    marked = {mark.slug for mark in chapter.note_marks}
    for note in chapter.notes:
        if note.slug not in marked:
            start = note.span.start
            message = f"nothing refers to the note {note.slug!r}; set its mark or delete it"
            yield Complaint(start, start + len(note.slug) + 3, message)


def marked_order(chapter: Chapter) -> dict[str, int]:
    """Return the rank of each note by its first mark outside of notes."""
    slugs = dict.fromkeys(mark.slug for mark in chapter.note_marks if not mark.note)
    return {slug: rank for rank, slug in enumerate(slugs)}


@rule("NOT004", "notes-stand-in-order", scope="chapter", default=False)
def notes_stand_in_order(chapter: Chapter, _project: Project) -> Complaints:
    """Notes stand in the order of their marks.

    Why: Who edits the source finds the third note behind the second.  Off by default: the
        reader does not see it, for Sphinx numbers by the marks.

    Bad:
        One.[^a] Two.[^b]

        [^b]: B.
        [^a]: A.

    Good:
        One.[^a] Two.[^b]

        [^a]: A.
        [^b]: B.

    Cure: Move the note.
    """
    ranks = marked_order(chapter)
    highest, before = -1, ""
    for note in chapter.notes:
        rank = ranks.get(note.slug, highest)
        if rank < highest:
            message = f"the note {note.slug!r} is marked before {before!r}; put it there"
            start = note.span.start
            yield Complaint(start, start + len(note.slug) + 3, message)
        else:
            highest, before = rank, note.slug


@rule("NOT008", "note-is-defined-once", scope="chapter", severity=Severity.ERROR)
def note_is_defined_once(chapter: Chapter, _project: Project) -> Complaints:
    """A note's name is given once in a chapter.

    Why: Sphinx keeps one of the two, and the other's source is lost.

    Bad:
        [^a]: One.

        [^a]: Two.

    Good:
        [^a]: One.

        [^b]: Two.

    Cure: Rename one of them and its mark.
    """
    seen: set[str] = set()
    for note in chapter.notes:
        if note.slug in seen:
            message = f"a note {note.slug!r} stands above already; rename this one"
            yield Complaint(note.span.start, note.span.start + len(note.slug) + 3, message)
        seen.add(note.slug)


@rule("NOT009", "note-says-something", scope="chapter", severity=Severity.ERROR)
def note_says_something(chapter: Chapter, _project: Project) -> Complaints:
    """A note has a text.

    Why: The reader follows a mark to an empty line.

    Bad:
        [^a]:

    Good:
        [^a]: {cite:p}`taubman2003{273}`.

    Cure: Write it, or delete it and its mark.
    """
    for note in chapter.notes:
        if not text_at(chapter, note.body_span).strip():
            message = f"the note {note.slug!r} is empty; write it or delete it with its mark"
            yield Complaint(note.span.start, note.span.start + len(note.slug) + 3, message)


@rule("NOT012", "note-ends-with-a-full-stop", scope="chapter", default=False)
def note_ends_with_a_full_stop(chapter: Chapter, _project: Project) -> Complaints:
    """A note ends with a full stop.

    Why: Some with and some without look unfinished.  Off by default: it is a house style.

    Bad:
        [^a]: {cite:p}`taubman2003{273}`

    Good:
        [^a]: {cite:p}`taubman2003{273}`.

    Cure: Set it; `citelint fix` does it.
    """
    for note in chapter.notes:
        end = note.body_span.end
        if not text_at(chapter, note.body_span).strip() or ends_in_block(chapter, end):
            continue
        if not re.search(r"[.!?…][\"'”’»)\]*_]*\s*\Z", text_at(chapter, note.body_span)):
            message = f"the note {note.slug!r} has no full stop; set it"
            yield Complaint(end - 1, end, message, (Edit(end, end, "."),))


def ends_in_block(chapter: Chapter, end: int) -> bool:
    """Say whether a note ends with a directive, code or a list, which need no full stop."""
    paragraph = paragraph_at(chapter, end)
    return paragraph is None or paragraph.span.end != end


def slugs_marked_from_text(chapter: Chapter) -> set[str]:
    """Return the notes that the text marks, and those that such notes mark in turn."""
    reached = {mark.slug for mark in chapter.note_marks if not mark.note}
    inner: dict[str, list[str]] = {}
    for mark in chapter.note_marks:
        inner.setdefault(mark.note, []).append(mark.slug)
    waiting = list(reached)
    while waiting:
        for slug in inner.get(waiting.pop(), []):
            if slug not in reached:
                reached.add(slug)
                waiting.append(slug)
    return reached


@rule("NOT014", "note-is-reached-from-the-text", scope="chapter")
def note_is_reached_from_the_text(chapter: Chapter, _project: Project) -> Complaints:
    """A note that other notes refer to can be reached from the text.

    Why: A note that only it itself, or another unmarked note, refers to is never read.

    Bad:
        It began at midnight.

        [^a]: See[^b].

        [^b]: See[^a].

    Good:
        It began at midnight.[^a]

        [^a]: See[^b].

        [^b]: The clock of the Spassky tower.

    Cure: Set a mark in the text.
    """
    reached = slugs_marked_from_text(chapter)
    marked = {mark.slug for mark in chapter.note_marks}
    for slug, note in notes_by_slug(chapter).items():
        if slug in marked and slug not in reached:
            message = f"only notes refer to the note {slug!r}; set its mark in the text"
            yield Complaint(note.span.start, note.span.start + len(slug) + 3, message)


RULES = (
    note_is_referred_to,
    notes_stand_in_order,
    note_is_defined_once,
    note_says_something,
    note_ends_with_a_full_stop,
    note_is_reached_from_the_text,
)
