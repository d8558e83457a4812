"""Text for the Markdown parser, and where each of its characters stands in the source.

A document is the chapter itself or a directive's body.  Its lines are pieces of the
source's lines, so one offset a line is enough to lead every character back.
"""

from __future__ import annotations

import bisect
import functools
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.myst.model import Span
from citelint.text import LINE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citelint.text import SourceText

#: What CommonMark trims from a paragraph (markdown-it's ``mdTrim``).
TRIMMED = " \t\n\r\f\v"
BYTE_ORDER_MARK = "\ufeff"

#: Longer lines are cut for the block parser; what stands in them is scanned plainly.
LONGEST_LINE = 50_000


@dataclass(frozen=True)
class Document:
    """Lines without their ends, and for each the source's offset of its column 0 and of its end.

    A column 0 may lie before the source's line: a tab that is used up in part leaves
    blanks that stand nowhere.  No other character can be among them.
    """

    lines: list[str]
    bases: list[int]
    ends: list[int]

    def text(self) -> str:
        """Return what the parser reads; the last line has an end as well.

        Without it the plugins for comments and attributes look beyond the text
        (mdit-py-plugins 0.7, ``state.src[pos]`` in ``line_comment``).
        """
        return "\n".join([*self.lines, ""])

    @functools.cached_property
    def starts(self) -> list[int]:
        """Return the offset of each line in the text."""
        lengths = (len(line) + 1 for line in self.lines)
        return list(itertools.accumulate(lengths, initial=0))

    def place(self, offset: int) -> int:
        """Return the source's offset of a character of the text."""
        line = min(bisect.bisect_right(self.starts, offset), len(self.lines)) - 1
        return self.bases[line] + offset - self.starts[line]

    @functools.cached_property
    def has_cuts(self) -> bool:
        """Say whether any line is cut."""
        return any(self.is_cut(line) for line in range(len(self.lines)))

    def is_cut(self, line: int) -> bool:
        """Say whether a line goes on behind what the parser saw of it."""
        return self.ends[line] - self.bases[line] > len(self.lines[line])

    def filled(self, start: int, end: int) -> tuple[int, int]:
        """Return a range of lines without blank ones at its start and end."""
        end = min(end, len(self.lines))
        while start < end - 1 and not self.lines[start].strip(TRIMMED):
            start += 1
        while end > start + 1 and not self.lines[end - 1].strip(TRIMMED + "> "):
            end -= 1
        return start, end

    def span(self, start: int, end: int) -> Span:
        """Return where a range of lines stands, from its first text to its last line's end."""
        start, end = self.filled(start, end)
        if start >= end:
            return Span(0, 0)
        line = self.lines[start]
        indent = len(line) - len(line.lstrip(TRIMMED))
        last = end - 1
        stop = self.ends[last]
        if not self.is_cut(last):
            stop = self.bases[last] + len(self.lines[last].rstrip(TRIMMED))
        first = self.bases[start] + indent
        return Span(first, max(first, stop))

    def part(self, first: int, texts: Sequence[str]) -> Document:
        """Return a document of *texts*, each the end of a line, from line *first* on."""
        last = min(first + len(texts), len(self.lines))
        lines, bases, ends = [], [], []
        for number in range(first, last):
            text = texts[number - first]
            lines.append(text)
            bases.append(self.bases[number] + len(self.lines[number]) - len(text))
            ends.append(self.ends[number])
        return Document(lines, bases, ends)


@dataclass(frozen=True)
class Passage:
    """A run of text for the inline parser, in segments that each stand in one piece.

    ``starts`` are the segments' offsets in the text, ``bases`` those in the source.
    """

    text: str
    starts: list[int]
    bases: list[int]

    def place(self, position: int) -> int:
        """Return the source's offset of a character."""
        index = bisect.bisect_right(self.starts, position) - 1
        return self.bases[index] + position - self.starts[index]

    def span(self, start: int, end: int) -> Span:
        """Return where the characters from *start* to *end* (exclusive) stand."""
        first = self.place(start)
        return Span(first, self.place(end - 1) + 1 if end > start else first)

    def pieces(self, text: str) -> list[tuple[int, str]]:
        """Return *text*, as long as the passage's, in pieces with their source offsets."""
        stops = [*self.starts[1:], len(text)]
        return [
            (base, text[start:stop])
            for start, base, stop in zip(self.starts, self.bases, stops, strict=True)
        ]


def root(source: SourceText) -> Document:
    """Return the chapter as the parser shall see it: line ends and NUL as CommonMark has them."""
    text = source.text
    skipped = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    lines = LINE_END.split(text[skipped:].replace("\0", "\ufffd"))
    bases = list(source.line_starts)
    bases[0] = skipped
    ends = [base + len(line) for base, line in zip(bases, lines, strict=True)]
    if max(map(len, lines)) > LONGEST_LINE:
        lines = [line[:LONGEST_LINE] for line in lines]
    return Document(lines, bases, ends)


def passage_of_lines(document: Document, first: int, content: str) -> Passage:
    """Find a paragraph's content again, whose lines are ends of the document's lines."""
    texts = content.split("\n")
    while first < len(document.lines) - len(texts) and not document.lines[first].strip(TRIMMED):
        first += 1
    starts, bases, position = [], [], 0
    for number, text in enumerate(texts, start=first):
        line = document.lines[min(number, len(document.lines) - 1)]
        column = len(line.rstrip(TRIMMED)) - len(text.rstrip(TRIMMED))
        starts.append(position)
        bases.append(document.bases[min(number, len(document.bases) - 1)] + max(column, 0))
        position += len(text) + 1
    return Passage(content, starts, bases)


def passage_in_line(document: Document, line: int, column: int, content: str) -> Passage:
    """Find a content that stands in one line, at *column* or later."""
    found = document.lines[line].find(content, max(column, 0))
    return Passage(content, [0], [document.bases[line] + max(found, 0)])


def heading_passage(document: Document, line: int, content: str) -> Passage:
    """Find the text of a ``#`` heading, which hashes may close."""
    text = document.lines[line].rstrip(TRIMMED)
    if not text.endswith(content):
        text = text.rstrip("#").rstrip(TRIMMED)
    column = max(len(text) - len(content), 0)
    return Passage(content, [0], [document.bases[line] + column])


def row_cells(text: str) -> list[list[int]]:
    """Return, for each cell of a table's row, the columns of its characters.

    This is how markdown-it splits a row: a pipe behind a backslash is the cell's own,
    and its backslash is dropped.
    """
    cells: list[list[int]] = [[]]
    escaped = False
    for column, character in enumerate(text):
        if character == "|" and not escaped:
            cells.append([])
            escaped = False
            continue
        if character == "|":
            cells[-1].pop()
        cells[-1].append(column)
        escaped = character == "\\"
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def cell_passages(document: Document, line: int, start: int) -> list[Passage]:
    """Return the cells of a row whose text begins at column *start*, trimmed as they are read."""
    base = document.bases[line]
    text = document.lines[line]
    passages = []
    for columns in row_cells(text[start:].rstrip(TRIMMED)):
        while columns and text[start + columns[0]] in TRIMMED:
            del columns[0]
        while columns and text[start + columns[-1]] in TRIMMED:
            del columns[-1]
        content = "".join(text[start + column] for column in columns)
        breaks = [
            index
            for index, column in enumerate(columns)
            if not index or column != columns[index - 1] + 1
        ]
        bases = [base + start + columns[index] for index in breaks]
        passages.append(Passage(content, breaks or [0], bases or [base + start]))
    return passages
