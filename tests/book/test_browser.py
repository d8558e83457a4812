"""The site in a real browser, over HTTP, on a phone and on a desktop."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from speechbook.audit.browser import FLAGS, require_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.book.conftest import BuiltBook

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
CHAPTER = "chapters/01-closed-session.html"
MENU_BUTTON = "button.primary-toggle:visible"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="session")
def address(book: BuiltBook) -> Iterator[str]:
    """Serve the site on a free port and return its address."""
    handler = functools.partial(QuietHandler, directory=str(book.dist / "html"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        yield started
        started.close()


class Visit:
    """An open page that remembers what went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("request", lambda request: self._leave(request.url, address))

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") in {"error", "warning"}:
            self.complaints.append(str(message))

    def _leave(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.complaints.append(f"asked another host: {url}")


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """Open the first chapter at one of the two sizes."""
    context = browser.new_context(viewport=request.param)
    opened = Visit(context.new_page(), address)
    opened.page.goto(address + CHAPTER, wait_until="networkidle")
    yield opened
    context.close()


def is_phone(visit: Visit) -> bool:
    """Say whether the page is open at the phone's size."""
    return visit.page.viewport_size == PHONE


def test_page_opens_without_complaint_or_outside_request(visit: Visit) -> None:
    assert visit.page.locator("article h1").inner_text().endswith("The closed session")
    assert visit.complaints == []


def test_page_fits_its_width(visit: Visit) -> None:
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(script) <= 0


def test_menu_opens_and_leads_to_another_chapter(visit: Visit) -> None:
    link = visit.page.locator("nav.bd-docs-nav a", has_text="The man who spoke")
    if is_phone(visit):
        assert not link.is_visible()
        visit.page.locator(MENU_BUTTON).first.click()
    link.wait_for(state="visible")
    link.click()
    visit.page.wait_for_url("**/chapters/02-speaker.html")
    assert visit.page.locator("article h1").inner_text().endswith("The man who spoke")


def test_menu_closes_again(visit: Visit) -> None:
    link = visit.page.locator("nav.bd-docs-nav a", has_text="The man who spoke")
    visit.page.locator(MENU_BUTTON).first.click()
    if is_phone(visit):
        link.wait_for(state="visible")
        visit.page.keyboard.press("Escape")
    link.wait_for(state="hidden")


def test_note_mark_leads_to_the_note_and_back(visit: Visit) -> None:
    mark = visit.page.locator("a.footnote-reference").first
    slug = (mark.get_attribute("href") or "").removeprefix("#")
    mark.click()
    note = visit.page.locator(f"aside[id='{slug}']")
    assert note.evaluate("node => node.getBoundingClientRect().top < innerHeight")
    note.locator("a[role='doc-backlink']").first.click()
    assert mark.evaluate(
        "node => { const box = node.getBoundingClientRect();"
        " return box.top >= 0 && box.top < innerHeight; }"
    )


def test_citation_leads_to_the_entry(visit: Visit) -> None:
    link = visit.page.locator("aside.footnote .bibtex-citation a").first
    anchor = (link.get_attribute("href") or "").rpartition("#")[2]
    link.click()
    visit.page.wait_for_url("**/back/bibliography.html#*")
    assert visit.page.locator(f"li[id='{anchor}']").is_visible()


def test_typefaces_are_the_books_own(visit: Visit) -> None:
    loaded = visit.page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts]"
        ".filter(face => face.status === 'loaded').map(face => face.family))"
    )
    assert any("Libertinus Serif" in family for family in loaded)
    assert any("Libertinus Sans" in family for family in loaded)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_keeps_its_contrast_in_both_themes(visit: Visit, theme: str) -> None:
    visit.page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    ratio = visit.page.evaluate(CONTRAST_OF_LINK)
    assert ratio >= 4.5


#: Contrast of a link in the text by WCAG 2.2's formula for relative luminance.
CONTRAST_OF_LINK = """() => {
  const channel = value => {
    value /= 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(channel);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const link = document.querySelector("article p a.reference");
  const pair = [getComputedStyle(link).color, getComputedStyle(document.body).backgroundColor];
  const [dark, light] = pair.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}"""
