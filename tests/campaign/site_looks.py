"""Every page of the site in every look: three sizes, two themes, usual and high contrast.

And every control of every page by the Tab key.  Run by ``nox -s campaign``; the share of it
that runs with the other tests, one look of each page and every look of the templates, is
``tests/book/test_every_page.py``; the share of the Tab key's is in ``test_comfort.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.audit.npm import packages_of
from tests.book.browsing import PHONE, visiting
from tests.book.conftest import address, book, two_books
from tests.book.every_page import ALL_LOOKS, BEFORE_ANY_PAGE, open_all, pages_of
from tests.book.walking import walk
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


def test_keyboard_reaches_every_control_of_every_page_in_order(
    book: BuiltBook, browser: Browser, address: str
) -> None:
    walked = 0
    for name in pages_of(book.dist / "html"):
        with visiting(browser, address, viewport=PHONE) as visit:
            visit.page.add_init_script(BEFORE_ANY_PAGE)
            visit.go(name)
            wanted, reached, faults = walk(visit, 10_000)
        assert reached == wanted, name
        assert faults == [], name
        walked += len(wanted)
    print(f"{walked} controls")  # noqa: T201
