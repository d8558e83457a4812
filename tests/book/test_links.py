"""Links of the finished book: sound inside, and each one out of it known to the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.cli import main
from speechbook.links.finished import Formats, read_formats

if TYPE_CHECKING:
    from tests.book.conftest import BuiltBook


@pytest.fixture(scope="module")
def formats(book: BuiltBook) -> Formats:
    return read_formats(book.dist)


def test_no_link_inside_the_formats_is_broken(
    book: BuiltBook, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", "--root", str(book.dist.parent), "--offline"]) == 0
    assert capsys.readouterr().out == "0 broken links inside the book.\n"


def test_the_three_formats_lead_to_the_same_places(formats: Formats) -> None:
    pages = {link.address for link in formats.outward()}
    assert len(pages) > 200
    for alone in (
        Formats(formats.site, {}, formats.pdf),
        Formats({}, formats.epub, formats.pdf),
    ):
        assert len(pages - {link.address for link in alone.outward()}) < 10


def test_a_lost_page_breaks_links_in_site_and_epub(formats: Formats) -> None:
    def without(files: dict[str, bytes]) -> dict[str, bytes]:
        return {name: content for name, content in files.items() if "08-eikhe" not in name}

    broken = Formats(without(dict(formats.site)), without(dict(formats.epub)), formats.pdf)
    said = broken.broken_inside()
    assert any(sentence.startswith("site, ") for sentence in said)
    assert any(sentence.startswith("EPUB, ") for sentence in said)
