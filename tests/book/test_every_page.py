"""What holds on every page of the site: weight, policy, markup, accessibility, silence."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.markup import CHECKER, check_markup
from speechbook.audit.npm import packages_of
from tests.book.browsing import DESKTOP, PHONE, TEMPLATES, visiting, wait_until
from tests.book.every_page import ALL_LOOKS, BEFORE_ANY_PAGE, open_all, pages_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

    from tests.book.browsing import Visit
    from tests.book.conftest import BuiltBook
    from tests.book.every_page import Opened

MOST_BYTES, MOST_REQUESTS, MOST_BYTES_OF_SCRIPTS = 120_000, 10, 30_000
#: Cumulative layout shift (https://web.dev/articles/cls); 0.1 counts as good.
MOST_SHIFT = 0.02
#: Pages for contributors have code in lines, which breaks elsewhere in another typeface.
MOST_SHIFT_FOR_CONTRIBUTORS = 0.1
#: Once the typefaces are there, two frames have been painted with them.
PAINTED = """document.fonts.ready.then(() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))"""
#: The bibliography, the index and the tables of people are lists of hundreds of entries,
#: which nobody reads through; chapters are what the budget is for.
BUDGETED = ("chapters/", "front/", "index.html")


@pytest.fixture(scope="module")
def opened(book: BuiltBook, browser: Browser, address: str) -> tuple[Opened, ...]:
    """Open every page once."""
    axe = packages_of(REPOSITORY).file("axe-core/axe.min.js").read_text(encoding="utf-8")
    return tuple(open_all(browser, address, book.dist / "html", axe))


def test_every_page_was_opened(opened: tuple[Opened, ...], book: BuiltBook) -> None:
    assert {page.name for page in opened} == set(pages_of(book.dist / "html"))


def test_no_page_says_anything_or_asks_another_host(opened: tuple[Opened, ...]) -> None:
    assert {page.name: page.complaints for page in opened if page.complaints} == {}


def test_no_page_breaks_its_policy(opened: tuple[Opened, ...]) -> None:
    assert {page.name: page.breaches for page in opened if page.breaches} == {}


def test_axe_finds_nothing(opened: tuple[Opened, ...]) -> None:
    assert {page.name: page.violations for page in opened if page.violations} == {}


def test_pages_of_each_template_were_seen_in_every_look(opened: tuple[Opened, ...]) -> None:
    looks = {page.name: set(map(str, page.looks)) for page in opened}
    every_look = set(map(str, ALL_LOOKS))
    assert len(every_look) == 12
    assert {name: looks[name] for name in TEMPLATES} == dict.fromkeys(TEMPLATES, every_look)


def test_nothing_moves_while_a_page_is_loaded(opened: tuple[Opened, ...]) -> None:
    most = {True: MOST_SHIFT_FOR_CONTRIBUTORS, False: MOST_SHIFT}
    moved = {
        page.name: page.shift
        for page in opened
        if page.shift >= most[page.name.startswith("contributing/")]
    }
    assert moved == {}


def test_nothing_moves_where_the_typefaces_come_late(browser: Browser, address: str) -> None:
    moved = {}
    for name, size in itertools.product(TEMPLATES, (PHONE, DESKTOP)):
        with visiting(browser, address, viewport=size) as visit:
            visit.page.add_init_script(BEFORE_ANY_PAGE)
            moved[name, size["width"]] = shift_by_late_typefaces(visit, name)
    assert {page: shift for page, shift in moved.items() if shift >= MOST_SHIFT} == {}


def shift_by_late_typefaces(visit: Visit, name: str) -> float:
    """Open a page, hold its typefaces back until it is painted; return how far it moved."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/*.woff2", hold)
    visit.page.goto(visit.address + name, wait_until="domcontentloaded")
    wait_until(visit.page, "performance.getEntriesByName('first-contentful-paint').length")
    assert held
    for route in held:
        route.continue_()
    # What is asked for from now on is let through; before, this would end what is held.
    visit.page.unroute("**/*.woff2")
    wait_until(visit.page, "document.readyState === 'complete'")
    visit.page.evaluate(PAINTED)
    shift: float = visit.page.evaluate("window.shift")
    return shift


def test_every_page_fits_its_width(opened: tuple[Opened, ...]) -> None:
    assert {page.name: page.overflow for page in opened if page.overflow} == {}


def test_first_view_of_a_chapter_keeps_to_the_budget(opened: tuple[Opened, ...]) -> None:
    views = [page for page in opened if page.name.startswith(BUDGETED)]
    heavy = {
        page.name: (sum(page.weights.values()), len(page.weights))
        for page in views
        if sum(page.weights.values()) > MOST_BYTES or len(page.weights) > MOST_REQUESTS
    }
    assert len(views) > 28
    assert heavy == {}


def test_scripts_keep_to_their_budget_and_are_deferred(opened: tuple[Opened, ...]) -> None:
    for page in opened:
        scripts = [w for name, w in page.weights.items() if name.endswith(".js")]
        assert sum(scripts) <= MOST_BYTES_OF_SCRIPTS, page.name


def test_no_page_needs_the_pieces_of_the_typefaces_for_rare_letters(
    opened: tuple[Opened, ...],
) -> None:
    views = [page for page in opened if page.name.startswith(BUDGETED)]
    rare = {page.name for page in views if any("latin-ext" in name for name in page.weights)}
    assert rare == set()


def test_markup_and_styles_are_without_a_fault(book: BuiltBook, address: str) -> None:
    site = book.dist / "html"
    styles = [path.relative_to(site).as_posix() for path in site.rglob("*.css")]
    assert styles
    addresses = [address + name for name in (*pages_of(site), *styles)]
    faults = check_markup(packages_of(REPOSITORY).file(CHECKER), addresses)
    assert [f for f in faults if "404.html" not in f.address] == []
