"""Whether the words on a PDF's pages are the words of the book, every one and in order.

A chapter's pages hold three texts at once: the running text, the notes at the foot, and the
figures' captions, each in its own order.  Line by line it is seen which of them goes on; a
line that goes on none of them, and words that never came, are findings.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechbook.audit.pages import article_of, elements
from speechbook.audit.portable import PAGE_REFERENCE, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

NOTES, FIGURES, HEADS = ".//aside[@role='doc-footnote']", ".//figcaption", ".//thead"
SHOWN = 60


@dataclass(frozen=True)
class Expected:
    """A document's words, letters and digits alone; ``heads`` of tables may come again."""

    running: str
    notes: str
    figures: str
    heads: tuple[str, ...]


@dataclass
class Reading:
    """How far each of a document's texts has been read."""

    expected: Expected
    positions: dict[str, int] = field(
        default_factory=lambda: {"running": 0, "notes": 0, "figures": 0}
    )

    def goes_on(self, line: str) -> bool:
        """Say whether a line goes on one of the texts, and go on with that."""
        for name, position in self.positions.items():
            if getattr(self.expected, name).startswith(line, position):
                self.positions[name] = position + len(line)
                return True
        return any(line in head for head in self.expected.heads)

    def rest(self) -> Iterator[str]:
        """Yield what is left of each text."""
        for name, position in self.positions.items():
            left = getattr(self.expected, name)[position:]
            if left:
                yield f"{name} text is missing: {left[:SHOWN]}"


def plain(text: str) -> str:
    """Return letters and digits alone, ligatures taken apart."""
    return letters_of(unicodedata.normalize("NFKC", text))


def expected_of(content: bytes) -> Expected:
    """Read a document of the EPUB."""
    article = article_of(content)
    number_lists(article)
    notes = taken_out(article, NOTES)
    figures = taken_out(article, FIGURES)
    heads = tuple(plain("".join(head.itertext())) for head in elements(article, HEADS))
    return Expected(plain("".join(article.itertext())), notes, figures, heads)


def number_lists(article: HtmlElement) -> None:
    """Write the numbers of lists, which browsers make, into their items."""
    for items in elements(article, ".//ol"):
        for number, item in enumerate(items.findall("li"), start=int(items.get("start", "1"))):
            first = item[0] if len(item) and not (item.text or "").strip() else item
            first.text = f"{number} {first.text or ''}"


def taken_out(article: HtmlElement, path: str) -> str:
    """Remove elements from the article; return their letters."""
    found = elements(article, path)
    words = plain("".join("".join(element.itertext()) for element in found))
    for element in found:
        element.drop_tree()
    return words


def lines_of(text: str, label: str) -> list[str]:
    """Return a page's lines without the running head and the page's number at the foot."""
    lines = [line for line in PAGE_REFERENCE.sub("", text).splitlines() if line.strip()]
    words = lines[0].split() if lines else []
    if len(words) > 1 and label in (words[0], words[-1]):
        return lines[1:]
    return lines[:-1] if lines and lines[-1].strip() == label else lines


def differences(pages: Iterable[tuple[str, str]], expected: Expected) -> tuple[str, ...]:
    """Compare the pages of a document, each a label and its text, with its words."""
    reading = Reading(expected)
    unknown = tuple(
        f"page {label}: {line}"
        for label, text in pages
        for line in lines_of(text, label)
        if plain(line) and not reading.goes_on(plain(line))
    )
    return (*unknown, *reading.rest())
