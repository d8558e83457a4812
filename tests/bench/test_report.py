"""Answers come from what was measured, and nothing that failed is hidden."""

from __future__ import annotations

import json

import pytest

from speechbook.bench.comparisons import answers
from speechbook.bench.measure import Usage
from speechbook.bench.report import figure, json_report, text_report
from speechbook.bench.runs import (
    BOOK,
    EDITED,
    SITE,
    STOCK_EPUB,
    STOCK_HTML,
    STOCK_LATEX,
    STOCK_TEX,
    Wanted,
)
from speechbook.bench.session import Failure, Outcome, Sample

ALL = frozenset("abcd")
FACTS = {
    "python": "3",
    "system": "S",
    "processors": 2,
    "load": [0.0, 0.0, 0.0],
    "packages": {"sphinx": "9"},
    "latexmk": "missing",
}


def sample(size: str, kind: str, cpu: float, *, peak: int = 50_000_000) -> Sample:
    return Sample(size, 0 if size == "real" else int(size), kind, Usage(cpu, cpu * 2, peak))


@pytest.fixture
def outcome() -> Outcome:
    """Return made-up numbers for two sizes, all runs succeeded."""
    costs = {BOOK: 10.0, EDITED: 4.0, SITE: 2.0, STOCK_HTML: 8.0, STOCK_EPUB: 7.0, STOCK_LATEX: 5.0}
    small = [sample("12", kind, cpu) for kind, cpu in costs.items()]
    large = [sample("500", kind, cpu * 50, peak=1_200_000_000) for kind, cpu in costs.items()]
    pages = frozenset({"index.html"})
    return Outcome(
        samples=small + large,
        pages={(size, kind): pages for size in ("12", "500") for kind in (SITE, STOCK_HTML)},
        stale={"12": (), "500": ("html/index.html",)},
    )


def test_each_part_is_answered_with_its_verdict(outcome: Outcome) -> None:
    given = answers(outcome, ["12", "500"], Wanted(ALL, has_tex=False))
    first: dict[tuple[str, str], tuple[float | None, str]] = {}
    for answer in given:
        first.setdefault((answer.part, answer.size), (answer.value, answer.verdict))
    assert first["a", "12"] == (0.5, "met")
    assert first["b", "12"] == (0.25, "")
    assert first["b", "500"] == (0.25, "missed")
    assert first["c", "12"] == (0.4, "met")
    value, verdict = first["d", "12–500"]
    assert value == pytest.approx(1.0488, abs=1e-3)
    assert verdict == "met"
    assert first["memory", "12"] == (50.0, "")
    assert first["memory", "500"] == (1200.0, "missed")


def test_stale_files_miss_the_aim(outcome: Outcome) -> None:
    stale = {
        answer.size: (answer.value, answer.verdict, answer.remark)
        for answer in answers(outcome, ["12", "500"], Wanted(ALL, has_tex=False))
        if answer.what.startswith("stale")
    }
    assert stale["12"] == (0, "met", "")
    assert stale["500"] == (1, "missed", "differ from a cold build: html/index.html")


def test_aim_is_stricter_where_tex_typesets(outcome: Outcome) -> None:
    outcome.samples.append(sample("12", STOCK_TEX, 30.0))
    given = answers(outcome, ["12"], Wanted(frozenset("a"), has_tex=True))
    assert (given[0].value, given[0].verdict) == (0.2, "met")
    assert "PDF by LaTeX" in given[0].what


def test_missing_tex_is_named(outcome: Outcome) -> None:
    report = text_report(outcome, answers(outcome, ["12"], Wanted(ALL, has_tex=False)), FACTS)
    assert "latexmk: missing" in report
    assert "LaTeX text only (no TeX here)" in report


def test_failed_run_leaves_no_figure_and_is_told(outcome: Outcome) -> None:
    outcome.samples = [each for each in outcome.samples if each.kind != BOOK]
    outcome.failures.append(Failure("12", BOOK, "ended with 1\nthe cause"))
    given = answers(outcome, ["12"], Wanted(ALL, has_tex=False))
    assert {a.value for a in given if a.part == "a"} == {None}
    report = text_report(outcome, given, FACTS)
    assert "not measured  [a run that it needs failed]" in report
    assert (
        "FAILED at size 12: ours: speechbook build (3 formats): ended with 1\nthe cause" in report
    )


def test_other_pages_are_named(outcome: Outcome) -> None:
    outcome.pages["12", STOCK_HTML] = frozenset({"index.html", "extra.html"})
    (answer,) = answers(outcome, ["12"], Wanted(frozenset("b"), has_tex=False))
    assert answer.remark == "1 pages against 2; only stock: extra.html"


def test_growth_needs_two_made_sizes(outcome: Outcome) -> None:
    (answer, *_memory) = answers(outcome, ["real", "12"], Wanted(frozenset("d"), has_tex=False))
    assert (answer.verdict, answer.remark) == ("not measured", "needs two --chapters")


def test_json_holds_samples_medians_answers_and_failures(outcome: Outcome) -> None:
    outcome.failures.append(Failure("12", SITE, "why"))
    given = answers(outcome, ["12", "500"], Wanted(ALL, has_tex=False))
    document = json.loads(json_report(outcome, given, FACTS))
    assert len(document["samples"]) == len(outcome.samples)
    assert document["medians"][0] == {
        "size": "12", "kind": BOOK, "n": 1, "cpu": 10.0, "wall": 20.0, "peak": 50_000_000,
    }  # fmt: skip
    assert {"a", "b", "c", "d", "memory"} == {answer["part"] for answer in document["answers"]}
    assert document["failures"] == [{"size": "12", "kind": SITE, "message": "why"}]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0"), (0.12345, "0.123"), (1.05, "1.05"), (461.2, "461"), (2.0, "2")]
)
def test_figures_show_three_digits(value: float, shown: str) -> None:
    assert figure(value) == shown
