"""What ``nox -s bench -- growth`` says of times, on a clock that the test winds itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.campaign import growth

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {"letters": lambda size: "a" * size}


class Clock:
    """A clock that goes only when it is wound."""

    def __init__(self) -> None:
        """Start at nought."""
        self.now = 0.0

    def process_time(self) -> float:
        """Tell the time, as ``time.process_time`` does."""
        return self.now


def told(
    monkeypatch: pytest.MonkeyPatch, seconds: Callable[[int], float]
) -> tuple[growth.Growth, bool]:
    """Measure a reader that takes so many seconds for a text of a length."""
    clock = Clock()
    monkeypatch.setattr(growth, "time", clock)

    def read(text: str) -> None:
        clock.now += seconds(len(text))

    family = growth.Family("letters", read, 10, TEXTS)
    ((_, is_well),) = growth.rows((family,))
    return growth.growth(growth.seconds_of(family, TEXTS["letters"]), 10), is_well


@pytest.mark.parametrize(
    ("seconds", "times", "is_well"),
    [
        (float, 4.0, True),
        (lambda size: size * 2.0 + 5, 85 / 25, True),
        (lambda size: float(size**2), 16.0, False),
        (lambda size: float(2**size), 2.0**30, False),
        # What is too short to be told from noise counts as the least time that is told.
        (lambda size: size**2 / 100_000, 0.016 / growth.LEAST, True),
    ],
)
def test_a_square_is_told_from_what_grows_with_the_size(
    monkeypatch: pytest.MonkeyPatch, seconds: Callable[[int], float], times: float, *, is_well: bool
) -> None:
    found, said = told(monkeypatch, seconds)
    assert found.times == pytest.approx(times)
    assert said is is_well


def test_the_least_of_the_runs_counts() -> None:
    runs = iter([3.0, 1.0, 2.0, 9.0, 4.0, 8.0])
    assert growth.growth(lambda _: next(runs), 10) == growth.Growth(1.0, 4.0)


@pytest.mark.parametrize("family", growth.FAMILIES, ids=lambda family: family.title)
def test_every_family_has_a_line_a_text(family: growth.Family) -> None:
    few = dict(list(family.texts.items())[:2])
    lines = [line for line, _ in growth.rows((replace(family, size=50, texts=few),))]
    assert [line.partition(": ")[0] for line in lines] == [family.title] * len(few)
    assert all(repr(name) in line for name, line in zip(few, lines, strict=True))
