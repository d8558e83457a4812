"""The search in a real browser: what it finds, how it is reached, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.bench.searching.queries import is_found, read_queries
from tests.book.browsing import CHAPTER, DESKTOP, PHONE, Visit, visiting, wait_until
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.book.conftest import BuiltBook

QUERIES = read_queries(REPOSITORY / "tests" / "book" / "queries.toml")
KINDS = {"year", "name", "Cyrillic", "variant", "slip", "phrase", "place", "topic"}
DIALOG = "#book-search"
HIT = "a.search-hit"
#: What the search asks for when it is used, and never before.
OF_THE_SEARCH = "/_static/search-"
WITHOUT_WORKER = """localStorage.getItem("secret-speech:settings") ??
  localStorage.setItem("secret-speech:settings", JSON.stringify({ offline: "" }))"""
FOUND = "[...CSS.highlights.get('found') ?? []].map(range => range.toString()).join('')"


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """Open the first chapter at one of the two sizes."""
    with visiting(browser, address, viewport=request.param) as opened:
        opened.page.add_init_script(WITHOUT_WORKER)
        opened.go(CHAPTER)
        yield opened
        assert opened.complaints == []


@pytest.fixture(scope="module")
def engine(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the search's own page with its index loaded."""
    with visiting(browser, address) as opened:
        opened.page.add_init_script(WITHOUT_WORKER)
        opened.go("search.html?q=Congress")
        opened.page.locator(HIT).first.wait_for()
        yield opened


def pages_for(engine: Visit, words: str) -> list[str]:
    """Type a query as a reader would and return the pages shown, in their order."""
    field = engine.page.locator("main input")
    field.fill(words)
    field.press("Enter")
    settled = "q => new URLSearchParams(location.search).get('q') === q"
    assert engine.page.evaluate(f"({settled})({words!r})") or wait_for_query(engine, words)
    firsts = engine.page.locator(f"main li > {HIT}:first-child")
    hrefs: list[str] = firsts.evaluate_all("links => links.map(link => link.href)")
    return [href.removeprefix(engine.address).partition(".html")[0] for href in hrefs]


def wait_for_query(engine: Visit, words: str) -> bool:
    """Wait until the address says that the query was answered."""
    wait_until(engine.page, f"new URLSearchParams(location.search).get('q') === {words!r}")
    return True


def test_table_has_sixty_queries_of_all_kinds_for_pages_that_are_there(book: BuiltBook) -> None:
    assert len(QUERIES) == 60
    assert len({query.words for query in QUERIES}) == 60
    assert {query.kind for query in QUERIES} == KINDS
    site = book.dist / "html"
    assert [query for query in QUERIES if not (site / f"{query.page}.html").is_file()] == []


def test_every_query_finds_its_page(engine: Visit) -> None:
    missed = []
    for query in QUERIES:
        found = pages_for(engine, query.words)
        if not is_found(query, found):
            missed.append(f"{query.words}: {query.page} is not among {found[: query.within]}")
    assert missed == []


def test_nonsense_finds_nothing_and_says_so(engine: Visit) -> None:
    assert pages_for(engine, "xylophone quark") == []
    assert "Nothing found" in engine.page.locator("main .search-told").inner_text()


@pytest.mark.parametrize("key", ["Control+k", "/", "click"])
def test_dialog_opens_finds_and_closes(visit: Visit, key: str) -> None:
    if key == "click":
        visit.page.locator(".bar-search").click()
    else:
        visit.page.keyboard.press(key)
    dialog = visit.page.locator(DIALOG)
    dialog.locator("input").wait_for(state="visible")
    visit.page.keyboard.type("Timasbuk")
    visit.page.locator(f"{DIALOG}[data-answered='Timasbuk'] {HIT}").first.wait_for()
    assert dialog.locator("mark").first.inner_text() in {"Timasbuk", "Timashuk"}
    told = dialog.locator("[role=status]").inner_text()
    assert told == f"{dialog.locator('li').count()} pages found."
    visit.page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def test_nothing_of_the_search_is_loaded_until_it_is_used(visit: Visit) -> None:
    visit.go("search.html")
    assert [url for url in visit.requests if OF_THE_SEARCH in url] == []
    visit.page.locator("main input").focus()
    wait_until(visit.page, "Boolean(globalThis.book.finding?.ask)")
    assert len({url for url in visit.requests if OF_THE_SEARCH in url}) == 2


