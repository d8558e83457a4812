"""Notes, people, places and terms in place: by hover, focus, keys, click and touch."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from pybtex.database import parse_file

from speechbook.audit.npm import packages_of
from speechbook.citing.latex import decoded
from speechbook.citing.notes import MARK_OF_UNSEEN_LOCATOR
from speechbook.site.cards import SEEN_IN_WORDS
from tests.book.browsing import DESKTOP, PHONE, Visit, visiting, wait_until
from tests.book.every_page import ALL_LOOKS, BEFORE_ANY_PAGE, look_through
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.html import HtmlElement
    from playwright.sync_api import Browser, Locator, ViewportSize

    from tests.book.conftest import BuiltBook

#: A chapter whose notes have a locator of each kind: page, excerpt, article.
CHAPTER = "chapters/05-session.html"
POPUP = "#book-popup"
MARK = "article a[role='doc-noteref']"
DATA = REPOSITORY / "docs" / "data"


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the chapter once, on a desktop."""
    with visiting(browser, address, viewport=DESKTOP, reduced_motion="reduce") as visit:
        visit.page.add_init_script(BEFORE_ANY_PAGE)
        visit.go(CHAPTER)
        yield visit


@pytest.fixture
def visit(shared: Visit) -> Visit:
    """Return the page as it was at first: nothing open, focused or hovered."""
    shared.page.keyboard.press("Escape")
    shared.page.mouse.move(2, 2)
    shared.page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return shared


@pytest.fixture(scope="module")
def chapter(book: BuiltBook) -> HtmlElement:
    """Return the chapter's article."""
    return article_of(book.dist / "html" / CHAPTER)


@pytest.fixture(scope="module")
def opened(shared: Visit) -> dict[str, dict[str, Any]]:
    """Open every note of the chapter and return what each pop-up says, by the note's name."""
    found: dict[str, dict[str, Any]] = shared.page.evaluate(READ_EVERY_NOTE)
    return found


#: Presses each mark and reads the pop-up when its works are there.
READ_EVERY_NOTE = """async () => {
  const words = node => node.textContent.replace(/\\s+/g, " ").trim();
  const found = {};
  for (const mark of document.querySelectorAll("article a[role='doc-noteref']")) {
    mark.click();
    for (let turn = 0; turn < 50; turn++) {
      await new Promise(done => setTimeout(done, 2));
      if (document.querySelector("#book-popup .popup-works")) break;
    }
    const popup = document.getElementById("book-popup");
    found[decodeURIComponent(mark.hash.slice(1))] = {
      title: words(popup.querySelector(".popup-title")),
      note: words(popup.querySelector(".popup-note")),
      works: [...popup.querySelectorAll(".popup-works > li")].map(work => ({
        entry: words(work.querySelector(".popup-entry")),
        evidence: [...work.querySelectorAll(".popup-evidence li")].map(words),
        links: [...work.querySelectorAll(".popup-links a")].map(link => [words(link), link.href]),
      })),
    };
    popup.querySelector(".popup-close").click();
  }
  return found;
}"""


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


def tab_to(visit: Visit, link: Locator) -> None:
    """Give a link the focus by the Tab key, from the link before it."""
    link.evaluate("""node => {
      const all = [...document.querySelectorAll("a[href], button, input")];
      all.slice(0, all.indexOf(node)).findLast(one => one.checkVisibility()).focus();
    }""")
    visit.page.keyboard.press("Tab")
    assert link.evaluate("node => node === document.activeElement")


def popup_of(visit: Visit) -> Locator:
    """Return the pop-up once it is open."""
    popup = visit.page.locator(POPUP)
    popup.wait_for(state="visible")
    return popup


def is_closed(visit: Visit) -> bool:
    """Wait until the pop-up is closed."""
    visit.page.locator(POPUP).wait_for(state="hidden")
    return True


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


def test_every_note_of_the_chapter_reads_as_it_does_at_the_foot(
    opened: dict[str, dict[str, Any]], chapter: HtmlElement
) -> None:
    notes = {
        aside.get("id"): (
            words_of(aside.find_class("label")[0]),
            " ".join(words_of(p) for p in aside.xpath("./p")),
        )
        for aside in chapter.xpath(".//aside[contains(@class, 'footnote ')]")
    }
    assert len(notes) > 20
    assert {name: (f"Note {n}", text) for name, (n, text) in notes.items()} == {
        name: (said["title"], said["note"]) for name, said in opened.items()
    }


