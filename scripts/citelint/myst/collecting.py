"""What is gathered while a chapter is read, and the chapter made of it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from citelint.myst.model import (
    BlockQuote,
    Chapter,
    Citation,
    Comment,
    Directive,
    Heading,
    Link,
    NoteDefinition,
    NoteMark,
    Paragraph,
    Quotation,
    Role,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citelint.text import SourceText


class Collection:
    """Everything found so far, in any order."""

    def __init__(self) -> None:
        self.front_matter: Span | None = None
        self.citations: list[Citation] = []
        self.notes: list[NoteDefinition] = []
        self.note_marks: list[NoteMark] = []
        self.block_quotes: list[BlockQuote] = []
        self.quotations: list[Quotation] = []
        self.links: list[Link] = []
        self.headings: list[Heading] = []
        self.directives: list[Directive] = []
        self.roles: list[Role] = []
        self.paragraphs: list[Paragraph] = []
        self.sentences: list[Span] = []
        self.comments: list[Comment] = []
        self.raw_html: list[Span] = []
        self.code: list[Span] = []
        self.pieces: list[tuple[int, str]] = []

    def chapter(self, source: SourceText) -> Chapter:
        """Return the chapter, everything in the order of the text."""
        return Chapter(
            source=source,
            front_matter_span=self.front_matter,
            citations=by_span(self.citations),
            notes=by_span(self.notes),
            note_marks=by_span(self.note_marks),
            block_quotes=outermost(self.block_quotes),
            quotations=by_span(self.quotations),
            links=by_span(self.links),
            headings=by_span(self.headings),
            directives=by_span(self.directives),
            roles=by_span(self.roles),
            paragraphs=by_span(self.paragraphs),
            comments=by_span(self.comments),
            raw_html=tuple(sorted(self.raw_html)),
            code=tuple(sorted(self.code)),
            sentences=tuple(sorted(self.sentences)),
            prose=joined(self.pieces, len(source.text)),
        )


def by_span(found: Iterable[Any]) -> tuple[Any, ...]:
    """Return things in the order of their spans."""
    return tuple(sorted(found, key=attrgetter("span")))


def outermost(quotes: Iterable[BlockQuote]) -> tuple[BlockQuote, ...]:
    """Return the block quotes that stand in no other (a ``pull-quote`` may hold a ``>``)."""
    kept: list[BlockQuote] = []
    for quote in sorted(quotes, key=lambda each: (each.span.start, -each.span.end)):
        if not kept or quote.span.start >= kept[-1].span.end:
            kept.append(quote)
    return tuple(kept)


def joined(pieces: list[tuple[int, str]], length: int) -> str:
    """Return a text of *length* characters: the pieces in their places, blanks between them."""
    parts, position = [], 0
    for start, text in sorted(pieces):
        if start < position or start + len(text) > length:
            continue
        parts += [" " * (start - position), text]
        position = start + len(text)
    parts.append(" " * (length - position))
    return "".join(parts)
