"""What a chapter holds that a citation linter looks at; all spans are offsets in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from citelint.text import SourceText


class Span(NamedTuple):
    """From *start* to *end* (exclusive), in characters of the whole file."""

    start: int
    end: int


class Target(NamedTuple):
    """One work within a citation: ``{before}key{after}``; absent texts are empty."""

    key: str
    key_span: Span
    before: str
    before_span: Span
    after: str
    after_span: Span


class Citation(NamedTuple):
    """A sphinxcontrib-bibtex role; ``targets`` is empty and ``fault`` says why if malformed.

    ``note`` is the slug of the note it stands in, "" in running text.
    """

    role: str
    span: Span
    content_span: Span
    targets: tuple[Target, ...]
    note: str
    fault: str


class NoteDefinition(NamedTuple):
    """``[^slug]: body``; ``body_span`` covers the note's text with continuation lines."""

    slug: str
    span: Span
    body_span: Span


class NoteMark(NamedTuple):
    """``[^slug]`` in the text; ``note`` is the slug of the note it stands in, if any."""

    slug: str
    span: Span
    note: str


class BlockQuote(NamedTuple):
    """A block quote (or epigraph, pull-quote, highlights) with its attribution, if any.

    ``following_span`` is the paragraph right after it, where a citation may stand.
    """

    span: Span
    attribution_span: Span | None
    following_span: Span | None


class Quotation(NamedTuple):
    """A quotation in running text; ``span`` includes its marks, ``text`` does not.

    ``sentence_span`` is the sentence that it ends or stands in, marks of notes included.
    """

    span: Span
    text: str
    sentence_span: Span


class Link(NamedTuple):
    """A link or picture; ``kind`` is ``link``, ``image``, ``autolink``, ``bare`` or ``option``."""

    kind: str
    span: Span
    target: str
    target_span: Span
    text: str


class Heading(NamedTuple):
    """A heading's level, text and span."""

    level: int
    text: str
    span: Span


class Directive(NamedTuple):
    """A directive: name, argument, options (name, value, its span) and the span of its body."""

    name: str
    argument: str
    options: tuple[tuple[str, str, Span], ...]
    span: Span
    body_span: Span


class Role(NamedTuple):
    """Any role other than a citation: ``{name}`` and its content between backticks."""

    name: str
    content: str
    span: Span
    content_span: Span


class Paragraph(NamedTuple):
    """A run of prose: the span of a paragraph, list item's or cell's text.

    ``note`` is the slug of the note it belongs to, "" in the body.
    """

    span: Span
    note: str


class Comment(NamedTuple):
    """A ``%`` comment line; ``text`` is what follows the mark."""

    span: Span
    text: str


@dataclass(frozen=True)
class Chapter:
    """A read chapter: everything above in the order of the text.

    ``code`` covers code spans and blocks, formulas, and bodies of directives that are no
    MyST.  ``sentences`` are those of the running text, with the marks and citations that
    follow their full stops.  ``prose`` is as long as the source: running text in its place,
    constructs masked by the fillers of :mod:`citelint.myst.sentences`, blanks elsewhere.
    """

    source: SourceText
    front_matter_span: Span | None
    citations: tuple[Citation, ...]
    notes: tuple[NoteDefinition, ...]
    note_marks: tuple[NoteMark, ...]
    block_quotes: tuple[BlockQuote, ...]
    quotations: tuple[Quotation, ...]
    links: tuple[Link, ...]
    headings: tuple[Heading, ...]
    directives: tuple[Directive, ...]
    roles: tuple[Role, ...]
    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...]
    raw_html: tuple[Span, ...]
    code: tuple[Span, ...]
    sentences: tuple[Span, ...] = ()
    prose: str = ""
