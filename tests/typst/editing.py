"""Edits of the small book, as an author makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def change(path: Path, before: str, after: str) -> None:
    """Put *after* in the place of the first *before*."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def reword(source: Path) -> None:
    """Change a word and nothing that another page shows."""
    change(source / "chapters" / "three.md", "An abbreviation", "Some abbreviation")


def redraw(source: Path) -> None:
    """Change a drawing under the name that it had."""
    for path in sorted(source.rglob("*.svg")):
        change(path, 'fill="#ddd"', 'fill="#eee"')
