"""The book's own figures, and a record of the words that a drawing sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from speechbook.figures import canvas
from speechbook.figures.rows import DataFile, parse

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Box:
    """Words as set: their place, as wide as they run and about as high as they look."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Say whether two pieces run into each other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[Box]:
    """Record every run of words that drawings set from now on."""
    recorded: list[Box] = []
    draw = canvas.Canvas._run

    def record(self: canvas.Canvas, x: float, y: float, run: canvas.Run, size: float) -> None:
        width = canvas.measure(run.words, size, run.style)
        recorded.append(Box(run.words, x, x + width, y - 0.72 * size, y + 0.1 * size))
        draw(self, x, y, run, size)

    monkeypatch.setattr(canvas.Canvas, "_run", record)
    return recorded


def data_of(path: Path) -> DataFile:
    """Read one of the book's data files."""
    return parse(path, path.read_text(encoding="utf-8"))
