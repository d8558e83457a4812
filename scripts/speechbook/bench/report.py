"""The bench's table for people and its JSON for machines."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from speechbook.bench.comparisons import Answer, Medians, medians_of
from speechbook.bench.figures import BYTES_IN_A_MEGABYTE
from speechbook.bench.runs import TITLES, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from speechbook.bench.session import Outcome

PACKAGES = ("sphinx", "myst-parser", "sphinx-book-theme", "sphinxcontrib-bibtex", "typst")
TEX_MISSING = "latexmk: missing; the third stock run writes LaTeX text and typesets nothing"
TEX_FOUND = "latexmk: found; the third stock run typesets its PDF with XeLaTeX"
PART_TITLES = {
    "a": "(a) three formats against three separate stock runs",
    "b": "(b) our HTML against stock HTML",
    "c": "(c) one chapter edited against a cold build",
    "d": "(d) growth, k in CPU ~ chapters^k",
    "memory": "Memory",
}


def machine(wanted: Wanted) -> dict[str, Any]:
    """Return what the numbers depend on: versions, processors, load at the end."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "packages": {name: version(name) for name in PACKAGES},
        "latexmk": "found" if wanted.has_tex else "missing",
    }


def machine_lines(facts: dict[str, Any]) -> Iterator[str]:
    """Yield the head of the report."""
    packages = ", ".join(f"{name} {number}" for name, number in facts["packages"].items())
    yield f"Python {facts['python']}, {facts['system']}, {facts['processors']} processors"
    yield packages
    yield f"load of the machine at the end (1, 5, 15 minutes): {facts['load']}"
    yield TEX_FOUND if facts["latexmk"] == "found" else TEX_MISSING
    yield "stock runs: the book's conf.py without our extensions and styles, PyStemmer hidden"
    yield "CPU: user + system seconds of a run's whole process tree; peak: its largest process"


def run_lines(medians: Medians) -> Iterator[str]:
    """Yield the medians, a line a run."""
    yield f"{'size':>5} {'run':38} {'n':>2} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}"
    for (size, kind), usage in medians.by_run.items():
        count, peak = medians.counts[size, kind], usage.peak / BYTES_IN_A_MEGABYTE
        numbers = f"{count:>2} {usage.cpu:>8.2f} {usage.wall:>8.2f} {peak:>8.0f}"
        yield f"{size:>5} {TITLES[kind]:38} {numbers}"


def figure(value: float) -> str:
    """Return a number with three digits that count, whole from a hundred on."""
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"  # noqa: PLR2004


def answer_line(answer: Answer) -> str:
    """Return one answer as a line: size, what, figure, wall, aim and verdict, remark."""
    value = "–" if answer.value is None else figure(answer.value)
    wall = "" if answer.wall is None else f" (wall {figure(answer.wall)})"
    aim = f"  aim {answer.aim}: {answer.verdict}" if answer.aim else ""
    remark = f"  [{answer.remark}]" if answer.remark else ""
    return f"  {answer.size:>7}  {answer.what}: {value}{wall}{aim}{remark}"


def answer_lines(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the answers under their parts' titles."""
    title = ""
    for answer in answers:
        if PART_TITLES[answer.part] != title:
            title = PART_TITLES[answer.part]
            yield title
        yield answer_line(answer)


def seen_lines(outcome: Outcome) -> Iterator[str]:
    """Yield what else was seen: stock warnings, the PDFs' sizes, failures."""
    for (size, kind), count in outcome.stock_warnings.items():
        if count:
            yield f"{size}: {TITLES[kind]}: {count} warnings"
    for (size, name), count in outcome.sizes_of_files.items():
        yield f"{size}: {name} has {count / BYTES_IN_A_MEGABYTE:.1f} MB"
    for failure in outcome.failures:
        what = TITLES.get(failure.kind, failure.kind)
        yield f"FAILED at size {failure.size}: {what}: {failure.message}"


def text_report(outcome: Outcome, answers: Sequence[Answer], facts: dict[str, Any]) -> str:
    """Return the whole report."""
    blocks = (
        machine_lines(facts),
        run_lines(medians_of(outcome.samples)),
        answer_lines(answers),
        seen_lines(outcome),
    )
    texts = ("\n".join(block) for block in blocks)
    return "\n\n".join(text for text in texts if text) + "\n"


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return one answer with its aim as a number and its verdict."""
    aim = answer.aim.limit if answer.aim else None
    return {**asdict(answer), "aim": aim, "verdict": answer.verdict}


def json_report(outcome: Outcome, answers: Sequence[Answer], facts: dict[str, Any]) -> str:
    """Return everything as JSON: each sample, the medians, the answers, the failures."""
    medians = medians_of(outcome.samples)
    document = {
        "machine": facts,
        "samples": [asdict(sample) for sample in outcome.samples],
        "medians": [
            {"size": size, "kind": kind, "n": medians.counts[size, kind], **asdict(usage)}
            for (size, kind), usage in medians.by_run.items()
        ],
        "answers": [answer_json(answer) for answer in answers],
        "stale": {size: list(names) for size, names in outcome.stale.items()},
        "failures": [asdict(failure) for failure in outcome.failures],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
