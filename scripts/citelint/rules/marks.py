"""NOT: where note marks stand, and addresses that stand in their stead."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule
from citelint.rules.notes import includes_files
from citelint.rules.running import is_within, paragraph_at, quoted_spans, within

if TYPE_CHECKING:
    from citelint.myst.model import Chapter, NoteMark, Span
    from citelint.project import Project
    from citelint.rules.base import Complaints

PUNCTUATION = re.compile(r"[.,;:!?]+[\"'”’»]*")
BEFORE_MARK = re.compile(r"[.,;:!?][\"'”’»)\]*_]*\Z")
SPACE_BEFORE = re.compile(r"(?P<before>[^\s])(?P<space>[ \t]+|[ \t]*(?:\r\n|\n|\r)[ \t>]*)\Z")
#: Words after which a mark is named rather than set: "see [^5]".
NAMING = re.compile(
    r"(?:\b(?:see|and|or|to|in|cf|compare|notes?|footnotes?|fn|nn?|also|with|from|under|by|is|are|the)"
    r"|[-=:|(,;–—>]|\A)[.:]?\s*\Z",
    re.IGNORECASE,
)


@rule("NOT002", "mark-has-a-note", scope="chapter", severity=Severity.ERROR)
def mark_has_a_note(chapter: Chapter, _project: Project) -> Complaints:
    """Every note mark has a note in its chapter.

    Why: The reader is sent to a source that is not there.

    Bad:
        It began at midnight.[^midnihgt]

        [^midnight]: {cite:p}`taubman2003{270}`.

    Good:
        It began at midnight.[^midnight]

        [^midnight]: {cite:p}`taubman2003{270}`.

    Cure: Correct the name, or write the note.
    """
    if includes_files(chapter):
        return
    defined = {note.slug for note in chapter.notes}
    for mark in chapter.note_marks:
        if mark.slug not in defined:
            message = f"no note is called {mark.slug[:60]!r}; write it or correct the name"
            yield Complaint(*mark.span, message)


@rule("NOT003", "note-is-marked-once", scope="chapter", default=False)
def note_is_marked_once(chapter: Chapter, _project: Project) -> Complaints:
    """A note has one mark.

    Why: In print two marks carry one number, out of the order of the others, and the way
        back from the note leads to one of them.  Off by default: in tables it is usual.

    Bad:
        At midnight[^a] it began, and at four[^a] it was over.

    Good:
        At midnight it began, and at four it was over.[^a]

    Cure: Set one mark behind the last statement, or write a second note.
    """
    seen: set[str] = set()
    for mark in chapter.note_marks:
        if mark.slug in seen:
            message = f"the note {mark.slug!r} is marked a second time; write another note"
            yield Complaint(*mark.span, message)
        seen.add(mark.slug)


def space_before(chapter: Chapter, mark: NoteMark) -> str:
    """Return the white space before a mark, "" where the mark begins its paragraph."""
    paragraph = paragraph_at(chapter, mark.span.start)
    if paragraph is None:
        return ""
    match = SPACE_BEFORE.search(before_mark(chapter, paragraph.span, mark))
    return match["space"] if match else ""


def before_mark(chapter: Chapter, paragraph: Span, mark: NoteMark) -> str:
    """Return what stands before a mark in its paragraph, as far as rules look back."""
    start = max(paragraph.start, mark.span.start - 200)
    return chapter.source.text[start : mark.span.start]


def is_named(chapter: Chapter, mark: NoteMark) -> bool:
    """Say whether the sentence names a mark, as in "see [^5]", instead of being marked."""
    paragraph = paragraph_at(chapter, mark.span.start)
    if paragraph is None or mark.note:
        return True
    before = before_mark(chapter, paragraph.span, mark)
    return before.rstrip() != before and NAMING.search(before) is not None


def mark_place(chapter: Chapter, mark: NoteMark, end: int) -> str:
    """Say whether a mark stands ``before`` or ``after`` punctuation, "" where there is none.

    *end* is where the run of marks ends that it stands in.
    """
    text = chapter.source.text
    if PUNCTUATION.match(text, end) and text[end : end + 1] != ":":
        return "" if is_named(chapter, mark) else "before"
    before = text[max(0, mark.span.start - 8) : mark.span.start]
    return "after" if BEFORE_MARK.search(before) else ""


def placed_marks(chapter: Chapter) -> list[tuple[NoteMark, str]]:
    """Return a chapter's marks with their places."""
    placed = []
    end = next_start = -1
    for mark in reversed(chapter.note_marks):
        end = end if mark.span.end == next_start else mark.span.end
        next_start = mark.span.start
        placed.append((mark, mark_place(chapter, mark, end)))
    return placed[::-1]


