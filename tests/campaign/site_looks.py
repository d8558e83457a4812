"""Every page of the site in every look: three sizes, two themes, usual and high contrast.

Run by ``nox -s campaign``; the share of it that runs with the other tests, one look of each
page and every look of the templates, is ``tests/book/test_every_page.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.audit.npm import packages_of
from tests.book.conftest import address, book, two_books
from tests.book.every_page import ALL_LOOKS, open_all, pages_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.book.conftest import BuiltBook

__all__ = ["address", "book", "two_books"]


def test_axe_finds_nothing_in_any_look_and_every_page_fits(
    book: BuiltBook,
    browser: Browser,
    address: str,
) -> None:
    site = book.dist / "html"
    axe = packages_of(REPOSITORY).file("axe-core/axe.min.js").read_text(encoding="utf-8")
    pages = tuple(open_all(browser, address, site, axe, lambda _name, _number: ALL_LOOKS))
    print(f"{len(pages)} pages in {len(ALL_LOOKS)} looks each")  # noqa: T201
    assert len(pages) == len(pages_of(site))
    assert {page.name: page.violations for page in pages if page.violations} == {}
    assert {page.name: page.overflow for page in pages if page.overflow} == {}
