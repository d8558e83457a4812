"""Lighthouse, which opens a page as a cheap phone on a slow network would and scores it.

https://github.com/GoogleChrome/lighthouse, with its default (mobile) settings: a Moto G Power's
screen, 1.6 Mbit/s and a processor four times slower, simulated.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from speechbook.audit.browser import FLAGS
from speechbook.audit.npm import environment
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from speechbook.audit.npm import Packages

#: Lighthouse's names of the categories, in the order of the table.
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: Seconds that one run may take.
LIMIT = 300
#: Shows a frame as soon as it is made.  Without a display and without this, Chromium 156 holds
#: a page's first frame back to the next full second or the one after: traces have the same page
#: painted after 0.25 s and shown at 1.2 or 2.2 s, while nothing runs.
SHOW_AT_ONCE = "--run-all-compositor-stages-before-draw"
#: Lighthouse's name for a browser that painted nothing: seen in one start of some twenty, on a
#: quiet machine.  Nothing was measured then, and the page is opened again.
NOTHING_PAINTED = "NO_FCP"
STARTS = 3


@dataclass(frozen=True)
class Scores:
    """What one run said: scores from 0 to 100 by category, shift, bytes, requests, faults."""

    scores: dict[str, int]
    #: Cumulative layout shift (https://web.dev/articles/cls).
    shift: float
    #: Milliseconds until the largest part was painted, simulated.
    painted: int
    #: Milliseconds in which the page could not have answered a reader, simulated.
    blocked: int
    bytes_sent: int
    requests: int
    #: How fast this machine was, about 1500 and more for one that has nothing else to do
    #: (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md).
    speed: int
    #: Audits that cost a category part of its score, as ``category: title``.
    faults: tuple[str, ...]


def rounded(score: float | None) -> int:
    """Return a share of 1 as a whole number of hundredths; a category without one has 0."""
    return round((score or 0) * 100)


def faults_of(report: dict[str, Any]) -> Iterable[str]:
    """Yield what cost a category part of its score."""
    for category in CATEGORIES:
        for reference in report["categories"].get(category, {}).get("auditRefs", ()):
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category}: {audit['title']} {audit.get('displayValue', '')}".strip()


def scores_of(report: dict[str, Any]) -> Scores:
    """Read a report of Lighthouse (JSON; its types are in ``types/lhr/lhr.d.ts``)."""
    audits = report["audits"]
    requests = audits.get("network-requests", {}).get("details", {}).get("items", ())
    asked = [item for item in requests if item["url"].startswith("http")]
    return Scores(
        {name: rounded(found["score"]) for name, found in report["categories"].items()},
        round(value_of(audits, "cumulative-layout-shift"), 4),
        round(value_of(audits, "largest-contentful-paint")),
        round(value_of(audits, "total-blocking-time")),
        sum(item["transferSize"] for item in asked),
        len(asked),
        round(report.get("environment", {}).get("benchmarkIndex", 0)),
        tuple(faults_of(report)),
    )


def value_of(audits: dict[str, Any], name: str) -> float:
    """Return what an audit measured; 0 if it was not run, being of another category."""
    return float(audits.get(name, {}).get("numericValue", 0))


def middle(runs: Sequence[Scores]) -> Scores:
    """Return the medians of several runs of one page, and every fault that a run had."""
    names = runs[0].scores
    return Scores(
        {name: round(median(run.scores[name] for run in runs)) for name in names},
        median(run.shift for run in runs),
        round(median(run.painted for run in runs)),
        round(median(run.blocked for run in runs)),
        round(median(run.bytes_sent for run in runs)),
        round(median(run.requests for run in runs)),
        round(median(run.speed for run in runs)),
        tuple(dict.fromkeys(fault for run in runs for fault in run.faults)),
    )


def options_for(address: str, written: Path, categories: Sequence[str]) -> list[str]:
    """Return the options of one run, whose report goes to *written*."""
    flags = " ".join(("--headless=new", SHOW_AT_ONCE, *FLAGS))
    return [
        address,
        "--quiet",
        "--output=json",
        f"--output-path={written}",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={flags}",
    ]


def run_lighthouse(
    packages: Packages, chromium: Path, address: str, categories: Sequence[str] = CATEGORIES
) -> Scores:
    """Open *address* once and return what was found.

    Raises:
        BookError: Lighthouse or its browser did not run to the end.

    """
    for _ in range(STARTS - 1):
        try:
            return run_once(packages, chromium, address, categories)
        except BookError as error:
            if NOTHING_PAINTED not in str(error):
                raise
    return run_once(packages, chromium, address, categories)


def run_once(packages: Packages, chromium: Path, address: str, categories: Sequence[str]) -> Scores:
    """Start Lighthouse and its browser, and read the report.

    Raises:
        BookError: they did not run to the end.

    """
    surroundings = {**environment(), "CHROME_PATH": str(chromium)}
    with tempfile.TemporaryDirectory() as folder:
        # Not read from its output, which it does not always write to the end of.
        written = Path(folder) / "report.json"
        result = subprocess.run(  # noqa: S603
            packages.command("lighthouse", options_for(address, written, categories)),
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
        )
        if result.returncode != 0 or not written.is_file():
            raise BookError(f"Lighthouse did not measure {address}: {result.stderr.strip()}")
        report: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        failure = report["runtimeError"]
        raise BookError(f"Lighthouse: {failure['message']} ({failure['code']}, {address})")
    return scores_of(report)
