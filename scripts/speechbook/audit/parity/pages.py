"""The site and the EPUB, read from their finished pages."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import lxml.html

from speechbook.audit.pages import article_of, elements, text_of
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

BLOCKS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("p", "div", "section", "blockquote", "pre"), "paragraph"),
    **dict.fromkeys(("td",), "cell"),
    **dict.fromkeys(("th",), "head cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("dt",), "term"),
    **dict.fromkeys(("li", "dd"), "item"),
}
#: Paragraphs take the kind of what holds them.
HOLDERS = {"td": "cell", "th": "head cell", "figcaption": "caption", "li": "item", "dd": "item"}
EMPHASIS = frozenset({"em", "i", "strong", "b"})
LEFT_OUT = frozenset({"script", "style", "nav", "template", "svg", "button", "form"})
WORK = re.compile(r"(?:^|/)bibliography\.x?html#work-")
BEGINNING = 60


@dataclass(frozen=True)
class Pages:
    """The files of a format made of pages, and the order of its documents."""

    name: str
    files: Mapping[str, bytes]
    order: Sequence[str]
    parts: Sequence[str]
    index: str
    entries: Mapping[str, str] = field(default_factory=dict)


def is_note(element: HtmlElement) -> bool:
    """Say whether an element is a note (not the list of them)."""
    classes = element.get("class", "").split()
    return element.tag == "aside" and "footnote" in classes


def is_left_out(element: HtmlElement) -> bool:
    """Say whether an element is no text of the book, such as a script or a menu."""
    classes = element.get("class", "").split()
    return (
        not isinstance(element.tag, str) or element.tag in LEFT_OUT or "toctree-wrapper" in classes
    )


@dataclass(frozen=True)
class Walk:
    """A walk through one page; ``entries`` gives how the bibliography's entries begin."""

    path: str
    entries: Mapping[str, str]

    def events(self, element: HtmlElement, around: Words, kind: str = "") -> Iterator[Event]:
        """Yield what a reader meets in an element; *around* is how its text is marked."""
        if is_left_out(element) or is_note(element):
            return
        if "footnote-reference" in element.get("class", ""):
            yield Mark(text_of(element))
            return
        is_legend = "legend" in element.get("class", "").split()
        holder = "" if is_legend else HOLDERS.get(element.tag, kind)
        block = BLOCKS.get(element.tag)
        own = holder if block == "paragraph" and holder else block
        if own:
            yield Open(own, f"{self.path}, line {element.sourceline}")
        yield from self.links(element)
        yield from self.inside(element, marked(element, around), holder)
        if own:
            yield Close()

    def inside(self, element: HtmlElement, around: Words, kind: str) -> Iterator[Event]:
        """Yield an element's text and what its children hold."""
        yield Words(element.text or "", around.emphasised, around.language)
        for child in element:
            yield from self.events(child, around, kind)
            yield Words(child.tail or "", around.emphasised, around.language)

    def links(self, element: HtmlElement) -> Iterator[Event]:
        """Yield where an element leads, if it is a citation or leads out of the book."""
        target = element.get("href", "") if element.tag == "a" else ""
        if WORK.search(target):
            yield Work(self.entries.get(target.rpartition("#")[2], "an entry that is not there"))
        elif urlsplit(target).scheme in {"http", "https"}:
            yield Address(target)

    def note(self, element: HtmlElement) -> Passage:
        """Return a note as one passage; its number is the first word of its text."""
        number, words = "", []
        for child in element:
            if "label" in child.get("class", ""):
                number = text_of(child)
            else:
                words += [event for event in self.events(child, Words("")) if not is_frame(event)]
        place = f"{self.path}, note {number}"
        (passage,) = passages([Open("note", place), *words, Close()]) or (
            Passage("note", "", place),
        )
        return passage


def marked(element: HtmlElement, around: Words) -> Words:
    """Return how the text of an element is marked."""
    language = element.get("lang", around.language)
    emphasised = around.emphasised or element.tag in EMPHASIS
    return Words("", emphasised, "" if language.startswith("en") else language)


