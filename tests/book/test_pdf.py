"""The real PDF: its structure for screen readers, its pages, and its words in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.audit.drawings import differing, drawings_of, read_pictures
from speechbook.audit.pages import article_of, elements
from speechbook.audit.pdfpages import Bookmark, PrintedPage, read_bookmarks, read_printed
from speechbook.audit.pdfstructure import headings, structure_findings
from speechbook.audit.pdftext import plain
from speechbook.audit.printing import pages_of, printing_faults, word_faults
from speechbook.audit.tagged import Tagged, read_tagged

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.audit.sources import Promise
    from tests.book.conftest import BuiltBook


@pytest.fixture(scope="module")
def path(book: BuiltBook) -> Path:
    """Return the PDF."""
    return book.dist / "secret-speech.pdf"


@pytest.fixture(scope="module")
def tagged(path: Path) -> Tagged:
    """Return its structure."""
    return read_tagged(path)


@pytest.fixture(scope="module")
def printed(path: Path) -> tuple[PrintedPage, ...]:
    """Return its pages."""
    return read_printed(path)


@pytest.fixture(scope="module")
def bookmarks(path: Path) -> tuple[Bookmark, ...]:
    """Return its bookmarks."""
    return read_bookmarks(path)


def test_structure_is_sound(tagged: Tagged) -> None:
    assert structure_findings(tagged) == ()


def test_figures_look_like_the_pictures_of_the_epub(book: BuiltBook, path: Path) -> None:
    pictures = read_pictures(book.dist / "secret-speech.epub")
    drawings = drawings_of(path)
    assert {drawing.alternative for drawing in drawings} == set(pictures)
    assert list(differing(drawings, pictures)) == []
    turned = dict(zip(pictures, reversed(pictures.values()), strict=True))
    assert len(list(differing(drawings, turned))) >= len(pictures) - 1


def test_structure_holds_what_the_sources_promise(
    tagged: Tagged, promised: tuple[Promise, ...]
) -> None:
    assert len(list(tagged.root.named("Note"))) == sum(len(p.notes) for p in promised)
    figures = sum(len(promise.figures) for promise in promised)
    assert len(list(tagged.root.named("Figure"))) == figures + len(["the cover"])
    assert len(list(tagged.root.named("Title"))) == 1


def test_running_heads_and_page_numbers_are_artifacts(
    tagged: Tagged, printed: tuple[PrintedPage, ...]
) -> None:
    for page, artifacts in zip(printed, tagged.artifacts, strict=True):
        if artifacts:
            words = artifacts.split()
            assert page.label in {words[0], words[-1]}, artifacts
    with_head = [text for text in tagged.artifacts if len(text.split()) > 1]
    assert len(with_head) > len(printed) / 2


def test_russian_words_are_those_that_the_epub_marks(
    tagged: Tagged, epub_files: dict[str, bytes], promised: tuple[Promise, ...]
) -> None:
    pages = (article_of(epub_files[f"{promise.docname}.xhtml"]) for promise in promised)
    marked = {
        plain("".join(element.itertext()))
        for page in pages
        for element in elements(page, ".//*[@lang='ru']")
    }
    printed = "".join(plain(run.text) for run in tagged.root.runs() if run.language == "ru")
    assert marked
    assert [words for words in marked if words not in printed] == []


def test_bookmarks_are_the_headings_down_to_sections(
    tagged: Tagged, bookmarks: tuple[Bookmark, ...]
) -> None:
    found = [(level, element) for level, element in headings(tagged.root)]
    said = [plain(element.text()) for _, element in found]
    assert [plain(bookmark.title) for bookmark in bookmarks] == said
    first_pages = [next(element.runs()).page for _, element in found]
    assert [bookmark.page for bookmark in bookmarks] == first_pages


def test_pages_are_numbered_after_the_cover(printed: tuple[PrintedPage, ...]) -> None:
    labels = [page.label for page in printed]
    assert labels[:4] == ["", "", "i", "ii"]
    assert labels[-1].isdigit()


def test_pages_are_sound(
    path: Path, printed: tuple[PrintedPage, ...], bookmarks: tuple[Bookmark, ...]
) -> None:
    assert len({mark.page for mark in bookmarks if mark.level < 2}) > 30
    assert len(printed) > 200
    assert printing_faults(path) == []


def test_every_document_has_its_words_in_their_order(
    path: Path, promised: tuple[Promise, ...], epub_files: dict[str, bytes]
) -> None:
    pages = [range_ for _, range_ in pages_of(promised, read_bookmarks(path), 1000)]
    assert all(pages)
    assert list(word_faults(path, promised, epub_files)) == []
