"""What makes reading comfortable: settings, places kept, keys, offline, paper, no JavaScript."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from speechbook.audit.serving import serving
from tests.book.browsing import (
    CHAPTER,
    DESKTOP,
    PHONE,
    Visit,
    visiting,
    wait_until,
    wait_until_whole,
)
from tests.book.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ViewportSize

    from tests.book.conftest import BuiltBook

SECOND = "chapters/02-speaker.html"
#: A page of each sort that has controls of its own.
WALKED = (
    *(CHAPTER, "chapters/07-seventeenth-congress.html", "chapters/17-leak.html"),
    *("back/chronology.html", "back/bibliography.html", "back/people.html", "back/errata.html"),
    *("genindex.html", "search.html", "404.html"),
)
#: The rest of them in tests/campaign/site_looks.py.
MOST_WALKED, ALL_OF_THEM = 60, 10_000
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
FONT_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WITHOUT_WORKER = """localStorage.getItem("secret-speech:settings") ??
  localStorage.setItem("secret-speech:settings", JSON.stringify({ offline: "" }))"""


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the first chapter on a phone that shows light colours."""
    with visiting(browser, address, viewport=PHONE, color_scheme="light") as visit:
        visit.page.add_init_script(WITHOUT_WORKER)
        visit.go(CHAPTER)
        yield visit


def choose(visit: Visit, name: str, value: str) -> None:
    """Choose a setting as a reader would."""
    visit.page.locator(".bar-settings").click()
    visit.page.locator(f"#book-settings input[name='{name}'][value='{value}']").click()
    visit.page.keyboard.press("Escape")


def test_dark_colours_hold_at_once_and_on_the_next_page(phone: Visit) -> None:
    before = phone.page.evaluate(BACKGROUND)
    choose(phone, "theme", "dark")
    dark = phone.page.evaluate(BACKGROUND)
    assert dark != before
    phone.go(SECOND)
    assert phone.page.evaluate(BACKGROUND) == dark


def test_high_contrast_is_black_on_white(phone: Visit) -> None:
    choose(phone, "contrast", "more")
    assert phone.page.evaluate(BACKGROUND) == "rgb(255, 255, 255)"
    assert phone.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_larger_text_holds_and_still_fits(phone: Visit) -> None:
    before = phone.page.evaluate(FONT_SIZE)
    choose(phone, "size", "largest")
    phone.go(SECOND)
    wait_until_whole(phone.page)
    assert phone.page.evaluate(FONT_SIZE) >= before * 1.5
    assert phone.page.evaluate(OVERFLOW) <= 0


def test_place_is_kept_offered_and_forgotten(phone: Visit) -> None:
    wait_until_whole(phone.page)
    phone.page.evaluate("document.querySelector('article section:nth-of-type(2)').scrollIntoView()")
    wait_until(phone.page, "localStorage.getItem('secret-speech:places')")
    top = phone.page.evaluate("scrollY")
    phone.go("index.html")
    onward = phone.page.locator("a.go-on")
    assert "The closed session" in onward.inner_text()
    onward.click()
    phone.page.wait_for_url(f"**/{CHAPTER}")
    phone.page.locator("a.go-on").click()
    wait_until(phone.page, f"Math.abs(scrollY - {top}) < 400")
    phone.page.locator(".bar-settings").click()
    phone.page.locator("#book-settings input[name='place']").click()
    assert phone.page.evaluate("localStorage.getItem('secret-speech:places')") is None


def test_arrow_keys_turn_the_page_unless_turned_off(phone: Visit) -> None:
    phone.page.keyboard.press("ArrowRight")
    phone.page.wait_for_url(f"**/{SECOND}")
    phone.page.keyboard.press("ArrowLeft")
    phone.page.wait_for_url(f"**/{CHAPTER}")
    choose(phone, "keys", "keep")
    phone.page.keyboard.press("ArrowRight")
    phone.page.wait_for_timeout(300)
    assert phone.page.url.endswith(CHAPTER)


def test_every_tool_lies_within_the_thumbs_reach(phone: Visit) -> None:
    tools = phone.page.locator(".book-bar > *").all()
    assert len(tools) == 6
    for tool in tools:
        box = tool.bounding_box()
        assert box
        assert box["y"] > PHONE["height"] * 2 / 3
        assert min(box["width"], box["height"]) >= 44  # WCAG 2.2, 2.5.5


