"""What pages say to reference managers and other sites, seen on a tiny book with a story."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest
from PIL import Image

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from tests.conftest import make_tiny_book
from tests.sphinxext.story_book import words, write_story
from tests.zotero import item_of

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

BASE = "https://example.org/book/"
THIRD = "chapters/03-third.html"
BODY = "The Secret Speech contributors"
MORE = {
    "05-fifth": "# A fifth\n\nNothing.\n",
    "06-sixth": "# A sixth\n\nYuri Orlov met Khrushchev.[^six]\n\n[^six]: {cite:p}`tromly2004`.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a tiny book with a story for an address."""
    paths = make_tiny_book(tmp_path_factory.mktemp("shared"))
    write_story(paths)
    for name, text in MORE.items():
        (paths.docs / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    index = (paths.docs / "index.md").read_text(encoding="utf-8")
    listed = "".join(f"chapters/{name}\n" for name in ("04-fourth", *MORE))
    index = index.replace("chapters/04-fourth\n", listed)
    (paths.docs / "index.md").write_text(index, encoding="utf-8")
    pdf = paths.root / "book.pdf"
    pdf.write_bytes(b"%PDF-2.0\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOOK_URL", BASE)
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 23 November 2026
        return prepare(paths, Steps(quiet=True)).html((pdf,))


@pytest.fixture(scope="module")
def third(site: Path) -> HtmlElement:
    """Return the third chapter's page."""
    return lxml.html.fromstring((site / THIRD).read_bytes())


@pytest.fixture(scope="module")
def title_page(site: Path) -> HtmlElement:
    """Return the title page."""
    return lxml.html.fromstring((site / "index.html").read_bytes())


def linked_data(page: HtmlElement) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a page's JSON-LD."""
    (text,) = page.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(text)


def properties(page: HtmlElement) -> dict[str, str]:
    """Return a page's OpenGraph properties."""
    return {m.get("property"): m.get("content") for m in page.xpath("//meta[@property]")}


def test_zotero_saves_a_chapter_as_a_section_of_the_book(third: HtmlElement) -> None:
    item = item_of(third)
    assert item.kind == "bookSection"
    assert item.fields == {
        "title": "Khrushchev in Moscow",
        "bookTitle": "The Secret Speech",
        "date": "2026/11/23",
        "language": "en",
        "url": BASE + THIRD,
        "abstractNote": "Khrushchev spoke in Moscow.",
    }
    assert item.authors == [(BODY, "")]
    # The PDF is the whole book's.
    assert item.pdf == ""


def test_zotero_saves_the_title_page_as_the_book(title_page: HtmlElement) -> None:
    item = item_of(title_page)
    assert item.kind == "book"
    assert item.fields["title"] == "The Secret Speech"
    assert (item.fields["url"], item.fields["date"]) == (BASE, "2026/11/23")
    assert item.authors == [(BODY, "")]
    assert item.pdf == f"{BASE}book.pdf"


def test_zotero_saves_other_pages_as_web_pages(site: Path) -> None:
    page = lxml.html.fromstring((site / "back/glossary.html").read_bytes())
    assert item_of(page).kind == "webpage"
    assert not page.xpath("//meta[starts-with(@name, 'citation_')]")


def test_title_page_has_one_address(title_page: HtmlElement) -> None:
    assert title_page.xpath("//link[@rel='canonical']/@href") == [BASE]
    assert properties(title_page)["og:url"] == BASE


def test_card_of_a_chapter_shows_its_own_picture(site: Path, third: HtmlElement) -> None:
    card = properties(third)
    assert card["og:type"] == "article"
    assert card["og:title"] == "3. Khrushchev in Moscow"
    assert card["og:description"] == "Khrushchev spoke in Moscow."
    assert card["og:url"] == BASE + THIRD
    assert card["og:image:alt"].startswith("3. Khrushchev in Moscow. ")
    assert third.xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]
    picture = site / card["og:image"].removeprefix(BASE)
    size = (int(card["og:image:width"]), int(card["og:image:height"]))
    assert Image.open(io.BytesIO(picture.read_bytes())).size == size


