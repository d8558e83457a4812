"""The pages made from tables, seen on a tiny book."""

from __future__ import annotations

import importlib.metadata
import re
from typing import TYPE_CHECKING

from tests.sphinxext.story_book import article, words

if TYPE_CHECKING:
    from pathlib import Path


def entries(site: Path, page: str) -> list[list[str]]:
    """Return the terms of a page's list, each with the paragraphs below it."""
    terms = article(site, f"back/{page}.html").xpath(".//dl[contains(@class, 'story-list')]/dt")
    return [[words(term), *map(words, term.getnext().xpath("./p"))] for term in terms]


def test_chronology_shows_the_events_of_its_years(story: Path) -> None:
    assert entries(story, "chronology") == [
        [
            "28–29 June 1956",
            "Strike in Poznań.",
            "The second chapter. Source: Tromly, “Leningrad Affair”, 710.",
        ]
    ]
    assert entries(story, "before") == [
        [
            "5 March 1953",
            "Stalin dies.",
            "The first chapter. Source: Tromly, “Leningrad Affair”.",
        ]
    ]


def test_event_leads_to_its_chapter(story: Path) -> None:
    links = article(story, "back/chronology.html").xpath(".//dd//a/@href")
    assert links[0] == "../chapters/02-second.html#ch-second"


def test_article_notes_are_told_and_counted(story: Path) -> None:
    page = article(story, "back/article-notes.html")
    count = words(page.xpath("./*/p")[0])
    assert count == "Of the 2 notes 1 is restored and 1 had a claim that is dropped."
    first, second = entries(story, "article-notes")
    assert first == [
        "Note 1: claim dropped",
        "The claim: he was direct. Nobody says so.",
        "Survived: nothing; the note is missing. Wanted: a witness.",
        "See The first chapter, The second chapter. Source: Taubman, Khrushchev.",
    ]
    assert second[2] == "Survived: Taubman, page 273. Wanted: the same page."
    assert second[3].endswith("273 [as given by the article; not seen].")


def test_article_faults_say_what_stands_instead(story: Path) -> None:
    assert entries(story, "article-faults") == [
        [
            "Fault 1",
            "The article: A stray string.",
            "This book: Cited afresh.",
            "See The second chapter. Source: Taubman, Khrushchev.",
        ]
    ]


def test_counts_are_those_of_the_whole_book(story: Path) -> None:
    cells = [words(cell) for cell in article(story, "back/counts.html").xpath(".//td")]
    assert dict(zip(cells[::2], cells[1::2], strict=True)) == {
        "Chapters": "4",
        "Notes": "6",
        "Works cited": "2",
        "Different locators in these works": "4",
        "Locators seen on the page itself": "1",
        "Locators seen in an excerpt or a copy": "0",
        "Locators that rest on the article alone": "1",
        "Locators that nobody saw": "2",
    }


def test_what_rests_on_the_article_alone_is_listed(story: Path) -> None:
    items = article(story, "back/alone.html").xpath("./*/ul/li")
    assert list(map(words, items)) == [
        "Taubman, Khrushchev, 273 [as given by the article; not seen]"
    ]


def test_open_questions_lead_to_their_chapters(story: Path) -> None:
    (item,) = article(story, "back/unchecked.html").xpath("./*/ul/li")
    assert words(item) == "Page 179. See The first chapter."
    assert item.xpath(".//a/@href") == ["../chapters/01-first.html#ch-first"]


def test_erratum_says_what_stood_and_what_stands(story: Path) -> None:
    assert entries(story, "errata") == [
        [
            "31 January 2027, to version 0.1.0",
            "In The first chapter: 1,355 delegates.",
            "Now: 1,349 delegates. Found by a reader.",
        ]
    ]


def test_edition_names_version_and_date(story: Path) -> None:
    (sentence,) = article(story, "back/edition.html").xpath("./*/p")
    version = re.escape(importlib.metadata.version("secret-speech"))
    pattern = rf"The Secret Speech, version {version} of \d+ [A-Z][a-z]+ \d{{4}}.*\."
    assert re.fullmatch(pattern, words(sentence))
