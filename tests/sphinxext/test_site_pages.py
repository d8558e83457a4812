"""What the extensions do to the site's pages, seen on the tiny book."""

from __future__ import annotations

import importlib.metadata
import re
from typing import TYPE_CHECKING

import lxml.html
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement


def page(site: Path, name: str) -> HtmlElement:
    """Parse a page of the site."""
    return lxml.html.fromstring((site / name).read_bytes())


def words(element: HtmlElement) -> str:
    """Return an element's text with single spaces."""
    return " ".join(element.text_content().split())


def note(site: Path, chapter: str, slug: str) -> str:
    """Return the text of a note."""
    (paragraph,) = page(site, chapter).xpath(f"//aside[@id='{slug}']/p")
    return words(paragraph)


def test_note_reads_as_shortened_citation_with_mark(tiny_site: Path) -> None:
    assert note(tiny_site, "chapters/01-first.html", "met") == (
        "see Taubman, Khrushchev, 273 [as given by the article; not seen]."
    )


def test_seen_locator_has_no_mark(tiny_site: Path) -> None:
    assert note(tiny_site, "chapters/01-first.html", "quiet") == "Tromly, “Leningrad Affair”, 710."


def test_several_works_in_one_note_keep_their_order(tiny_site: Path) -> None:
    text = note(tiny_site, "chapters/01-first.html", "more")
    assert text == "Tromly, “Leningrad Affair”, 712–713; Taubman, Khrushchev."


def test_citation_links_to_its_entry(tiny_site: Path) -> None:
    (link,) = page(tiny_site, "chapters/02-second.html").xpath("//aside[@id='on']/p//a")
    assert link.get("href") == "../back/bibliography.html#work-2-taubman2003"
    assert page(tiny_site, "back/bibliography.html").xpath("//li[@id='work-2-taubman2003']")


def test_entry_says_where_it_is_cited_and_links_there(tiny_site: Path) -> None:
    (cited,) = page(tiny_site, "back/bibliography.html").xpath(
        "//li[@id='work-2-taubman2003']//span[contains(@class, 'cited-in')]"
    )
    assert words(cited) == "Cited in chap. 1, nn. 1, 3; chap. 2, n. 1 and in the text."
    *notes, in_text = [a.get("href") for a in cited.xpath(".//a")]
    assert notes == [
        "../chapters/01-first.html#met",
        "../chapters/01-first.html#more",
        "../chapters/02-second.html#on",
    ]
    page_name, _, anchor = in_text.removeprefix("../").partition("#")
    assert page(tiny_site, page_name).xpath(f"//*[@id='{anchor}']")


def test_citation_of_several_works_in_the_text_is_linked_from_each_entry(tiny_site: Path) -> None:
    (cited,) = page(tiny_site, "back/bibliography.html").xpath(
        "//li[@id='work-2-tromly2004']//span[contains(@class, 'cited-in')]"
    )
    target = cited.xpath(".//a/@href")[-1]
    anchor = target.rpartition("#")[2]
    assert target.startswith("../chapters/02-second.html#")
    assert page(tiny_site, "chapters/02-second.html").xpath(f"//*[@id='{anchor}']")


def test_bibliography_has_no_labels_and_no_citation_asides(tiny_site: Path) -> None:
    article = page(tiny_site, "back/bibliography.html").xpath("//article")[0]
    assert not article.xpath(".//*[contains(@class, 'citation')][@role='doc-biblioentry']")
    assert len(article.xpath(".//ul[contains(@class, 'bibliography')]/li")) == 2


def test_chapters_are_numbered_on_through_the_parts(tiny_site: Path) -> None:
    headings = [
        words(page(tiny_site, f"chapters/{name}.html").xpath("//article//h1")[0])
        for name in ("01-first", "02-second")
    ]
    assert headings[0].startswith("1. The first chapter")
    assert headings[1].startswith("2. The second chapter")


def test_russian_passages_are_marked(tiny_site: Path) -> None:
    marked = page(tiny_site, "chapters/01-first.html").xpath("//article//*[@lang='ru']")
    assert [words(element) for element in marked] == ["Хрущёв", "Сталин"]


@pytest.mark.parametrize(
    ("name", "current", "to_first"),
    [
        ("chapters/01-first.html", "The first chapter", "../chapters/01-first.html"),
        ("index.html", None, "chapters/01-first.html"),
        ("genindex.html", "Index", "chapters/01-first.html"),
    ],
)
def test_sidebar_marks_the_current_page(
    tiny_site: Path, name: str, current: str | None, to_first: str
) -> None:
    (sidebar,) = page(tiny_site, name).xpath("//nav[contains(@class, 'bd-docs-nav')]")
    marked = [words(a) for a in sidebar.xpath(".//a[@aria-current='page']")]
    assert [text.lstrip("0123456789 ") for text in marked] == ([current] if current else [])
    assert sidebar.xpath(".//li/a/@href")[0] == to_first
    captions = [words(p) for p in sidebar.xpath(".//h2[@class='caption']")]
    assert captions == ["Part I: First", "Part II: Second", "Reference"]


def test_sidebar_stands_once_on_a_page(tiny_site: Path) -> None:
    html = (tiny_site / "chapters/01-first.html").read_text(encoding="utf-8")
    assert html.count("Part II: Second") == 1


@pytest.mark.parametrize("name", ["index.html", "chapters/01-first.html", "search.html"])
def test_page_carries_the_policy_and_nothing_that_it_forbids(tiny_site: Path, name: str) -> None:
    html = page(tiny_site, name)
    (policy,) = html.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    # Linked data is no script (https://html.spec.whatwg.org/multipage/scripting.html).
    inline = "//script[not(@src)][not(@type='application/ld+json')]"
    assert not html.xpath(f"{inline} | //style | //@style | //@onclick")


def test_page_asks_for_one_style_and_two_scripts_named_by_content(tiny_site: Path) -> None:
    html = page(tiny_site, "chapters/01-first.html")
    asked = html.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert [re.sub(r"-[0-9a-f]{10}\.", ".", name) for name in asked] == [
        "../_static/book.css",
        "../_static/settings.js",
        "../_static/book.js",
    ]
    assert all((tiny_site / "chapters" / name).is_file() for name in asked)
    assert html.xpath("//script[contains(@src, 'book-')]/@defer")


def test_site_holds_none_of_the_themes_files(tiny_site: Path) -> None:
    names = {path.name for path in (tiny_site / "_static").iterdir()}
    assert not names & {"scripts", "styles", "vendor", "locales", "pygments.css"}


def test_head_has_one_viewport_a_title_and_a_description(tiny_site: Path) -> None:
    html = page(tiny_site, "chapters/01-first.html")
    assert len(html.xpath("//meta[@name='viewport']")) == 1
    assert html.findtext(".//title") == "1. The first chapter – The Secret Speech"
    (description,) = html.xpath("//meta[@name='description']/@content")
    assert description


def test_footer_names_version_and_date(tiny_site: Path) -> None:
    (colophon,) = page(tiny_site, "index.html").xpath("//p[@class='book-colophon']")
    version = importlib.metadata.version("secret-speech")
    assert re.fullmatch(rf"Version {re.escape(version)}, \d+ [A-Z][a-z]+ \d{{4}}", words(colophon))
