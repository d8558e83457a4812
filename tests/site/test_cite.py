"""How to cite the book and a chapter."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
import rispy
from pybtex.database import parse_string

from speechbook.release.citation import Author
from speechbook.site.cite import forms_of
from speechbook.site.edition import Edition, Part

EDITION = Edition(
    title="The Book & Co",
    description="What it is.",
    authors=(Author("The Founders"),),
    version="1.2.0",
    day="2027-01-05",
    language="en",
    licence="CC-BY-4.0",
    base="https://example.org/b/",
)
BOOK = Part("index", "The Book & Co", "What it is.")
CHAPTER = Part("chapters/09-hall_way", "A hall: 50 % “full”", "What it tells.", "9")
PEOPLE = (Author("van Dyck", "Anna Bo"), Author("Ito", "Ken"))


def texts(edition: Edition, part: Part) -> dict[str, str]:
    """Return the forms as plain text by their names."""
    return {
        form.name: unescape(re.sub(r"<[^>]*>", "", form.html)) for form in forms_of(edition, part)
    }


def test_chicago_names_chapter_book_day_version_and_address() -> None:
    assert texts(EDITION, CHAPTER)["chicago"] == (
        "The Founders. “A hall: 50 % “full”.” In The Book & Co. 5 January 2027. Version 1.2.0. "
        "https://example.org/b/chapters/09-hall_way.html."
    )
    assert texts(EDITION, BOOK)["chicago"] == (
        "The Founders. The Book & Co. 5 January 2027. Version 1.2.0. https://example.org/b/."
    )


def test_apa_names_year_chapter_book_version_and_address() -> None:
    assert texts(EDITION, CHAPTER)["apa"] == (
        "The Founders. (2027). A hall: 50 % “full”. In The Book & Co (Version 1.2.0). "
        "https://example.org/b/chapters/09-hall_way.html"
    )
    assert texts(replace(EDITION, authors=PEOPLE), BOOK)["apa"] == (
        "van Dyck, A. B., & Ito, K. (2027). The Book & Co (Version 1.2.0). https://example.org/b/"
    )


def test_titles_of_the_book_are_in_italics() -> None:
    chicago, apa = forms_of(EDITION, CHAPTER)[:2]
    for form in (chicago, apa):
        assert "<em>The Book &amp; Co</em>" in form.html
        assert "<a" not in form.html


@pytest.mark.parametrize("authors", [(Author("The Founders"),), PEOPLE])
def test_bibtex_and_ris_read_back_as_the_same_work(authors: tuple[Author, ...]) -> None:
    edition = replace(EDITION, authors=authors)
    forms = texts(edition, CHAPTER)
    (entry,) = parse_string(forms["bibtex"], "bibtex").entries.values()
    (record,) = rispy.loads(forms["ris"])
    assert (entry.type, record["type_of_reference"]) == ("incollection", "CHAP")
    assert entry.key == record["id"] == "book&co2027hallway".replace("&", "")
    assert entry.fields["url"] == record["urls"][0] == edition.address_of(CHAPTER.page)
    assert entry.fields["title"] == r"A hall: 50 \% “full”"
    assert record["title"] == CHAPTER.title
    assert record["secondary_title"] == "The Book & Co"
    assert record["date"] == "2027/01/05/"
    assert [entry.fields[name] for name in ("year", "month", "day")] == ["2027", "January", "5"]
    assert record["notes"] == ["Version 1.2.0"]
    families = [" ".join([*p.prelast_names, *p.last_names]) for p in entry.persons["author"]]
    assert [family.strip("{}") for family in families] == [author.family for author in authors]


def test_nothing_is_invented_where_the_address_is_not_known() -> None:
    for part in (BOOK, CHAPTER):
        for text in texts(replace(EDITION, base=""), part).values():
            assert "http" not in text
            assert "publisher" not in text.casefold()
            assert "doi" not in text.casefold()
