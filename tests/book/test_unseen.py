"""What is far off the screen is laid out later, yet found, reached and printed before."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.book.browsing import CHAPTER, PHONE, WHOLE, Visit, visiting, wait_until
from tests.book.every_page import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.book.conftest import BuiltBook

BIBLIOGRAPHY = "back/bibliography.html"
#: Of each page, something at its end that is not laid out when the page is opened.
LAST = {
    CHAPTER: "aside.footnote:last-of-type p",
    BIBLIOGRAPHY: "section:last-of-type ul.bibliography > li:last-child p",
    "back/people.html": "dl.story-list > dd:last-of-type p",
    "chapters/17-leak.html": "figure:last-of-type figcaption p",
    "chapters/22-china-albania.html": "section:last-of-type > ol > li:last-child p",
}
#: A page with numbered sections, and one whose sections hold others.
MORE = ("chapters/23-anti-party-group.html", "back/evidence.html", "genindex.html")
#: Chromium's names of roles (https://www.w3.org/TR/dpub-aria-1.1/).
LINKS = {"link", "doc-noteref", "doc-backlink"}
#: Links back from notes, and the last work's, that lie below the place kept for them.
BEYOND = """() => ["aside.footnote-list", "section:last-of-type > ul.bibliography"].flatMap(
  selector => [...document.querySelectorAll(selector)].flatMap(box =>
    [...box.querySelectorAll("a")].filter(
      link => link.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom + 1
    ).map(link => link.outerHTML)))"""
#: What is laid out later, where its height is another by itself than within its page.
OTHER_HEIGHTS = """() => {
  const later = [...document.querySelectorAll("article :not(.is-whole)")].filter(
    node => getComputedStyle(node).contentVisibility === "auto");
  const heights = () => later.map(node => Math.round(node.getBoundingClientRect().height));
  for (const node of later) node.classList.add("is-whole");
  const within = heights();
  for (const node of later) node.style.contain = "layout style paint";
  return heights().map((height, index) => [height, within[index], later[index].tagName])
    .filter(([alone, together]) => Math.abs(alone - together) > 1);
}"""
IS_LAID_OUT = "node => node.checkVisibility({ contentVisibilityAuto: true })"


#: A browser that is never idle, so that nothing is laid out later.
NEVER_IDLE = "window.requestIdleCallback = () => 0"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    """Open an empty page on a phone that is too busy to lay out what is not on the screen."""
    with visiting(browser, address, viewport=PHONE, service_workers="block") as visit:
        visit.page.add_init_script(NEVER_IDLE)
        yield visit


@pytest.mark.parametrize("name", LAST)
def test_end_of_a_page_is_not_laid_out_but_found_by_the_browsers_own_search(
    phone: Visit, name: str
) -> None:
    phone.go(name)
    last = phone.page.locator(LAST[name]).last
    assert not last.evaluate(IS_LAID_OUT)
    words = last.evaluate("node => node.textContent.trim().split('\\n')[0].slice(-30)")
    assert phone.page.evaluate("words => window.find(words, false, true)", words)
    wait_until(phone.page, "scrollY > innerHeight")
    assert phone.page.evaluate("getSelection().toString().trim()") == words.strip()


@pytest.mark.parametrize("name", [CHAPTER, BIBLIOGRAPHY])
def test_address_within_a_page_opens_at_its_place(phone: Visit, name: str) -> None:
    phone.go(name)
    last = phone.page.locator(LAST[name]).last
    place = last.evaluate("node => node.closest('[id]:not(p)').id")
    phone.page.goto("about:blank")
    phone.go(f"{name}#{place}")
    wait_until(
        phone.page,
        f"(({{ top, bottom }}) => bottom > 0 && top < innerHeight)"
        f"(document.getElementById('{place}').getBoundingClientRect())",
    )
    assert last.evaluate(IS_LAID_OUT)


@pytest.mark.parametrize(
    "faults", [BEYOND, OTHER_HEIGHTS], ids=["holds its links", "is as high as on the page"]
)
def test_place_of_what_is_laid_out_later(phone: Visit, book: BuiltBook, faults: str) -> None:
    for name in pages_of(book.dist / "html"):
        phone.go(name)
        assert phone.page.evaluate(faults) == [], name


def told(visit: Visit) -> dict[str, list[str]]:
    """Return what Chromium tells a screen reader: the names, sorted, of each role."""
    session = visit.page.context.new_cdp_session(visit.page)
    names: dict[str, list[str]] = {}
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if not node["ignored"]:
            name = " ".join(node.get("name", {}).get("value", "").split())
            names.setdefault(node["role"]["value"], []).append(name)
    return {role: sorted(found) for role, found in names.items()}


def shown(visit: Visit, selector: str) -> list[str]:
    """Return the words, sorted, of all elements that a page shows, laid out or not."""
    words: list[str] = visit.page.locator(selector).evaluate_all(
        "all => all.filter(node => node.checkVisibility())"
        ".map(node => node.textContent.trim().split(/\\s+/u).join(' '))"
    )
    return sorted(words)


@pytest.mark.parametrize("name", [*LAST, *MORE])
def test_headings_are_told_to_screen_readers_before_the_page_is_laid_out(
    phone: Visit, name: str
) -> None:
    phone.go(name)
    assert told(phone)["heading"] == shown(phone, "h1, h2, h3, h4, h5, h6")


@pytest.mark.parametrize("name", LAST)
def test_whole_page_is_soon_laid_out_and_told_to_screen_readers(
    browser: Browser, address: str, name: str
) -> None:
    with visiting(browser, address, viewport=PHONE, service_workers="block") as visit:
        visit.go(name)
        wait_until(visit.page, WHOLE)
        names = told(visit)
        assert names["heading"] == shown(visit, "h1, h2, h3, h4, h5, h6")
        links = [link for role in LINKS for link in names.get(role, ())]
        assert len(links) == len(shown(visit, "a[href]")) > 0
        assert len(names.get("doc-footnote", ())) == len(shown(visit, "aside.footnote"))
        assert names.get("term", []) == shown(visit, "dt")
        pictures = visit.page.locator("article img").evaluate_all("all => all.map(one => one.alt)")
        assert names.get("image", []) == sorted(" ".join(words.split()) for words in pictures)


def test_paper_has_what_was_not_laid_out(phone: Visit) -> None:
    phone.go(BIBLIOGRAPHY)
    entries = phone.page.locator("ul.bibliography > li").all_inner_texts()
    document = pypdfium2.PdfDocument(io.BytesIO(phone.page.pdf(format="A4")))
    printed = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    missing = [entry for entry in entries if "".join(entry.split())[:25] not in printed]
    assert missing == []
