"""What pop-ups say: the note's own words, entries, evidence, and the rows of the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pybtex.database import parse_file

from speechbook.citing.latex import decoded
from speechbook.citing.notes import MARK_OF_UNSEEN_LOCATOR
from speechbook.site.cards import SEEN_IN_WORDS
from tests.book.browsing import Visit, wait_until
from tests.book.popups import (
    CHAPTER,
    POPUP,
    article_of,
    chapter_open,
    popup_of,
    put_back,
    rows,
    words_of,
)
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement
    from playwright.sync_api import Browser, Locator

    from tests.book.conftest import BuiltBook


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Visit]:
    """Open the chapter once."""
    with chapter_open(browser, address) as visit:
        yield visit


@pytest.fixture
def visit(shared: Visit) -> Visit:
    """Return the page as it was at first."""
    return put_back(shared)


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
