"""Who made the book: the authors that CITATION.cff names and everyone that git names.

``{book-credits}`` becomes a list of names, each once, in alphabetical order.  Where git is
missing or holds only the newest commits (``git clone --depth``), the page says so.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from speechbook.release.citation import read_citation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

WHOLE = "Everyone named here wrote, corrected or built some part of it, as its history records."
SHALLOW = (
    "This copy was made from the newest part of the history alone; "
    "others may have helped before and are not named here."
)
CO_AUTHORS = "%(trailers:key=Co-authored-by,valueonly,separator=%x00)"
#: In a page's metadata: the credits that it shows.
SHOWN = "speechbook_credits"
NOT_KEPT = "This copy was made without the history, which names everyone who helped."


@dataclass(frozen=True)
class Credits:
    """The names, and a sentence that says how far they can be relied on."""

    authors: tuple[str, ...]
    helpers: tuple[str, ...]
    remark: str


def git(folder: Path, *arguments: str) -> str | None:
    """Return what git says, or nothing without git or outside a repository."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        result = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return None
    return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else None


def authors_of(root: Path, fallback: str) -> tuple[str, ...]:
    """Return the authors that CITATION.cff names, else the one of the settings."""
    return tuple(author.name for author in read_citation(root, fallback).authors)


def helpers_of(root: Path) -> tuple[tuple[str, ...], str]:
    """Return the names in git's history, and the remark that belongs to them.

    ``%aN`` minds ``.mailmap`` (git-log, "Pretty formats"); robots are no people.
    """
    # Asked of this folder's own repository: a book inside another one has no history.
    top = git(root, "rev-parse", "--show-prefix")
    log = git(
        root, "log", "--format=%aN%x00%(trailers:key=Co-authored-by,valueonly,separator=%x00)"
    )
    if top is None or top.strip() or log is None:
        return (), NOT_KEPT
    names = {
        name.partition("<")[0].strip() for line in log.splitlines() for name in line.split("\0")
    }
    people = {name for name in names if name and not name.endswith("[bot]")}
    shallow = (git(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true"
    ordered = tuple(sorted(people, key=lambda name: (name.casefold(), name)))
    return ordered, SHALLOW if shallow else WHOLE


def credits_of(root: Path, fallback: str) -> Credits:
    """Return who is to be thanked."""
    helpers, remark = helpers_of(root)
    return Credits(authors_of(root, fallback), helpers, remark)


def listed(names: Sequence[str]) -> nodes.bullet_list:
    """Return names as a list."""
    items = [nodes.list_item("", nodes.paragraph("", name)) for name in names]
    return nodes.bullet_list("", *items, bullet="-")


class BookCredits(SphinxDirective):
    """``{book-credits}``."""

    def run(self) -> list[nodes.Node]:
        """Return the authors, the names in git, and the remark."""
        found: Credits = self.config.speechbook_credits
        self.env.metadata[self.env.docname][SHOWN] = found
        helpers = [listed(found.helpers)] if found.helpers else []
        return [listed(found.authors), nodes.paragraph("", found.remark), *helpers]


def set_credits(app: Sphinx, config: Config) -> None:
    """Find out once a build; a change makes Sphinx read all pages that show it."""
    config.speechbook_credits = credits_of(app.srcdir.parent, config.author)


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Name the pages that show other credits than the history gives now.

    No other page is read again for them: reading a page makes Sphinx number all figures and
    format all works again.
    """
    now = env.config.speechbook_credits
    return [name for name, data in env.metadata.items() if data.get(SHOWN, now) != now]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive and the value that it shows."""
    app.add_config_value("speechbook_credits", None, "")
    app.connect("config-inited", set_credits)
    app.connect("env-get-outdated", outdated)
    app.add_directive("book-credits", BookCredits)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
