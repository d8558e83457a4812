"""The EPUB before Ace by DAISY and in a real reading engine, on a phone and at large type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from speechbook.audit.ace import ace_report, files_checked, violations_of
from speechbook.audit.browser import require_chromium
from speechbook.audit.pages import article_of, elements, text_of
from speechbook.audit.portable import letters_of
from speechbook.audit.reading import Reader
from tests.book.broken_epub import write_broken_epub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from speechbook.audit.npm import Packages
    from speechbook.audit.pages import Page
    from speechbook.audit.sources import Promise
    from tests.book.conftest import BuiltBook

PHONE, E_INK = {"width": 390, "height": 844}, {"width": 360, "height": 480}
LARGE_TYPE = "html { font-size: 170%; }"
NIGHT = "html { background: #111; color: #ddd; } a { color: #8ab4f8; }"


def open_reader(
    browser: Browser, book: BuiltBook, packages: Packages, size: dict[str, int], styles: str
) -> Reader:
    """Open the real EPUB on a screen of its own."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    reader = Reader(context.new_page(), book.dist / "secret-speech.epub", packages)
    reader.open(styles)
    return reader


@pytest.fixture(scope="module")
def reader(browser: Browser, book: BuiltBook, packages: Packages) -> Iterator[Reader]:
    """Open the book on a phone."""
    opened = open_reader(browser, book, packages, PHONE, "")
    yield opened
    opened.page.context.close()


@pytest.mark.parametrize(
    ("size", "styles"), [(PHONE, ""), (E_INK, LARGE_TYPE), (PHONE, NIGHT)], ids=str
)
def test_every_page_is_rendered_whole(  # noqa: PLR0913, PLR0917 - fixtures
    browser: Browser,
    book: BuiltBook,
    packages: Packages,
    epub_files: dict[str, bytes],
    size: dict[str, int],
    styles: str,
) -> None:
    reader = open_reader(browser, book, packages, size, styles)
    for number, file in enumerate(reader.files):
        seen = reader.call("render", number)
        body = elements(article_of(epub_files[file]), "//body")[0]
        assert seen["file"] == file
        assert letters_of(seen["text"]) == letters_of(text_of(body)), file
        assert seen["shown"] == seen["pictures"] == len(elements(body, ".//img")), file
        assert seen["tooWide"] == [], file
        assert seen["family"].startswith('"Libertinus Serif"'), file
    assert reader.complaints == []
    reader.page.context.close()


def test_every_note_pops_up_and_closes(
    reader: Reader, promised: tuple[Promise, ...], epub_pages: dict[str, Page]
) -> None:
    for promise in promised:
        number = reader.files.index(f"{promise.docname}.xhtml")
        marks = reader.call("render", number)["marks"]
        assert marks == len(promise.note_marks), promise.docname
        words = {f"#{slug}": letters_of(text) for slug, text in epub_pages[promise.docname].notes}
        for mark, slug in enumerate(promise.note_marks):
            note: dict[str, Any] = reader.call("popUpNote", mark)
            assert (note["address"], note["type"]) == (f"#{slug}", "footnote")
            assert note["shown"], note
            assert note["closed"], note
            assert letters_of(note["text"]).endswith(words[f"#{slug}"]), note
    assert reader.complaints == []


def test_contents_lead_to_their_headings(reader: Reader) -> None:
    entries = [entry for entry in reader.call("contents") if entry["href"]]
    assert len(entries) > len(reader.files)
    for entry in entries:
        place = reader.call("follow", entry["href"])
        assert place["isShown"], entry
        assert letters_of(place["text"]).startswith(letters_of(entry["label"])), entry
    assert reader.complaints == []


def test_page_list_leads_to_where_each_page_begins(reader: Reader) -> None:
    entries = reader.call("pageList")
    for entry in entries:
        place = reader.call("follow", entry["href"])
        assert place["isShown"], entry
        assert place["text"], entry
    assert reader.complaints == []


def test_landmarks_lead_into_the_book(reader: Reader) -> None:
    landmarks = {kind: mark["href"] for mark in reader.call("landmarks") for kind in mark["type"]}
    assert set(landmarks) >= {"toc", "bodymatter", "titlepage", "glossary", "bibliography", "index"}
    for address in landmarks.values():
        assert reader.call("follow", address)["file"] == address


def test_ace_finds_no_violation(
    book: BuiltBook, packages: Packages, epub_files: dict[str, bytes]
) -> None:
    report = ace_report(book.dist / "secret-speech.epub", packages, require_chromium())
    assert violations_of(report) == ()
    assert {name for name in epub_files if name.endswith(".xhtml")} <= set(files_checked(report))


def test_engine_tells_of_what_is_broken(
    browser: Browser, packages: Packages, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    reader = Reader(context.new_page(), write_broken_epub(tmp_path / "broken.epub"), packages)
    reader.open()
    seen = reader.call("render", 0)
    assert (seen["pictures"], seen["shown"]) == (1, 0)
    assert seen["tooWide"] == ["table: Wide"]
    assert not seen["family"].startswith('"Libertinus Serif"')
    assert reader.call("popUpNote", 0)["text"] == "Another note."
    assert reader.call("pageList") == []
    context.close()


def test_ace_tells_of_what_is_broken(packages: Packages, tmp_path: Path) -> None:
    report = ace_report(write_broken_epub(tmp_path / "broken.epub"), packages, require_chromium())
    rules = {violation.rule for violation in violations_of(report)}
    assert {"image-alt", "html-has-lang", "metadata-accessmode"} <= rules
