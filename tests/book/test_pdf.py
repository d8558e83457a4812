"""The real PDF: its structure for screen readers, its pages, and its words in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.audit.drawings import differing, drawings_of, read_pictures
from speechbook.audit.pages import article_of, elements
from speechbook.audit.pdfpages import (
    Bookmark,
    Margins,
    PrintedPage,
    faulty_labels,
    framed_links,
    out_of_margins,
    read_bookmarks,
    read_printed,
    scant_endings,
)
from speechbook.audit.pdfstructure import headings, structure_findings
from speechbook.audit.pdftext import differences, expected_of, plain
from speechbook.audit.poppler import text_of_pages
from speechbook.audit.tagged import Tagged, read_tagged

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.audit.sources import Promise
    from tests.book.conftest import BuiltBook

#: Those of templates/style.typ; page numbers stand lower than the text.
A5 = Margins(inner=19, outer=16, top=10, bottom=8)
#: With the running head: less looks like a mistake on paper.
LEAST_LINES = 5
NUMBER_OF_CHAPTER = "0123456789"


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
    assert faulty_labels(labels) == ()
    assert labels[:4] == ["", "", "i", "ii"]
    assert labels[-1].isdigit()


def test_no_document_ends_with_a_few_lines_on_a_page(
    printed: tuple[PrintedPage, ...], bookmarks: tuple[Bookmark, ...]
) -> None:
    starts = sorted({b.page for b in bookmarks if b.level < 2})
    assert len(starts) > 30
    assert list(scant_endings(printed, starts, LEAST_LINES)) == []


def test_no_line_runs_into_a_margin(printed: tuple[PrintedPage, ...]) -> None:
    assert list(out_of_margins(printed, A5)) == []


def test_links_have_no_frames(path: Path) -> None:
    assert framed_links(path) == ()


def test_every_document_has_its_words_in_their_order(
    path: Path,
    printed: tuple[PrintedPage, ...],
    bookmarks: tuple[Bookmark, ...],
    promised: tuple[Promise, ...],
    epub_files: dict[str, bytes],
) -> None:
    texts = text_of_pages(path)
    labels = [page.label for page in printed]
    starts = [start_of(promise.title, bookmarks) for promise in promised]
    # Parts and the index are no documents of the sources, but end the one before.
    tops = {mark.page for mark in bookmarks if mark.level == 0}
    ends = sorted({*tops, *starts, len(printed)})
    for promise, start in zip(promised, starts, strict=True):
        end = next(page for page in ends if page > start)
        pages = zip(labels[start:end], texts[start:end], strict=True)
        expected = expected_of(epub_files[f"{promise.docname}.xhtml"])
        assert differences(pages, expected) == (), promise.docname


def start_of(title: str, bookmarks: tuple[Bookmark, ...]) -> int:
    """Return the page (from 0) on which a document begins."""
    words = plain(title)
    found = [
        mark.page
        for mark in bookmarks
        if words in {plain(mark.title), plain(mark.title).lstrip(NUMBER_OF_CHAPTER)}
    ]
    return found[0]
