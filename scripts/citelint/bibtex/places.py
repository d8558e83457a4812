"""Places within a field's value: from its folded text back to the file."""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Edit

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record, Value

SPACES = re.compile(r"\s+")


def value_span(value: Value) -> tuple[int, int]:
    """Return the span of a value, delimiters included."""
    return value.field.parts[0].start, value.field.end


def is_literal(value: Value) -> bool:
    """Say whether the value is one piece of text, so that its characters are the file's."""
    return len(value.field.parts) == 1 and value.field.parts[0].kind != "name"


def literal_span(value: Value) -> tuple[int, int]:
    """Return the span of a literal value without its delimiters."""
    part = value.field.parts[0]
    return (part.start, part.end) if part.kind == "number" else (part.start + 1, part.end - 1)


@functools.lru_cache(maxsize=8)
def folds(source: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return from which offsets of a folded text on how much more stands in the file.

    Kept for the last few values, so that many complaints about one long value do not
    each walk through it.
    """
    raw = source[start:end]
    shift = len(raw) - len(raw.lstrip())
    offsets, shifts = [0], [shift]
    for space in SPACES.finditer(raw.rstrip(), shift):
        if len(space.group()) > 1:
            offsets.append(space.start() - shift + 1)
            shift += len(space.group()) - 1
            shifts.append(shift)
    return offsets, shifts


def offset_in_file(source: str, value: Value, offset: int) -> int:
    """Return where a character of a literal value's folded text stands in the file."""
    start, end = literal_span(value)
    offsets, shifts = folds(source, start, end)
    shift = shifts[bisect.bisect_right(offsets, offset) - 1]
    return min(start + shift + offset, end)


def span_in_file(record: Record, value: Value, start: int, end: int) -> tuple[int, int]:
    """Return the span in the file of a piece of a value's text; of no literal, the whole value."""
    if not is_literal(value):
        return value_span(value)
    text = record.source.text
    first = offset_in_file(text, value, start)
    last = offset_in_file(text, value, end - 1) + 1 if end > start else first
    return first, last


def about_value(value: Value, message: str, edits: tuple[Edit, ...] = ()) -> Complaint:
    """Complain about a whole value."""
    return Complaint(*value_span(value), message, edits)


def about_name(value: Value, message: str, edits: tuple[Edit, ...] = ()) -> Complaint:
    """Complain about a field by its name."""
    return Complaint(value.field.start, value.field.name_end, message, edits)


def about_key(record: Record, message: str) -> Complaint:
    """Complain about an entry by its key."""
    return Complaint(record.entry.key_start, record.entry.key_end, message)


def about_piece(  # noqa: PLR0913, PLR0917 - a place and what to say of it
    record: Record,
    value: Value,
    start: int,
    end: int,
    message: str,
    replacement: str | None = None,
) -> Complaint:
    """Complain about a piece of a value's text, and offer to replace it where that is safe."""
    place = span_in_file(record, value, start, end)
    if replacement is None or not is_literal(value):
        return Complaint(*place, message)
    return Complaint(*place, message, (Edit(*place, replacement),))


def about_text(
    record: Record, value: Value, message: str, replacement: str | None = None
) -> Complaint:
    """Complain about a value's text, and offer another in its place where that is safe."""
    return about_piece(record, value, 0, len(value.text), message, replacement)


def shortened(text: str, longest: int = 60) -> str:
    """Return a text in quotation marks, cut in the middle of nowhere if it is long."""
    return f"'{text}'" if len(text) <= longest else f"'{text[:longest]}…'"
