"""The PDF, read from its structure tree as a screen reader would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2

from speechbook.audit.parity.assembling import (
    Address,
    Close,
    Event,
    Mark,
    Open,
    Words,
    Work,
    passages,
)
from speechbook.audit.parity.model import Chapter, Edition, Passage, letters_of
from speechbook.audit.tagged import Element, Link, Run, read_tagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BLOCKS = {
    **dict.fromkeys(("Title", "H1", "H2", "H3", "H4", "H5", "H6"), "heading"),
    **dict.fromkeys(("P", "BlockQuote", "Code"), "paragraph"),
    "TD": "cell",
    "TH": "head cell",
    "Caption": "caption",
    "LBody": "item",
}
#: Paragraphs take the kind of what holds them.
HOLDERS = {"TD": "cell", "TH": "head cell", "Caption": "caption", "LBody": "item"}
LEFT_OUT = frozenset({"Note", "Figure", "TOC"})
BIBLIOGRAPHY, INDEX = "bibliography", "index"
#: Points from the top of an entry to the foot of its second line, and above it.
LINES_BELOW, LINES_ABOVE = 28.0, 3.0


@dataclass
class Sheets:
    """The first lines of text at a place of a page, which tell an entry from another."""

    document: pypdfium2.PdfDocument
    known: dict[tuple[int, float], str] = field(default_factory=dict)

    def lines(self, page: int, top: float) -> str:
        """Return the letters of two lines that begin at *top* points above a page's foot."""
        if (page, top) not in self.known:
            sheet = self.document[page]
            text = sheet.get_textpage().get_text_bounded(
                0, top - LINES_BELOW, sheet.get_width(), top + LINES_ABOVE
            )
            self.known[page, top] = letters_of(text)
        return self.known[page, top]


def is_running(element: Element) -> bool:
    """Say whether an element holds running text, so that code within it is a part of that."""
    words = (child.text.strip() for child in element.children if isinstance(child, Run))
    return element.tag == "P" or any(words)


@dataclass(frozen=True)
class Walk:
    """A walk through the tree; ``works`` are the pages of the bibliography."""

    sheets: Sheets
    works: range

    def events(self, element: Element, around: Words, kind: str = "") -> Iterator[Event]:
        """Yield what a reader meets in an element; *around* is how its text is marked."""
        if element.tag in LEFT_OUT:
            return
        if element.tag == "Lbl":
            yield from self.label(element)
            return
        holder = HOLDERS.get(element.tag, kind)
        block = BLOCKS.get(element.tag)
        own = holder if block == "paragraph" and holder else block
        if own:
            yield Open(own, place_of(element))
        yield from self.inside(element, marked(element, around), holder)
        if own:
            yield Close()

    def inside(self, element: Element, around: Words, kind: str) -> Iterator[Event]:
        """Yield what the children of an element hold."""
        for number, child in enumerate(element.children):
            if isinstance(child, Run):
                language = "" if child.language.startswith("en") else child.language
                yield Words(child.text, around.emphasised, language)
            elif isinstance(child, Element) and child.tag == "Code" and is_running(element):
                yield from self.inside(child, around, kind)
            elif isinstance(child, Element):
                yield from self.events(child, around, kind)
            # A link has an area for each of its pieces.
            elif child not in element.children[:number]:
                yield from self.link(child)

    def label(self, element: Element) -> Iterator[Event]:
        """Yield a term that its list explains, or a note's mark; bullets and numbers fall away."""
        if any(element.named("Strong")):
            yield Open("term", place_of(element))
            yield from self.inside(element, Words(""), "term")
            yield Close()
        elif any(element.named("Link")):
            yield Mark(element.text().strip())

    def link(self, link: Link) -> Iterator[Event]:
        """Yield where a link leads, if it is a citation or leads out of the book."""
        if link.address:
            yield Address(link.address)
        elif link.page in self.works:
            lines = self.sheets.lines(link.page, link.top)
            # Without a line it is the bibliography's own heading that is reached.
            if lines and not lines.startswith(BIBLIOGRAPHY):
                yield Work(lines)

    def note(self, element: Element) -> Passage:
        """Return a note as one passage; its own mark is its number."""
        first = next(element.named("Lbl"), None)
        number = first.text().strip() if first else ""
        words: list[Event] = []
        for child in element.children:
            if child is first:
                continue
            if isinstance(child, Element):
                words += [
                    e for e in self.events(child, Words("")) if not isinstance(e, Open | Close)
                ]
            else:
                words += self.inside(Element("", "", "", (child,)), Words(""), "")
        place = f"{place_of(element)}, note {number}"
        (passage,) = passages([Open("note", place), *words, Close()]) or (
            Passage("note", "", place),
        )
        return passage


