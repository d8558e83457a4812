"""CPython's collector is held back while a book is built, and no longer."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from speechbook.sphinxext.collecting import THRESHOLDS, Threshold, setup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def _own_thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


class Events:
    """Stands for the application: keeps what is connected."""

    def __init__(self) -> None:
        self.connected: dict[str, Callable[..., None]] = {}

    def connect(self, event: str, handler: Callable[..., None]) -> None:
        self.connected[event] = handler


def test_threshold_is_raised_and_comes_back() -> None:
    app = Events()
    setup(app)  # type: ignore[arg-type]
    assert gc.get_threshold() == (700, 10, 10)
    app.connected["builder-inited"](app)
    assert gc.get_threshold() == THRESHOLDS
    app.connected["build-finished"](app, None)
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("youngest", [0, THRESHOLDS[0] * 2])
def test_what_was_set_higher_or_switched_off_stays(youngest: int) -> None:
    gc.set_threshold(youngest, 10, 10)
    Threshold().set()
    assert gc.get_threshold()[0] == youngest
