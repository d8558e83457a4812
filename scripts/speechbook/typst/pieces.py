"""The book as a row of pieces, and the sections that a long one is cut into.

A piece is a run of pages with the code that makes it. What a piece leads to in another section
has to be told to it by its label, since Typst sees one section at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from speechbook.typst import escape
from speechbook.typst.structure import INDEX, Division, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from speechbook.typst.sheets import Sheet

CONTENTS = "book:contents"
#: Stands in the code of a piece for what tells of the pages; no title can hold it.
REPORT = "\x00report\x00"
_PART_LEVEL = 1


@dataclass(frozen=True)
class Piece:
    """A run of pages.

    ``code`` has ``REPORT`` where a section's first piece tells of its pages; ``owned`` are
    the documents and labels that are in it; ``may_open`` says whether a section may begin here,
    and ``must_open`` that one does; ``sheets`` are the files that it includes.
    """

    code: str
    matter: Literal["front", "body"]
    size: int = 0
    owned: frozenset[str] = frozenset()
    links: Mapping[str, bool] = field(default_factory=dict)
    levels: tuple[int, ...] = ()
    may_open: bool = False
    must_open: bool = False
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    kind: str
    number: str | None
    title: str
    label: str


@dataclass(frozen=True)
class Pieces:
    """All pieces of a book in order, and the lines of its contents."""

    row: tuple[Piece, ...]
    contents: tuple[Entry, ...]


def lay_out(sequence: Sequence[Part | Division], sheets: Mapping[str, Sheet], root: str) -> Pieces:
    """Make pieces of parts and documents; ``root`` names the root document."""
    maker = _Maker(sequence, sheets)
    front = [maker.division(i) for i in maker.positions("front")]
    body = [maker.body(i) for i in maker.positions("chapter", "back")]
    entries = tuple(maker.entries())
    opening = Piece(
        f"opening-pages(meta, {REPORT})",
        "front",
        sheets[root].size,
        frozenset({root, CONTENTS}),
        {**sheets[root].links, **{entry.label: True for entry in entries}},
        (1,),
        sheets=(sheets[root].file,),
    )
    begins = Piece("body-begins()", "front")
    return Pieces((opening, *front, begins, *body), entries)


class _Maker:
    def __init__(self, sequence: Sequence[Part | Division], sheets: Mapping[str, Sheet]) -> None:
        self._sequence = sequence
        self._sheets = sheets

    def positions(self, *kinds: str) -> list[int]:
        """Give where in the sequence what begins a piece stands."""
        return [
            index
            for index, item in enumerate(self._sequence)
            if ("chapter" in kinds if isinstance(item, Part) else item.kind in kinds)
            and not (isinstance(item, Division) and item.nested)
        ]

    def body(self, index: int) -> Piece:
        item = self._sequence[index]
        return self._part(item, index) if isinstance(item, Part) else self.division(index)

    def _part(self, part: Part, index: int) -> Piece:
        chapters = self._chapters(index)
        lines = [
            escape.array(
                [_number(chapter), escape.string(sheet.title), escape.string(sheet.label or "")]
            )
            for chapter in chapters
            for sheet in [self._sheets[chapter.docname]]
        ]
        label = _part_label(index)
        arguments = [escape.string(part.label), escape.string(part.title), escape.string(label)]
        links = {self._sheets[chapter.docname].label or "": False for chapter in chapters}
        return Piece(
            f"part({', '.join(arguments)}, {escape.array(lines)})",
            "body",
            owned=frozenset({label}),
            links=links,
            levels=(_PART_LEVEL,),
        )

    def _chapters(self, index: int) -> list[Division]:
        chapters = []
        for item in self._sequence[index + 1 :]:
            if isinstance(item, Part) or item.kind != "chapter":
                break
            if not item.nested:
                chapters.append(item)
        return chapters

    def division(self, index: int) -> Piece:
        """Write a document and those nested in it as one run of pages."""
        group = self._group(index)
        sheets = [self._sheets[division.docname] for division in group]
        includes = "; ".join(f"include {escape.string(sheet.file)}" for sheet in sheets)
        title, label = escape.string(sheets[0].title), escape.string(sheets[0].label or "")
        links: dict[str, bool] = {}
        for sheet in sheets:
            for name, paged in sheet.links.items():
                links[name] = links.get(name, False) or paged
        return Piece(
            f"division({title}, {label}, {{ {REPORT}; {includes} }})",
            "front" if group[0].kind == "front" else "body",
            sum(sheet.size for sheet in sheets),
            frozenset(division.docname for division in group),
            links,
            tuple(level for sheet in sheets for level in sheet.levels),
            may_open=group[0].kind != "front" and self._follows_division(index),
            # What the index shows changes with every page of the book; what stands before it
            # is not to be set again for that.
            must_open=group[0].docname == INDEX and self._follows_division(index),
            sheets=tuple(sheet.file for sheet in sheets),
        )

    def _group(self, index: int) -> list[Division]:
        first = self._sequence[index]
        assert isinstance(first, Division)  # noqa: S101
        group = [first]
        for item in self._sequence[index + 1 :]:
            if isinstance(item, Part) or not item.nested:
                break
            group.append(item)
        return group

    def _follows_division(self, index: int) -> bool:
        """Say whether a document of the body stands before: the body opens where it is set up."""
        before = self._sequence[index - 1] if index else None
        return isinstance(before, Division) and before.kind != "front"

    def entries(self) -> list[Entry]:
        """Give the lines of the contents."""
        found = []
        for index, item in enumerate(self._sequence):
            if isinstance(item, Part):
                title = ". ".join(filter(None, [item.label, item.title]))
                found.append(Entry("part", None, title, _part_label(index)))
            elif not item.nested:
                sheet = self._sheets[item.docname]
                number = str(item.number) if item.number else None
                found.append(Entry(item.kind, number, sheet.title, sheet.label or ""))
        return found


def _part_label(index: int) -> str:
    return f"book:part-{index}"


def _number(division: Division) -> str:
    return escape.string(str(division.number)) if division.number else "none"


def cut(row: Sequence[Piece], whole: int, section: int) -> list[list[Piece]]:
    """Cut a row into sections of about ``section`` bytes, unless all has at most ``whole``."""
    if sum(piece.size for piece in row) <= whole:
        return [list(row)]
    sections: list[list[Piece]] = [[]]
    filled = 0
    for piece in row:
        is_full = piece.may_open and filled and filled + piece.size > section
        if is_full or (piece.must_open and filled):
            sections.append([])
            filled = 0
        sections[-1].append(piece)
        filled += piece.size
    return sections
