"""The small book as a whole: every thing in its place on its page."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.typst.conftest import Built


def test_nothing_is_warned_of(small_book: Built) -> None:
    assert small_book.warnings == ""


# Pages


def test_front_matter_has_roman_page_labels_and_the_body_starts_at_1(small_book: Built) -> None:
    part = small_book.page_with("Part I Beginnings 1 The first chapter")
    assert small_book.labels[:4] == ["i", "ii", "iii", "iv"]
    assert small_book.labels[part] == "1"
    assert small_book.labels[part:] == [str(n + 1) for n in range(len(small_book.labels) - part)]


def test_parts_open_on_right_pages(small_book: Built) -> None:
    for title in ("Part I Beginnings 1 The first", "Part II Ends 3 The third"):
        assert int(small_book.labels[small_book.page_with(title)]) % 2 == 1


def test_a5_by_default(small_book: Built) -> None:
    with small_book.opened() as pdf:
        sizes = {tuple(round(float(x)) for x in page.mediabox) for page in pdf.pages}
    assert sizes == {(0, 0, 420, 595)}


def test_running_heads_name_the_book_and_the_chapter_but_not_on_openings(
    small_book: Built,
) -> None:
    opening = small_book.page_with("What the first chapter shows.")
    left, right = small_book.pages[opening + 2], small_book.pages[opening + 1]
    assert "A Small Book" in left
    assert "The first chapter" not in left
    assert "The first chapter" in right
    assert "A Small Book" not in small_book.pages[opening]
    assert small_book.pages[opening].rstrip().endswith(small_book.labels[opening])


def test_title_page_and_colophon_say_what_the_settings_say(small_book: Built) -> None:
    title, colophon = small_book.pages[:2]
    for words in ("A Small Book", "Set to be looked at", "Its makers"):
        assert words in title
    for words in ("Version 7.1", "Commit abc1234", "CC BY 4.0", "Set in Libertinus", "1 May 2026"):
        assert words in colophon
    assert "What stands here is printed behind the title page" in colophon


def test_contents_give_the_pages_of_parts_and_chapters(small_book: Built) -> None:
    contents = re.sub(r"\s+", " ", small_book.pages[small_book.page_with("Contents Preface")])
    for title, opening in {
        "1 The first chapter": "What the first chapter shows.",
        "2 The second chapter": "It begins its notes anew.",
        "3 The third chapter": "#read(“/etc/passwd”)",
        "Glossary": "The inner circle of the party.",
        "Index": "Run of pages",
    }.items():
        assert f"{title} {small_book.labels[small_book.page_with(opening)]}" in contents


# Notes


def test_notes_stand_on_the_page_of_their_mark_and_restart_in_each_chapter(
    small_book: Built,
) -> None:
    for number in range(2, 25, 2):
        mark = small_book.page_with(f"Paragraph number {number} ends here.")
        body = small_book.page_with(f"Body of note n{number} of the first chapter.")
        assert mark == body
        printed = re.sub(r"\s+", " ", small_book.pages[body])
        assert f"{number // 2} Body of note n{number} of the first" in printed
    second = small_book.page_with("Body of note n2 of the second chapter.")
    assert second == small_book.page_with("It begins its notes anew.")
    assert "1 Body of note n2 of the second" in re.sub(r"\s+", " ", small_book.pages[second])


def test_a_note_marked_twice_is_printed_once(small_book: Built) -> None:
    assert small_book.text.count("Body of note n2 of the first chapter.") == 1
    assert "Again the note.1" in small_book.text


def test_a_note_may_hold_lists_pictures_and_code(small_book: Built) -> None:
    page = small_book.pages[small_book.page_with("A last note.")]
    for words in ("A note with much in it", "another item", "code in a note", "last paragraph"):
        assert words in page


# Links


def test_cross_references_give_the_page_they_lead_to(small_book: Built) -> None:
    second = small_book.labels[small_book.page_with("It begins its notes anew.")]
    third = small_book.labels[small_book.page_with("#read(“/etc/passwd”)")]
    first = small_book.labels[small_book.page_with("What the first chapter shows.")]
    expected = f"See the second chapter (p. {second}) and The third chapter (p. {third})"
    assert expected in small_book.text.replace("\xa0", " ")
    assert "and above." in small_book.text  # no page for what stands in the same chapter
    assert f"See the preface (p. iv), the start (p. ii) and the first chapter (p. {first})" in (
        small_book.text.replace("\xa0", " ")
    )


def test_links_lead_to_their_page(small_book: Built) -> None:
    target = small_book.page_with("It begins its notes anew.")
    source = small_book.page_with("See the second chapter")
    with small_book.opened() as pdf:
        reached = set(_destinations(pdf, source))
    assert target in reached


def _destinations(pdf: pikepdf.Pdf, page: int) -> Iterator[int]:
    by_object = {leaf.obj.objgen: number for number, leaf in enumerate(pdf.pages)}
    named = pikepdf.NameTree(pdf.Root.Names.Dests)
    for annotation in pdf.pages[page].get("/Annots", []):
        goal = annotation.get("/Dest", annotation.get("/A", {}).get("/D"))
        if isinstance(goal, pikepdf.String):
            goal = named[str(goal)]
        if isinstance(goal, pikepdf.Array):
            yield by_object[goal[0].objgen]


def test_every_link_has_a_description(small_book: Built) -> None:
    with small_book.opened() as pdf:
        links = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert links
        assert all(str(link.get("/Contents", "")) for link in links)


# Index


def test_index_gives_pages_merges_runs_and_refers(small_book: Built) -> None:
    index = re.sub(r"\s+", " ", small_book.pages[small_book.page_with("Index B")])
    pages = {
        small_book.page_with(f"Paragraph number {number} ends here.") for number in (12, 16)
    } | {small_book.page_with("It begins its notes anew.")}
    first, second, third = (small_book.labels[page] for page in sorted(pages))
    assert int(second) == int(first) + 1
    assert f"Run of pages, {first}–{second}, {third}" in index
    assert f"Beginning, {small_book.labels[small_book.page_with('What the first')]}" in index
    assert "Finish. see Middle" in index
    assert f"of the chapter, {first}" in index
    assert f"Thaw, {small_book.labels[small_book.page_with('Some years of relief.')]}" in index


# Inside the file


def test_bookmarks_go_down_to_sections(small_book: Built) -> None:
    with small_book.opened() as pdf, pdf.open_outline() as outline:
        tree = {top.title: [child.title for child in top.children] for top in outline.root}
        sections = [leaf.title for leaf in outline.root[2].children[0].children]
    assert list(tree) == [
        "Contents",
        "Preface",
        "Part I. Beginnings",
        "Part II. Ends",
        "Glossary",
        "Index",
    ]
    assert tree["Preface"] == ["How to read it"]
    assert tree["Part I. Beginnings"] == ["1 The first chapter", "2 The second chapter"]
    assert sections == ["Section one of the first", "Section two of the first", "Back again"]


def test_metadata(small_book: Built) -> None:
    with small_book.opened() as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "A Small Book"
        assert metadata["dc:creator"] == ["Its makers"]
        assert metadata["dc:description"] == "A book for testing."
        assert metadata["pdf:Keywords"] == "proof, print"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20231114221320Z")


def test_pdfua_finds_nothing(small_book: Built) -> None:
    command = [sys.executable, "-m", "pdfua", "check", str(small_book.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "result: PASS (no findings)" in done.stdout, done.stdout + done.stderr


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _elements(node.K)


@pytest.fixture(scope="module")
def tags(small_book: Built) -> Iterator[list[pikepdf.Dictionary]]:
    with small_book.opened() as pdf:
        yield list(_elements(pdf.Root.StructTreeRoot.K))


def _count(tags: list[pikepdf.Dictionary], name: str) -> int:
    return sum(1 for tag in tags if str(tag.S) == f"/{name}")


def test_structure_names_things_for_what_they_are(tags: list[pikepdf.Dictionary]) -> None:
    assert _count(tags, "Title") == 1
    assert _count(tags, "H1") == 6  # contents, preface, two parts, glossary, index
    assert _count(tags, "H2") == 4  # three chapters, one section of the preface
    assert _count(tags, "Note") == 1 + 12 + 4
    assert _count(tags, "Table") == 2
    assert _count(tags, "THead") == 2
    assert _count(tags, "TH") == 3 + 2
    assert _count(tags, "Figure") == 3
    assert _count(tags, "TOC") >= 1
    assert _count(tags, "BlockQuote") + _count(tags, "Quote") >= 1


def test_pictures_and_formulas_have_their_alternative_text(
    tags: list[pikepdf.Dictionary],
) -> None:
    alts = {str(tag.Alt) for tag in tags if "/Alt" in tag}
    assert {"A square on a grey ground", "A square again", "A square in a note"} <= alts
    assert r"x_1 = \frac{a}{b}" in alts


def test_runs_of_russian_are_marked_as_russian(small_book: Built) -> None:
    page = small_book.page_with("Хлевнюк")
    with small_book.opened() as pdf:
        content = pdf.pages[page].Contents.read_bytes()
        languages = {
            str(tag.Lang) for tag in _elements(pdf.Root.StructTreeRoot.K) if "/Lang" in tag
        }
    assert b"/Lang(ru)" in content or "ru" in languages


# What an author writes is never code


def test_hostile_text_is_printed_as_it_is(small_book: Built) -> None:
    for words in (
        "#read(“/etc/passwd”) and #import “x.typ”: *",
        "is no formula $5$ here.",
        "*a* _b_ \\ “quoted” @label <angle> [bracket] `tick` ~ // not a comment /* nor this */",
        "= no heading - no list",
        '#eval("1+1") and a " quote',
        "A heading with #set page(fill: red) and *stars*",
    ):
        assert words in small_book.text, words
    assert "root:x:0" not in small_book.text


def test_an_abbreviation_says_what_it_stands_for(small_book: Built) -> None:
    assert "AVH (Államvédelmi Hatóság)" in small_book.text
