"""Quotations in running text: pairs of quotation marks within one paragraph.

Text comes masked (:mod:`citelint.myst.sentences`), so that marks in code, formulas and
addresses are gone.  A mark without its partner is left alone.  Single marks count only
where double ones stand within them, for else they are mostly apostrophes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.myst.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = re.compile(r"[“”„«»\"]")
PARTNERS = {"”": "“„", "»": "«", "“": "„"}
SPACES_AND_OPENERS = re.compile(r"[\s(\[{<“‘„«'*_/—–-]")
SINGLE_OPENING = re.compile(r"(?<![^\s(\[—–-])‘(?=\S)")
SINGLE_CLOSING = re.compile(r"(?<=\S)’(?!\w)")


class Opening(NamedTuple):
    """An opening mark that waits for its partner."""

    mark: str
    position: int


def can_open(text: str, position: int) -> bool:
    """Say whether a straight mark may open: nothing or an opener before it, no space behind."""
    before, behind = text[position - 1 : position], text[position + 1 : position + 2]
    return bool(behind.strip()) and (not before or bool(SPACES_AND_OPENERS.match(before)))


def can_close(text: str, position: int) -> bool:
    """Say whether a straight mark may close: it stands behind a character that is no space."""
    return bool(text[position - 1 : position].strip()) if position else False


def partner(stack: list[Opening], marks: str) -> int:
    """Return the index of the innermost opening among *marks*, or -1."""
    found = (index for index in range(len(stack) - 1, -1, -1) if stack[index].mark in marks)
    return next(found, -1)


def closing_index(text: str, position: int, mark: str, stack: list[Opening]) -> int:
    """Return the index of the opening that a mark closes, or -1 where it closes none."""
    if mark == '"':
        if not can_close(text, position):
            return -1
        index = partner(stack, '"')
        # A curly opening with a straight closing: mixed, yet meant as a pair.
        mixed = index < 0 and not can_open(text, position)
        return partner(stack, "“") if mixed else index
    return partner(stack, PARTNERS.get(mark, ""))


def double_pairs(text: str) -> Iterator[Span]:
    """Yield every pair of double marks, inner ones as well."""
    stack: list[Opening] = []
    for match in MARK.finditer(text):
        mark, position = match.group(), match.start()
        index = closing_index(text, position, mark, stack)
        if index >= 0:
            yield Span(stack[index].position, position + 1)
            del stack[index:]
        elif mark in "“„«" or (mark == '"' and can_open(text, position)):
            stack.append(Opening(mark, position))
            del stack[:-DEEPEST]


#: More openings than these wait for no partner.
DEEPEST = 50


def outermost(pairs: list[Span]) -> list[Span]:
    """Return the pairs that stand in no other, in their order."""
    kept: list[Span] = []
    for pair in sorted(pairs, key=lambda each: (each.start, -each.end)):
        if not kept or pair.start >= kept[-1].end:
            kept.append(pair)
    return kept


def single_pair(text: str, start: int, limit: int, pairs: list[Span]) -> Span | None:
    """Return the quotation in single marks that opens at *start* around double ones."""
    inner = next((pair for pair in pairs if pair.start > start), None)
    first = SINGLE_CLOSING.search(text, start, limit)
    if inner is None or first is None or first.start() < inner.start:
        return None
    closing = SINGLE_CLOSING.search(text, inner.end, limit)
    return Span(start, closing.end()) if closing else None


def quotations(text: str) -> list[Span]:
    """Return the spans of a masked text's quotations, marks included, none within another."""
    pairs = outermost(list(double_pairs(text)))
    if "‘" not in text or not pairs:
        return pairs
    openings = [match.start() for match in SINGLE_OPENING.finditer(text)][:DEEPEST]
    limits = [*openings[1:], len(text)]
    singles = (
        single_pair(text, start, limit, pairs)
        for start, limit in zip(openings, limits, strict=True)
    )
    return outermost([*pairs, *filter(None, singles)])
