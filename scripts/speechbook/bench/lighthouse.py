"""Lighthouse over a page of every template: ``nox -s bench -- lighthouse``.

Each page is opened five times, and the table shows medians, since one run's performance
varies with what else the machine does.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.audit.browser import require_chromium
from speechbook.audit.lighthouse import CATEGORIES, Scores, middle, run_lighthouse
from speechbook.audit.npm import packages_of
from speechbook.audit.serving import serving
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RUNS = 5
#: A page of every template, and the chapter with the most pictures.
PAGES = (
    "index",
    "chapters/01-closed-session",
    "chapters/07-seventeenth-congress",
    "chapters/17-leak",
    "back/bibliography",
    "back/chronology",
    "back/glossary",
    "back/people",
    "genindex",
    "search",
    "404",
)
AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
HEAD = ("page", "performance", "access.", "practices", "SEO", "shift", "painted")
MORE = ("blocked", "kB", "requests", "machine")


def row_of(page: str, scores: Scores) -> str:
    """Return a page's line of the table."""
    cells = [scores.scores.get(name, "–") for name in CATEGORIES]
    cells += [f"{scores.shift:.3f}", f"{scores.painted / 1000:.1f} s", f"{scores.blocked} ms"]
    cells += [f"{scores.bytes_sent / 1000:.1f}", scores.requests, scores.speed]
    return f"| {page} | " + " | ".join(str(cell) for cell in cells) + " |"


def table(found: Iterable[tuple[str, Scores]]) -> str:
    """Return the medians as a table in Markdown, and beneath it what cost points."""
    pages = tuple(found)
    head = (*HEAD, *MORE)
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += [row_of(page, scores) for page, scores in pages]
    lines += [f"{page}: {fault}" for page, scores in pages for fault in scores.faults]
    return "\n".join(lines) + "\n"


def missed(found: Iterable[tuple[str, Scores]]) -> bool:
    """Say whether a page is below an aim."""
    return any(
        scores.scores[name] < aim
        for _page, scores in found
        for name, aim in AIMS.items()
        if name in scores.scores
    )


def measured(root: Path, pages: Sequence[str], runs: int) -> Iterable[tuple[str, Scores]]:
    """Yield each page with the medians of its runs.

    Raises:
        BookError: there is no site, or Lighthouse did not run.

    """
    site = root / "dist" / "html"
    if not site.is_dir():
        raise BookError("There is no site in dist/html", cure="run nox -s book first")
    packages = packages_of(root)
    packages.install()
    chromium = require_chromium()
    with serving(site) as address:
        for page in pages:
            each = [
                run_lighthouse(packages, chromium, f"{address}{page}.html") for _ in range(runs)
            ]
            found = page, middle(each)
            sys.stderr.write(f"{row_of(*found)}\n")
            yield found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print: 0 if every aim is met, 1 if one is missed, 2 if nothing could be."""
    parser = argparse.ArgumentParser(prog="speechbook.bench lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"runs of each page ({RUNS})")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
    parser.add_argument("pages", nargs="*", default=PAGES, help="pages without .html")
    options = parser.parse_args(arguments)
    try:
        found = tuple(measured(options.root, options.pages, max(1, options.runs)))
    except BookError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(table(found))
    return int(missed(found))