def is_frame(event: Event) -> bool:
    """Say whether an event only opens or closes a passage."""
    return isinstance(event, Open | Close)


def entries_of(pages: Mapping[str, bytes]) -> dict[str, str]:
    """Return how each entry of the bibliography begins, by its anchor."""
    found = {}
    for path, content in pages.items():
        if posixpath.basename(path).startswith("bibliography."):
            for entry in elements(article_of(content), ".//*[starts-with(@id, 'work-')]"):
                block = entry if text_of(entry) else next(iter(entry.itersiblings()), entry)
                found[entry.get("id")] = letters_of(text_of(block))[:BEGINNING]
    return found


def chapter_of(pages: Pages, path: str) -> Chapter:
    """Read one document."""
    article = article_of(pages.files[path])
    walk = Walk(path, pages.entries)
    notes = [e for e in elements(article, ".//aside") if is_note(e)]
    images = elements(article, ".//img")
    heading = article.find(".//h1")
    title = letters_of(text_of(heading)) if heading is not None else ""
    return Chapter(
        re.sub(r"^\d+", "", title),
        passages(walk.events(article, Words(""))),
        tuple(map(walk.note, notes)),
        tuple(letters_of(image.get("alt", "")) for image in images),
        tuple(digest(pages.files, path, image.get("src", "")) for image in images),
    )


def digest(files: Mapping[str, bytes], path: str, source: str) -> str:
    """Return a digest of a picture's file."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(source)))
    return hashlib.sha256(files.get(name, b"")).hexdigest()


def index_of(content: bytes) -> tuple[str, ...]:
    """Return the letters of each term of an index, without the places that it leads to."""
    found: list[str] = []
    for item in elements(article_of(content), ".//li"):
        term = term_of(item)
        if found and text_of(item).startswith("see "):
            # The PDF has it in the line of the term that it belongs to.
            found[-1] += term
        elif term:
            found.append(term)
    return tuple(found)


def term_of(item: HtmlElement) -> str:
    """Return a term: the text before the first number or list within."""
    text = item.text or ""
    for child in item:
        if child.tag == "ul":
            break
        words = text_of(child)
        is_place = child.tag == "a" and bool(letters_of(text))
        if is_place:
            break
        text += words + (child.tail or "")
    return letters_of(text)


def read_pages(pages: Pages) -> Edition:
    """Read a format made of pages."""
    with_entries = Pages(
        pages.name, pages.files, pages.order, pages.parts, pages.index, entries_of(pages.files)
    )
    return Edition(
        pages.name,
        tuple(map(letters_of, pages.parts)),
        tuple(chapter_of(with_entries, path) for path in pages.order),
        index_of(pages.files[pages.index]),
    )


def site(files: Mapping[str, bytes]) -> Pages:
    """Return the site's pages, in the order of its front page's contents."""
    front = article_of(files["index.html"])
    links = elements(front, ".//*[contains(@class, 'toctree-l1')]/a")
    order = [a.get("href", "").partition("#")[0] for a in links]
    captions = elements(front, ".//p[contains(@class, 'caption')]")
    parts = [text for text in map(text_of, captions) if text.startswith("Part ")]
    return Pages(
        "site", files, [p for p in order if p and p != "genindex.html"], parts, "genindex.html"
    )


def epub(files: Mapping[str, bytes]) -> Pages:
    """Return the EPUB's documents, in the order of its spine.

    Raises:
        KeyError: the archive has no package document.

    """
    package = next(name for name in files if name.endswith(".opf"))
    folder = posixpath.dirname(package)
    document = lxml.html.fromstring(files[package].split(b"?>", 1)[-1])
    items = {e.get("id"): e.get("href") for e in elements(document, ".//item")}
    spine = [items[e.get("idref")] for e in elements(document, ".//itemref")]
    order = [posixpath.join(folder, name) for name in spine if "/" in name]
    parts = [
        text_of(article_of(files[posixpath.join(folder, n)]))
        for n in spine
        if n.startswith("part-")
    ]
    (index,) = [posixpath.join(folder, name) for name in spine if "genindex" in name]
    return Pages("EPUB", files, order, parts, index)
