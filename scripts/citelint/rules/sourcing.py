"""Where the source of a paragraph may stand: in it, around its table, in its block quote."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from citelint.rules.running import is_within, prose_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citelint.myst.model import Chapter, Paragraph

#: Directives that say in short what the chapter then says with its sources.
SUMMARIES = frozenset({"abstract", "summary", "highlights", "epigraph"})


class Sourced:
    """The paragraphs of a chapter's body, and where it cites (offsets, in order)."""

    def __init__(self, chapter: Chapter, places: Sequence[int]) -> None:
        self.chapter = chapter
        self.places = places
        self.paragraphs = [p for p in chapter.paragraphs if not p.note]
        self.quotes = [quote.span for quote in chapter.block_quotes]
        self.summaries = [
            directive.span
            for directive in chapter.directives
            if SUMMARIES & {directive.name, *directive.argument.lower().split()}
        ]

    def cites(self, number: int) -> bool:
        """Say whether a paragraph (by its number) cites; there may be no such paragraph."""
        if not 0 <= number < len(self.paragraphs):
            return False
        start, end = self.paragraphs[number].span
        index = bisect_left(self.places, start)
        return index < len(self.places) and self.places[index] < end

    def is_cell(self, number: int) -> bool:
        """Say whether a paragraph (by its number) is a cell: its line begins with a pipe."""
        if not 0 <= number < len(self.paragraphs):
            return False
        text, start = self.chapter.source.text, self.paragraphs[number].span.start
        return text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith("|")

    def around(self, number: int) -> tuple[int, int]:
        """Return the numbers of the paragraphs before and behind the table of a cell."""
        first = last = number
        while self.is_cell(first):
            first -= 1
        while self.is_cell(last):
            last += 1
        return first, last

    def has_source(self, number: int) -> bool:
        """Say whether a paragraph cites, or what it belongs to does."""
        if self.cites(number):
            return True
        if self.is_cell(number):
            first, last = self.around(number)
            return any(self.cites(n) for n in range(first, last + 1))
        following = self.paragraphs[number + 1 : number + 2]
        is_quote = bool(following) and is_within(self.quotes, following[0].span.start)
        return is_quote and self.cites(number + 1)

    def is_excused(self, paragraph: Paragraph) -> bool:
        """Say whether a paragraph asks a question, or stands in a summary."""
        asks = "?" in prose_at(self.chapter, paragraph.span)
        return asks or is_within(self.summaries, paragraph.span.start)
