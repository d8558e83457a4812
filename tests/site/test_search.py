"""The engine and what it reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from speechbook.problems import BookError
from speechbook.site.passages import Passage
from speechbook.site.search import (
    SearchedPage,
    engine,
    kind_of,
    other_names,
    search_index,
    words_in,
)
from speechbook.story.people import people_in

if TYPE_CHECKING:
    from speechbook.audit.npm import Packages

ROW = """
[[person]]
slug = "nk"
name = "Nikita Khrushchev"
listed = "Khrushchev, Nikita"
mentions = ["Nikita Khrushchev", "Khrushchev"]
variants = ["Chruschtschow"]
also = ["Nikita Sergeyevich"]
native = ["ru: Никита Хрущёв"]
role = "First Secretary"
note = "Spoke."
citekey = "a"
"""


def test_library_is_the_locked_package_as_it_stands(repository: Path, packages: Packages) -> None:
    ours = repository / "docs" / "_static" / "search"
    published = packages.file("minisearch/dist/umd/index.js")
    assert (ours / "00-minisearch.js").read_bytes() == published.read_bytes()
    licence = packages.file("minisearch/LICENSE.txt").read_text(encoding="utf-8")
    version = json.loads(packages.file("minisearch/package.json").read_text("utf-8"))["version"]
    told = (ours / "minisearch-licence.txt").read_text(encoding="utf-8")
    assert licence.strip() in told
    assert told.startswith(f"MiniSearch {version},")


def test_engine_carries_the_licence_and_the_stemmer(repository: Path) -> None:
    script = engine(repository / "docs" / "_static").content.decode()
    assert script.startswith("/*! MiniSearch")
    assert "Permission is hereby granted" in script
    assert "EnglishStemmer" in script


def test_other_names_lead_to_the_shortest_form_of_the_book() -> None:
    (person,) = people_in(Path("people.toml"), ROW)
    used, others = other_names(person)
    assert used == "Khrushchev"
    assert set(others) == {"Chruschtschow", "Nikita Sergeyevich", "Никита Хрущёв"}


def test_index_is_a_script_with_chapters_first_and_no_nameless_row() -> None:
    pages = [
        SearchedPage("back/a.html", "A", "list", ()),
        SearchedPage("chapters/b.html", "B", "chapter", (Passage("p-1", "p", ("One.", "Two.")),)),
    ]
    text = search_index(pages, [("Beria", ()), ("rising", ("revolt",))])
    head, _, data = text.rstrip().rstrip(";").partition("=")
    assert head == "book.searchData"
    assert json.loads(data) == {
        "pages": [
            ["chapters/b.html", "B", "chapter", [["p-1", "p", "One.\nTwo."]]],
            ["back/a.html", "A", "list", []],
        ],
        "names": [["rising", ["revolt"]]],
    }


@pytest.mark.parametrize(
    ("docname", "kind"),
    [
        ("chapters/01-a", "chapter"),
        ("back/bibliography", "list"),
        ("back/people", "reference"),
        ("contributing/rules/QUO001", "contributing"),
        ("index", "reference"),
    ],
)
def test_kinds_of_pages(docname: str, kind: str) -> None:
    assert kind_of(docname) == kind


def test_table_of_words_tells_of_a_bad_row() -> None:
    with pytest.raises(BookError, match="sought"):
        words_in(Path("search-words.toml"), '[[word]]\nused = "rising"\nsought = "revolt"\n')
