"""A tiny book to add works to, and a server that answers like the registries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from speechbook.contributing.works.command import cite
from tests.citelint.verify.server import Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.building.paths import BookPaths


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server that is empty yet."""
    with running() as started:
        yield started


@dataclass(frozen=True)
class Desk:
    """Where a contributor sits: the book and the registries."""

    paths: BookPaths
    environment: dict[str, str]

    def cite(self, text: str, keyword: str = "secondary") -> str:
        """Add a work and return what was said."""
        return "\n".join(cite(self.paths, text, keyword, self.environment))

    @property
    def bibliography(self) -> str:
        """Return the text of references.bib."""
        return self.paths.bibliography.read_text(encoding="utf-8")


@pytest.fixture
def desk(tiny_book: BookPaths, server: Server) -> Desk:
    """Return a desk whose registries are the server."""
    (tiny_book.root / "pyproject.toml").write_text(
        '[tool.citelint]\npaths = ["docs", "references.bib"]\n', encoding="utf-8"
    )
    environment = {
        "CITELINT_CROSSREF": f"{server.base}/crossref",
        "CITELINT_OPENLIBRARY": f"{server.base}/library",
        "BOOK_DATACITE": f"{server.base}/datacite",
    }
    return Desk(tiny_book, environment)
