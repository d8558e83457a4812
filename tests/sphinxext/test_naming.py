"""People and places linked where a chapter first names them, seen on a tiny book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from speechbook.problems import BookError
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from speechbook.building.paths import BookPaths

PEOPLE = """\
[[person]]
slug = "khrushchev"
name = "Nikita Khrushchev"
listed = "Khrushchev, Nikita"
mentions = ["Nikita Khrushchev", "Khrushchev"]
native = ["ru: Хрущёв"]
born = "1894"
died = "1971"
years_seen = "taubman2003"
role = "First Secretary"
note = "Spoke."
citekey = "taubman2003"

[[person]]
slug = "orlov"
name = "Yuri Orlov"
listed = "Orlov, Yuri"
mentions = ["Yuri Orlov"]
role = "physicist"
note = "Asked."
citekey = "tromly2004"
"""
PLACES = """\
[[place]]
slug = "moscow"
name = "Moscow"
mentions = ["Moscow"]
latitude = 55.75
longitude = 37.6
note = "The Congress."
citekey = "tromly2004"
"""
CHAPTER = """\
(ch-third)=
# Khrushchev in Moscow

:::{container} summary
Khrushchev spoke in Moscow.
:::

“Khrushchev is in Moscow”, said *Moscow News*, and {ref}`Moscow <ch-first>` read it.[^third]
Then Nikita Khrushchev came to Moscow, and Khrushchev’s men left Moscow.
The physicist {person}`Orlov <orlov>` met another Yuri Orlov.

[^third]: Khrushchev in {cite:p}`taubman2003`.
"""
QUOTED = """\
(ch-fourth)=
# A fourth

> “Khrushchev came.”[^fourth]

| Who |
|---|
| Yuri Orlov |

[^fourth]: {cite:p}`taubman2003`.
"""


def write_story(paths: BookPaths) -> None:
    """Give a tiny book people, places and two more chapters."""
    data, back = paths.docs / "data", paths.docs / "back"
    (data / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (data / "places.toml").write_text(PLACES, encoding="utf-8")
    (back / "people.md").write_text("# People\n\n```{data-people} people\n```\n", encoding="utf-8")
    (back / "places.md").write_text("# Places\n\n```{data-places} places\n```\n", encoding="utf-8")
    (paths.docs / "chapters" / "03-third.md").write_text(CHAPTER, encoding="utf-8")
    (paths.docs / "chapters" / "04-fourth.md").write_text(QUOTED, encoding="utf-8")
    index = (paths.docs / "index.md").read_text(encoding="utf-8")
    index = index.replace("second\n", "second\nchapters/03-third\nchapters/04-fourth\n")
    index = index.replace("back/glossary", "back/people\nback/places\nback/glossary")
    (paths.docs / "index.md").write_text(index, encoding="utf-8")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a tiny book with a story."""
    paths = make_tiny_book(tmp_path_factory.mktemp("story"))
    write_story(paths)
    return prepare(paths, Steps(quiet=True)).html()


def article(site: Path, name: str) -> HtmlElement:
    """Return a page's article."""
    (found,) = lxml.html.fromstring((site / name).read_bytes()).xpath("//article")
    return found


def words(element: HtmlElement) -> str:
    """Return an element's text with single spaces."""
    return " ".join(element.text_content().split())


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
    assert words(cited).endswith("; People.")


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