def test_chapter_is_a_chapter_of_the_book_with_its_works(third: HtmlElement) -> None:
    data = linked_data(third)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Chapter")
    assert (data["name"], data["position"]) == ("Khrushchev in Moscow", "3")
    assert data["isPartOf"]["@type"] == "Book"
    assert data["isPartOf"]["@id"] == data["isPartOf"]["url"] == BASE
    assert data["datePublished"] == "2026-11-23"
    assert data["image"].startswith(BASE)
    assert [(work["@type"], work["author"]) for work in data["citation"]] == [
        ("Book", [{"@type": "Person", "name": "William Taubman"}])
    ]


def test_policy_names_the_data_by_its_hash(third: HtmlElement) -> None:
    (text,) = third.xpath("//script[@type='application/ld+json']/text()")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    (policy,) = third.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"script-src 'self' 'sha256-{digest}';" in policy


def test_book_lists_its_chapters_in_their_order(title_page: HtmlElement) -> None:
    data = linked_data(title_page)
    assert data["@type"] == "Book"
    assert [part["position"] for part in data["hasPart"]] == ["1", "2", "3", "4", "5", "6"]
    assert all(part["url"].startswith(f"{BASE}chapters/") for part in data["hasPart"])


def similar_to(site: Path, name: str) -> list[tuple[str, str]]:
    """Return (address, text) of the chapters that one names as similar."""
    page = lxml.html.fromstring((site / "chapters" / name).read_bytes())
    items = page.xpath("//nav[@aria-labelledby='similar-title']//li")
    return [(item.xpath("./a/@href")[0], words(item)) for item in items]


def test_similar_chapters_are_named_with_what_is_shared(site: Path) -> None:
    # The fourth names both too, but stands beside the third and is linked anyway.
    told = "6. A sixth Both tell of Nikita Khrushchev and Yuri Orlov."
    assert similar_to(site, "03-third.html") == [("06-sixth.html", told)]
    assert ("01-first.html", "1. The first chapter Both cite Tromly, “Leningrad Affair”.") in (
        similar_to(site, "06-sixth.html")
    )


def test_chapter_like_no_other_names_none(site: Path) -> None:
    assert similar_to(site, "05-fifth.html") == []
    assert b"similar-title" not in (site / "chapters/05-fifth.html").read_bytes()


def test_chapter_offers_its_works_and_the_bibliography_all(site: Path, third: HtmlElement) -> None:
    links = third.xpath("//p[contains(@class, 'works')]/a/@href")
    assert links == ["03-third.bib", "03-third.ris", "03-third.csl.json"]
    assert all((site / "chapters" / link).is_file() for link in links)
    bibliography = lxml.html.fromstring((site / "back/bibliography.html").read_bytes())
    links = bibliography.xpath("//p[contains(@class, 'works')]/a/@href")
    assert links == ["../references.bib", "../references.ris", "../references.csl.json"]
    assert all((site / "back" / link).is_file() for link in links)


def test_share_links_are_plain_and_tell_no_one_where_one_comes_from(third: HtmlElement) -> None:
    links = third.xpath("//div[contains(@class, 'share')]//a")
    assert len(links) == 5
    assert all(link.get("rel") == "noopener noreferrer" for link in links)
    assert all("%2Fchapters%2F03-third.html" in link.get("href") for link in links)
    (share,) = third.xpath("//div[contains(@class, 'share')]")
    assert "script-only" not in share.get("class").split()


def test_nothing_of_the_end_is_kept_offline_or_compared(site: Path, third: HtmlElement) -> None:
    worker = (site / "service-worker.js").read_text(encoding="utf-8")
    listed = worker.partition("const FILES = ")[2].partition(";\n")[0]
    assert "03-third.html" in listed
    assert not [name for name in (".bib", ".ris", ".csl.json", "_social/") if name in listed]
    ends = third.xpath("//main/*[contains(@class, 'screen-only')]")
    assert len(ends) == 4
    assert all(end.get("data-only") == "web" for end in ends)
