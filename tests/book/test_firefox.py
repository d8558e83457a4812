"""The site in a second engine: menus, settings, search, notes.

Chromium has every test; here is what depends most on the engine: popovers, dialogs, the
marking of a found sentence, scripts loaded from a disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.book.browsing import CHAPTER, DESKTOP, PHONE, STIR, WHOLE
from tests.book.firefox import CONTROL, DOWN, ENTER, ESCAPE, Window, running_firefox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.websocket_connection import WebSocketConnection

    from tests.book.conftest import BuiltBook

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
HIT = "#book-search a.search-hit"
FOUND = "[...CSS.highlights.get('found') ?? []].map(range => range.toString()).join('')"
IN_VIEW = (
    "(box => box.top > 0 && box.bottom < innerHeight)"
    "([...CSS.highlights.get('found')][0].getBoundingClientRect())"
)


@pytest.fixture(scope="module")
def firefox() -> Iterator[WebSocketConnection]:
    """Start Firefox once."""
    with running_firefox() as connection:
        yield connection


@pytest.fixture
def phone(firefox: WebSocketConnection, address: str) -> Iterator[Window]:
    """Open the first chapter at a phone's width."""
    yield from opened(firefox, address, PHONE["width"], PHONE["height"])


@pytest.fixture
def desktop(firefox: WebSocketConnection, address: str) -> Iterator[Window]:
    """Open the first chapter at a desktop's width."""
    yield from opened(firefox, address, DESKTOP["width"], DESKTOP["height"])


def opened(firefox: WebSocketConnection, address: str, width: int, height: int) -> Iterator[Window]:
    """Open the first chapter; in the end nothing was said and no other host was asked."""
    window = Window(firefox, width, height)
    window.go(address + CHAPTER)
    window.evaluate(STIR)
    window.wait_until(WHOLE)
    yield window
    assert window.complaints == []
    assert [url for url in window.requests if not url.startswith((address, "data:"))] == []
    window.close()


@pytest.mark.parametrize("menu", ["contents", "page", "settings"])
def test_menus_open_and_close_by_key_and_by_button(phone: Window, menu: str) -> None:
    sheet = "#" + phone.evaluate(
        f"document.querySelector('.bar-{menu}').getAttribute('popovertarget')"
    )
    for close in ("key", "button"):
        assert not phone.is_visible(sheet)
        phone.click(f".bar-{menu}")
        phone.wait_for(sheet)
        if close == "key":
            phone.press(ESCAPE)
        else:
            phone.click(f"{sheet} .sheet-close")
        phone.wait_for(sheet, visible=False)


def test_menu_leads_to_another_chapter(phone: Window) -> None:
    phone.click(".bar-contents")
    phone.click("#book-contents a[href*='02-speaker']")
    phone.wait_until("location.pathname.endsWith('02-speaker.html')")


def test_settings_hold_on_the_next_page(phone: Window, address: str) -> None:
    before = phone.evaluate(BACKGROUND)
    phone.click(".bar-settings")
    phone.click("#book-settings input[value='dark']")
    dark = phone.evaluate(BACKGROUND)
    assert dark != before
    phone.go(f"{address}chapters/02-speaker.html")
    assert phone.evaluate(BACKGROUND) == dark
    phone.evaluate("localStorage.removeItem('secret-speech:settings')")


@pytest.mark.parametrize("keys", [(CONTROL, "k"), ("/",)])
def test_search_opens_by_keys_and_closes(desktop: Window, keys: tuple[str, ...]) -> None:
    desktop.press(*keys)
    desktop.wait_for("#book-search input")
    desktop.press(ESCAPE)
    desktop.wait_for("#book-search", visible=False)