def test_every_citation_has_its_full_entry_and_its_source(
    opened: dict[str, dict[str, Any]], chapter: HtmlElement, book: BuiltBook
) -> None:
    bibliography = article_of(book.dist / "html" / "back" / "bibliography.html")
    entries = {
        re.sub(r"^work-\d-", "", item.get("id")): item for item in bibliography.xpath(".//li[@id]")
    }
    works = parse_file(str(REPOSITORY / "references.bib"), "bibtex").entries
    keys = {re.sub(r"[^a-z0-9]+", "-", key.lower()): key for key in works}
    for name, said in opened.items():
        cited = chapter.xpath(f".//aside[@id='{name}']//a[contains(@href, '#work-')]/@href")
        anchors = list(dict.fromkeys(re.sub(r".*#work-\d-", "", href) for href in cited))
        assert len(said["works"]) == len(anchors), name
        for anchor, work in zip(anchors, said["works"], strict=True):
            fields = works[keys[anchor]].fields
            whole = words_of(entries[anchor]).partition(" Cited in ")[0]
            assert work["entry"] == whole
            title = " ".join(str(decoded(fields["title"])).replace("--", "–").split())
            assert title in work["entry"], anchor
            links = dict(work["links"])
            doi = fields.get("doi")
            source = f"https://doi.org/{doi}" if doi else fields.get("url")
            assert links.get("Source") == source
            assert links.get("Archived copy") == fields.get("archiveurl")
            assert work["links"][-1][1].endswith(f"bibliography.html#{entries[anchor].get('id')}")


def test_evidence_is_told_for_a_locator_of_each_kind(
    opened: dict[str, dict[str, Any]], chapter: HtmlElement
) -> None:
    known = {(r["citekey"].replace("_", "-"), r["locator"]): r for r in rows("evidence", "locator")}
    kinds = set()
    for name, said in opened.items():
        told = [item for work in said["works"] for item in work["evidence"]]
        for citation in chapter.xpath(f".//aside[@id='{name}']//*[@class='bibtex-citation']"):
            (href,) = citation.xpath("./a/@href")
            after = (citation[-1].tail or "").removesuffix(MARK_OF_UNSEEN_LOCATOR)
            if not after:
                continue
            row = known[re.sub(r".*#work-\d-", "", href), after.removeprefix(", ")]
            start = f"{row['locator']}: {SEEN_IN_WORDS[row['seen']]}"
            assert [item for item in told if item.startswith(start)], (name, start, told)
            kinds.add(row["seen"])
    assert kinds == {"page", "excerpt", "article"}


def card_of(visit: Visit, link: Locator) -> Locator:
    """Open a card by hover and return it."""
    visit.page.keyboard.press("Escape")
    link.scroll_into_view_if_needed()
    link.hover()
    popup = popup_of(visit)
    wait_until(visit.page, f"document.querySelector('{POPUP} .popup-onward a').href === "
               f"{link.evaluate('node => JSON.stringify(node.href)')}")  # fmt: skip
    return popup


def test_card_of_a_person_is_the_row_of_the_data(visit: Visit) -> None:
    row = next(r for r in rows("people", "person") if r["slug"] == "khrushchev")
    link = visit.page.locator("article a.story[href$='#person-khrushchev']")
    card = card_of(visit, link)
    assert card.locator(".popup-title").inner_text() == f"Person {row['name']}"
    (native,) = row["native"]
    assert card.locator("[lang='ru']").inner_text() == native.removeprefix("ru: ")
    said = card.inner_text()
    assert f"{row['born']}–{row['died']}" in said
    assert f"In 1956: {row['role']}." in said
    assert row["note"] in said
    card.locator(".popup-onward a").click()
    visit.page.wait_for_url("**/back/people.html#person-khrushchev")
    visit.go(CHAPTER)


def test_card_of_a_place_is_the_row_of_the_data(visit: Visit) -> None:
    link = visit.page.locator("article a.story-place").first
    slug = (link.get_attribute("href") or "").partition("#place-")[2]
    row = next(r for r in rows("places", "place") if r["slug"] == slug)
    card = card_of(visit, link)
    assert card.locator(".popup-title").inner_text() == f"Place {row['name']}"
    assert row["note"] in card.inner_text()


def test_card_of_a_term_is_the_glossarys_definition(visit: Visit, book: BuiltBook) -> None:
    link = visit.page.locator("article a:has(> .std-term)").first
    anchor = (link.get_attribute("href") or "").rpartition("#")[2]
    glossary = article_of(book.dist / "html" / "back" / "glossary.html")
    (term,) = glossary.xpath(f".//dt[@id='{anchor}']")
    told = term.getnext() if term.getnext().tag == "dd" else term.getnext().getnext()
    card = card_of(visit, link)
    assert card.locator(".popup-title").inner_text() == f"Term {term.text}"
    said = " ".join(card.locator(".popup-body").inner_text().split())
    assert said == words_of(told.xpath("./p")[0])
    for inner in card.locator(".popup-body a").all():
        target = inner.evaluate("node => node.href")
        assert "/back/glossary.html#term-" in target


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
        target = visit.page.locator(".popup-links a.internal").first.get_attribute("href") or ""
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
