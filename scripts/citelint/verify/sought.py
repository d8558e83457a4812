"""Which quotations a chapter takes from which works.

A quotation belongs to the citation or note that follows it most closely within its
sentence, else to the last before it.  A block quote belongs to what it or its attribution
cites, else to a citation right before or behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citelint.myst.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citelint.myst.model import BlockQuote, Chapter, Citation, NoteMark, Quotation

#: Characters that may stand between two marks of one group, or between a mark and a block.
NEAR = 3


class Sought(NamedTuple):
    """A quotation: the span of its words in the chapter, and the keys of works it may be from."""

    chapter: Chapter
    span: Span
    keys: tuple[str, ...]


Mark = tuple[Span, tuple[str, ...]]


class Marks:
    """A chapter's citations and notes' marks, each with the keys it cites, in their order."""

    def __init__(self, chapter: Chapter) -> None:
        self.of_notes: dict[str, tuple[str, ...]] = {}
        for citation in chapter.citations:
            if citation.note:
                known = self.of_notes.get(citation.note, ())
                self.of_notes[citation.note] = known + keys_of(citation)
        marks = [*map(self.of_citation, chapter.citations), *map(self.of_mark, chapter.note_marks)]
        self.all = sorted(mark for mark in marks if mark[1])
        self.notes = [(note.span, note.slug) for note in chapter.notes]

    @staticmethod
    def of_citation(citation: Citation) -> Mark:
        """Return a citation's place and keys."""
        return citation.span, keys_of(citation)

    def of_mark(self, mark: NoteMark) -> Mark:
        """Return the place of a note's mark and the keys that the note cites."""
        return mark.span, self.of_notes.get(mark.slug, ())

    def within(self, span: Span) -> list[Mark]:
        """Return the marks within a span."""
        return [
            mark for mark in self.all if span.start <= mark[0].start and mark[0].end <= span.end
        ]

    def of_note_around(self, span: Span) -> tuple[str, ...]:
        """Return all keys of the note that a span stands in."""
        slugs = (slug for note, slug in self.notes if note.start <= span.start < note.end)
        return self.of_notes.get(next(slugs, ""), ())


def keys_of(citation: Citation) -> tuple[str, ...]:
    """Return the keys that a citation names."""
    return tuple(target.key for target in citation.targets)


def keys_in(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the marks' keys, each once."""
    return tuple(dict.fromkeys(key for _, keys in marks for key in keys))


def group(marks: Sequence[Mark]) -> list[Mark]:
    """Return the first mark with those that follow it without a word between."""
    found = list(marks[:1])
    for mark in marks[1:]:
        if mark[0].start - found[-1][0].end > NEAR:
            break
        found.append(mark)
    return found


def keys_for(quotation: Quotation, marks: Marks) -> tuple[str, ...]:
    """Return the keys that a quotation in running text is cited to."""
    around = marks.within(quotation.sentence_span)
    behind = [mark for mark in around if mark[0].start >= quotation.span.end - 1]
    before = [mark for mark in around if mark[0].end <= quotation.span.start]
    chosen = group(behind) or before[-1:]
    return keys_in(chosen) or marks.of_note_around(quotation.span)


def keys_for_block(block: BlockQuote, marks: Marks) -> tuple[str, ...]:
    """Return the keys that a block quote is cited to."""
    around = marks.within(block.span)
    if block.attribution_span:
        around += marks.within(block.attribution_span)
    start = min(block.span.start, block.attribution_span.start if block.attribution_span else 10**9)
    before = [mark for mark in marks.all if 0 <= start - mark[0].end <= NEAR]
    behind = group(marks.within(block.following_span)) if block.following_span else []
    if behind and block.following_span and behind[0][0].start - block.following_span.start > NEAR:
        behind = []
    return keys_in(around) or keys_in(before) or keys_in(behind)


def quoted_part(block: BlockQuote) -> Span:
    """Return a block quote's span without an attribution at its end or start."""
    start, end = block.span
    attribution = block.attribution_span
    if attribution and start <= attribution.start < attribution.end <= end:
        is_last = end - attribution.end <= attribution.start - start
        return Span(start, attribution.start) if is_last else Span(attribution.end, end)
    return block.span


def is_within(span: Span, others: Iterable[Span]) -> bool:
    """Say whether a span lies in one of others."""
    return any(other.start <= span.start and span.end <= other.end for other in others)


def sought_in(chapter: Chapter) -> Iterator[Sought]:
    """Yield a chapter's quotations that cite a work; those within block quotes are part of them."""
    marks = Marks(chapter)
    blocks = [block.span for block in chapter.block_quotes]
    for block in chapter.block_quotes:
        keys = keys_for_block(block, marks)
        if keys:
            yield Sought(chapter, quoted_part(block), keys)
    for quotation in chapter.quotations:
        keys = keys_for(quotation, marks)
        if keys and not is_within(quotation.span, blocks):
            inner = Span(quotation.span.start + 1, quotation.span.end - 1)
            yield Sought(chapter, inner, keys)
