"""People and places linked where a chapter first names them, seen on a tiny book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from speechbook.problems import BookError
from tests.sphinxext.story_book import CHAPTER, PEOPLE, article, words, write_story

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths


def test_first_mention_in_running_text_is_linked_and_no_other(story: Path) -> None:
    links = article(story, "chapters/03-third.html").xpath(".//a[contains(@class, 'story')]")
    assert [(words(link), link.get("href")) for link in links] == [
        ("Nikita Khrushchev", "../back/people.html#person-khrushchev"),
        ("Moscow", "../back/places.html#place-moscow"),
        ("Orlov", "../back/people.html#person-orlov"),
    ]


def test_link_leaves_the_words_as_they_are(story: Path) -> None:
    text = words(article(story, "chapters/03-third.html"))
    assert "Then Nikita Khrushchev came to Moscow, and Khrushchev’s men left Moscow." in text


def test_nothing_is_linked_in_quotations_and_tables(story: Path) -> None:
    assert not article(story, "chapters/04-fourth.html").xpath(".//a[contains(@class, 'story')]")


def test_row_names_the_chapters_and_leads_to_the_mention(story: Path) -> None:
    page = article(story, "back/people.html")
    (term,) = page.xpath(".//dt[@id='person-khrushchev']")
    assert words(term).startswith("Khrushchev, Nikita (Хрущёв), 1894–1971")
    assert term.xpath(".//*[@lang='ru']/text()") == ["Хрущёв"]
    (where,) = term.getnext().xpath(".//p[contains(@class, 'where')]")
    assert words(where) == "Chapters 3, 4. Source: Taubman, Khrushchev."
    assert where.xpath(".//a/@href")[:2] == [
        "../chapters/03-third.html#named-person-khrushchev",
        "../chapters/04-fourth.html",
    ]
    assert article(story, "chapters/03-third.html").xpath(".//*[@id='named-person-khrushchev']")


def test_place_tells_its_position(story: Path) -> None:
    (term,) = article(story, "back/places.html").xpath(".//dt[@id='place-moscow']")
    assert words(term).startswith("Moscow, 55.75° N, 37.60° E")


def test_bibliography_names_the_page_that_cites_a_work_in_a_row(story: Path) -> None:
    (cited,) = article(story, "back/bibliography.html").xpath(
        ".//li[@id='work-2-taubman2003']//span[contains(@class, 'cited-in')]"
    )
    assert "; chap. 4, n. 1; People; " in words(cited)


def test_a_changed_table_and_a_removed_chapter_show_at_the_next_build(
    tiny_book: BookPaths,
) -> None:
    write_story(tiny_book)
    prepare(tiny_book, Steps(quiet=True)).html()
    table = tiny_book.docs / "data" / "people.toml"
    table.write_text(PEOPLE.replace('"Spoke."', '"Listened."'), encoding="utf-8")
    (tiny_book.docs / "chapters" / "04-fourth.md").unlink()
    index = tiny_book.docs / "index.md"
    text = index.read_text(encoding="utf-8").replace("chapters/04-fourth\n", "")
    index.write_text(text, encoding="utf-8")
    site = prepare(tiny_book, Steps(quiet=True)).html()
    (body,) = article(site, "back/people.html").xpath(
        ".//dt[@id='person-khrushchev']/following-sibling::dd[1]"
    )
    assert "Listened." in words(body)
    assert "Chapter 3. Source" in words(body)


def test_bad_row_stops_the_build_at_its_line(tiny_book: BookPaths) -> None:
    write_story(tiny_book)
    table = tiny_book.docs / "data" / "people.toml"
    table.write_text(PEOPLE.replace('role = "physicist"\n', ""), encoding="utf-8")
    with pytest.raises(BookError, match=r"people\.toml:14: Person 2 has no role"):
        prepare(tiny_book, Steps(quiet=True)).html()


def test_role_for_nobody_stops_the_build(tiny_book: BookPaths) -> None:
    write_story(tiny_book)
    chapter = tiny_book.docs / "chapters" / "03-third.md"
    chapter.write_text(CHAPTER.replace("<orlov>", "<nobody>"), encoding="utf-8")
    with pytest.raises(BookError, match="nobody"):
        prepare(tiny_book, Steps(quiet=True)).html()
