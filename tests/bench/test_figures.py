"""Medians, ratios, exponents and aims."""

from __future__ import annotations

import statistics

import pytest

from speechbook.bench.figures import Aim, exponent, median_usage, ratio
from speechbook.bench.measure import Usage, combined


def test_medians_are_taken_of_each_measure_by_itself() -> None:
    usages = [Usage(3, 10, 100), Usage(1, 30, 300), Usage(2, 20, 200)]
    assert median_usage(usages) == Usage(2, 20, 200)
    assert median_usage(usages[:2]) == Usage(2, 20, 200)
    with pytest.raises(statistics.StatisticsError):
        median_usage([])


def test_runs_combine_to_sums_and_the_highest_peak() -> None:
    assert combined([Usage(1, 2, 30), Usage(4, 8, 20)]) == Usage(5, 10, 30)
    with pytest.raises(ValueError, match="empty"):
        combined([])


def test_ratio_is_ours_in_theirs() -> None:
    assert ratio(3, 12) == 0.25
    with pytest.raises(ValueError, match="means nothing"):
        ratio(1, 0)


@pytest.mark.parametrize(("power", "factor"), [(1, 0.1), (2, 7), (0.5, 1)])
def test_exponent_is_that_of_the_growth(power: float, factor: float) -> None:
    points = [(chapters, factor * chapters**power) for chapters in (12, 500)]
    assert exponent(points[0], points[1]) == pytest.approx(power)
    assert exponent(points[1], points[0]) == pytest.approx(power)


@pytest.mark.parametrize("points", [((12, 1.0), (12, 2.0)), ((12, 0.0), (500, 2.0))])
def test_exponent_needs_two_sizes_with_costs(
    points: tuple[tuple[int, float], tuple[int, float]],
) -> None:
    with pytest.raises(ValueError, match="two sizes"):
        exponent(*points)


def test_aim_is_met_at_its_limit() -> None:
    aim = Aim(0.5)
    assert (aim.verdict(0.5), aim.verdict(0.51)) == ("met", "missed")
    assert str(Aim(1000, " MB")) == "≤ 1000 MB"
