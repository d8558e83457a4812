"""The edition that is being built, and the parts of it that can be cited and shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechbook.release.citation import Author

TITLE_PAGE = "index"


@dataclass(frozen=True)
class Edition:
    """The book as it is built: ``day`` as ``2026-11-23``, ``licence`` an SPDX identifier.

    ``base`` is the site's address with its final slash, or nothing where it is not known.
    """

    title: str
    description: str
    authors: tuple[Author, ...]
    version: str
    day: str
    language: str
    licence: str
    base: str

    @property
    def year(self) -> str:
        """Return the edition's year."""
        return self.day[:4]

    def address_of(self, page: str) -> str:
        """Return a page's address, or nothing; the title page's is the site's own."""
        if not self.base or page == TITLE_PAGE:
            return self.base
        return f"{self.base}{page}.html"


@dataclass(frozen=True)
class Part:
    """The book itself (``number`` is ""), or a chapter; ``page`` is its docname."""

    page: str
    title: str
    description: str
    number: str = ""

    @property
    def is_chapter(self) -> bool:
        """Say whether it is a part of the book and not the whole."""
        return self.page != TITLE_PAGE

    @property
    def heading(self) -> str:
        """Return the title with its number, if it has one."""
        return f"{self.number}. {self.title}" if self.number else self.title
