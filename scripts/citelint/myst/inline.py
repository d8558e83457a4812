"""From a run of text to the citations, marks, links and quotations in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citelint.myst.model import Heading, Link, NoteMark, Paragraph, Quotation, Role, Span
from citelint.myst.plain import scan
from citelint.myst.quoting import quotations
from citelint.myst.sentences import CITED, NAMED, NO_PROSE, NOTED, OTHER, sentences
from citelint.myst.targets import citation, is_citing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citelint.myst.collecting import Collection
    from citelint.myst.document import Passage
    from citelint.myst.parser import Event, Parser

#: Longer runs are scanned plainly; see :mod:`citelint.myst.plain`.
LONGEST = 50_000

#: Roles that put names or years into the sentence: ``cite:t``, ``cite:author`` and kin.
TEXTUAL = re.compile(r"c?ts?|c?authors?|year|label")
BARE_URL = re.compile(rf"\b(?:https?|ftp)://[^\s<>\"“”«»{CITED}-{NO_PROSE}]+", re.IGNORECASE)
BEHIND_URL = ".,;:!?'’*_`"


def filler(event: Event) -> str:
    """Return what masks a construct in the prose."""
    if event.rule == "note":
        return NOTED
    if event.rule != "role":
        return NO_PROSE
    if not is_citing(event.detail):
        return OTHER
    style = event.detail.lower().partition(":")[2]
    return NAMED if TEXTUAL.fullmatch(style) else CITED


def masked(text: str, events: Iterable[Event]) -> str:
    """Return the text with its constructs masked; a link's own text stays."""
    parts, position = [], 0
    spans = []
    for event in events:
        start = event.inner_end if event.rule == "link" else event.start
        spans.append((start, event.end, filler(event)))
    for start, end, character in sorted(spans):
        if start >= position:
            parts += [text[position:start], character * (end - start)]
            position = end
    return "".join([*parts, text[position:]])


def bare_urls(text: str) -> Iterator[Span]:
    """Yield the addresses that stand in the masked text itself, without what follows them."""
    for match in BARE_URL.finditer(text):
        url = match.group()
        length = len(url)
        while url:
            url = url.rstrip(BEHIND_URL)
            closer = url[-1:]
            opener = {")": "(", "]": "[", "}": "{"}.get(closer)
            if opener is None or url.count(opener) >= url.count(closer):
                break
            url = url[:-1]
        if url and length:
            yield Span(match.start(), match.start() + len(url))


class InlineReader:
    """Reads runs of text into a collection."""

    def __init__(self, parser: Parser, collection: Collection, env: dict[str, Any]) -> None:
        self.parser = parser
        self.found = collection
        self.env = env

    def read(self, passage: Passage, note: str, *, is_prose: bool) -> None:
        """Read a run; quotations and sentences are sought only in prose."""
        if not passage.text:
            return
        text = passage.text
        events = list(scan(text)) if len(text) > LONGEST else self.parser.inlines(text, self.env)
        self.take_events(events, passage, note)
        prose = self.take_bare_urls(masked(text, events), passage)
        self.found.pieces += passage.pieces(prose)
        if is_prose:
            self.take_prose(prose, passage, note)

    def take_prose(self, prose: str, passage: Passage, note: str) -> None:
        """Keep the paragraph, its sentences and its quotations."""
        if not prose.strip():
            return
        self.found.paragraphs.append(Paragraph(passage.span(0, len(prose)), note))
        spans = list(sentences(prose))
        self.found.sentences += [passage.span(*span) for span in spans]
        for quotation in quotations(prose):
            first = next((s.start for s in reversed(spans) if s.start <= quotation.start), 0)
            last = next((s.end for s in spans if s.end >= quotation.end), len(prose))
            self.found.quotations.append(
                Quotation(
                    passage.span(*quotation),
                    passage.text[quotation.start + 1 : quotation.end - 1].replace("\n", " "),
                    passage.span(first, last),
                )
            )

    def take_events(self, events: Iterable[Event], passage: Passage, note: str) -> None:
        """Keep what the parser found."""
        for event in events:
            span = passage.span(event.start, event.end)
            if event.rule == "role":
                self.take_role(event, passage, note)
            elif event.rule == "note":
                self.found.note_marks.append(NoteMark(event.detail, span, note))
            elif event.rule in {"code", "math"}:
                self.found.code.append(span)
            elif event.rule == "html":
                self.found.raw_html.append(span)
            elif event.rule in {"link", "image", "autolink"}:
                self.found.links.append(self.link(event, passage))

    def take_role(self, event: Event, passage: Passage, note: str) -> None:
        """Keep a role, as a citation if it is one."""
        outer = Span(event.start, event.end)
        inner = Span(event.inner_start, event.inner_end)
        if is_citing(event.detail):
            found = citation(event.detail, note, passage, outer, inner)
            self.found.citations.append(found)
            return
        content = passage.text[inner.start : inner.end].replace("\n", " ")
        role = Role(event.detail, content, passage.span(*outer), passage.span(*inner))
        self.found.roles.append(role)

    def link(self, event: Event, passage: Passage) -> Link:
        """Return a link; the target's span is what names it, a reference's label included."""
        text = passage.text
        label = text[event.inner_start : event.inner_end].replace("\n", " ")
        if event.rule == "autolink":
            start, end = event.start + 1, event.end - 1
            target = label = text[start:end]
        else:
            target, start, end = self.destination(event, text)
        outer, inner = passage.span(event.start, event.end), passage.span(start, end)
        return Link(event.rule, outer, target, inner, label)

    def destination(self, event: Event, text: str) -> tuple[str, int, int]:
        """Return a link's target as written, and where."""
        opening = event.inner_end + 1
        if text[opening : opening + 1] == "(":
            start = opening + 1
            while text[start : start + 1].isspace():
                start += 1
            found = self.parser.labels.parseLinkDestination(text, start, event.end)
            if found.ok:
                angled = text[start] == "<"
                first, last = (start + 1, found.pos - 1) if angled else (start, found.pos)
                return text[first:last], first, last
            return "", start, start
        if event.end > opening + 2:
            return event.detail, opening + 1, event.end - 1
        return event.detail, event.inner_start, event.inner_end

    def take_bare_urls(self, prose: str, passage: Passage) -> str:
        """Keep addresses without any markup, and return the text with them masked."""
        if "://" not in prose:
            return prose
        parts, position = [], 0
        for start, end in bare_urls(prose):
            span = passage.span(start, end)
            self.found.links.append(Link("bare", span, prose[start:end], span, ""))
            parts += [prose[position:start], NO_PROSE * (end - start)]
            position = end
        return "".join([*parts, prose[position:]])

    def heading(self, level: int, passage: Passage) -> None:
        """Keep a heading and what stands in it."""
        self.read(passage, "", is_prose=False)
        span = passage.span(0, len(passage.text))
        self.found.headings.append(Heading(level, passage.text.replace("\n", " "), span))
