"""The site in a real browser, over HTTP, on a phone and on a desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.book.browsing import CHAPTER, DESKTOP, PHONE, Visit, visiting, wait_until_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CONTENTS = "nav.bd-docs-nav a"


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """Open the first chapter at one of the two sizes."""
    with visiting(browser, address, viewport=request.param) as opened:
        opened.go(CHAPTER)
        yield opened


def is_phone(visit: Visit) -> bool:
    """Say whether the page is open at the phone's size."""
    return visit.page.viewport_size == PHONE


def test_page_opens_without_complaint_or_outside_request(visit: Visit) -> None:
    assert "The closed session" in visit.page.locator("article h1").inner_text()
    assert visit.complaints == []


def test_page_fits_its_width(visit: Visit) -> None:
    wait_until_whole(visit.page)
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(script) <= 0


def test_menu_opens_and_leads_to_another_chapter(visit: Visit) -> None:
    link = visit.page.locator(CONTENTS, has_text="The man who spoke")
    if is_phone(visit):
        assert not link.is_visible()
        visit.page.locator(".bar-contents").click()
    link.wait_for(state="visible")
    link.click()
    visit.page.wait_for_url("**/chapters/02-speaker.html")
    assert "The man who spoke" in visit.page.locator("article h1").inner_text()


@pytest.mark.parametrize("menu", ["contents", "page", "settings"])
def test_menus_close_by_key_and_by_button(visit: Visit, menu: str) -> None:
    button = visit.page.locator(f".bar-{menu}")
    sheet = visit.page.locator(f"#{button.get_attribute('popovertarget')}")
    if not button.is_visible():
        assert sheet.is_visible()  # a column of a wide page
        return
    for close in ("key", "button"):
        assert not sheet.is_visible()
        button.click()
        sheet.wait_for(state="visible")
        if close == "key":
            visit.page.keyboard.press("Escape")
        else:
            sheet.locator(".sheet-close").click()
        sheet.wait_for(state="hidden")


def test_note_mark_leads_to_the_note_and_back(visit: Visit) -> None:
    wait_until_whole(visit.page)
    mark = visit.page.locator("a.footnote-reference").first
    slug = (mark.get_attribute("href") or "").removeprefix("#")
    mark.click()
    visit.page.locator("#book-popup .popup-onward a").click()
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
  const link = document.querySelector("article p a[href]:not([class])");
  const pair = [getComputedStyle(link).color, getComputedStyle(document.body).backgroundColor];
  const [dark, light] = pair.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}"""
