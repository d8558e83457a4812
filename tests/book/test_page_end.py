"""The ends of the real book's chapters: works, citations, links, and what Zotero makes of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Literal

import jsonschema
import lxml.html
import pytest
import rispy
from pybtex.database import parse_file

from speechbook.audit.npm import packages_of
from tests.book.browsing import CHAPTER, DESKTOP, PHONE, visiting, wait_until
from tests.book.every_page import AXE, Look, violations_in
from tests.conftest import REPOSITORY
from tests.zotero import item_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

    from speechbook.audit.sources import Promise
    from tests.book.browsing import Visit
    from tests.book.conftest import BuiltBook

#: What CSL-JSON's items hold, after the specification's appendices III and IV
#: (https://docs.citationstyles.org/en/stable/specification.html).
NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
    "additionalProperties": False,
    "minProperties": 1,
}
NAMES = {"type": "array", "items": NAME, "minItems": 1}
DATE = {
    "type": "object",
    "properties": {
        "literal": {"type": "string"},
        "date-parts": {
            "type": "array",
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": "integer"},
            },
        },
    },
    "additionalProperties": False,
    "minProperties": 1,
}
TYPES = (
    *("article-journal", "article-newspaper", "book", "chapter", "document", "manuscript"),
    *("pamphlet", "paper-conference", "report", "thesis", "webpage"),
)
STRINGS = (
    *("DOI", "ISBN", "ISSN", "URL", "archive", "archive_location", "collection-title"),
    *("container-title", "edition", "issue", "language", "note", "page", "publisher"),
    *("publisher-place", "title", "title-short", "volume"),
)
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": list(TYPES)},
            "issued": DATE,
            **dict.fromkeys(("author", "editor", "translator"), NAMES),
            **{name: {"type": "string"} for name in STRINGS},
        },
        "additionalProperties": False,
    },
}
OPEN = "document.querySelector('details.cite').open = true"


@pytest.fixture(scope="module")
def cited(promised: tuple[Promise, ...]) -> dict[str, set[str]]:
    """Return the works that each chapter cites, as its source has them."""
    return {p.docname: set(p.citekeys) for p in promised if p.docname.startswith("chapters/")}


def keys_in(folder: Path, stem: str) -> Iterator[set[str]]:
    """Yield the works that each of the three files holds."""
    yield set(parse_file(str(folder / f"{stem}.bib"), "bibtex").entries)
    text = (folder / f"{stem}.ris").read_text(encoding="utf-8")
    yield {record["id"] for record in rispy.loads(text)}
    items = json.loads((folder / f"{stem}.csl.json").read_text(encoding="utf-8"))
    jsonschema.validate(items, CSL_DATA)
    yield {item["id"] for item in items}


def test_files_beside_a_chapter_hold_exactly_its_works(
    book: BuiltBook, cited: dict[str, set[str]]
) -> None:
    assert len(cited) >= 12
    for docname, keys in cited.items():
        assert list(keys_in(book.dist / "html", docname)) == [keys, keys, keys], docname


def test_files_of_all_works_are_those_of_the_release(book: BuiltBook) -> None:
    site = book.dist / "html"
    every = set(parse_file(str(REPOSITORY / "references.bib"), "bibtex").entries)
    assert list(keys_in(site, "references")) == [every, every, every]
    for ending, released in (("bib", "bib"), ("ris", "ris"), ("csl.json", "json")):
        assert (site / f"references.{ending}").read_bytes() == (
            book.dist / f"references.{released}"
        ).read_bytes()


def test_every_chapter_is_recognised_and_described(
    book: BuiltBook, cited: dict[str, set[str]]
) -> None:
    for docname, keys in cited.items():
        page = lxml.html.fromstring((book.dist / "html" / f"{docname}.html").read_bytes())
        item = item_of(page)
        assert (item.kind, item.fields["bookTitle"]) == ("bookSection", "The Secret Speech")
        assert item.fields["title"] in page.findtext(".//title"), docname
        assert item.authors == [("The Secret Speech contributors", "")]
        (text,) = page.xpath("//script[@type='application/ld+json']/text()")
        data: Any = json.loads(text)
        assert (data["@type"], data["name"]) == ("Chapter", item.fields["title"])
        assert len(data["citation"]) == len(keys)
        assert all(work["@type"] and work["name"] for work in data["citation"])


def test_every_chapter_names_three_others_and_why(
    book: BuiltBook, cited: dict[str, set[str]]
) -> None:
    for docname in cited:
        page = lxml.html.fromstring((book.dist / "html" / f"{docname}.html").read_bytes())
        links = page.xpath("//nav[@aria-labelledby='similar-title']//a/@href")
        beside = page.xpath("//nav[@class='previous-next']/a/@href")
        assert len(set(links)) == 3, docname
        assert not {*links, f"{docname.partition('/')[2]}.html"} & set(beside), docname
        reasons = page.xpath("//nav[@aria-labelledby='similar-title']//span")
        # The maps' grounds, and other works of reference, are no reason.
        assert not [why for why in reasons if "GeoNames" in why.text_content()]
        pattern = r"Both (tell of [^,]+.*|cite .+)\.[”]?"
        assert all(re.fullmatch(pattern, reason.text_content()) for reason in reasons), docname


def test_every_chapter_has_a_small_picture_of_its_own(
    book: BuiltBook, cited: dict[str, set[str]]
) -> None:
    folder = book.dist / "html" / "_social"
    names = {f"{docname.partition('/')[2]}.png" for docname in cited}
    assert {path.name for path in folder.iterdir()} == {*names, "index.png"}
    contents = [path.read_bytes() for path in folder.iterdir()]
    assert len(set(contents)) == len(contents)
    assert max(map(len, contents)) < 100_000


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def chapter(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """Open a chapter in a browser that may write to the clipboard."""
    with visiting(browser, address, viewport=request.param) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.go(CHAPTER)
        yield visit


def clipboard(visit: Visit) -> str:
    """Return what was copied."""
    return str(visit.page.evaluate("navigator.clipboard.readText()"))


def told_beside(button: Locator) -> Locator:
    """Return what is told beside a button."""
    return button.locator("xpath=..").locator("[role='status']")


@pytest.mark.parametrize("form", ["chicago", "apa", "bibtex", "ris"])
def test_each_form_is_copied_at_one_click_and_told(chapter: Visit, form: str) -> None:
    chapter.page.locator(".cite summary").click()
    button = chapter.page.locator(f"[data-copy='cite-{form}']")
    button.click()
    wait_until(chapter.page, "[...document.querySelectorAll('.told')].some(x => x.textContent)")
    text = chapter.page.locator(f"#cite-{form}").text_content() or ""
    assert clipboard(chapter) == text.strip()
    assert "The closed session" in text
    assert told_beside(button).inner_text() == (button.get_attribute("data-told") or "")
    assert chapter.complaints == []


def test_forms_and_links_work_by_keyboard(chapter: Visit) -> None:
    chapter.page.locator(".cite summary").focus()
    chapter.page.keyboard.press("Enter")
    chapter.page.keyboard.press("Tab")
    chapter.page.keyboard.press("Enter")
    told = told_beside(chapter.page.locator("[data-copy='cite-chicago']"))
    wait_until(chapter.page, "[...document.querySelectorAll('.told')].some(x => x.textContent)")
    assert told.inner_text() == "Copied: Chicago"


def test_text_is_selected_where_copying_is_forbidden(browser: Browser, address: str) -> None:
    with visiting(browser, address, viewport=PHONE) as visit:
        visit.page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
            "document.execCommand = () => false;"
        )
        visit.go(CHAPTER)
        visit.page.locator(".cite summary").click()
        button = visit.page.locator("[data-copy='cite-apa']")
        button.click()
        wait_until(visit.page, "[...document.querySelectorAll('.told')].some(x => x.textContent)")
        assert told_beside(button).inner_text().startswith("Selected")
        selected = visit.page.evaluate("getSelection().toString()")
        assert selected == visit.page.locator("#cite-apa").inner_text()


def test_link_of_the_page_is_copied_without_its_fragment(chapter: Visit) -> None:
    chapter.page.evaluate("location.hash = 'x'")
    chapter.page.locator("[data-copy-address]").click()
    wait_until(chapter.page, "[...document.querySelectorAll('.told')].some(x => x.textContent)")
    assert clipboard(chapter) == chapter.address + CHAPTER


def test_share_links_carry_the_page_and_nobody_is_asked_before(chapter: Visit) -> None:
    links = chapter.page.locator(".share a")
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    encoded = chapter.page.evaluate("encodeURIComponent(location.href)")
    assert [address.partition("?")[0] for address in addresses] == [
        "mailto:",
        "https://wa.me/",
        "https://www.facebook.com/sharer/sharer.php",
        "https://x.com/intent/tweet",
        "https://bsky.app/intent/compose",
    ]
    assert all(encoded in address for address in addresses)
    assert all(link.get_attribute("rel") == "noopener noreferrer" for link in links.all())
    chapter.page.locator(".share").scroll_into_view_if_needed()
    links.first.hover()
    assert [url for url in chapter.requests if not url.startswith(chapter.address)] == []
    assert chapter.complaints == []


@pytest.mark.parametrize("has_sheet", [True, False])
def test_devices_own_sheet_is_offered_only_where_there_is_one(
    browser: Browser, address: str, has_sheet: bool
) -> None:
    sheet = "data => { window.shared = data; return Promise.resolve(); }"
    given = sheet if has_sheet else "undefined"
    with visiting(browser, address, viewport=PHONE) as visit:
        visit.page.add_init_script(
            f"Object.defineProperty(navigator, 'share', {{ value: {given} }});"
        )
        visit.go(CHAPTER)
        button = visit.page.locator("[data-share-sheet]")
        assert button.is_visible() == has_sheet
        if has_sheet:
            button.click()
            assert visit.page.evaluate("window.shared") == {
                "title": "1. The closed session – The Secret Speech",
                "url": address + CHAPTER,
            }


def test_without_javascript_the_forms_can_be_read_and_no_button_is_dead(
    browser: Browser, address: str
) -> None:
    with visiting(browser, address, viewport=PHONE, java_script_enabled=False) as visit:
        visit.go(CHAPTER)
        visit.page.locator(".cite summary").click()
        assert visit.page.locator("#cite-bibtex").is_visible()
        assert visit.page.locator(".similar a").count() == 3
        assert visit.page.locator(".works a").count() == 3
        for dead in visit.page.locator("[data-copy], [data-copy-address], [data-share]").all():
            assert not dead.is_visible()


def test_nothing_is_shared_from_a_disk_but_forms_are_copied(
    book: BuiltBook, browser: Browser
) -> None:
    site = book.dist / "html"
    with visiting(browser, f"{site.as_uri()}/", viewport=PHONE) as visit:
        visit.page.goto((site / CHAPTER).as_uri())
        assert not visit.page.locator(".share").is_visible()
        visit.page.locator(".cite summary").click()
        button = visit.page.locator("[data-copy='cite-apa']")
        button.click()
        wait_until(visit.page, "[...document.querySelectorAll('.told')].some(x => x.textContent)")
        assert told_beside(button).inner_text() == "Copied: APA"


def test_linked_data_is_no_breach_of_the_policy(browser: Browser, address: str) -> None:
    with visiting(browser, address) as visit:
        visit.page.add_init_script(
            "window.breaches = [];"
            "document.addEventListener('securitypolicyviolation',"
            " event => window.breaches.push(event.violatedDirective));"
        )
        visit.go(CHAPTER)
        assert visit.page.locator("script[type='application/ld+json']").count() == 1
        assert visit.page.evaluate("window.breaches") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [CHAPTER, "index.html"])
def test_axe_finds_nothing_in_the_open_box(
    browser: Browser, address: str, name: str, scheme: Literal["light", "dark"]
) -> None:
    axe = packages_of(REPOSITORY).file("axe-core/axe.min.js").read_text(encoding="utf-8")
    with visiting(browser, address, viewport=PHONE, color_scheme=scheme) as visit:
        visit.go(name)
        visit.page.evaluate(OPEN)
        visit.page.evaluate(axe)
        look = Look(PHONE, scheme)
        assert list(violations_in(visit.page.evaluate(AXE), look)) == []
