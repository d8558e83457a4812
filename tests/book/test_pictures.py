"""The pictures to explore: by button, key and pointer; without a script; on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.book.browsing import CHAPTER, DESKTOP, PHONE, visiting, wait_until_whole
from tests.book.test_comfort import WITHOUT_WORKER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

    from tests.book.browsing import Visit

MAP, CONGRESS = "chapters/17-leak.html", "chapters/07-seventeenth-congress.html"
CHRONOLOGY = "back/chronology.html"
#: What becomes of a drawing in the dark, by medium.
DIMMED: dict[Literal["screen", "print"], str] = {"screen": "brightness(0.86)", "print": "none"}
EXPLORED = "figure:has(.picture-layer)"
BOXES = """figure => ["img", ".picture-layer"].map(part => {
    const { x, y, width, height } = figure.querySelector(part).getBoundingClientRect();
    return { x, y, width, height };
})"""


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """Open an empty page at one of two sizes."""
    with visiting(browser, address, viewport=request.param) as opened:
        opened.page.add_init_script(WITHOUT_WORKER)
        yield opened
        assert opened.complaints == []


def picture(visit: Visit, page: str) -> Locator:
    """Open a page and return its first picture to explore."""
    visit.go(page)
    wait_until_whole(visit.page)
    return visit.page.locator(EXPLORED).first


def told(figure: Locator) -> str:
    """Return what is told, as a screen reader is told it."""
    return " ".join(figure.get_by_role("status").inner_text().split())


def chosen(figure: Locator) -> list[str]:
    """Return which parts are marked in the picture."""
    found: list[str] = figure.locator(".is-chosen").evaluate_all(
        "nodes => nodes.filter(node => getComputedStyle(node).opacity === '1')"
        ".map(node => node.dataset.part)"
    )
    return found


def test_map_goes_step_by_step(visit: Visit) -> None:
    figure = picture(visit, MAP)
    figure.get_by_role("button", name="Next step").click()
    assert told(figure).startswith("1 of 8. Moscow to Stockholm. Early March: John Rettie")
    assert chosen(figure) == ["0"]
    visit.page.keyboard.press("ArrowRight")
    assert told(figure).startswith("2 of 8. Moscow to Warsaw. 17 March:")
    visit.page.keyboard.press("ArrowLeft")
    figure.get_by_role("button", name="Previous step").press("Enter")
    assert told(figure).startswith("8 of 8. Washington to New York. 5 June:")
    assert chosen(figure) == ["7"]
    visit.page.keyboard.press("Escape")
    assert chosen(figure) == []
    assert visit.page.url.endswith(MAP)  # the arrows turned no page


def test_step_does_not_move_the_text_beneath(visit: Visit) -> None:
    figure = picture(visit, MAP)
    caption = figure.locator("figcaption")
    tops = []
    for _ in range(8):
        figure.get_by_role("button", name="Next step").click()
        tops.append(caption.evaluate("node => node.getBoundingClientRect().top + scrollY"))
    assert max(tops) - min(tops) < 1


def test_group_of_the_congress_is_told_when_pointed_at(visit: Visit) -> None:
    figure = picture(visit, CONGRESS)
    figure.locator("[data-part='2']").hover()
    assert told(figure) == "3 of 5. 848 of 1,966 arrested and shot: 43.1 per cent."
    assert chosen(figure) == ["2"]
    figure.locator("summary").click()
    assert "29.5 per cent" in figure.get_by_role("table").inner_text()


def test_layer_lies_on_its_picture(visit: Visit) -> None:
    for page in (MAP, CONGRESS, CHRONOLOGY):
        figure = picture(visit, page)
        image, layer = figure.evaluate(BOXES)
        assert image == pytest.approx(layer, abs=1), page
        assert image["width"] > 100, page


def test_chronology_shows_one_theme(visit: Visit) -> None:
    figure = picture(visit, CHRONOLOGY)
    entries = visit.page.locator(".events dt")
    everything = entries.count()
    figure.get_by_label("Theme").select_option("hungary")
    kept = [entry for entry in entries.all() if entry.is_visible()]
    assert f"Hungary ({len(kept)})" in figure.get_by_label("Theme").inner_text()
    assert 0 < len(kept) < everything
    figure.get_by_role("button", name="Next event").click()
    assert told(figure).startswith(f"1 of {len(kept)}. {kept[0].inner_text()}")
    figure.get_by_label("Theme").select_option("")
    assert all(entry.is_visible() for entry in entries.all())


def test_event_leads_to_its_chapter(visit: Visit) -> None:
    figure = picture(visit, CHRONOLOGY)
    figure.get_by_role("button", name="Next event").click()
    figure.get_by_role("status").get_by_role("link").first.click()
    visit.page.wait_for_url("**/chapters/02-speaker.html*")


def test_pictures_are_complete_without_a_script(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE, java_script_enabled=False) as visit:
        for page in (MAP, CONGRESS):
            figure = picture(visit, page)
            assert figure.locator("img").is_visible()
            assert not figure.get_by_role("button").count()
            figure.locator("summary").click()
            assert figure.locator("details :is(li, tr)").last.is_visible()
        figure = picture(visit, CHRONOLOGY)
        assert not figure.get_by_role("combobox").count()
        assert visit.page.locator(".events dt").last.is_visible()


def test_paper_has_the_picture_and_no_controls(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=DESKTOP) as visit:
        figure = picture(visit, MAP)
        figure.get_by_role("button", name="Next step").click()
        visit.page.emulate_media(media="print")
        assert figure.locator("img").is_visible()
        assert not figure.locator(".picture-layer").is_visible()
        assert not figure.locator(".explore").is_visible()


@pytest.mark.parametrize("theme", ["", "dark"])
def test_drawings_are_dimmed_in_the_dark_but_not_on_paper(
    browser: Browser, address: str, theme: str
) -> None:
    scheme: Literal["dark", "light"] = "light" if theme else "dark"
    with visiting(browser, address, viewport=DESKTOP, color_scheme=scheme) as visit:
        figure = picture(visit, MAP)
        visit.page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        for medium, dimming in DIMMED.items():
            visit.page.emulate_media(media=medium, color_scheme=scheme)
            for part in (figure.locator("img"), figure.locator(".picture-layer")):
                assert part.evaluate("node => getComputedStyle(node).filter") == dimming


def test_chapter_without_such_a_picture_has_no_controls(visit: Visit) -> None:
    visit.go(CHAPTER)
    assert visit.page.locator(".explore").count() == 0
