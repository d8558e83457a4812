"""The pages of a finished PDF: numbers, bookmarks, and whether text keeps to its margins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

POINTS_A_MILLIMETRE = 72 / 25.4
#: Hyphens and quotation marks hang over the edge by a hair; a line that is too long by more.
TOLERANCE = 2.5
#: Points that lines are apart at least; pieces of one line have feet nearer to each other.
LINE = 6
UNITS = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@dataclass(frozen=True)
class Margins:
    """The least free space at each edge, in millimetres; ``inner`` is where pages are bound."""

    inner: float
    outer: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Box:
    """A line of text or a part of one: its edges in points from the page's lower left."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class PrintedPage:
    """A page: its label ("" without one), its width and height in points, its text's boxes."""

    label: str
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Bookmark:
    """A bookmark: its level from 0, its title, the page (from 0) that it leads to."""

    level: int
    title: str
    page: int


def read_printed(path: Path) -> tuple[PrintedPage, ...]:
    """Read all pages."""
    with pypdfium2.PdfDocument(path) as document:
        return tuple(
            PrintedPage(document.get_page_label(number), width, height, tuple(boxes_of(page)))
            for number, page in enumerate(document)
            for width, height in [page.get_size()]
        )


def boxes_of(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Yield the boxes of a page's text."""
    text = page.get_textpage()
    for number in range(text.count_rects()):
        yield Box(*text.get_rect(number))


def read_bookmarks(path: Path) -> tuple[Bookmark, ...]:
    """Read the bookmarks, depth first.

    Raises:
        ValueError: one leads nowhere.

    """
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for item in document.get_toc():
            place = item.get_dest()
            if place is None:
                raise ValueError(f"the bookmark {item.get_title()!r} leads nowhere")
            found.append(Bookmark(item.level, item.get_title(), place.get_index()))
    return tuple(found)


def lines_on(page: PrintedPage) -> int:
    """Return how many lines of text a page has, its running head and notes among them."""
    feet = sorted(box.bottom for box in page.boxes)
    return sum(after - before >= LINE for before, after in pairwise([-LINE, *feet]))


def scant_endings(
    pages: Sequence[PrintedPage], starts: Sequence[int], least: int
) -> Iterator[tuple[int, int]]:
    """Yield the last pages of documents with fewer than *least* lines, as (page, lines).

    *starts* are the pages (from 0) on which documents begin; a blank back is no last page.
    """
    for start, after in zip(starts, [*starts[1:], len(pages)], strict=True):
        used = [number for number in range(start, after) if pages[number].boxes]
        # A document of one page is as long as it is.
        if len(used) > 1 and lines_on(pages[used[-1]]) < least:
            yield used[-1], lines_on(pages[used[-1]])


def out_of_margins(pages: Sequence[PrintedPage], margins: Margins) -> Iterator[tuple[str, Box]]:
    """Yield the text that stands in a margin, with its page's label.

    Odd pages are bound at the left.
    """
    millimetre = POINTS_A_MILLIMETRE
    for number, page in enumerate(pages, start=1):
        left, right = margins.inner, margins.outer
        if number % 2 == 0:
            left, right = right, left
        for box in page.boxes:
            if (
                box.left < left * millimetre - TOLERANCE
                or box.right > page.width - right * millimetre + TOLERANCE
                or box.bottom < margins.bottom * millimetre - TOLERANCE
                or box.top > page.height - margins.top * millimetre + TOLERANCE
            ):
                yield page.label, box


def roman(number: int) -> str:
    """Return a number up to 39 in small Roman numerals."""
    said = ""
    for unit, worth in UNITS:
        count, number = divmod(number, worth)
        said += unit * count
    return said


def faulty_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that break the order: none, then small Roman, then Arabic numerals."""
    numbered = list(labels)
    while numbered and not numbered[0]:
        numbered.pop(0)
    front = sum(1 for label in numbered if not label.isdigit())
    expected = [*map(roman, range(1, front + 1)), *map(str, range(1, len(numbered) - front + 1))]
    return tuple(label for label, right in zip(numbered, expected, strict=True) if label != right)


def framed_links(path: Path) -> tuple[int, ...]:
    """Return the pages (from 1) with a link that is drawn with a frame or a line under it.

    Without ``Border`` a frame of one point is drawn (ISO 32000-1, 12.5.2).
    """
    with pikepdf.open(path) as pdf:
        return tuple(
            number
            for number, page in enumerate(pdf.pages, start=1)
            if any(is_framed(link) for link in page.get("/Annots", []))
        )


def is_framed(link: Any) -> bool:  # noqa: ANN401 - pikepdf's
    """Say whether a link annotation has a visible border."""
    if "/BS" in link:
        return float(link["/BS"].get("/W", 1)) > 0
    border = link.get("/Border")
    return border is None or float(border[2]) > 0
