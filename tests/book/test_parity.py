"""Site, EPUB and PDF of the real book say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.audit.parity.command import compare, read_site

if TYPE_CHECKING:
    from tests.book.conftest import BuiltBook


def test_the_three_formats_say_the_same(book: BuiltBook) -> None:
    assert compare(book.dist) == []


def test_the_comparison_reads_the_whole_book(book: BuiltBook) -> None:
    edition = read_site(book.dist / "html")
    assert len(edition.chapters) >= 30
    assert sum(len(chapter.notes) for chapter in edition.chapters) > 600
    assert sum(len(chapter.passages) for chapter in edition.chapters) > 2000
    assert len(edition.index) > 400
    assert sum(len(note.works) for chapter in edition.chapters for note in chapter.notes) > 600
