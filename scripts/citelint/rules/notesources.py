"""NOT: what notes name as their sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint
from citelint.rules.base import rule
from citelint.rules.running import (
    begins_within,
    citations_by_note,
    is_within,
    prose_at,
    text_at,
    word_count,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.myst.model import Chapter, Span
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: NOT005 looks at chapters with so many notes, of which so large a share cites.
ENOUGH_NOTES = 5

MOSTLY = 0.8

#: NOT007 takes an address for all there is of a source beside so many words ("read in May").
FEW_WORDS = 6

BACK_REFERENCE = re.compile(
    r"(?<![\w*])(?P<word>ibid(?:em)?|(?:op|loc|art)\. ?cit|a\. ?a\. ?O|ebd|ebenda|там же)\b\.?"
    r"|(?:\A[\s*_]*|[,;.] )(?P<idem>idem|eadem)\b",
    re.IGNORECASE,
)

#: What else may be a note's source: another note, chapter or term of the book.
CROSS_REFERENCE = re.compile(
    r"\b(?:see|cf\.|compare|siehe|vgl\.|voir)\b.{0,60}\b(?:notes?|chapters?|section|above|below|appendix)\b"
    r"|\b(?:above|below), (?:notes?|p{1,2}\.)",
    re.IGNORECASE,
)

#: A text that names a source though no entry does: a year in brackets, a page, a shelfmark.
NAMES_SOURCE = re.compile(
    r"\([^()]{0,80}[12][0-9]{3}[a-z]?[^()]{0,20}\)|\bpp?\. ?[0-9]|\bvol\. ?[0-9]"
    r"|\bf(?:ond|\.) ?[0-9]|\bdoi\b|\bISBN\b",
    re.IGNORECASE,
)


def names_a_source(chapter: Chapter, span: Span) -> bool:
    """Say whether a note's text leads anywhere: a link, a role, another note, a typed source."""
    kinds = (chapter.links, chapter.roles, chapter.note_marks, chapter.directives)
    if any(begins_within(things, span) for things in kinds):
        return True
    prose = prose_at(chapter, span)
    return bool(CROSS_REFERENCE.search(prose) or NAMES_SOURCE.search(prose))


@rule("NOT005", "note-has-a-source", scope="chapter")
def note_has_a_source(chapter: Chapter, _project: Project) -> Complaints:
    """A note cites something, where the chapter's notes do.

    Looked at are chapters with five notes or more of which four in five cite; a link, a role
    or a reference to another note counts as a source.

    Why: Among notes that are evidence, one without a source is mostly one that was left
        unfinished.

    Bad:
        [^midnight]: So the sources say.

    Good:
        [^midnight]: {cite:p}`taubman2003{270}`.

    Cure: Name the work, or put the remark into the text.
    """
    by_note = citations_by_note(chapter)
    notes = chapter.notes
    citing = sum(note.slug in by_note for note in notes)
    if len(notes) < ENOUGH_NOTES or citing < MOSTLY * len(notes):
        return
    for note in notes:
        is_empty = not text_at(chapter, note.body_span).strip()
        if (
            note.slug not in by_note
            and not is_empty
            and not names_a_source(chapter, note.body_span)
        ):
            message = f"the note {note.slug!r} names no source, as the others do; cite one"
            yield Complaint(note.span.start, note.span.start + len(note.slug) + 3, message)


def back_references(chapter: Chapter) -> Iterator[tuple[int, int, str]]:
    """Yield where notes and citations use *ibid.* and its kin."""
    for note in chapter.notes:
        for match in BACK_REFERENCE.finditer(prose_at(chapter, note.body_span)):
            group = match.lastgroup or "word"
            base = note.body_span.start
            yield base + match.start(group), base + match.end(), match[group]
    for citation in chapter.citations:
        for target in citation.targets:
            yield from (
                (*span, text.strip())
                for text, span in (target[2:4], target[4:6])
                if BACK_REFERENCE.search(text)
            )


@rule("NOT006", "note-names-its-work", scope="chapter")
def note_names_its_work(chapter: Chapter, _project: Project) -> Complaints:
    """A note names its work again instead of *ibid.*, *op. cit.* or *idem*.

    Why: These words mean the note before, until somebody puts one between; on a screen the
        note before is not even to be seen.  Chicago has advised against them since 2017.

    Bad:
        [^second]: Ibid., 274.

    Good:
        [^second]: {cite:p}`taubman2003{274}`.

    Cure: Cite the work again; a short form is made of it.
    """
    for start, end, word in back_references(chapter):
        message = f"{word!r} depends on another note; cite the work again"
        yield Complaint(start, end, message)


@rule("NOT007", "note-cites-an-entry", scope="chapter")
def note_cites_an_entry(chapter: Chapter, project: Project) -> Complaints:
    """A note gives a source as an entry of the bibliography, not as a bare address.

    A note with more than six words besides says what the address is, and is left alone.

    Why: An address says neither who wrote what nor when it was read, and it dies; an entry
        says it once, for every note.

    Bad:
        [^cia]: https://www.cia.gov/readingroom/document/0000010318

    Good:
        [^cia]: {cite:p}`cia1956`.

    Cure: Make an entry (title, author, url, urldate) and cite it.
    """
    if not (project.records or project.cited):
        return
    bare = [note.body_span for note in chapter.notes if says_little(chapter, note.body_span)]
    for link in chapter.links:
        is_address = link.kind in {"bare", "autolink"} and "://" in link.target
        if is_address and is_within(bare, link.span.start):
            message = "a bare address stands here for a source; make it an entry and cite it"
            yield Complaint(*link.span, message)


def says_little(chapter: Chapter, span: Span) -> bool:
    """Say whether a note has few words besides its addresses."""
    return word_count(prose_at(chapter, span)) <= FEW_WORDS


RULES = (
    note_has_a_source,
    note_names_its_work,
    note_cites_an_entry,
)
