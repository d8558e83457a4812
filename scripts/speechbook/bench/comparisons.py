"""From numbers to answers: each part's ratios beside its aim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.bench.figures import (
    AIM_EDITED,
    AIM_FORMATS,
    AIM_FORMATS_WITH_TEX,
    AIM_GROWTH,
    AIM_PEAK,
    AIM_SITE,
    BYTES_IN_A_MEGABYTE,
    Aim,
    exponent,
    median_usage,
    ratio,
)
from speechbook.bench.measure import Usage, combined
from speechbook.bench.runs import BOOK, EDITED, SITE, STOCK_HTML, TITLES, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from speechbook.bench.session import Outcome, Sample

#: The size at which the site's ratio and the PDF's memory are held against an aim.
AIMED_CHAPTERS = 500


@dataclass(frozen=True)
class Answer:
    """One figure of one part; ``wall`` is the same figure for wall time, where it has one."""

    part: str
    size: str
    what: str
    value: float | None
    wall: float | None = None
    aim: Aim | None = None
    remark: str = ""

    @property
    def verdict(self) -> str:
        """Return ``met``, ``missed``, ``not measured`` or, without an aim, nothing."""
        if self.value is None:
            return "not measured"
        return self.aim.verdict(self.value) if self.aim else ""


@dataclass(frozen=True)
class Medians:
    """The medians of one outcome, by size and kind."""

    by_run: dict[tuple[str, str], Usage]
    counts: dict[tuple[str, str], int]
    chapters: dict[str, int]

    def of(self, size: str, *kinds: str) -> Usage | None:
        """Return the kinds' medians as one run, or nothing if one of them is missing."""
        found = [self.by_run[size, kind] for kind in kinds if (size, kind) in self.by_run]
        return combined(found) if len(found) == len(kinds) else None


def medians_of(samples: Sequence[Sample]) -> Medians:
    """Group the samples and take each group's medians."""
    groups: dict[tuple[str, str], list[Usage]] = {}
    for sample in samples:
        groups.setdefault((sample.size, sample.kind), []).append(sample.usage)
    return Medians(
        {key: median_usage(usages) for key, usages in groups.items()},
        {key: len(usages) for key, usages in groups.items()},
        {sample.size: sample.chapters for sample in samples},
    )


def compared(
    medians: Medians,
    place: tuple[str, str, str],
    ours: str,
    theirs: tuple[str, ...],
    aim: Aim | None,
) -> Answer:
    """Return the answer of a ratio; *place* is part, size and what is compared."""
    mine, other = medians.of(place[1], ours), medians.of(place[1], *theirs)
    if mine is None or other is None:
        return Answer(*place, None, aim=aim, remark="a run that it needs failed")
    return Answer(*place, ratio(mine.cpu, other.cpu), ratio(mine.wall, other.wall), aim)


def formats_answers(medians: Medians, sizes: Sequence[str], wanted: Wanted) -> Iterator[Answer]:
    """Yield (a): all three formats against three separate stock runs."""
    aim = AIM_FORMATS_WITH_TEX if wanted.has_tex else AIM_FORMATS
    last = "PDF by LaTeX" if wanted.has_tex else "LaTeX text only (no TeX here)"
    what = f"three formats / stock HTML + EPUB + {last}"
    for size in sizes:
        yield compared(medians, ("a", size, what), BOOK, wanted.stock_formats(), aim)


def site_answers(medians: Medians, sizes: Sequence[str], outcome: Outcome) -> Iterator[Answer]:
    """Yield (b): our site against the stock one, with whether the pages are the same."""
    for size in sizes:
        aim = AIM_SITE if size == str(AIMED_CHAPTERS) else None
        answer = compared(medians, ("b", size, "our HTML / stock HTML"), SITE, (STOCK_HTML,), aim)
        ours = outcome.pages.get((size, SITE), frozenset())
        theirs = outcome.pages.get((size, STOCK_HTML), frozenset())
        remark = answer.remark or pages_remark(ours, theirs)
        yield Answer("b", size, answer.what, answer.value, answer.wall, aim, remark)


NOT_FOUND = "404.html"


def pages_remark(ours: frozenset[str], theirs: frozenset[str]) -> str:
    """Say whether two sites have the same pages, and what only one of them has.

    Stock Sphinx has no page for an address that is not there; nothing is compared to ours.
    """
    ours -= {NOT_FOUND}
    if ours == theirs:
        return f"the same {len(ours)} pages"
    only = [f"only ours: {name}" for name in sorted(ours - theirs)[:3]]
    only += [f"only stock: {name}" for name in sorted(theirs - ours)[:3]]
    return f"{len(ours)} pages against {len(theirs)}; {', '.join(only)}"


def edited_answers(medians: Medians, sizes: Sequence[str], outcome: Outcome) -> Iterator[Answer]:
    """Yield (c): a build after one edit against a cold one, and how many files were stale."""
    for size in sizes:
        what = "three formats after an edit / cold"
        yield compared(medians, ("c", size, what), EDITED, (BOOK,), AIM_EDITED)
        stale = outcome.stale.get(size)
        remark = "" if not stale else "differ from a cold build: " + ", ".join(stale[:5])
        count = None if stale is None else float(len(stale))
        yield Answer("c", size, "stale files after the edit", count, None, Aim(0), remark)


def growth_answers(medians: Medians, sizes: Sequence[str]) -> Iterator[Answer]:
    """Yield (d): the growth exponents between the smallest and the largest made book."""
    made = sorted((size for size in sizes if size != "real"), key=int)
    if not made or made[0] == made[-1]:
        yield Answer("d", "", "growth", None, aim=AIM_GROWTH, remark="needs two --chapters")
        return
    for kind, aim in ((BOOK, AIM_GROWTH), (SITE, AIM_GROWTH), (STOCK_HTML, None)):
        points = [(int(size), medians.of(size, kind)) for size in (made[0], made[-1])]
        known = [(chapters, usage.cpu) for chapters, usage in points if usage]
        span = f"{made[0]}–{made[-1]}"
        what = f"exponent of CPU, {TITLES[kind]}"
        if len(known) == len(points):
            yield Answer("d", span, what, exponent(known[0], known[1]), aim=aim)
        elif aim:
            yield Answer("d", span, what, None, aim=aim, remark="a run that it needs failed")


def memory_answers(medians: Medians, sizes: Sequence[str]) -> Iterator[Answer]:
    """Yield the peak memory of the build that typesets the PDF."""
    for size in sizes:
        usage = medians.of(size, BOOK)
        aim = AIM_PEAK if size == str(AIMED_CHAPTERS) else None
        what = "peak MB of the build with its PDF"
        if usage or aim:
            peak = usage.peak / BYTES_IN_A_MEGABYTE if usage else None
            yield Answer("memory", size, what, peak, None, aim)


def answers(outcome: Outcome, sizes: Sequence[str], wanted: Wanted) -> tuple[Answer, ...]:
    """Return the answers of all parts that were asked for."""
    medians = medians_of(outcome.samples)
    made = {
        "a": formats_answers(medians, sizes, wanted),
        "b": site_answers(medians, sizes, outcome),
        "c": edited_answers(medians, sizes, outcome),
        "d": growth_answers(medians, sizes),
    }
    chosen = [answer for part, each in made.items() if part in wanted.parts for answer in each]
    if wanted.parts & {"a", "c", "d"}:
        chosen += memory_answers(medians, sizes)
    return tuple(chosen)
