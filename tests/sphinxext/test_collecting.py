"""CPython's collector is held back while a book is built, and no longer."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from speechbook.sphinxext.collecting import (
    MANY,
    SPARING_MEMORY,
    SPARING_TIME,
    Threshold,
    setup,
    thresholds_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


class Events:
    """Stands for the application: keeps what is connected."""

    def __init__(self, srcdir: Path) -> None:
        self.srcdir = srcdir
        self.connected: dict[str, Callable[..., None]] = {}

    def connect(self, event: str, handler: Callable[..., None]) -> None:
        self.connected[event] = handler


def test_threshold_is_raised_and_comes_back(tmp_path: Path) -> None:
    app = Events(tmp_path)
    setup(app)  # type: ignore[arg-type]
    assert gc.get_threshold() == (700, 10, 10)
    app.connected["builder-inited"](app)
    assert gc.get_threshold() == SPARING_TIME
    app.connected["build-finished"](app, None)
    assert gc.get_threshold() == (700, 10, 10)


def test_a_long_book_is_looked_through_for_the_sake_of_memory(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    for number in range(MANY):
        (tmp_path / "chapters" / f"{number}.md").touch()
    assert thresholds_for(tmp_path) == SPARING_TIME
    (tmp_path / "index.md").touch()
    assert thresholds_for(tmp_path) == SPARING_MEMORY


@pytest.mark.parametrize("youngest", [0, SPARING_TIME[0] * 2])
def test_what_was_set_higher_or_switched_off_stays(youngest: int, tmp_path: Path) -> None:
    gc.set_threshold(youngest, 10, 10)
    Threshold(tmp_path).set()
    assert gc.get_threshold()[0] == youngest
