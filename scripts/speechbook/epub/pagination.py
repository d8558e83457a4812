"""Where the pages of the PDF begin in the EPUB's text.

Both formats print the same words in the same order, so a page is found by the letters of
its first lines.  Digits do not count (notes and cross-references have other ones), notes
are passed by, and figures, which float in the PDF, are looked for only where nothing but a
figure stands on a page.  Blank pages begin nowhere.

Source: EPUB Accessibility 1.1, section 3.3 (https://www.w3.org/TR/epub-a11y-11/#sec-page-nav).
"""

from __future__ import annotations

import bisect
import functools
import html
import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from speechbook.typst.proof import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

NOT_SIGNS = re.compile(r"[\W_]+")
DIGITS = re.compile(r"\d+")
#: What the PDF alone adds to a cross-reference.
PAGE_REFERENCE = re.compile(r"\(p\.\s*[ivxlcdm\d]+\)")
#: How many letters identify a place, how few will do at the end of a page, and of how many
#: lines they are taken.
WINDOW, LEAST, LINES = 32, 12, 3
WORDS_REMEMBERED = 50_000
#: A page has some 2,500 letters; figures and notes on it can only make it shorter.
REACH = 12_000

TOKEN = re.compile(r"<[^>]+>|[^<]+")
TAG = re.compile(r"</?([a-z0-9]+)")
WORD = re.compile(r"\S+")
MARKER = re.compile(r'<span epub:type="pagebreak"[^>]*/>')
#: Heads of tables are hidden where rows are stacked, and repeated in the PDF.
PASSED_BY = frozenset({"head", "nav", "aside", "sup", "caption", "thead", "math", "code"})
VOID = frozenset({"br", "hr", "img", "col", "link", "meta"})
#: A marker within these would become part of their name for screen readers, or of a picture.
WHOLE = frozenset({"a", "h1", "h2", "h3", "h4", "figure"})


@dataclass(frozen=True)
class PrintedPage:
    """A page of the PDF: its label (``iv``, ``12``) and its lines below the running head."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PageStart:
    """Where a page begins: its label, the file, and the offset of its marker in it."""

    label: str
    file: str
    offset: int = 0

    @property
    def identifier(self) -> str:
        """Return the marker's id."""
        return f"page-{self.label}"

    @property
    def address(self) -> str:
        """Return what the page list leads to."""
        return f"{self.file}#{self.identifier}"

    @property
    def marker(self) -> str:
        """Return the marker, which shows nothing and is read as the page's number."""
        return (
            f'<span epub:type="pagebreak" role="doc-pagebreak" id="{self.identifier}" '
            f'aria-label="{self.label}"/>'
        )


class Word(NamedTuple):
    """A word of a file: its text, where a marker may stand before it, whether in a figure."""

    text: str
    file: str
    offset: int
    is_in_figure: bool


def has_running_head(lines: Sequence[str], label: str) -> bool:
    """Say whether the first line is a running head: words, and the page's number at an end."""
    words = lines[0].split() if lines else []
    return len(words) > 1 and label in (words[0], words[-1])


def lines_of(text: str, label: str) -> tuple[str, ...]:
    """Return a page's lines without the running head."""
    lines = PAGE_REFERENCE.sub("", text).splitlines()
    return tuple(lines[1:] if has_running_head(lines, label) else lines)


def read_pages(pdf: Path) -> tuple[PrintedPage, ...]:
    """Return the numbered pages of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        labels = [document.get_page_label(number) for number in range(len(document))]
    pages = zip(labels, texts_of(pdf), strict=True)
    return tuple(PrintedPage(label, lines_of(text, label)) for label, text in pages if label)


def pages_of_contents(pdf: Path, title: str) -> frozenset[str]:
    """Return the labels of the pages that the PDF's table of contents fills, *title* its name."""
    with pypdfium2.PdfDocument(pdf) as document:
        bookmarks = ((b.get_title(), b.get_dest()) for b in document.get_toc())
        places = [(name, place.get_index()) for name, place in bookmarks if place is not None]
        starts = [page for name, page in places if name == title]
        ends = [page for _, page in places if starts and page > starts[0]]
        if not starts or not ends:
            return frozenset()
        return frozenset(document.get_page_label(n) for n in range(starts[0], min(ends)))