def test_enter_opens_the_page_at_the_sentence(visit: Visit) -> None:
    visit.page.keyboard.press("Control+k")
    visit.page.keyboard.type("Timasbuk")
    hit = visit.page.locator(f"{DIALOG}[data-answered='Timasbuk'] {HIT}").first
    hit.wait_for()
    shown = hit.locator("span").last.inner_text()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/10-doctors.html*")
    wait_until(visit.page, f"Boolean({FOUND})")
    # A long sentence is cut in the dialog.
    assert shown.strip("… ") in " ".join(visit.page.evaluate(FOUND).split())
    in_view = (
        "(box => box.top > 0 && box.bottom < innerHeight)"
        "([...CSS.highlights.get('found')][0].getBoundingClientRect())"
    )
    wait_until(visit.page, in_view)
    wait_until(visit.page, "!location.search && location.hash.startsWith('#p-')")


def test_arrows_walk_through_the_hits(visit: Visit) -> None:
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("Leningrad")
    visit.page.locator(f"{DIALOG}[data-answered='Leningrad'] {HIT}").nth(1).wait_for()
    focused = "[...document.querySelectorAll('a.search-hit')].indexOf(document.activeElement)"
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        visit.page.keyboard.press(key)
        assert visit.page.evaluate(focused) == place
    assert visit.page.evaluate("document.activeElement.name") == "q"


def test_new_answer_leaves_the_focus_among_the_hits(visit: Visit) -> None:
    """As when a reader goes on from the field before the last letters are answered."""
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("Leningra")
    visit.page.locator(f"{DIALOG}[data-answered='Leningra'] {HIT}").first.wait_for()
    visit.page.keyboard.press("ArrowDown")
    again = f"book.finding.show('Leningrad', document.querySelector('{DIALOG}'))"
    visit.page.evaluate(again)
    focused = "document.activeElement === document.querySelector('a.search-hit')"
    assert visit.page.evaluate(focused)


def test_every_hit_of_a_query_leads_to_the_sentence_that_it_shows(engine: Visit) -> None:
    """Sentences of text, notes, items and lists are found again where they stand."""
    pages_for(engine, "Molotov")
    hits = engine.page.locator(f"main {HIT}[href*='found=']")
    wanted = hits.evaluate_all(
        "links => links.map(link => [link.href, [...link.children].at(-1).textContent])"
    )
    assert len(wanted) > 20
    with visiting(engine.page.context.browser, engine.address) as other:  # type: ignore[arg-type]
        other.page.add_init_script(WITHOUT_WORKER)
        for href, shown in wanted[::3]:
            other.page.goto(href)
            marked = " ".join(other.page.evaluate(FOUND).split())
            cell = shown.split(" · ")
            assert marked in cell or shown.strip("… ") in marked, href


def test_search_works_from_a_disk(book: BuiltBook, browser: Browser) -> None:
    site = book.dist / "html"
    with visiting(browser, f"{site.as_uri()}/") as visit:
        visit.page.goto((site / CHAPTER).as_uri())
        visit.page.keyboard.press("Control+k")
        visit.page.keyboard.type("Chruschtschow")
        visit.page.locator(f"{DIALOG} {HIT}").first.wait_for()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/chapters/*.html*#p-*")
        wait_until(visit.page, f"Boolean({FOUND})")


def test_sphinx_search_is_gone(book: BuiltBook) -> None:
    names = {path.name for path in (book.dist / "html").rglob("*.js")}
    assert not names & {"searchindex.js", "searchtools.js", "doctools.js", "language_data.js"}
