"""Bookmarks of a PDF: read from sections, nested by their levels, written anew.

ISO 32000-1, 12.3.3. A section knows nothing of the part that an earlier section began, so the
nesting comes from the book's own list of headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechbook.typst.pdffile import PdfFormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from speechbook.typst.pdffile import Writer

_TITLE = re.compile(rb"/Title(\((?:[^()\\]|\\.|\([^()]*\))*\)|<[0-9A-Fa-f]*>)", re.DOTALL)
_DESTINATION = re.compile(rb"/Dest (\d+ 0 R)")


@dataclass
class Item:
    """A bookmark: title and destination as they stand in the file."""

    title: bytes
    destination: bytes
    children: list[Item] = field(default_factory=list)
    number: int = 0


def read(objects: Mapping[int, bytes], top: int) -> list[Item]:
    """Give the bookmarks below the object ``top`` in their order, all flat."""
    return [_item(objects[number]) for number in _walk(objects, top)]


def numbers(objects: Mapping[int, bytes], top: int) -> set[int]:
    """Give the numbers of the objects of all bookmarks below ``top``."""
    return set(_walk(objects, top))


def _walk(objects: Mapping[int, bytes], parent: int) -> Iterator[int]:
    number = _link(objects[parent], b"First")
    while number:
        yield number
        yield from _walk(objects, number)
        number = _link(objects[number], b"Next")


def _link(body: bytes, key: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % key, body)
    return int(found[1]) if found else 0


def _item(body: bytes) -> Item:
    title, destination = _TITLE.search(body), _DESTINATION.search(body)
    if title is None or destination is None:
        raise PdfFormatError("a bookmark without title or destination")
    return Item(title[1], destination[1])


def nest(items: Sequence[Item], levels: Sequence[int]) -> list[Item]:
    """Put each item below the last one of a higher level.

    Raises:
        PdfFormatError: there is not one level for each item.

    """
    if len(items) != len(levels):
        raise PdfFormatError(f"{len(items)} bookmarks were made of {len(levels)} headings")
    tops: list[Item] = []
    path: list[tuple[int, Item]] = []
    for item, level in zip(items, levels, strict=True):
        while path and path[-1][0] >= level:
            path.pop()
        (path[-1][1].children if path else tops).append(item)
        path.append((level, item))
    return tops


def write(tops: list[Item], number: int, free: Iterator[int], writer: Writer) -> None:
    """Write bookmarks under the object ``number``, taking further numbers from ``free``."""
    for item in _all(tops):
        item.number = next(free)
    writer.add(number, b"<</Type/Outlines" + _ends(tops) + b"/Count %d>>" % len(tops))
    _write_siblings(tops, number, writer)


def _all(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.children)


def _ends(items: list[Item]) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (items[0].number, items[-1].number)


def _write_siblings(items: list[Item], parent: int, writer: Writer) -> None:
    for index, item in enumerate(items):
        body = b"<</Parent %d 0 R" % parent
        if index + 1 < len(items):
            body += b"/Next %d 0 R" % items[index + 1].number
        if index:
            body += b"/Prev %d 0 R" % items[index - 1].number
        if item.children:
            # A negative count: closed at first, as Typst has it.
            body += _ends(item.children) + b"/Count -%d" % len(item.children)
        writer.add(
            item.number, body + b"/Title" + item.title + b"/Dest " + item.destination + b">>"
        )
        _write_siblings(item.children, item.number, writer)
