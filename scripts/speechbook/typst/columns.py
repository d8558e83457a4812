"""How wide the columns of a table are, and to which side they are set.

Given widths are kept. Otherwise a small table takes its natural width, and a large one fills
the measure with columns in proportion to what they hold, none narrower than its longest word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

# Characters of table type that fit the narrowest text block (A5), less the gutters.
_MEASURE = 64
# A column of prose need not be wider than this many characters to read well.
_COMFORTABLE = 36
_NUMBER = re.compile(r"^[\d\s.,:%–—+−-]+$")
_CLASS_ALIGNMENT = {"text-left": "left", "text-center": "center", "text-right": "right"}


@dataclass(frozen=True)
class Layout:
    """Columns of a table: ``widths`` are shares, or empty for natural widths."""

    count: int
    widths: tuple[float, ...]
    alignments: tuple[str, ...]
    stubs: int

    def widths_code(self) -> str:
        """Give the widths as Typst code."""
        if not self.widths:
            return "(" + "auto, " * self.count + ")"
        return "(" + "".join(f"{width:.4g}fr, " for width in self.widths) + ")"

    def alignments_code(self) -> str:
        """Give the alignments as Typst code."""
        return "(" + "".join(f"{side}, " for side in self.alignments) + ")"


@dataclass(frozen=True)
class _Cell:
    column: int
    span: int
    text: str
    is_head: bool
    alignment: str | None


def lay_out(table: nodes.table) -> Layout:
    """Choose widths and alignments for ``table``, which has one ``tgroup``."""
    specs = list(table.findall(nodes.colspec))
    cells = _cells(table)
    count = max([len(specs), *(cell.column + cell.span for cell in cells)])
    given = "colwidths-given" in table["classes"]
    widths = tuple(float(spec["colwidth"]) for spec in specs) if given else _shares(cells, count)
    alignments = tuple(_alignment(cells, column) for column in range(count))
    return Layout(count, widths, alignments, sum(1 for spec in specs if spec.get("stub")))


def _cells(table: nodes.table) -> list[_Cell]:
    """Give all cells with the column in which each begins, rows spanning down counted."""
    cells: list[_Cell] = []
    for part in table.findall(lambda node: isinstance(node, nodes.thead | nodes.tbody)):
        taken: dict[int, int] = {}
        for row in part.findall(nodes.row):
            cells.extend(_row_cells(row, taken, is_head=isinstance(part, nodes.thead)))
    return cells


def _row_cells(row: nodes.row, taken: dict[int, int], *, is_head: bool) -> list[_Cell]:
    blocked = {column for column, rows in taken.items() if rows > 0}
    for column in blocked:
        taken[column] -= 1
    cells = []
    column = 0
    for entry in row.children:
        if not isinstance(entry, nodes.entry):
            continue
        while column in blocked:
            column += 1
        span = entry.get("morecols", 0) + 1
        taken.update(dict.fromkeys(range(column, column + span), entry.get("morerows", 0)))
        cells.append(_Cell(column, span, _text(entry), is_head, _class_alignment(entry)))
        column += span
    return cells


def _text(entry: nodes.entry) -> str:
    """Give the printed text of a cell: note bodies are elsewhere, marks hardly count."""
    return " ".join(
        text.astext()
        for text in entry.findall(nodes.Text)
        if not isinstance(text.parent, nodes.footnote_reference)
    )


def _class_alignment(entry: nodes.entry) -> str | None:
    return next((_CLASS_ALIGNMENT[c] for c in entry["classes"] if c in _CLASS_ALIGNMENT), None)


def _alignment(cells: list[_Cell], column: int) -> str:
    own = [cell for cell in cells if cell.column == column and cell.span == 1]
    said = next((cell.alignment for cell in own if cell.alignment), None)
    if said:
        return said
    body = [cell.text.strip() for cell in own if not cell.is_head and cell.text.strip()]
    return "right" if body and all(_NUMBER.match(text) for text in body) else "left"


def _shares(cells: list[_Cell], count: int) -> tuple[float, ...]:
    """Give the shares of the columns, or nothing where all fits at its natural width."""
    natural = [_longest(cells, column, len) for column in range(count)]
    if sum(natural) + 2 * count <= _MEASURE:
        return ()
    narrowest = [_longest(cells, column, _longest_word) for column in range(count)]
    wished = [
        min(full, max(_COMFORTABLE, full**0.5 * 6)) if full > least else full
        for full, least in zip(natural, narrowest, strict=True)
    ]
    room = max(_MEASURE - sum(narrowest), 0.25 * _MEASURE)
    wants = [wish - least for wish, least in zip(wished, narrowest, strict=True)]
    total = sum(wants) or 1
    return tuple(
        max(least + room * want / total, 1.0) for least, want in zip(narrowest, wants, strict=True)
    )


def _longest(cells: list[_Cell], column: int, measure: Callable[[str], int]) -> float:
    lengths = [measure(c.text) for c in cells if c.column == column and c.span == 1]
    return float(max(lengths, default=3))


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)
