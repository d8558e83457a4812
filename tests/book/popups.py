"""What the tests of pop-ups share: the chapter that they open, and how its pop-up is read."""

from __future__ import annotations

import contextlib
import tomllib
from typing import TYPE_CHECKING, Any

import lxml.html

from tests.book.browsing import DESKTOP, Visit, visiting, wait_until_whole
from tests.book.every_page import BEFORE_ANY_PAGE
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Browser, Locator

#: A chapter whose notes have a locator of each kind: page, excerpt, article.
CHAPTER = "chapters/05-session.html"
POPUP = "#book-popup"
MARK = "article a[role='doc-noteref']"
DATA = REPOSITORY / "docs" / "data"


@contextlib.contextmanager
def chapter_open(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the chapter on a desktop."""
    with visiting(browser, address, viewport=DESKTOP, reduced_motion="reduce") as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        wait_until_whole(visit.page)
        yield visit


def put_back(visit: Visit) -> Visit:
    """Bring the page back to what it was at first: nothing open, focused or hovered."""
    visit.page.keyboard.press("Escape")
    visit.page.mouse.move(2, 2)
    visit.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return visit


def article_of(path: Path) -> HtmlElement:
    """Return a finished page's article."""
    (article,) = lxml.html.fromstring(path.read_bytes()).xpath("//article")
    return article


def words_of(element: HtmlElement) -> str:
    """Return an element's text with single spaces."""
    return " ".join(element.text_content().split())


def rows(name: str, table: str) -> list[dict[str, Any]]:
    """Return the rows of a data file."""
    found: list[dict[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[table]
    return found


def popup_of(visit: Visit) -> Locator:
    """Return the pop-up once it is open."""
    popup = visit.page.locator(POPUP)
    popup.wait_for(state="visible")
    return popup


def is_closed(visit: Visit) -> bool:
    """Wait until the pop-up is closed."""
    visit.page.locator(POPUP).wait_for(state="hidden")
    return True
