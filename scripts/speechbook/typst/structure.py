"""The order of the printed book, read from the toctrees of the root document.

A numbered toctree holds chapters and its caption names a part; unnumbered toctrees before the
first numbered one hold the front matter, those after it the back matter. Chapters count
through all parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Kind = Literal["root", "front", "chapter", "back"]

INDEX = "genindex"

_PART = re.compile(r"^(?P<label>Part [^\s.:–—]+)\s*[.:–—]?\s*(?P<title>.*)$")


@dataclass(frozen=True)
class Toctree:
    """What the book needs of a toctree: its caption, whether it numbers, its documents."""

    caption: str | None
    numbered: bool
    docnames: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of the book: “Part I” and its title, either of which may be empty."""

    label: str
    title: str

    @classmethod
    def from_caption(cls, caption: str) -> Part:
        """Split “Part I. The speech” (also with a colon or a dash) into label and title."""
        match = _PART.match(caption.strip())
        if match is None:
            return cls("", caption.strip())
        return cls(match["label"], match["title"].strip())


@dataclass(frozen=True)
class Division:
    """A document of the book in its place: front matter, a chapter or back matter.

    ``level`` is the heading level of its title, from 1; ``nested`` marks a document that a
    chapter includes through a toctree of its own.
    """

    docname: str
    kind: Kind
    level: int
    number: int | None = None
    nested: bool = False


def lay_out(
    toctrees: Iterable[Toctree], includes: Callable[[str], Iterable[str]]
) -> tuple[Part | Division, ...]:
    """Put parts and documents in the order of print.

    Args:
        toctrees: those of the root document, in order.
        includes: gives the documents that a document includes through its own toctrees.

    """
    trees = list(toctrees)
    numbered = [index for index, tree in enumerate(trees) if tree.numbered]
    first, last = (numbered[0], numbered[-1]) if numbered else (0, len(trees) - 1)
    with_parts = any(trees[index].caption for index in numbered)
    walker = _Walker(includes)
    sequence: list[Part | Division] = []
    for index, tree in enumerate(trees):
        kind: Kind = "front" if index < first else "back" if index > last else "chapter"
        if kind == "chapter" and tree.numbered and tree.caption:
            sequence.append(Part.from_caption(tree.caption))
        level = 2 if kind == "chapter" and with_parts else 1
        sequence.extend(walker.divisions(tree, kind, level))
    return tuple(sequence)


class _Walker:
    """Counts chapters and takes every document once."""

    def __init__(self, includes: Callable[[str], Iterable[str]]) -> None:
        self._includes = includes
        self._seen: set[str] = set()
        self._chapters = 0

    def divisions(self, tree: Toctree, kind: Kind, level: int) -> Iterator[Division]:
        for docname in tree.docnames:
            if docname in self._seen:
                continue
            number = self._next_number() if kind == "chapter" and tree.numbered else None
            self._seen.add(docname)
            yield Division(docname, kind, level, number)
            yield from self._nested(docname, kind, level + 1)

    def _next_number(self) -> int:
        self._chapters += 1
        return self._chapters

    def _nested(self, docname: str, kind: Kind, level: int) -> Iterator[Division]:
        for included in self._includes(docname):
            if included not in self._seen:
                self._seen.add(included)
                yield Division(included, kind, level, nested=True)
                yield from self._nested(included, kind, level + 1)
