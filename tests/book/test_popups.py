"""Notes, people, places and terms in place: by hover, focus, keys, click and touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.audit.npm import packages_of
from tests.book.browsing import DESKTOP, PHONE, Visit, visiting, wait_until, wait_until_whole
from tests.book.every_page import ALL_LOOKS, BEFORE_ANY_PAGE, look_through
from tests.book.popups import CHAPTER, MARK, POPUP, chapter_open, is_closed, popup_of, put_back
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, ViewportSize

    from tests.book.conftest import BuiltBook


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the chapter once."""
    with chapter_open(browser, address) as visit:
        yield visit


@pytest.fixture
def visit(shared: Visit) -> Visit:
    """Return the page as it was at first."""
    return put_back(shared)


def tab_to(visit: Visit, link: Locator) -> None:
    """Give a link the focus by the Tab key, from the link before it."""
    link.evaluate("""node => {
      const all = [...document.querySelectorAll("a[href], button, input")];
      all.slice(0, all.indexOf(node)).findLast(one => one.checkVisibility()).focus();
    }""")
    visit.page.keyboard.press("Tab")
    assert link.evaluate("node => node === document.activeElement")


def test_hover_opens_a_note_that_the_pointer_can_enter_and_escape_closes(visit: Visit) -> None:
    mark = visit.page.locator(MARK).nth(3)
    mark.scroll_into_view_if_needed()
    before = visit.page.evaluate("[scrollX, scrollY]")
    mark.hover()
    popup = popup_of(visit)
    assert popup.locator(".popup-title").inner_text() == "Note 4"
    box = popup.bounding_box()
    assert box
    visit.page.mouse.move(box["x"] + 30, box["y"] + 30, steps=8)
    visit.page.wait_for_timeout(600)
    assert popup.is_visible()
    visit.page.keyboard.press("Escape")
    assert is_closed(visit)
    assert visit.page.evaluate("[scrollX, scrollY]") == before


def test_note_opened_by_hover_closes_when_the_pointer_has_left(visit: Visit) -> None:
    mark = visit.page.locator(MARK).first
    mark.hover()
    popup_of(visit)
    visit.page.mouse.move(2, 2)
    assert is_closed(visit)


def test_escape_holds_until_the_pointer_has_left_the_mark(visit: Visit) -> None:
    mark = visit.page.locator(MARK).first
    mark.hover()
    popup_of(visit)
    visit.page.keyboard.press("Escape")
    assert is_closed(visit)
    box = mark.bounding_box()
    assert box
    visit.page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    visit.page.wait_for_timeout(400)
    assert not visit.page.locator(POPUP).is_visible()


def test_focus_opens_and_leaving_closes(visit: Visit) -> None:
    mark = visit.page.locator(MARK).first
    tab_to(visit, mark)
    popup_of(visit)
    assert mark.get_attribute("aria-expanded") == "true"
    visit.page.keyboard.press("Shift+Tab")
    assert not mark.evaluate("node => node === document.activeElement")
    assert mark.get_attribute("aria-expanded") is None


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_key_leads_into_the_note_and_escape_back_to_the_mark(visit: Visit, key: str) -> None:
    mark = visit.page.locator(MARK).nth(1)
    tab_to(visit, mark)
    popup = popup_of(visit)
    before = visit.page.evaluate("scrollY")
    visit.page.keyboard.press(key)
    wait_until(visit.page, f"document.activeElement.matches('{POPUP}')")
    named = popup.get_by_role("button", name="Close")
    visit.page.keyboard.press("Tab")
    assert named.evaluate("node => node === document.activeElement")
    visit.page.keyboard.press("Escape")
    assert is_closed(visit)
    assert mark.evaluate("node => node === document.activeElement")
    assert visit.page.evaluate("scrollY") == before


def test_tab_past_the_end_of_a_note_goes_on_from_the_mark(visit: Visit) -> None:
    mark = visit.page.locator(MARK).nth(1)
    tab_to(visit, mark)
    visit.page.keyboard.press("Enter")
    popup_of(visit).locator(".popup-works").wait_for()
    stops = visit.page.locator(f"{POPUP} :is(a, button)").count()
    for _ in range(stops + 1):
        visit.page.keyboard.press("Tab")
    assert mark.get_attribute("aria-expanded") is None
    order = """node => {
      const all = [...document.querySelectorAll("a[href], button, input")];
      return all[all.indexOf(node) + 1] === document.activeElement;
    }"""
    assert mark.evaluate(order)


