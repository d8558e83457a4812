"""The TOML tables beside a book, with the places of their rows.

``tomllib`` gives no positions, so each ``[[header]]`` is found again in the text;
the n-th header belongs to the n-th row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citelint.project import EvidenceRow, PersonRow
from citelint.safety.literals import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.text import SourceText


def rows_of(source: SourceText, name: str) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Yield each ``[[name]]`` row with the span of its header; a file that is no TOML has none."""
    try:
        rows = read(source.text).get(name, [])
    except (ValueError, RecursionError):  # an overlong number is no TOMLDecodeError
        return
    headers = re.finditer(rf"^[ \t]*\[\[[ \t]*{name}[ \t]*\]\]", source.text, re.MULTILINE)
    for row, header in zip(rows, headers, strict=False):
        if isinstance(row, dict):
            yield row, header.start(), header.end()


def read_evidence(source: SourceText) -> tuple[EvidenceRow, ...]:
    """Read the ``[[locator]]`` rows."""
    return tuple(
        EvidenceRow(
            str(row.get("citekey", "")),
            str(row.get("locator", "")),
            str(row.get("seen", "")),
            start,
            end,
        )
        for row, start, end in rows_of(source, "locator")
    )


def read_people(source: SourceText) -> tuple[PersonRow, ...]:
    """Read the ``[[person]]`` rows."""
    return tuple(
        PersonRow(str(row.get("name", "")), tuple(map(str, row.get("variants", []))))
        for row, _, _ in rows_of(source, "person")
    )
