"""What the robot says of a pull request (``speechbook check``), in less than a minute.

In order: the linter over chapters, bibliography and data; the site, whose warnings are
errors; every link within it.  What a contribution must not hold (the rules called SEC)
stops it before Sphinx reads anything.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citelint.reporters.machine import as_github, as_sarif
from citelint.reporters.text import report
from speechbook.addresses import book_address
from speechbook.annotations import annotation, is_on_github
from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from speechbook.contributing.linting import Linted, lint
from speechbook.problems import BookError, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths

SARIF_NAME = "citelint.sarif"


def tell_findings(linted: Linted, paths: BookPaths) -> None:
    """Print the findings, at their lines on GitHub, and leave them as SARIF."""
    reports = paths.build / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    sarif = as_sarif(linted.findings, linted.rules)
    (reports / SARIF_NAME).write_text(sarif, encoding="utf-8")
    sources = linted.reading.sources
    colour = sys.stdout.isatty()
    sys.stdout.write(report(linted.findings, sources, len(sources), colour=colour))
    if is_on_github():
        sys.stdout.write(as_github(linted.findings))


def link_problems(site: Path) -> tuple[Problem, ...]:
    """Return every link within the site that leads nowhere."""
    # lxml is needed here alone, and only the sessions that check install it.
    from speechbook.audit.links import broken_links  # noqa: PLC0415

    files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    return tuple(
        Problem(
            f"The link {link.address!r} leads nowhere ({link.reason})",
            Place(site / link.page),
            "correct it in the chapter that this page was made from",
        )
        for link in broken_links(files, urlsplit(book_address()).path or "/")
    )


def site_problems(paths: BookPaths, steps: Steps) -> tuple[Problem, ...]:
    """Build the site; return what Sphinx warns of, else the links that lead nowhere."""
    try:
        site = prepare(paths, steps).html()
    except BookError as error:
        return error.problems
    with steps.step("Follow the links within the site"):
        return link_problems(site)


def check_everything(paths: BookPaths, steps: Steps) -> bool:
    """Check, tell what was found, and say whether all is well."""
    with steps.step("Read chapters, bibliography and data"):
        linted = lint(paths.root)
    tell_findings(linted, paths)
    if linted.is_unsafe:
        print("Nothing more was read: mend what a book must not carry first.")  # noqa: T201
        return False
    problems = site_problems(paths, steps)
    for problem in problems:
        print(problem.sentence(paths.root))  # noqa: T201
        if is_on_github():
            sys.stdout.write(annotation(problem, paths.root))
    return not (linted.findings or problems)


def run_check(paths: BookPaths, *, quiet: bool = False) -> int:
    """Run the check; 0 when all is well, 1 when something must be mended."""
    is_well = check_everything(paths, Steps(stream=sys.stdout, quiet=quiet))
    closing = "All is well." if is_well else "Please mend the above; nothing was published."
    print(closing)  # noqa: T201
    return 0 if is_well else 1
