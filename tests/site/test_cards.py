"""What pop-ups are filled from, seen on made-up works."""

from __future__ import annotations

import json

import lxml.html
import pytest

from speechbook.evidence import LocatorEvidence
from speechbook.site.cards import Card, Evidence, PageCards, Work, links_of, without_tail

ROWS = {
    (row.citekey, row.locator): row
    for row in (
        LocatorEvidence("smith2001", "12", "page", "https://a.org/b_(c) (the scan)", "2026-11-23"),
        LocatorEvidence("smith2001", "13", "excerpt", "as cited in jones_life", "2026-11-23"),
        LocatorEvidence("smith2001", "14", "article", "note 9 of the article", "2026-11-23"),
        LocatorEvidence("smith2001", "15", "none", "", "2026-11-23"),
    )
}
EVIDENCE = Evidence(ROWS, {"jones_life": "Jones, A Life <1>"})
FULL = {"checked": "full", "checkedat": "https://www.library.org/x", "checkedon": "2026-11-23"}
PARTIAL = {"checked": "partial", "checkednote": "Grew out of jones_life."}


def text(html: str) -> str:
    """Return a fragment's text."""
    return str(lxml.html.fragment_fromstring(html, create_parent="div").text_content())


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("12", "12: seen on the page itself (a.org (the scan))"),
        ("13", "13: seen in an excerpt or a copy (as cited in Jones, A Life <1>)"),
        ("14", "14: only as the article gives it; not seen (note 9 of the article)"),
        ("15", "15: not seen"),
        ("16", "16: not seen"),
    ],
)
def test_each_kind_of_evidence_is_told_in_words(locator: str, words: str) -> None:
    assert text(EVIDENCE.of_citations("smith2001", [locator], FULL)) == words


def test_address_in_a_remark_is_a_link_of_its_own() -> None:
    item = lxml.html.fragment_fromstring(EVIDENCE.of_locator("smith2001", "12"))
    assert item.xpath(".//a/@href") == ["https://a.org/b_(c)"]
    assert without_tail("https://a.org/b),") == "https://a.org/b"


def test_work_without_a_locator_says_how_its_entry_is_known() -> None:
    assert text(EVIDENCE.of_citations("smith2001", [""], FULL)) == (
        "No page is given. All that the entry says was checked at library.org on 23 November 2026."
    )


def test_entry_checked_in_part_says_so_beside_its_locators() -> None:
    told = text(EVIDENCE.of_citations("smith2001", ["15", "15"], PARTIAL))
    assert told == (
        "15: not seenOnly a part of what the entry says could be checked."
        " Grew out of Jones, A Life <1>."
    )


def linked(fields: dict[str, str], places: int = 1) -> list[tuple[str, str]]:
    """Return the words and addresses of a work's links."""
    html = links_of(Work("", "back/bibliography.html#work-1-x", places, fields))
    return [(a.text, a.get("href")) for a in lxml.html.fragments_fromstring(html)]


def test_source_archived_copy_and_other_notes_are_linked() -> None:
    fields = {"doi": "10.1/2", "url": "https://a.org", "archiveurl": "https://archive.org/a"}
    assert linked(fields, places=3) == [
        ("Source", "https://doi.org/10.1/2"),
        ("Archived copy", "https://archive.org/a"),
        ("All 3 places that cite it", "back/bibliography.html#work-1-x"),
    ]


def test_a_work_without_addresses_has_the_bibliography_alone() -> None:
    assert linked({}) == [("In the bibliography", "back/bibliography.html#work-1-x")]


def test_file_of_a_page_is_a_script_that_fills_book_cards() -> None:
    cards = PageCards(cards={"term-x": Card("Term", "x", "<p>y</p>", "In the glossary")})
    script = cards.script()
    content = json.loads(script.removeprefix("book.cards = ").removesuffix(";\n"))
    assert content["cards"]["term-x"]["body"] == "<p>y</p>"
    assert PageCards().script() == ""
