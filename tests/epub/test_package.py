"""The container and the package document: valid, complete, and the same bytes wherever built."""

from __future__ import annotations

import re
import uuid
import zipfile
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.epubcheck import check_epub
from speechbook.epub.package import item_of, media_type_of, properties_of, stable_identifier
from speechbook.problems import BookError
from tests.epub.conftest import EPUB_TYPE, build, make_rich_book

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths
    from tests.epub.conftest import Epub

#: EPUBCheck's usages that are meant: CSS-028 notes that there are ``@font-face`` rules.
EXPLAINED_USAGES = {"CSS-028"}
SPINE = [
    "cover.xhtml",
    "index.xhtml",
    "nav.xhtml",
    "front/preface.xhtml",
    "part-i-first.xhtml",
    "chapters/01-first.xhtml",
    "part-ii-second.xhtml",
    "chapters/02-second.xhtml",
    "back/glossary.xhtml",
    "back/bibliography.xhtml",
    "genindex.xhtml",
    "colophon.xhtml",
]
PACKAGING = {"mimetype", "META-INF/container.xml", "content.opf"}


def test_epubcheck_finds_nothing(epub: Epub) -> None:
    messages = check_epub(epub.path)
    assert [m for m in messages if m.severity != "USAGE"] == []
    assert {m.identifier for m in messages} <= EXPLAINED_USAGES


def test_mimetype_comes_first_and_is_not_compressed(epub: Epub) -> None:
    with zipfile.ZipFile(epub.path) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub.members["mimetype"] == b"application/epub+zip"
    assert all(entry.compress_type == zipfile.ZIP_DEFLATED for entry in others)


def test_manifest_lists_every_file_and_no_other(epub: Epub) -> None:
    assert set(epub.manifest) == set(epub.members) - PACKAGING


def test_manifest_says_what_each_file_is(epub: Epub) -> None:
    fonts = {href for href, item in epub.manifest.items() if item["media-type"] == "font/ttf"}
    assert fonts == {
        f"fonts/Libertinus{name}.ttf"
        for name in ("Serif-Regular", "Serif-Italic", "Serif-Bold", "Sans-Regular", "Sans-Bold")
    }
    properties = {h: i["properties"] for h, i in epub.manifest.items() if "properties" in i}
    assert properties == {
        "nav.xhtml": "nav",
        "images/cover.png": "cover-image",
        "chapters/01-first.xhtml": "mathml",
    }
    assert epub.manifest["images/map.svg"]["media-type"] == "image/svg+xml"


def test_spine_is_the_book_in_order(epub: Epub) -> None:
    assert epub.spine == SPINE


def test_metadata_is_complete_and_stable(epub: Epub) -> None:
    def texts(name: str) -> list[str]:
        return [element.text or "" for element in epub.find("content.opf", f"//dc:{name}")]

    assert uuid.UUID(texts("identifier")[0].removeprefix("urn:uuid:")).version == 5
    assert texts("identifier") == [stable_identifier("The Secret Speech")]
    assert texts("identifier")[0] == "urn:uuid:ec4e977a-1457-5ee2-8016-6d0a0c54858e"
    assert texts("language") == ["en"]
    assert texts("title") == ["The Secret Speech"]
    assert texts("creator") == texts("publisher") == ["The Secret Speech contributors"]
    assert "CC BY 4.0" in texts("rights")[0]
    assert "Khrushchev" in texts("description")[0]
    assert epub.meta("dcterms:modified") == ["2026-09-21T14:13:20Z"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", epub.meta("schema:version")[0])


def test_metadata_tells_who_can_read_the_book(epub: Epub) -> None:
    assert epub.meta("schema:accessMode") == ["textual", "visual"]
    assert epub.meta("schema:accessModeSufficient") == ["textual"]
    assert epub.meta("schema:accessibilityHazard") == ["none"]
    features = set(epub.meta("schema:accessibilityFeature"))
    assert {"alternativeText", "index", "structuralNavigation", "tableOfContents"} <= features
    assert len(epub.meta("schema:accessibilitySummary")[0].split()) > 20
    # Claimed only after an audit by hand.
    assert b"conformsTo" not in epub.members["content.opf"]


def test_cover_is_shown_and_said(epub: Epub) -> None:
    (image,) = epub.find("cover.xhtml", "//h:img")
    assert image.attrib["src"] == "images/cover.png"
    assert "The Secret Speech" in image.attrib["alt"]
    assert image.attrib[EPUB_TYPE] == "cover"
    assert image.attrib["role"] == "doc-cover"
    assert epub.members["images/cover.png"].startswith(b"\x89PNG")


def test_same_bytes_in_another_folder_zone_and_hash_seed(epub: Epub, tmp_path: Path) -> None:
    elsewhere = make_rich_book(tmp_path / "an other folder")
    changed = {"TZ": "Asia/Vladivostok", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    assert build(elsewhere, **changed) == epub.path.read_bytes()


def test_same_bytes_on_a_second_build_among_leftovers(epub: Epub, rich_book: BookPaths) -> None:
    before = epub.path.read_bytes()
    stray = rich_book.build / "epub" / "chapters" / "99-dropped.xhtml"
    stray.write_text("<html/>", encoding="utf-8")
    assert build(rich_book) == before


@pytest.mark.parametrize(
    ("content", "properties"),
    [(b"<p>", ""), (b"<math alttext=''>", "mathml"), (b"<math/><svg/>", "mathml svg")],
)
def test_properties_follow_the_content(content: bytes, properties: str) -> None:
    assert properties_of("a.xhtml", content) == properties
    assert item_of("a.svg", content, {}).properties == ""


def test_unknown_kind_of_file_is_refused() -> None:
    with pytest.raises(BookError, match="use SVG, PNG or JPEG"):
        media_type_of("images/map.tiff")


def test_without_a_pdf_no_pages_are_listed_or_claimed(epub: Epub) -> None:
    assert epub.find("nav.xhtml", "//h:nav[@epub:type='page-list']") == []
    assert epub.meta("pageBreakSource") == []
    assert "pageNavigation" not in epub.meta("schema:accessibilityFeature")