@pytest.mark.parametrize("words", ["Timasbuk", "Leningrad afair", "1934", "Тимашук"])
def test_search_finds_and_opens_at_the_sentence(desktop: Window, words: str) -> None:
    desktop.press(CONTROL, "k")
    desktop.type(words)
    desktop.wait_for(f"[data-answered='{words}'] a.search-hit")
    shown = desktop.evaluate(f"document.querySelector('{HIT} span').textContent")
    desktop.press(ENTER)
    desktop.wait_until(f"location.hash.startsWith('#p-') && Boolean({FOUND})")
    assert shown.strip("… ") in " ".join(desktop.evaluate(FOUND).split())
    desktop.wait_until(IN_VIEW)


def test_arrow_goes_to_the_first_hit(phone: Window) -> None:
    phone.click(".bar-search")
    phone.type("Leningrad")
    phone.wait_for("[data-answered='Leningrad'] a.search-hit")
    phone.press(DOWN)
    assert phone.evaluate(f"document.activeElement === document.querySelector('{HIT}')")


def test_search_works_from_a_disk(firefox: WebSocketConnection, book: BuiltBook) -> None:
    window = Window(firefox, DESKTOP["width"], DESKTOP["height"])
    window.go((book.dist / "html" / CHAPTER).as_uri())
    window.press(CONTROL, "k")
    window.type("Chruschtschow")
    window.wait_for("[data-answered='Chruschtschow'] a.search-hit")
    window.press(ENTER)
    window.wait_until(f"location.hash.startsWith('#p-') && Boolean({FOUND})")
    window.close()


POPUP = "#book-popup"
#: What opens a pop-up, and the first words of what it must show.
MARKS = {
    "note": ("article a[role='doc-noteref']", "Note 1"),
    "person": ("article a.story[href*='#person-']", "Person"),
}


@pytest.mark.parametrize("kind", MARKS)
def test_popup_opens_by_hover_and_escape_closes_it_where_it_was(desktop: Window, kind: str) -> None:
    selector, words = MARKS[kind]
    desktop.evaluate(f"document.querySelector(`{selector}`).scrollIntoView({{ block: 'center' }})")
    before = desktop.evaluate("[scrollX, scrollY]")
    desktop.hover(selector)
    desktop.wait_for(POPUP)
    assert desktop.evaluate(
        f"document.querySelector('{POPUP} .popup-title').textContent"
    ).startswith(words)
    desktop.press(ESCAPE)
    desktop.wait_for(POPUP, visible=False)
    assert desktop.evaluate("[scrollX, scrollY]") == before


@pytest.mark.parametrize("kind", MARKS)
def test_popup_opens_by_a_press_and_closes_by_its_button(phone: Window, kind: str) -> None:
    phone.click(MARKS[kind][0])
    phone.wait_for(POPUP)
    phone.click(f"{POPUP} .popup-close")
    phone.wait_for(POPUP, visible=False)


#: What is copied by which button, and what it must be.
COPIED = {
    "[data-copy='cite-apa']": "document.getElementById('cite-apa').textContent.trim()",
    "[data-copy-address]": "location.href.replace(/[?#].*$/, '')",
}


@pytest.mark.parametrize("button", COPIED)
def test_what_is_copied_can_be_pasted(desktop: Window, button: str) -> None:
    desktop.evaluate("document.querySelector('details.cite').open = true")
    desktop.evaluate(f"document.querySelector(`{button}`).scrollIntoView({{ block: 'center' }})")
    desktop.click(button)
    desktop.wait_until(
        "[...document.querySelectorAll('.told')].some(x => /copied/i.test(x.textContent))"
    )
    desktop.press(CONTROL, "k")
    desktop.wait_for("#book-search input")
    desktop.press(CONTROL, "v")
    wanted = desktop.evaluate(COPIED[button])
    pasted = "document.querySelector('#book-search input').value"
    desktop.wait_until(f"{pasted}.length > 0")
    assert desktop.evaluate(pasted) == " ".join(wanted.split())


def test_share_links_carry_the_page_and_ask_no_one(desktop: Window) -> None:
    links = desktop.evaluate(
        "JSON.stringify([...document.querySelectorAll('.share a')].map(a => a.href))"
    )
    address = desktop.evaluate("encodeURIComponent(location.href)")
    assert links.count(address) >= 5
