"""Three searches over one book: how each is made, asked, and what it loads."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechbook.bench.searching.plain_sphinx import SETTINGS
from speechbook.bench.workplace import copy_book
from speechbook.problems import BookError

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

PATIENCE = 60_000


@dataclass(frozen=True)
class Engine:
    """A search: its site, the page to open, and two expressions of JavaScript.

    ``ready`` is true once it can be asked; ``ask`` is a function from a query to the
    addresses of the pages found, best first, or to a promise of them.
    """

    name: str
    site: Path
    page: str
    ready: str
    ask: str


def ours(site: Path) -> Engine:
    """Return the book's own search."""
    ready = "book.finding.ready.then(() => true)"
    ask = "query => book.finding.ask(query).map(page => page.address)"
    return Engine("the book’s own", site, "search.html?q=Congress", ready, ask)


def sphinx(root: Path, folder: Path) -> Engine:
    """Build the book with Sphinx's own builder and return Sphinx's search.

    Raises:
        BookError: it could not be built.

    """
    copy_book(root, folder)
    settings = folder / "docs" / "conf.py"
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    site = folder / "site"
    run([sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder / "docs"), str(site)])
    ready = "typeof Search !== 'undefined' && Search.hasIndex()"
    ask = (
        "query => Search._performSearch(...Search._parseQuery(query))"
        ".reverse().map(result => `${result[0]}.html`)"
    )
    return Engine("Sphinx’s own", site, "search.html", ready, ask)


def pagefind(site: Path) -> Engine:
    """Let Pagefind index the finished site and return it.

    Raises:
        BookError: it could not.

    """
    selector = ["--root-selector", "article.bd-article"]
    run([sys.executable, "-m", "pagefind", "--site", str(site), *selector])
    ready = "import('/pagefind/pagefind.js').then(made => Boolean(window.pagefind = made))"
    ask = (
        "query => pagefind.search(query)"
        ".then(found => Promise.all(found.results.slice(0, 25).map(one => one.data())))"
        ".then(all => all.map(one => one.url.replace(/^\\//, '')))"
    )
    return Engine("Pagefind", site, "index.html", ready, ask)


def run(command: list[str]) -> None:
    """Run a command.

    Raises:
        BookError: it failed; the message has its last lines.

    """
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode != 0:
        said = "\n".join((result.stdout + result.stderr).splitlines()[-8:])
        raise BookError(f"{' '.join(command[1:4])} failed:\n{said}", cure="mend that first")


def asked(page: Page, engine: Engine, address: str, words: list[str]) -> list[list[str]]:
    """Return, for each query, the pages found, without ``.html``."""
    page.goto(address + engine.page, wait_until="load")
    page.wait_for_function(f"() => {engine.ready}", timeout=PATIENCE)
    answers: Any = [page.evaluate(engine.ask, query) for query in words]
    return [[str(found).partition(".html")[0] for found in answer] for answer in answers]
