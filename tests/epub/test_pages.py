"""The pages: languages, notes, links, index, contents; nothing of a web site."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from speechbook.cli import main
from speechbook.epub.contents import APPENDIX, CHAPTER, FRONT_MATTER, Kind, kind_of
from speechbook.epub.cover import draw_cover
from speechbook.epub.index import Labels
from tests.epub.conftest import EPUB_TYPE, XML_LANG, resolve, select, text_of

if TYPE_CHECKING:
    from speechbook.building.paths import BookPaths
    from tests.epub.conftest import Epub

FIRST, SECOND = "chapters/01-first.xhtml", "chapters/02-second.xhtml"


def test_every_page_says_its_language(epub: Epub) -> None:
    for page in epub.pages:
        root = epub.xml(page)
        assert (root.attrib["lang"], root.attrib[XML_LANG]) == ("en", "en"), page


def test_russian_passages_are_marked_in_both_ways(epub: Epub) -> None:
    marked = epub.find(FIRST, "//h:*[@lang='ru']")
    assert [element.text for element in marked] == ["Хрущёв", "Сталин"]
    assert [element.attrib[XML_LANG] for element in marked] == ["ru", "ru"]
    assert len(epub.find(FIRST, "//h:*[@lang and not(@xml:lang)]")) == 0


def test_notes_are_linked_both_ways(epub: Epub) -> None:
    marks = epub.find(FIRST, "//h:a[@epub:type='noteref' and @role='doc-noteref']")
    assert [mark.attrib["href"] for mark in marks] == ["#met", "#quiet", "#more", "#more"]
    assert [mark.text for mark in marks] == ["1", "2", "3", "3"]
    notes = epub.find(FIRST, "//h:aside[@epub:type='footnote' and @role='doc-footnote']")
    assert [note.attrib["id"] for note in notes] == ["met", "quiet", "more"]
    back = [
        link.attrib["href"]
        for note in notes
        for link in select(note, ".//h:a[@role='doc-backlink']")
    ]
    assert sorted(back) == sorted(f"#{mark.attrib['id']}" for mark in marks)
    assert [text_of(note).partition(". ")[0] for note in notes] == ["1", "2", "3 b"]


def test_notes_name_works_in_the_bibliography(epub: Epub) -> None:
    (note,) = epub.find(SECOND, "//h:aside[@id='on']")
    (link,) = select(note, ".//h:p//h:a")
    file, fragment = resolve(SECOND, link.attrib["href"])
    (entry,) = epub.find(file, f"//h:ul[contains(@class, 'bibliography')]/h:li[@id='{fragment}']")
    assert text_of(entry).startswith("Taubman, William. Khrushchev")


def test_every_inner_link_and_picture_is_there(epub: Epub) -> None:
    for page in [*epub.pages, "toc.ncx"]:
        for address in epub.find(page, "//@href | //@src"):
            if not str(address).startswith("http"):
                file, fragment = resolve(page, str(address))
                assert file in epub.members, (page, address)
                assert not fragment or epub.find(file, f"//*[@id='{fragment}']"), (page, address)


def test_ids_are_unique(epub: Epub) -> None:
    for page in epub.pages:
        ids = epub.find(page, "//@id")
        assert len(ids) == len(set(ids)), page


def test_links_to_the_web_stay_as_written(epub: Epub) -> None:
    (link,) = epub.find(FIRST, "//h:a[text()='a page']")
    assert link.attrib["href"] == "https://example.org/page?a=1&b=2#c"
    assert epub.find("back/bibliography.xhtml", "//h:a[starts-with(@href, 'https://doi.org/10.')]")


def test_nothing_is_fetched_and_no_script_runs(epub: Epub) -> None:
    assert not [name for name in epub.members if name.endswith(".js")]
    for page in epub.pages:
        fetched = epub.find(page, "//h:link/@href | //h:img/@src | //@style | //h:script")
        assert not [x for x in fetched if not isinstance(x, str) or ":" in x], page
    style = epub.members["style/book.css"].decode()
    assert "@import" not in style
    assert not re.search(r"url\((?!\.\./fonts/)", style)


def test_nothing_is_left_of_the_web_theme(epub: Epub) -> None:
    sheets = {
        str(href) for p in epub.pages for href in epub.find(p, "//*/@href[contains(., '.css')]")
    }
    assert {href.removeprefix("../") for href in sheets} == {"style/book.css"}
    everything = b"".join(epub.members[page] for page in epub.pages)
    for leftover in (b"fn-bracket", b"headerlink", b"mathjax", b"docutils container", b"sphinx"):
        assert leftover not in everything.lower()


def test_style_keeps_the_readers_size_and_colours(epub: Epub) -> None:
    style = epub.members["style/book.css"].decode()
    assert set(re.findall(r"(?<![-\w])color:\s*([^;]+);", style)) == {"inherit"}
    assert not re.search(r"font-size:\s*[\d.]+(?!em|%|\d|\.)", style)
    assert "background" not in re.sub(r"figure img \{[^}]*\}", "", style)


def test_style_names_the_embedded_typefaces(epub: Epub) -> None:
    style = epub.members["style/book.css"].decode()
    named = {resolve("style/book.css", url)[0] for url in re.findall(r"url\(([^)]+)\)", style)}
    assert named == {name for name in epub.members if name.startswith("fonts/")}


def test_typefaces_have_every_letter_of_the_book(epub: Epub) -> None:
    texts = [text_of(epub.xml(page)) for page in epub.pages]
    letters = {ord(letter) for text in texts for letter in text}
    assert ord("ё") in letters
    for name in (name for name in epub.members if name.startswith("fonts/")):
        font = TTFont(BytesIO(epub.members[name]))
        assert letters <= set(font.getBestCmap()), name
        tables = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        assert "kern" in tables, name
        assert "Open Font License" in font["name"].getDebugName(13)


def test_contents_list_parts_chapters_and_sections(epub: Epub) -> None:
    (nav,) = epub.find("nav.xhtml", "//h:nav[@epub:type='toc' and @role='doc-toc']")
    lines = select(nav, ".//h:a | .//h:span")
    assert [(line.text, line.get("href", "")) for line in lines] == [
        ("A tiny book", "index.xhtml"),
        ("Before you read", ""),
        ("Preface", "front/preface.xhtml"),
        ("Part I: First", "part-i-first.xhtml"),
        ("1. The first chapter", FIRST),
        ("A section", f"{FIRST}#a-section"),
        ("Part II: Second", "part-ii-second.xhtml"),
        ("2. The second chapter", SECOND),
        ("Reference", ""),
        ("Glossary", "back/glossary.xhtml"),
        ("Bibliography", "back/bibliography.xhtml"),
        *((section.text, section.get("href", "")) for section in lines[11:-2]),
        ("Index", "genindex.xhtml"),
        ("Colophon", "colophon.xhtml"),
    ]
    ncx = [text_of(label) for label in epub.find("toc.ncx", "//ncx:navLabel")]
    assert ncx == [line.text for line in lines]


def test_landmarks_lead_to_the_text_and_its_helps(epub: Epub) -> None:
    links = epub.find("nav.xhtml", "//h:nav[@epub:type='landmarks']//h:a")
    assert {link.attrib[EPUB_TYPE]: link.attrib["href"] for link in links} == {
        "toc": "nav.xhtml",
        "bodymatter": "part-i-first.xhtml",
        "titlepage": "index.xhtml",
        "preface": "front/preface.xhtml",
        "glossary": "back/glossary.xhtml",
        "bibliography": "back/bibliography.xhtml",
        "index": "genindex.xhtml",
    }


def test_each_page_has_one_heading_numbered_once(epub: Epub) -> None:
    for page in set(epub.pages) - {"cover.xhtml"}:
        assert len(epub.find(page, "//h:h1")) == 1, page
    assert text_of(epub.find(FIRST, "//h:h1")[0]) == "1. The first chapter"
    assert text_of(epub.find(FIRST, "//h:title")[0]) == "1. The first chapter"
    (chapter,) = epub.find(FIRST, "/h:html/h:body/h:section[1]")
    assert (chapter.attrib[EPUB_TYPE], chapter.attrib["role"]) == ("chapter", "doc-chapter")


def test_quotations_tables_figures_and_formulas_are_whole(epub: Epub) -> None:
    named, nameless = epub.find(FIRST, "//h:blockquote")
    assert text_of(named).endswith("—A witness")
    assert text_of(nameless) == "A quotation without a name."
    assert [th.attrib["scope"] for th in epub.find(SECOND, "//h:th")] == ["col", "col"]
    assert [text_of(td) for td in epub.find(SECOND, "//h:td")] == ["1934", "139", "1956", "41"]
    (image,) = epub.find(FIRST, "//h:figure//h:img")
    assert (image.attrib["src"], image.attrib["alt"]) == ("../images/map.svg", "A square")
    (formula,) = epub.find(FIRST, "//*[local-name()='math']")
    assert formula.attrib["alttext"] == "m < 2"


def test_index_leads_to_chapters_by_number(epub: Epub) -> None:
    items = {text_of(item): item for item in epub.find("genindex.xhtml", "//h:section/h:ul/h:li")}
    assert "Khrushchev, Nikita, 1" in items
    assert "Koba see Stalin, Joseph" in items
    stalin = select(items["Stalin, Joseph, Preface, 1"], "./h:a")
    files = [resolve("genindex.xhtml", link.attrib["href"])[0] for link in stalin]
    assert files == ["front/preface.xhtml", FIRST]


def test_index_counts_within_a_chapter() -> None:
    labels = Labels({"b.xhtml": "1", "a.xhtml": "2"})
    targets = [(None, "a.xhtml#index-1"), (None, "b.xhtml#index-10"), ("main", "b.xhtml#index-2")]
    places = labels.places(targets)
    assert [place.address.partition("#")[2] for place in places] == [
        "index-2",
        "index-10",
        "index-1",
    ]
    assert [place.is_main for place in places] == [True, False, False]


@pytest.mark.parametrize(
    ("docname", "number", "kind"),
    [
        ("chapters/01-first", "1", CHAPTER),
        ("back/names", "", APPENDIX),
        ("front/thanks", "", FRONT_MATTER),
        ("back/glossary", "", Kind("glossary", "doc-glossary")),
    ],
)
def test_kind_of_a_document(docname: str, number: str, kind: Kind) -> None:
    assert kind_of(docname, number) == kind


def test_picture_without_words_stops_the_build(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny_book.docs / "map.png").write_bytes(draw_cover("A", "B", "C"))
    first = tiny_book.docs / "chapters" / "01-first.md"
    text = first.read_text(encoding="utf-8")
    first.write_text(text + "\n```{image} ../map.png\n```\n", encoding="utf-8")
    assert main(["epub", "--root", str(tiny_book.root), "--quiet"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("docs/chapters/01-first.md:21: ")
    assert "no text alternative" in told


def test_cover_has_the_size_that_shops_ask_for() -> None:
    picture = draw_cover("The Secret Speech", "How it came about", "Its contributors")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1600, 2560)
    assert picture == draw_cover("The Secret Speech", "How it came about", "Its contributors")
    drawing = draw_cover("The Secret Speech", "How it came about", "", "svg")
    assert b"<text" not in drawing
    assert b"#8a1c1c" in drawing