def test_click_keeps_a_note_open_until_something_else_is_clicked(visit: Visit) -> None:
    mark = visit.page.locator(MARK).first
    address = visit.page.url
    mark.click()
    popup_of(visit)
    visit.page.mouse.move(2, 2)
    visit.page.wait_for_timeout(600)
    assert visit.page.locator(POPUP).is_visible()
    assert visit.page.url == address
    visit.page.locator("article h1").click()
    assert is_closed(visit)


def test_nothing_is_loaded_until_a_popup_is_asked_for(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        assert not [url for url in visit.requests if "/cards/" in url]
        visit.page.locator(MARK).first.click()
        visit.page.locator(".popup-works").wait_for()
        visit.page.locator(MARK).nth(1).click()
        visit.page.locator(".popup-works").wait_for()
        assert len([url for url in visit.requests if "/cards/" in url]) == 1
        assert visit.complaints == []
        assert visit.page.evaluate("window.breaches") == []


def test_touch_opens_a_sheet_within_the_thumbs_reach(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        wait_until_whole(visit.page)
        mark = visit.page.locator(MARK).nth(2)
        mark.scroll_into_view_if_needed()
        before = visit.page.evaluate("scrollY")
        mark.tap()
        popup = popup_of(visit)
        popup.locator(".popup-works").wait_for()
        visit.page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        assert visit.page.evaluate("scrollY") == before
        box, button = popup.bounding_box(), popup.locator(".popup-close").bounding_box()
        assert box
        assert button
        assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
        assert box["width"] == PHONE["width"]
        assert button["y"] > PHONE["height"] / 3
        assert min(button["width"], button["height"]) >= 44
        onward = popup.locator(".popup-onward a")
        assert (onward.bounding_box() or {"y": 0})["y"] > PHONE["height"] * 0.9
        onward.tap()
        assert is_closed(visit)
        slug = (mark.get_attribute("href") or "").removeprefix("#")
        assert visit.page.url.endswith(f"#{slug}")
        note = visit.page.locator(f"aside[id='{slug}']")
        assert note.evaluate("node => node.getBoundingClientRect().top < innerHeight")
        assert visit.complaints == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_with_a_popup_open(
    browser: Browser, address: str, size: ViewportSize
) -> None:
    axe = packages_of(REPOSITORY).file("axe-core/axe.min.js").read_text(encoding="utf-8")
    with visiting(browser, address, viewport=size, reduced_motion="reduce") as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        visit.page.evaluate(axe)
        for trigger in (MARK, "article a.story-person"):
            visit.page.locator(trigger).nth(1).click()
            popup_of(visit)
            wait_until(visit.page, f"document.querySelector('{POPUP} .popup-body > :last-child')")
            assert visit.page.evaluate("document.getAnimations().length") == 0
            looks = [look for look in ALL_LOOKS if look.size == size]
            found = list(look_through(visit, looks))
            assert [violation for _, violations, _ in found for violation in violations] == []
            assert [overflow for _, _, overflow in found if overflow > 0] == []
            assert visit.page.locator(POPUP).is_visible()
            visit.page.keyboard.press("Escape")


def test_paper_has_no_popup(visit: Visit) -> None:
    visit.page.locator(MARK).first.click()
    popup_of(visit)
    visit.page.emulate_media(media="print")
    assert not visit.page.locator(POPUP).is_visible()
    visit.page.emulate_media(media="screen")


def test_without_javascript_marks_and_names_are_plain_links(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE, java_script_enabled=False) as visit:
        visit.go(CHAPTER)
        mark = visit.page.locator(MARK).first
        mark.click()
        assert visit.page.url.endswith(mark.get_attribute("href") or "-")
        visit.page.locator("article a.story-person").first.click()
        visit.page.wait_for_url("**/back/people.html#person-*")


def test_popups_open_from_the_disk(book: BuiltBook, browser: Browser) -> None:
    folder = f"{(book.dist / 'html').as_uri()}/"
    with visiting(browser, folder, viewport=DESKTOP) as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        visit.page.locator(MARK).first.click()
        visit.page.locator(".popup-works").wait_for()
        target = (
            visit.page.locator(".popup-links a[href*='bibliography']").first.get_attribute("href")
            or ""
        )
        assert target.startswith(folder)
        visit.page.locator("article a.story-person").first.click()
        wait_until(
            visit.page, f"document.querySelector('{POPUP} .popup-kind').textContent === 'Person'"
        )
        assert visit.complaints == []


def test_link_leads_on_where_the_cards_cannot_be_had(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.page.route("**/cards/*", lambda route: route.abort())
        visit.go(CHAPTER)
        visit.page.locator(MARK).first.click()
        assert popup_of(visit).locator(".popup-note").inner_text()
        visit.page.locator("article a.story-person").first.click()
        visit.page.wait_for_url("**/back/people.html#person-*")