@pytest.mark.parametrize("name", WALKED)
def test_keyboard_reaches_every_control_in_order_and_shows_where_it_is(
    phone: Visit, name: str
) -> None:
    """All of the first chapter; of other pages, which have hundreds of links, the first."""
    phone.go(name)
    wanted, reached, faults = walk(phone, ALL_OF_THEM if name == CHAPTER else MOST_WALKED)
    assert reached == wanted
    assert faults == []


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, {"width": 320, "height": 225}])
def test_page_reflows_at_400_per_cent(browser: Browser, address: str, size: ViewportSize) -> None:
    """A window of 1280 by 900 at 400 % is 320 by 225 (WCAG 2.2, 1.4.10)."""
    with visiting(browser, address, viewport=size) as visit:
        visit.page.add_init_script(WITHOUT_WORKER)
        for name in (*WALKED, "index.html", "back/evidence.html"):
            visit.go(name)
            wait_until_whole(visit.page)
            assert visit.page.evaluate(OVERFLOW) <= 0, name
            # The tools must not cover what little can be seen.
            covered = visit.page.evaluate(
                "getComputedStyle(document.querySelector('.book-bar')).position === 'fixed'"
            )
            assert covered == (size["height"] > 400)


def test_without_javascript_everything_is_there(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE, java_script_enabled=False) as visit:
        visit.go(CHAPTER)
        for menu, sheet in (("contents", "#book-contents"), ("page", "#page-contents")):
            visit.page.locator(f".bar-{menu}").click()
            visit.page.locator(f"{sheet} nav a").first.wait_for(state="visible")
            visit.page.keyboard.press("Escape")
            visit.page.locator(sheet).wait_for(state="hidden")
        assert not visit.page.locator(".bar-settings").is_visible()
        assert visit.page.locator("aside.footnote").count() > 10
        visit.page.locator(".bar-search").click()
        visit.page.wait_for_url("**/search.html")
        assert visit.page.locator("noscript a", has_text="index").is_visible()


def test_reduced_motion_is_honoured(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE, reduced_motion="reduce") as visit:
        visit.page.add_init_script(WITHOUT_WORKER)
        visit.go(CHAPTER)
        assert visit.page.evaluate("document.getAnimations().length") == 0
        smooth = "getComputedStyle(document.documentElement).scrollBehavior"
        assert visit.page.evaluate(smooth) == "auto"


def foot_of(page: pypdfium2.PdfPage) -> str:
    """Return what stands in a printed page's lower margin of 20 mm."""
    return str(page.get_textpage().get_text_bounded(bottom=0, top=20 / 25.4 * 72).strip())


def test_paper_is_black_on_white_with_notes_and_numbers(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP, color_scheme="dark") as visit:
        visit.page.add_init_script(WITHOUT_WORKER)
        visit.go(CHAPTER)
        visit.page.emulate_media(media="print", color_scheme="dark")
        assert visit.page.evaluate(BACKGROUND) == "rgb(255, 255, 255)"
        printed = visit.page.pdf(format="A4", print_background=True)
        last_note = visit.page.locator("aside.footnote").last.inner_text()
    document = pypdfium2.PdfDocument(io.BytesIO(printed))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    words = " ".join(text.split())
    assert "1. The closed session" in words
    assert last_note.split()[-1] in words
    assert "Settings" not in words
    assert [foot_of(page) for page in document] == [f"{n + 1}" for n in range(len(document))]
    corner = document[0].render(scale=0.5).to_pil().getpixel((2, 2))
    assert corner == (255, 255, 255)


def test_page_for_lost_addresses_searches_for_their_words(
    book: BuiltBook, browser: Browser
) -> None:
    site = book.dist / "html"
    with serving(site) as address, visiting(browser, address) as visit:
        visit.page.add_init_script(WITHOUT_WORKER)
        visit.page.goto(f"{address}chapters/deeper/09-leningrad-affair.html")
        assert visit.page.locator("h1").inner_text() == "Page not found"
        assert visit.page.locator(".not-found input").input_value() == "leningrad affair"
        visit.page.locator(".not-found button").click()
        hit = visit.page.locator(".not-found a.search-hit").first
        hit.wait_for()
        assert "The Leningrad affair" in hit.inner_text()


def test_book_is_read_offline_after_a_visit_until_turned_off(
    book: BuiltBook, browser: Browser
) -> None:
    with serving(book.dist / "html") as address:
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        page.goto(address + CHAPTER)
        wait_until(
            page,
            "navigator.serviceWorker.getRegistration()"
            ".then(found => found?.active?.state === 'activated')",
            seconds=60,
        )
    # The server is gone now.
    page.goto(address + SECOND)
    assert "The man who spoke" in page.locator("h1").inner_text()
    page.locator("a[href='#offline-off']").click()
    wait_until(page, "caches.keys().then(names => names.length === 0)")
    wait_until(page, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    assert page.locator("#offline-told").inner_text()
    context.close()


def test_book_is_read_from_the_disk(book: BuiltBook, browser: Browser) -> None:
    start = (book.dist / "html" / CHAPTER).as_uri()
    with visiting(browser, address_of_folder(book.dist / "html"), viewport=PHONE) as visit:
        visit.page.goto(start)
        choose(visit, "theme", "dark")
        visit.page.locator(".bar-next").click()
        visit.page.wait_for_url(f"**/{SECOND}")
        assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert visit.complaints == []


def address_of_folder(folder: Path) -> str:
    """Return a folder's address with its final slash."""
    return f"{folder.as_uri()}/"
