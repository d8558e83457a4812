"""Mend what findings offer to mend: edits of spans and nothing else."""

from __future__ import annotations

import bisect
import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citelint.findings import Edit, Finding


def compatible(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of findings that do not touch each other, in the order of the text.

    All edits of a finding are taken or none; of two that overlap the first wins, and
    the other's turn comes when the file is read again.
    """
    taken: list[Edit] = []
    for finding in findings:
        if all(is_free(edit, taken) for edit in finding.edits):
            for edit in finding.edits:
                take(edit, taken)
    return taken


def take(edit: Edit, taken: list[Edit]) -> None:
    """Insert an edit in its place unless it is there already."""
    at = bisect.bisect_left(taken, edit)
    if taken[at : at + 1] != [edit]:
        taken.insert(at, edit)


def is_free(edit: Edit, taken: list[Edit]) -> bool:
    """Say whether an edit touches none of those taken, which are sorted and touch no other."""
    at = bisect.bisect_left(taken, edit)
    return not any(overlaps(edit, other) for other in taken[max(0, at - 1) : at + 2])


def overlaps(one: Edit, other: Edit) -> bool:
    """Say whether two different edits touch the same characters or the same place."""
    if one == other:
        return False
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* with sorted edits that do not overlap."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join([*pieces, text[position:]])


def difference(path: str, before: str, after: str) -> str:
    """Return a unified diff, as ``patch`` reads it."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"a/{path}",
        f"b/{path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
