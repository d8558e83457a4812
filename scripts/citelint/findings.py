"""What the linter says: complaints with offsets, findings with lines and columns."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from citelint.text import SourceText


class Severity(enum.StrEnum):
    """How much a finding weighs; the exit code does not depend on it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Edit(NamedTuple):
    """Replace the characters from *start* to *end* (exclusive) by *replacement*."""

    start: int
    end: int
    replacement: str


class Complaint(NamedTuple):
    """What a rule yields: a span of one file's text, a sentence, and perhaps edits that mend it.

    The sentence says what is wrong and what to do; it has no full stop at its end.
    """

    start: int
    end: int
    message: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A complaint in its place; lines and columns count from 1, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    severity: str
    message: str
    fixable: bool = False
    edits: tuple[Edit, ...] = ()


def located(
    complaint: Complaint, source: SourceText, code: str, name: str, severity: str
) -> Finding:
    """Turn a complaint about *source* into a finding."""
    line, column = source.place(complaint.start)
    end_line, end_column = source.place(max(complaint.end, complaint.start))
    return Finding(
        path=source.shown,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=code,
        name=name,
        severity=severity,
        message=complaint.message,
        fixable=bool(complaint.edits),
        edits=complaint.edits,
    )
