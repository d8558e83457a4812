"""Every chapter, note, figure and citation of the sources is in each of the three formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.audit.portable import letters_of
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.audit.pages import Page
    from speechbook.audit.portable import Portable
    from speechbook.audit.sources import Promise
    from tests.book.conftest import BuiltBook

Promises = tuple["Promise", ...]
Pages = dict[str, "Page"]


def differences(promised: Promises, pages: Pages) -> Iterator[str]:
    """Yield what a set of pages lacks or has beyond the sources, document by document."""
    for promise in promised:
        page = pages[promise.docname]
        if letters_of(page.title) != letters_of(promise.title):
            yield f"{promise.docname}: title {page.title!r} for {promise.title!r}"
        slugs = [slug for slug, _ in page.notes]
        if slugs != list(promise.notes):
            others = set(slugs) ^ set(promise.notes)
            yield f"{promise.docname}: notes {others} or their order differ"
        if list(page.note_marks) != list(promise.note_marks):
            yield f"{promise.docname}: note marks differ"
        if [name.removesuffix(".svg") for name, _ in page.figures] != [
            name.rpartition("/")[2].removesuffix(".svg") for name in promise.figures
        ]:
            yield f"{promise.docname}: figures {page.figures} for {promise.figures}"
        anchors = {anchor.split("-", 2)[2] for anchor in page.citations}
        # docutils writes an id with hyphens only.
        keys = {key.replace("_", "-") for key in promise.citekeys}
        if anchors != keys:
            yield f"{promise.docname}: citations differ by {anchors ^ keys}"
        if not all(alternative for _, alternative in page.figures):
            yield f"{promise.docname}: a figure has no alternative"


def test_book_has_its_first_edition(promised: Promises) -> None:
    chapters = [promise for promise in promised if promise.docname.startswith("chapters/")]
    assert len(chapters) >= 12
    assert all(len(chapter.notes) >= 5 for chapter in chapters)
    assert {"taubman2003", "tromly2004", "davies1996"} <= set().union(
        *(promise.citekeys for promise in promised)
    )


def test_site_has_everything(promised: Promises, site_pages: Pages) -> None:
    assert list(differences(promised, site_pages)) == []


def test_epub_has_everything(promised: Promises, epub_pages: Pages) -> None:
    assert list(differences(promised, epub_pages)) == []


def test_epub_and_site_say_the_same_words(site_pages: Pages, epub_pages: Pages) -> None:
    for docname, page in site_pages.items():
        assert epub_pages[docname].blocks == page.blocks, docname


def test_pdf_outline_names_every_chapter(promised: Promises, pdf: Portable) -> None:
    outline = [letters_of(title) for title in pdf.outline]
    for promise in promised:
        title = letters_of(promise.title)
        assert any(entry.endswith(title) for entry in outline), promise.docname


def test_pdf_has_every_note_by_count_and_by_words(
    promised: Promises, site_pages: Pages, pdf: Portable
) -> None:
    assert pdf.tags.count("Note") == sum(len(promise.notes) for promise in promised)
    missing = [
        f"{docname}#{slug}"
        for docname, page in site_pages.items()
        for slug, text in page.notes
        if letters_of(text)[:40] not in pdf.letters
    ]
    assert missing == []


def test_pdf_has_every_paragraph(site_pages: Pages, pdf: Portable) -> None:
    missing = [
        f"{docname}: {block}"
        for docname, page in site_pages.items()
        for block in page.blocks
        for letters in [letters_of(block)]
        if letters[:30] not in pdf.letters or letters[-30:] not in pdf.letters
    ]
    assert missing == []


def test_pdf_has_every_figure_with_its_alternative(
    promised: Promises, site_pages: Pages, pdf: Portable
) -> None:
    count = sum(len(promise.figures) for promise in promised)
    assert pdf.tags.count("Figure") >= count
    alternatives = {letters_of(alternative) for alternative in pdf.alternatives}
    for page in site_pages.values():
        for name, alternative in page.figures:
            assert letters_of(alternative) in alternatives, name


def test_contributors_pages_are_on_the_site_and_in_no_book(
    book: BuiltBook, epub_files: dict[str, bytes], pdf: Portable
) -> None:
    pages = [path.stem for path in (REPOSITORY / "docs" / "contributing").rglob("*.md")]
    made = {path.stem for path in (book.dist / "html" / "contributing").rglob("*.html")}
    assert made == set(pages)
    assert not [name for name in epub_files if "contributing" in name]
    assert letters_of("Machine-written text") not in {letters_of(t) for t in pdf.outline}
