"""What opens over a page is as accessible as the page: axe looks at it in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.audit.npm import packages_of
from tests.book.browsing import CHAPTER, DESKTOP, PHONE, visiting
from tests.book.every_page import ALL_LOOKS, AXE, BEFORE_ANY_PAGE, Look, put_on, violations_in
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.book.browsing import Visit


def open_search(page: Page) -> None:
    """Open the search and find something."""
    page.locator(".bar-search").click()
    page.keyboard.type("Leningrad afair")
    page.locator("[data-answered='Leningrad afair'] a.search-hit").first.wait_for()


def open_note(page: Page) -> None:
    """Open a note with its works."""
    page.locator("a[role='doc-noteref']").nth(2).click()
    page.locator("#book-popup .popup-works").wait_for()


def open_card(page: Page) -> None:
    """Open the card of a person or a place."""
    page.locator("a.story").first.click()
    page.locator("#book-popup .popup-title").wait_for()


def open_settings(page: Page) -> None:
    """Open the settings."""
    page.locator(".bar-settings").click()
    page.locator("#book-settings").wait_for()


def open_cite(page: Page) -> None:
    """Open the forms of citing the chapter."""
    page.locator(".cite summary").click()
    page.locator("#cite-apa").wait_for()


def seen(visit: Visit, look: Look) -> list[str]:
    """Return axe's violations in one look; colours are there at once, without a fade."""
    put_on(visit, look)
    return list(violations_in(visit.page.evaluate(AXE), look))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("menu", [open_search, open_note, open_card, open_settings, open_cite])
def test_axe_finds_nothing_in_what_is_open(
    browser: Browser, address: str, menu: Callable[[Page], None], size: dict[str, int]
) -> None:
    looks = [look for look in ALL_LOOKS if look.size == size]
    axe = packages_of(REPOSITORY).file("axe-core/axe.min.js").read_text(encoding="utf-8")
    with visiting(browser, address, viewport=size) as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        menu(visit.page)
        visit.page.evaluate(axe)
        found = [violation for look in looks for violation in seen(visit, look)]
    assert len(looks) == 4
    assert found == []