def marked(element: Element, around: Words) -> Words:
    """Return how the text of an element is marked."""
    return Words("", around.emphasised or element.tag in {"Em", "Strong"})


def place_of(element: Element) -> str:
    """Return the page on which an element begins, counted from 1."""
    run = next(element.runs(), None)
    return f"page {run.page + 1}" if run else "a page unknown"


def first_page(element: Element) -> int:
    """Return the page, from 0, on which an element begins; -1 without text."""
    run = next(element.runs(), None)
    return run.page if run else -1


def contents(root: Element) -> tuple[list[str], list[str]]:
    """Return the letters of the titles in the contents: of documents, and of parts."""
    titles: list[str] = []
    parts: list[str] = []
    for item in root.named("TOCI"):
        paragraph = next(item.named("P"), None)
        text = paragraph.text() if paragraph else next(item.runs()).text
        is_part = re.match(r"Part [IVXLC]+\b", text)
        (parts if is_part else titles).append(letters_of(text))
    return titles, parts


def without_number(text: str) -> str:
    """Return the letters of a heading without its chapter's number."""
    return re.sub(r"^\d+", "", letters_of(text))


def split(root: Element, titles: Sequence[str]) -> list[tuple[str, list[Element]]]:
    """Part the book at the headings that the contents name, in their order."""
    found: list[tuple[str, list[Element]]] = []
    pending = list(titles)
    for element in top(root):
        title = without_number(element.text()) if element.tag in {"H1", "H2"} else ""
        if pending and title == without_number(pending[0]):
            found.append((title, []))
            pending.pop(0)
        elif element.tag == "H1":
            # The opening of a part belongs to no chapter.
            found.append(("", []))
        if found:
            found[-1][1].append(element)
    return [(title, elements) for title, elements in found if title]


def top(element: Element) -> Iterator[Element]:
    """Yield the elements below the document, whatever sections hold them."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in {"Document", "Part", "Sect", "Art"}:
                yield from top(child)
            else:
                yield child


def chapter_of(title: str, elements: Sequence[Element], walk: Walk) -> Chapter:
    """Read one chapter."""
    notes = [note for element in elements for note in element.named("Note")]
    figures = [figure for element in elements for figure in element.named("Figure")]
    events = (event for element in elements for event in walk.events(element, Words("")))
    return Chapter(
        title,
        passages(events),
        tuple(map(walk.note, notes)),
        tuple(letters_of(figure.alternative) for figure in figures),
    )


def index_of(elements: Sequence[Element]) -> tuple[str, ...]:
    """Return the letters of each term of the index, without its pages."""
    paragraphs = (p for element in elements for p in element.named("P"))
    terms = (letters_of(p.text(frozenset({"Link"}))) for p in paragraphs)
    return tuple(term for term in terms if term)


def pages_of(elements: Sequence[Element]) -> range:
    """Return the pages, from 0, on which some elements begin."""
    found = [page for page in map(first_page, elements) if page >= 0]
    # A last list can go on for pages.
    ends = [run.page for element in elements for run in element.runs()]
    return range(min(found, default=0), max(ends, default=-1) + 1)


def read_portable(path: Path) -> Edition:
    """Read a tagged PDF with contents.

    Raises:
        KeyError: it has no structure tree.

    """
    root = read_tagged(path).root
    titles, parts = contents(root)
    chapters = split(root, titles)
    works = next((pages_of(e) for title, e in chapters if title == BIBLIOGRAPHY), range(0))
    with pypdfium2.PdfDocument(path) as document:
        walk = Walk(Sheets(document), works)
        read = tuple(chapter_of(t, elements, walk) for t, elements in chapters if t != INDEX)
    index = next((index_of(e) for title, e in chapters if title == INDEX), ())
    return Edition("PDF", tuple(parts), read, index)
