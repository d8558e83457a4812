"""The walk over a document's blocks, into directives and their bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citelint.myst import directives
from citelint.myst.directives import directive_name, read_options, without_options
from citelint.myst.document import (
    Document,
    Passage,
    cell_passages,
    heading_passage,
    passage_in_line,
    passage_of_lines,
)
from citelint.myst.inline import InlineReader
from citelint.myst.model import BlockQuote, Comment, Directive, Link, NoteDefinition, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from citelint.myst.collecting import Collection
    from citelint.myst.parser import Parser
    from citelint.text import SourceText

#: A line that names who is quoted: docutils has ``--``, ``---`` and the em dash.
ATTRIBUTION = re.compile(r"[ \t]*(?:[—–―]|---?(?!-))[ \t]*(?=\S)")
ATTRIBUTION_ATTRIBUTE = re.compile(r"\battribution=\"(?P<text>(?:[^\"\\]|\\.)*)\"")
NOTE_HEAD = re.compile(r"\[\^[^\]]*\]:[ \t]*")
#: A block quote that is an admonition on some sites: ``> [!NOTE]``.
ALERT = re.compile(r"\[![A-Za-z]+\]")
URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)

#: Tokens that may stand between a block quote and the paragraph that follows it.
UNSEEN = frozenset({"myst_line_comment", "attrs_block", "myst_target"})


@dataclass
class OpenQuote:
    """A block quote that is being read: where it began and its paragraphs so far."""

    start: int
    lines: tuple[int, int]
    attribution: Span | None
    passages: list[Passage] = field(default_factory=list)


@dataclass
class Frame:
    """The state of the walk over one document."""

    document: Document
    notes: list[str]
    depth: int
    before: str = ""
    quotes: list[OpenQuote] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)
    cells: list[Passage] = field(default_factory=list)
    attribution: Span | None = None
    awaiting: int | None = None

    @property
    def note(self) -> str:
        """Return the slug of the note that is being read, "" outside of notes."""
        return self.notes[-1]

    def span(self, token: Token) -> Span:
        """Return where a block stands, from its first character on."""
        first, last = token.map or (0, 0)
        start = self.document.place(token.meta.get("start", 0))
        return Span(start, max(start, self.document.span(first, last).end))


def attribution_in(passages: list[Passage]) -> Span | None:
    """Return the attribution at the end of a quotation's paragraphs, if there is one.

    It is the last paragraph, or the last paragraph's last line, if a dash begins it;
    where several lines begin with dashes somebody is speaking.
    """
    if not passages:
        return None
    last = passages[-1]
    starts = [0, *(match.end() for match in re.finditer(r"\n", last.text))]
    dashed = [start for start in starts if ATTRIBUTION.match(last.text, start)]
    if len(dashed) != 1 or (dashed[0] == 0 and len(passages) == 1):
        return None
    return last.span(dashed[0], len(last.text))


class BlockReader:
    """Reads documents into a collection."""

    def __init__(self, source: SourceText, parser: Parser, collection: Collection) -> None:
        self.source = source
        self.parser = parser
        self.found = collection
        self.env: dict[str, Any] = {}
        self.inline = InlineReader(parser, collection, self.env)
        self.handlers: dict[str, Callable[[Frame, Token], None]] = {
            "inline": self.inline_token,
            "fence": self.fence,
            "colon_fence": self.fence,
            "code_block": self.code,
            "math_block": self.code,
            "math_block_label": self.code,
            "html_block": self.html,
            "front_matter": self.front_matter,
            "myst_line_comment": self.comment,
            "attrs_block": self.attributes,
            "blockquote_open": self.open_quote,
            "blockquote_close": self.close_quote,
            "footnote_reference_open": self.open_note,
            "footnote_reference_close": self.close_note,
            "table_open": self.table,
            "tr_open": self.row,
        }

    def document(self, document: Document, note: str, depth: int) -> list[Passage]:
        """Read a document; return its paragraphs.  Too deep ones are scanned plainly."""
        if depth > directives.DEEPEST:
            self.plainly(document, note)
            return []
        frame = Frame(document, [note], depth)
        for token in self.parser.blocks(document.text(), self.env):
            self.take(frame, token)
        return frame.passages

    def plainly(self, document: Document, note: str) -> None:
        """Read a document's lines as one run of text."""
        text = "\n".join(document.lines)
        passage = Passage(text, document.starts[:-1] or [0], document.bases or [0])
        self.inline.read(passage, note, is_prose=False)

    def take(self, frame: Frame, token: Token) -> None:
        """Handle a token and remember what came before the next."""
        kind = token.type
        is_following = frame.awaiting is not None and kind in {"paragraph_open", "inline"}
        if kind not in UNSEEN and not is_following:
            frame.awaiting = None
        handler = self.handlers.get(kind)
        if handler is not None:
            handler(frame, token)
        if kind not in UNSEEN:
            frame.attribution = None
        frame.before = f"{kind} {token.markup}"

    def inline_token(self, frame: Frame, token: Token) -> None:
        """Read a run of text by what it belongs to."""
        opening, markup = frame.before.split(" ", 1)
        line = (token.map or [0])[0]
        document, content = frame.document, token.content
        if opening == "heading_open":
            is_underlined = markup in {"=", "-"}
            find = passage_of_lines if is_underlined else heading_passage
            level = {"=": 1, "-": 2}.get(markup, len(markup))
            self.inline.heading(level, find(document, line, content))
        elif opening in {"th_open", "td_open"}:
            if frame.cells:
                self.inline.read(frame.cells.pop(), frame.note, is_prose=True)
        elif opening == "fieldlist_name_open":
            passage = passage_in_line(document, line, 0, content)
            self.inline.read(passage, frame.note, is_prose=False)
        elif opening == "dt_open":
            passage = passage_of_lines(document, line, content)
            self.inline.read(passage, frame.note, is_prose=False)
        else:
            self.paragraph(frame, token)

    def paragraph(self, frame: Frame, token: Token) -> None:
        """Read a paragraph; it may belong to a quotation, or follow one."""
        first, last = token.map or (0, 0)
        passage = passage_of_lines(frame.document, first, token.content)
        if frame.document.has_cuts:
            passage = self.uncut(frame.document, first, last, passage)
        self.inline.read(passage, frame.note, is_prose=True)
        frame.passages.append(passage)
        for quote in frame.quotes:
            quote.passages.append(passage)
        if frame.awaiting is not None:
            quote_before = self.found.block_quotes[frame.awaiting]
            span = passage.span(0, len(passage.text))
            self.found.block_quotes[frame.awaiting] = quote_before._replace(following_span=span)

    def uncut(self, document: Document, first: int, last: int, passage: Passage) -> Passage:
        """Return a paragraph with the parts of its lines that the parser did not see."""
        last = min(last, len(document.lines))
        if not any(document.is_cut(line) for line in range(first, last)):
            return passage
        start = passage.place(0)
        text = self.source.text[start : document.ends[last - 1]].replace("\0", "\ufffd")
        return Passage(text, [0], [start])

    def code(self, frame: Frame, token: Token) -> None:
        """Keep where code or a formula stands."""
        self.found.code.append(frame.span(token))

    def html(self, frame: Frame, token: Token) -> None:
        """Keep where HTML stands."""
        self.found.raw_html.append(frame.span(token))

    def front_matter(self, frame: Frame, token: Token) -> None:
        """Keep where the chapter's settings stand."""
        if frame.depth == 0:
            self.found.front_matter = frame.span(token)

    def comment(self, frame: Frame, token: Token) -> None:
        """Keep each line of a comment."""
        first = (token.map or [0])[0]
        for line, text in enumerate(token.content.split("\n"), start=first):
            column = len(frame.document.lines[line].rstrip()) - len(text) - 1
            start = frame.document.bases[line] + column
            self.found.comments.append(Comment(Span(start, start + len(text) + 1), text))

    def attributes(self, frame: Frame, token: Token) -> None:
        """Read the attribution that block attributes may hold for the quotation below."""
        line = (token.map or [0])[0]
        text = frame.document.lines[line]
        match = ATTRIBUTION_ATTRIBUTE.search(text)
        if match is None or not match["text"]:
            return
        passage = passage_in_line(frame.document, line, match.start("text"), match["text"])
        self.inline.read(passage, frame.note, is_prose=False)
        frame.attribution = passage.span(0, len(passage.text))

    def open_quote(self, frame: Frame, token: Token) -> None:
        """Begin a block quote."""
        start = frame.document.place(token.meta.get("start", 0))
        first, last = token.map or (0, 0)
        frame.quotes.append(OpenQuote(start, (first, last), frame.attribution))

    def close_quote(self, frame: Frame, _token: Token) -> None:
        """End a block quote; only the outermost of nested ones is kept."""
        quote = frame.quotes.pop()
        if frame.quotes or not quote.passages or ALERT.match(quote.passages[0].text):
            return
        span = Span(quote.start, max(quote.start, frame.document.span(*quote.lines).end))
        attribution = quote.attribution or attribution_in(quote.passages)
        self.keep_quote(frame, BlockQuote(span, attribution, None))

    def keep_quote(self, frame: Frame, quote: BlockQuote) -> None:
        """Keep a block quote and await the paragraph that may follow it."""
        frame.awaiting = len(self.found.block_quotes)
        self.found.block_quotes.append(quote)

    def open_note(self, frame: Frame, token: Token) -> None:
        """Keep a note's definition; what follows belongs to it until it closes."""
        slug = str(token.meta["label"])
        span = frame.span(token)
        head = NOTE_HEAD.match(self.source.text, span.start)
        body = min(head.end() if head else span.start, span.end)
        self.found.notes.append(NoteDefinition(slug, span, Span(body, span.end)))
        frame.notes.append(slug)

    def close_note(self, frame: Frame, _token: Token) -> None:
        """End a note."""
        frame.notes.pop()

    def table(self, frame: Frame, token: Token) -> None:
        """Remember where a table's rows begin."""
        frame.rows = token.meta.get("rows", {})

    def row(self, frame: Frame, token: Token) -> None:
        """Find a row's cells; they are taken from the list's end."""
        line = (token.map or [0])[0]
        start = frame.rows.get(line, frame.document.starts[line])
        cells = cell_passages(frame.document, line, start - frame.document.starts[line])
        frame.cells = cells[::-1]

    def fence(self, frame: Frame, token: Token) -> None:
        """Read a directive, a ``:::`` division or a code block."""
        name, column = directive_name(token.info)
        first = (token.map or [0])[0]
        body = frame.document.part(first + 1, token.content.split("\n")[:-1])
        if name:
            self.directive(frame, token, name.lower(), column, body)
        elif token.type == "colon_fence":
            frame.passages += self.document(body, frame.note, frame.depth + 1)
        else:
            self.code(frame, token)

    def directive(self, frame: Frame, token: Token, name: str, column: int, body: Document) -> None:
        """Read a directive: argument, options, body."""
        span = frame.span(token)
        line = (token.map or [0])[0]
        argument = token.info[column:].rstrip()
        place = span.start + len(token.markup) + column
        options, count = read_options(body)
        body = without_options(body, count)
        body_span = body.span(0, len(body.lines)) if body.lines else Span(span.end, span.end)
        self.found.directives.append(Directive(name, argument, options, span, body_span))
        self.option_links(name, argument, place, options)
        if name in directives.NOT_READ:
            self.found.code.append(body_span)
            return
        if argument and name in directives.NO_ARGUMENT:
            end = frame.document.ends[line]
            body = Document([argument, *body.lines], [place, *body.bases], [end, *body.ends])
        elif argument and name not in directives.NO_TEXT:
            self.inline.read(Passage(argument, [0], [place]), frame.note, is_prose=False)
        passages = self.document(body, frame.note, frame.depth + 1)
        if name in directives.QUOTES:
            self.keep_quote(frame, BlockQuote(span, attribution_in(passages), None))
        else:
            frame.passages += passages

    def option_links(
        self, name: str, argument: str, place: int, options: tuple[tuple[str, str, Span], ...]
    ) -> None:
        """Keep a picture's path and the addresses among a directive's options."""
        if name in directives.PICTURES and argument:
            span = Span(place, place + len(argument))
            self.found.links.append(Link("image", span, argument, span, ""))
        for option, value, span in options:
            if value and (option == "target" or URL.fullmatch(value)):
                self.found.links.append(Link("option", span, value, span, ""))
