"""The arithmetic: medians, ratios, growth, and the aims they are held against."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.bench.measure import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Aim:
    """A figure that is wanted at most; ``unit`` is what stands after it."""

    limit: float
    unit: str = ""

    def verdict(self, value: float) -> str:
        """Return ``met`` or ``missed``."""
        return "met" if value <= self.limit else "missed"

    def __str__(self) -> str:
        """Return ``≤ 0.5``."""
        return f"≤ {self.limit:g}{self.unit}"


AIM_FORMATS = Aim(0.5)
AIM_FORMATS_WITH_TEX = Aim(0.2)
AIM_SITE = Aim(0.15)
AIM_EDITED = Aim(0.5)
AIM_GROWTH = Aim(1.1)
AIM_PEAK = Aim(1000, " MB")

BYTES_IN_A_MEGABYTE = 1_000_000


def median_usage(usages: Sequence[Usage]) -> Usage:
    """Return the median of each measure by itself.

    Raises:
        statistics.StatisticsError: there is nothing to take the median of.

    """
    return Usage(
        statistics.median(usage.cpu for usage in usages),
        statistics.median(usage.wall for usage in usages),
        round(statistics.median(usage.peak for usage in usages)),
    )


def ratio(ours: float, theirs: float) -> float:
    """Return ours as a part of theirs.

    Raises:
        ValueError: theirs is not above nought, so that a ratio means nothing.

    """
    if theirs <= 0:
        raise ValueError(f"A ratio to {theirs} means nothing; the run was too short to measure")
    return ours / theirs


def exponent(small: tuple[int, float], large: tuple[int, float]) -> float:
    """Return the k of ``cost ~ chapters**k`` between two (chapters, CPU seconds) points.

    Raises:
        ValueError: the sizes are equal, or a number is not above nought.

    """
    if small[0] == large[0] or min(*small, *large) <= 0:
        raise ValueError("Growth needs two sizes, and costs above nought")
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
