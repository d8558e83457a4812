"""What a finished page of the site or the EPUB holds, read with lxml."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

ARTICLES = ("//article", "//main", "//div[@role='main']", "//body")
#: Marks that link to headings, and what stands on the site alone, such as a box to cite from.
LEFT_OUT = ".//a[contains(@class, 'headerlink')] | .//*[@data-only]"
NOTE = ".//aside[contains(@class, 'footnote') and not(contains(@class, 'footnote-list'))]"
NOTE_MARK = ".//a[contains(@class, 'footnote-reference')]"
CITATION = ".//*[contains(@class, 'bibtex-citation')]//a[@href]"
BLOCKS = ".//p | .//h1 | .//h2 | .//h3 | .//td | .//th | .//dt | .//figcaption"


@dataclass(frozen=True)
class Page:
    """A page's content: notes as (id, text), marks as the ids they lead to."""

    title: str
    notes: tuple[tuple[str, str], ...]
    note_marks: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    blocks: tuple[str, ...]
    citations: frozenset[str]


def prose_of(element: HtmlElement) -> str:
    """Return an element's text without the numbers that lead to its notes."""
    copy = deepcopy(element)
    for mark in elements(copy, NOTE_MARK):
        mark.drop_tree()
    return text_of(copy)


def text_of(element: HtmlElement) -> str:
    """Return an element's text with single spaces."""
    return " ".join("".join(element.itertext()).split())


def elements(root: HtmlElement, path: str) -> list[HtmlElement]:
    """Return the elements that an XPath selects (lxml types its results too widely)."""
    found: Any = root.xpath(path)
    return list(found)


def article_of(content: bytes) -> HtmlElement:
    """Return the page's article, without what only the site has.

    Raises:
        ValueError: the page has no article.

    """
    # Site and EPUB are both UTF-8; the XML declaration would make lxml refuse text.
    document = lxml.html.document_fromstring(content, lxml.html.HTMLParser(encoding="utf-8"))
    found = next(filter(None, (elements(document, path) for path in ARTICLES)), None)
    if found is None:
        raise ValueError("the page has neither an article nor a body")
    article = found[0]
    for element in elements(article, LEFT_OUT):
        element.drop_tree()
    return article


def notes_of(article: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield each note's id and its text without the number."""
    for note in elements(article, NOTE):
        paragraphs = [text_of(child) for child in note if "label" not in child.get("class", "")]
        yield note.get("id"), " ".join(paragraphs)


def figures_of(article: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield each picture's file name and its text alternative."""
    for image in elements(article, ".//img"):
        yield image.get("src", "").rpartition("/")[2], image.get("alt", "")


def title_of(article: HtmlElement) -> str:
    """Return the text of the first heading without its chapter number."""
    heading = article.find(".//h1")
    return re.sub(r"^\d+\. ?", "", text_of(heading)) if heading is not None else ""


def citations_of(article: HtmlElement) -> Iterator[str]:
    """Yield the anchors in the bibliography that citations lead to."""
    for link in elements(article, CITATION):
        yield link.get("href", "").rpartition("#")[2]


def read_page(content: bytes) -> Page:
    """Read a page of the site or a document of the EPUB."""
    article = article_of(content)
    return Page(
        title=title_of(article),
        notes=tuple(notes_of(article)),
        note_marks=tuple(
            a.get("href", "").rpartition("#")[2] for a in elements(article, NOTE_MARK)
        ),
        figures=tuple(figures_of(article)),
        blocks=tuple(filter(None, map(prose_of, elements(article, BLOCKS)))),
        citations=frozenset(citations_of(article)),
    )
