"""What the rules about chapters share: what stands where in running text."""

from __future__ import annotations

import bisect
import re
import unicodedata
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from citelint.bibtex.names import parse_name, split_names
from citelint.myst.model import Span
from citelint.myst.sentences import CITED, NO_PROSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter, Citation, NoteDefinition, Paragraph
    from citelint.project import Project

Found = TypeVar("Found")

#: What masks constructs in ``Chapter.prose``.
FILLER = re.compile(f"[{CITED}-{NO_PROSE}]+")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
COMMAND = re.compile(r"\\[a-zA-Z]+\s*|\\.|[{}]")
#: Roles that print an author's name or a year into the sentence.
TEXTUAL_ROLES = frozenset({"t", "ts", "ct", "cts"})
NO_WORK_ROLES = frozenset({"empty"})

BY_START = attrgetter("span.start")


def within(things: Sequence[Found], span: Span) -> Sequence[Found]:
    """Return those of a chapter's things, which are in order, that begin within a span."""
    first = bisect.bisect_left(things, span.start, key=BY_START)
    last = bisect.bisect_left(things, span.end, lo=first, key=BY_START)
    return things[first:last]


def begins_within(things: Sequence[Any], span: Span) -> bool:
    """Say whether any of a chapter's things begins within a span."""
    return bool(within(things, span))


def word_count(prose: str) -> int:
    """Return how many words a piece of prose has, constructs left out."""
    return sum(1 for _ in WORD.finditer(FILLER.sub(" ", prose)))


def style_of(citation: Citation) -> str:
    """Return a citing role's own name: ``p`` of ``cite:p``, "" of ``cite``."""
    return citation.role.partition(":")[2]


def is_parenthetical(citation: Citation) -> bool:
    """Say whether a citation is set apart from the sentence: (Taubman 2003), [1]."""
    return style_of(citation) in {"", "p", "ps"} and citation.role.startswith("cite")


def notes_by_slug(chapter: Chapter) -> dict[str, NoteDefinition]:
    """Return a chapter's notes by slug; of equal slugs the first, as in Sphinx."""
    notes: dict[str, NoteDefinition] = {}
    for note in chapter.notes:
        notes.setdefault(note.slug, note)
    return notes


def citations_by_note(chapter: Chapter) -> dict[str, list[Citation]]:
    """Return the citations within each of a chapter's notes."""
    found: dict[str, list[Citation]] = {}
    for citation in chapter.citations:
        if citation.note:
            found.setdefault(citation.note, []).append(citation)
    return found


def has_source(chapter: Chapter, span: Span) -> bool:
    """Say whether a citation, a note mark or a link begins within a span."""
    return bool(
        within(chapter.citations, span)
        or within(chapter.note_marks, span)
        or within(chapter.links, span)
    )


def has_citations(chapter: Chapter) -> bool:
    """Say whether a chapter cites at all, directly or in notes that hold something."""
    return bool(chapter.citations)


def sources_within(
    chapter: Chapter, span: Span, by_note: dict[str, list[Citation]]
) -> list[Citation]:
    """Return the citations within a span, those in the notes that it marks included."""
    found = list(within(chapter.citations, span))
    for mark in within(chapter.note_marks, span):
        found += by_note.get(mark.slug, [])
    return found


def paragraph_at(chapter: Chapter, offset: int) -> Paragraph | None:
    """Return the paragraph that an offset lies in."""
    index = bisect.bisect_right(chapter.paragraphs, offset, key=BY_START) - 1
    if index < 0 or chapter.paragraphs[index].span.end < offset:
        return None
    return chapter.paragraphs[index]


def paragraph_before(chapter: Chapter, offset: int) -> Paragraph | None:
    """Return the last paragraph that ends before an offset."""
    index = bisect.bisect_left(chapter.paragraphs, offset, key=BY_START) - 1
    return chapter.paragraphs[index] if index >= 0 else None


def sentence_at(chapter: Chapter, offset: int) -> Span | None:
    """Return the sentence that an offset lies in."""
    index = bisect.bisect_right(chapter.sentences, offset, key=attrgetter("start")) - 1
    if index < 0 or chapter.sentences[index].end < offset:
        return None
    return chapter.sentences[index]


def with_next_sentence(chapter: Chapter, sentence: Span) -> Span:
    """Return a sentence together with the next one of its paragraph."""
    paragraph = paragraph_at(chapter, sentence.start)
    index = bisect.bisect_left(chapter.sentences, sentence.end, key=attrgetter("start"))
    if paragraph is None or index >= len(chapter.sentences):
        return sentence
    following = chapter.sentences[index]
    if following.start >= paragraph.span.end:
        return sentence
    return Span(sentence.start, following.end)


def prose_at(chapter: Chapter, span: Span) -> str:
    """Return the masked running text of a span."""
    return chapter.prose[span.start : span.end]


def text_at(chapter: Chapter, span: Span) -> str:
    """Return the source's text of a span."""
    return chapter.source.text[span.start : span.end]


def is_within(spans: Sequence[Span], offset: int) -> bool:
    """Say whether an offset lies in one of some spans, which are in order and apart."""
    index = bisect.bisect_right(spans, offset, key=attrgetter("start")) - 1
    return index >= 0 and offset < spans[index].end


def quoted_spans(chapter: Chapter) -> list[Span]:
    """Return the spans of all quotations, in running text and in blocks, in order."""
    spans = [quote.span for quote in chapter.block_quotes]
    spans += [q.span for q in chapter.quotations if not is_within(spans, q.span.start)]
    return sorted(spans)


def plain(text: str) -> str:
    """Return a name in small letters without accents, braces and commands."""
    if text.isalpha() and text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", COMMAND.sub("", text))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold().replace("'", "’")


def family_names(record: Record) -> list[str]:
    """Return the family names of an entry's authors, or else editors, as in :func:`plain`."""
    names = split_names(record.text("author") or record.text("editor"))
    persons = (parse_name(name.text) for name in names)
    return [plain(" ".join([*person.prelast, *person.last])) for person in persons]


def nothing_found(_project: Project) -> dict[tuple[Callable[[Record], Any], str], Any]:
    """Return the place where :func:`found_once` keeps what it found."""
    return {}


def found_once(find: Callable[[Record], Found], record: Record, project: Project) -> Found:
    """Return what is found in an entry, however often the entry is cited."""
    known = project.once(nothing_found)
    if (find, record.key) not in known:
        known[find, record.key] = find(record)
    found: Found = known[find, record.key]
    return found


def cited_families(record: Record, project: Project) -> list[str]:
    """Return an entry's family names, found out once."""
    return found_once(family_names, record, project)


def years_of(record: Record) -> set[str]:
    """Return every year that an entry may be known by."""
    fields = ("year", "date", "origdate", "origyear", "eventdate")
    return {year for name in fields for year in YEAR.findall(record.text(name))}


def cited_years(record: Record, project: Project) -> set[str]:
    """Return an entry's years, found out once."""
    return found_once(years_of, record, project)


def years_by_name(project: Project) -> dict[str, set[str]]:
    """Return the years of the works of each family name."""
    found: dict[str, set[str]] = {}
    for record in project.records:
        for name in cited_families(record, project):
            found.setdefault(name, set()).update(years_of(record))
        record.forget()
    return found


def names_nearby(
    chapter: Chapter, project: Project
) -> Iterator[tuple[Citation, Record, list[str]]]:
    """Yield each citation's works with the family names of their authors."""
    for citation in chapter.citations:
        for target in citation.targets:
            record = project.by_key.get(target.key)
            if record is not None:
                yield citation, record, cited_families(record, project)