def places_of_marks(project: Project) -> Counter[str]:
    """Count the places of all marks beside punctuation, and the spaces before marks."""
    counts: Counter[str] = Counter()
    for chapter in project.chapters:
        for mark, place in placed_marks(chapter):
            counts[place] += 1
            if not is_named(chapter, mark):
                counts["spaced" if space_before(chapter, mark) else "close"] += 1
    return counts


@rule("NOT010", "mark-stands-in-its-place", scope="chapter")
def mark_stands_in_its_place(chapter: Chapter, project: Project) -> Complaints:
    """A note mark stands behind the punctuation, or before it where the settings say so.

    ``mark-place`` in ``[tool.citelint]`` is ``after`` unless set.  Projects whose marks mostly
    stand in the other place have a rule of their own and are passed over.

    Why: The eye takes a wandering mark for a difference in meaning.

    Bad:
        It began at midnight[^midnight].

    Good:
        It began at midnight.[^midnight]

    Cure: Move the mark; `citelint fix` does it.
    """
    wanted = project.settings.mark_place
    counts = project.once(places_of_marks)
    total = counts["before"] + counts["after"]
    if counts[wanted] <= total / 2 and total > 1:
        return
    for mark, place in placed_marks(chapter):
        if place and place != wanted:
            side = "behind" if wanted == "after" else "before"
            message = f"the mark belongs {side} the punctuation; move it"
            yield Complaint(*mark.span, message, moved_mark(chapter, mark, wanted))


def moved_mark(chapter: Chapter, mark: NoteMark, wanted: str) -> tuple[Edit, ...]:
    """Return the edit that moves a mark over the punctuation next to it, if that is plain."""
    text = chapter.source.text
    start, end = mark.span
    if wanted == "after":
        match = PUNCTUATION.match(text, end)
        if match is None:
            return ()
        first = start - len(space_before(chapter, mark))
        return (Edit(first, match.end(), match.group() + text[start:end]),)
    match = re.search(r"[.,;]\Z", text[max(0, start - 1) : start])
    if match is None:
        return ()
    return (Edit(start - 1, end, text[start:end] + match.group()),)


@rule("NOT011", "mark-follows-without-space", scope="chapter")
def mark_follows_without_space(chapter: Chapter, project: Project) -> Complaints:
    """No space stands before a note mark.

    Projects that mostly type one are passed over.

    Why: The mark floats, and may begin the next line.

    Bad:
        It began at midnight. [^midnight]

    Good:
        It began at midnight.[^midnight]

    Cure: Take the space out; `citelint fix` does it.
    """
    counts = project.once(places_of_marks)
    if counts["spaced"] > max(counts["close"], 1):
        return
    for mark in chapter.note_marks:
        space = "" if is_named(chapter, mark) else space_before(chapter, mark)
        if space:
            start = mark.span.start - len(space)
            message = "a space stands before this mark; take it out"
            yield Complaint(start, mark.span.end, message, (Edit(start, mark.span.start, ""),))


@rule("NOT013", "heading-has-no-note", scope="chapter")
def heading_has_no_note(chapter: Chapter, _project: Project) -> Complaints:
    """A heading carries no note mark.

    Why: Headings are repeated in contents, menus and page heads, and so is the mark, where it
        leads nowhere.

    Bad:
        ## The night[^night]

    Good:
        ## The night

        This is how it went.[^night]

    Cure: Set the mark behind the first sentence.
    """
    for heading in chapter.headings:
        for mark in within(chapter.note_marks, heading.span):
            yield Complaint(*mark.span, "a heading carries this mark; set it in the text below")


@rule("NOT015", "prose-cites-an-entry", scope="chapter", default=False)
def prose_cites_an_entry(chapter: Chapter, _project: Project) -> Complaints:
    """Running text gives a source as a citation, not as a bare address.

    Why: An address breaks the line and says nothing; MyST does not even make a link of it.
        Off by default: texts about the web name addresses.

    Bad:
        The report is at https://www.cia.gov/readingroom/document/0000010318.

    Good:
        The report is kept by the agency ({cite:p}`cia1956`).

    Cure: Make an entry and cite it, or give the link a text.
    """
    notes = [note.span for note in chapter.notes]
    quoted = quoted_spans(chapter)
    for link in chapter.links:
        if link.kind != "bare" or is_within(notes, link.span.start):
            continue
        if not is_within(quoted, link.span.start):
            message = "a bare address stands in the text; cite an entry or give the link a text"
            yield Complaint(*link.span, message)


RULES = (
    mark_has_a_note,
    note_is_marked_once,
    mark_stands_in_its_place,
    mark_follows_without_space,
    heading_has_no_note,
    prose_cites_an_entry,
)
