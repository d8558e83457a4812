"""What is wrong with the PDF as something printed: its pages, its links, its words in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from speechbook.audit.pdfpages import (
    Bookmark,
    Margins,
    PrintedPage,
    faulty_labels,
    framed_links,
    out_of_margins,
    read_bookmarks,
    read_printed,
    scant_endings,
)
from speechbook.audit.pdftext import differences, expected_of, plain
from speechbook.audit.poppler import text_of_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from speechbook.audit.sources import Promise

#: Those of templates/style.typ for A5; page numbers stand lower than the text.
A5 = Margins(inner=19, outer=16, top=10, bottom=8)
#: With the running head: less looks like a mistake on paper.
LEAST_LINES = 5
NUMBER_OF_CHAPTER = "0123456789"


def page_faults(pages: Sequence[PrintedPage], bookmarks: Sequence[Bookmark]) -> Iterator[str]:
    """Yield a sentence for each label, line or last page that is not as it should be."""
    for label in faulty_labels([page.label for page in pages]):
        yield f"the page label {label} breaks the order of labels"
    for label, _ in out_of_margins(pages, A5):
        yield f"page {label}: text stands in the margin"
    starts = sorted({mark.page for mark in bookmarks if mark.level < 2})  # noqa: PLR2004 - parts, chapters
    for page, lines in scant_endings(pages, starts, LEAST_LINES):
        yield f"page {page}: a document ends here with {lines} lines on the page"


def start_of(title: str, bookmarks: Sequence[Bookmark]) -> int:
    """Return the page (from 0) on which a document begins, -1 if no bookmark leads there."""
    words = plain(title)
    for mark in bookmarks:
        if words in {plain(mark.title), plain(mark.title).lstrip(NUMBER_OF_CHAPTER)}:
            return mark.page
    return -1


def pages_of(
    promised: Sequence[Promise], bookmarks: Sequence[Bookmark], count: int
) -> Iterator[tuple[Promise, range]]:
    """Yield each document with its pages (from 0); with none if no bookmark leads to it.

    Parts and the index are no documents of the sources, but end the one before.
    """
    starts = [start_of(promise.title, bookmarks) for promise in promised]
    tops = {mark.page for mark in bookmarks if mark.level == 0}
    ends = dict(pairwise(sorted({*tops, *starts, count} - {-1})))
    for promise, start in zip(promised, starts, strict=True):
        yield promise, range(start, ends[start]) if start >= 0 else range(0)


def word_faults(
    path: Path, promised: Sequence[Promise], epub_files: Mapping[str, bytes]
) -> Iterator[str]:
    """Yield a sentence for words that a document's pages lack, or have too many or elsewhere."""
    texts = text_of_pages(path)
    labels = [page.label for page in read_printed(path)]
    for promise, pages in pages_of(promised, read_bookmarks(path), len(texts)):
        printed = [(labels[page], texts[page]) for page in pages]
        expected = expected_of(epub_files[f"{promise.docname}.xhtml"])
        for difference in differences(printed, expected):
            yield f"{promise.docname}: {difference}"


def printing_faults(path: Path) -> list[str]:
    """Return what is wrong with a PDF's pages and the looks of its links."""
    frames = [f"page {page}: a link has a frame" for page in framed_links(path)]
    return [*page_faults(read_printed(path), read_bookmarks(path)), *frames]