# A book has few words and many of each.
@functools.lru_cache(maxsize=WORDS_REMEMBERED)
def signs_of(text: str) -> str:
    """Return letters and digits alone, in lower case, ligatures taken apart."""
    return NOT_SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@functools.lru_cache(maxsize=WORDS_REMEMBERED)
def letters_of(text: str) -> str:
    """Return letters alone: numbers of notes and of pages differ between the formats."""
    return DIGITS.sub("", signs_of(text))


def follow(open_tags: list[tuple[str, int]], tag: str, start: int) -> None:
    """Keep the list of open tags with the offsets at which they opened."""
    match = TAG.match(tag)
    if match is None or match[1] in VOID or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        open_tags.pop()
    else:
        open_tags.append((match[1], start))


def words_of(file: str, page: str) -> Iterator[Word]:
    """Yield the words of an XHTML file's running text and figures."""
    open_tags: list[tuple[str, int]] = []
    for token in TOKEN.finditer(page):
        text = token.group()
        if text.startswith("<"):
            follow(open_tags, text, token.start())
            continue
        if text.isspace():
            continue
        names = {name for name, _ in open_tags}
        if PASSED_BY.isdisjoint(names):
            before = next((start for name, start in open_tags if name in WHOLE), None)
            is_in_figure = "figure" in names
            for word in WORD.finditer(text):
                offset = token.start() + word.start() if before is None else before
                yield Word(html.unescape(word.group()), file, offset, is_in_figure)


@dataclass(frozen=True)
class RunningText:
    """Words in reading order: what *reading* leaves of them in one string, where each begins."""

    reading: Callable[[str], str]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, words: Iterable[Word], reading: Callable[[str], str]) -> RunningText:
        """Join words."""
        read = [reading(word.text) for word in words]
        ends = tuple(itertools.accumulate(map(len, read), initial=0))
        return cls(reading, "".join(read), ends)

    def find(self, passage: str, first: int) -> int | None:
        """Return the number of the word, from *first* on, with which a passage begins."""
        window, start = self.reading(passage)[:WINDOW], self.starts[first]
        if len(window) < LEAST:
            return None
        found = self.text.find(window, start, start + REACH)
        return bisect.bisect_right(self.starts, found) - 1 if found >= 0 else None


@dataclass(frozen=True)
class Finder:
    """Finds pages among words."""

    words: Sequence[Word]

    @cached_property
    def readings(self) -> tuple[RunningText, RunningText]:
        """Return the words' text read exactly, then by letters alone."""
        return RunningText.of(self.words, signs_of), RunningText.of(self.words, letters_of)

    def find(self, lines: Sequence[str], first: int) -> int | None:
        """Return the number of the word with which a page begins, at or after *first*.

        The first lines may belong to a figure or to a repeated head of a table, so all are
        tried from the top down.
        """
        for number in range(len(lines)):
            passage = "".join(lines[number : number + LINES])
            for reading in self.readings:
                found = reading.find(passage, first)
                if found is not None:
                    return found
        return None


def page_starts(pages: Iterable[PrintedPage], files: Mapping[str, str]) -> tuple[PageStart, ...]:
    """Find where pages begin in *files*, which are in reading order and without markers."""
    words = [word for file, text in files.items() for word in words_of(file, text)]
    running = Finder([word for word in words if not word.is_in_figure])
    figures = Finder([word for word in words if word.is_in_figure])
    found, first = [], 0
    for page in pages:
        place, among = running.find(page.lines, first), running
        if place is None:
            place, among = figures.find(page.lines, 0), figures
        else:
            first = place + 1
        if place is not None:
            word = among.words[place]
            found.append(PageStart(page.label, word.file, word.offset))
    return tuple(found)


def marked(text: str, starts: Iterable[PageStart]) -> str:
    """Return a file's text with the markers of the pages that begin in it."""
    for start in sorted(starts, key=lambda start: start.offset, reverse=True):
        text = text[: start.offset] + start.marker + text[start.offset :]
    return text


def unmarked(text: str) -> str:
    """Return a file's text without markers, as it was before an earlier build set them."""
    return MARKER.sub("", text)
