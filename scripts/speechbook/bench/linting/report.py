"""The linter's table and its ratios, held against their aims."""

from __future__ import annotations

import os
import platform
from itertools import pairwise
from typing import TYPE_CHECKING

from speechbook.bench.comparisons import Answer
from speechbook.bench.figures import (
    BYTES_IN_A_MEGABYTE,
    Aim,
    exponent,
    median_usage,
    ratio,
)
from speechbook.bench.linting.tools import CITELINT, PYBTEX, TIDY, TITLES, versions
from speechbook.bench.report import answer_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.bench.linting.session import Measured
    from speechbook.bench.measure import Usage

#: The size at which speed and memory are held against an aim.
AIMED_ENTRIES = 100_000
AIM_FASTER, AIM_GROWTH = Aim(1), Aim(1.1)
AIM_PEAK, AIM_BOOK = Aim(600, " MB"), Aim(1, " s")
PART = "citelint"


def medians_of(measured: Measured) -> dict[tuple[int, str], Usage]:
    """Return the median of each program at each size."""
    return {key: median_usage(usages) for key, usages in measured.usages.items()}


def ratio_answers(medians: dict[tuple[int, str], Usage]) -> Iterator[Answer]:
    """Yield citelint's CPU as a part of each other program's, a size after another."""
    for (entries, kind), usage in medians.items():
        ours = medians.get((entries, CITELINT))
        if kind == CITELINT or ours is None:
            continue
        aimed = entries == AIMED_ENTRIES and kind in {TIDY, PYBTEX}
        cpu, wall = ratio(ours.cpu, usage.cpu), ratio(ours.wall, usage.wall)
        what = f"citelint / {TITLES[kind]}"
        yield Answer(PART, str(entries), what, cpu, wall, AIM_FASTER if aimed else None)


def growth_answers(medians: dict[tuple[int, str], Usage]) -> Iterator[Answer]:
    """Yield k in CPU ~ entries^k between neighbouring sizes; start-up makes it small at first."""
    for kind in TITLES:
        points = sorted((n, usage.cpu) for (n, each), usage in medians.items() if each == kind)
        for small, large in pairwise(points):
            aim = AIM_GROWTH if kind == CITELINT else None
            what = f"growth, {TITLES[kind]}"
            size = f"{small[0]}–{large[0]}"
            yield Answer(PART, size, what, exponent(small, large), None, aim)


def limit_answers(measured: Measured, medians: dict[tuple[int, str], Usage]) -> Iterator[Answer]:
    """Yield citelint's peak at the aimed size, and the whole book's times."""
    large = medians.get((AIMED_ENTRIES, CITELINT))
    if large:
        peak = large.peak / BYTES_IN_A_MEGABYTE
        yield Answer(PART, str(AIMED_ENTRIES), "citelint, peak MB", peak, None, AIM_PEAK)
    what = "the whole book with start-up, CPU s"
    for usages, how in ((measured.book, ""), (measured.anew, ", all read anew")):
        book = median_usage(usages)
        yield Answer(PART, "book", what + how, book.cpu, book.wall, AIM_BOOK)


def answers(measured: Measured) -> list[Answer]:
    """Return every figure that follows from the measurements."""
    medians = medians_of(measured)
    return [
        *ratio_answers(medians),
        *growth_answers(medians),
        *limit_answers(measured, medians),
    ]


def run_lines(measured: Measured) -> Iterator[str]:
    """Yield the medians, a line a program and size, and why a line is missing."""
    yield f"{'entries':>7} {'run':38} {'n':>2} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}"
    for (entries, kind), usage in medians_of(measured).items():
        count, peak = len(measured.usages[entries, kind]), usage.peak / BYTES_IN_A_MEGABYTE
        numbers = f"{count:>2} {usage.cpu:>8.2f} {usage.wall:>8.2f} {peak:>8.0f}"
        yield f"{entries:>7} {TITLES[kind]:38} {numbers}"
    for (entries, kind), why in measured.missing.items():
        yield f"{entries:>7} {TITLES[kind]:38} missing: {why}"


def text_report(measured: Measured) -> str:
    """Return the whole report."""
    packages = ", ".join(f"{name} {number}" for name, number in versions().items())
    lines = [
        f"Linter: Python {platform.python_version()}, {packages}, {os.cpu_count()} processors",
        f"load of the machine at the end (1, 5, 15 minutes): {os.getloadavg()}",
        "",
        *run_lines(measured),
        "",
        *map(answer_line, answers(measured)),
    ]
    return "\n".join(lines) + "\n"
