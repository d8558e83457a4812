"""Ask three searches what readers ask: ``nox -s bench -- search``.

The queries and the page that each must find stand in ``tests/book/queries.toml``; Sphinx's
own search and Pagefind run over the same book, in the same browser.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from speechbook.audit.browser import FLAGS, require_chromium
from speechbook.audit.serving import serving
from speechbook.bench.searching.engines import Engine, asked, ours, pagefind, sphinx
from speechbook.bench.searching.queries import Query, is_found, place_of, read_queries
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Sequence

QUERIES = Path("tests", "book", "queries.toml")

#: For each search, by its name, the pages found for each query.
Answers = dict[str, list[list[str]]]


def engines_over(root: Path, folder: Path) -> tuple[Engine, ...]:
    """Make the three searches; what is made lies in *folder*.

    Raises:
        BookError: there is no site, or one of them could not be made.

    """
    site = root / "dist" / "html"
    if not site.is_dir():
        raise BookError("There is no site in dist/html", cure="run nox -s book first")
    shutil.copytree(site, folder / "indexed")
    return ours(site), sphinx(root, folder / "sphinx"), pagefind(folder / "indexed")


def answers_of(engines: Sequence[Engine], queries: Sequence[Query]) -> Answers:
    """Ask every search every query, each in one page of the browser."""
    words = [query.words for query in queries]
    answers: Answers = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        for engine in engines:
            # Pagefind and Playwright's own waiting need what the pages' policy forbids.
            page = chromium.new_context(bypass_csp=True).new_page()
            with serving(engine.site) as address:
                answers[engine.name] = asked(page, engine, address, words)
        chromium.close()
    return answers


def scores(queries: Sequence[Query], answers: Answers) -> str:
    """Return how many queries of each kind each search answers, as a table in Markdown."""
    names = tuple(answers)
    lines = [f"| queries | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for kind in dict.fromkeys(query.kind for query in queries):
        places = [place for place, query in enumerate(queries) if query.kind == kind]
        found = [sum(is_found(queries[p], answers[name][p]) for p in places) for name in names]
        cells = " | ".join(f"{count}" for count in found)
        lines.append(f"| {kind} ({len(places)}) | {cells} |")
    everything = [sum(map(is_found, queries, answers[name])) for name in names]
    lines.append(f"| all ({len(queries)}) | {' | '.join(map(str, everything))} |")
    return "\n".join(lines)


def places(queries: Sequence[Query], answers: Answers) -> str:
    """Return where each search has each query's page (– for nowhere), as a table."""
    names = tuple(answers)
    lines = [f"| query | page | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for number, query in enumerate(queries):
        cells = (place_of(query, answers[name][number]) or "–" for name in names)
        lines.append(f"| {query.words} | {query.page} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask and print: 0, or 2 if a search could not be made."""
    parser = argparse.ArgumentParser(prog="speechbook.bench search", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
    root = parser.parse_args(arguments).root
    queries = read_queries(root / QUERIES)
    try:
        with tempfile.TemporaryDirectory(prefix="speechbook-bench-") as name:
            answers = answers_of(engines_over(root, Path(name)), queries)
    except BookError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{places(queries, answers)}\n\n{scores(queries, answers)}\n")
    return 0
