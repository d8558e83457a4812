"""Which addresses lead out of the book, and where the sources write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from speechbook.links.outward import (
    Outward,
    of_pages,
    of_pdf,
    once_each,
    places,
    trimmed,
    written_in,
)

if TYPE_CHECKING:
    from pathlib import Path

PAGE = b"""<a href="https://archive.example/a#b">x</a><a href="other.html">y</a>
<a href="mailto:a@b.example">z</a><img src="http://pictures.example/p.png">"""


def test_a_page_gives_its_outward_links_alone() -> None:
    found = {link.address for link in of_pages("site", {"a/page.html": PAGE, "a.txt": PAGE})}
    assert found == {"https://archive.example/a#b", "http://pictures.example/p.png"}


def test_a_pdf_gives_the_addresses_of_its_annotations(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://archive.example/a")
    inner = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Dest=pikepdf.Array([page.obj]))
    outer = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)
    page.obj["/Annots"] = pikepdf.Array([inner, outer])
    pdf.save(tmp_path / "book.pdf")
    assert list(of_pdf(tmp_path / "book.pdf")) == [
        Outward("https://archive.example/a", "PDF, page 1")
    ]


def test_each_address_is_kept_once_with_its_first_page() -> None:
    links = [Outward("https://b.example", "1"), Outward("https://a.example", "2")]
    links.append(Outward("https://b.example", "3"))
    assert once_each(links) == (links[1], links[0])


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/x.", "https://a.example/x"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("https://a.example/x)", "https://a.example/x"),
        ("https://a.example/x),", "https://a.example/x"),
        (r"https://a.example/x\_y\%20z", "https://a.example/x_y%20z"),
    ],
)
def test_the_sentence_around_an_address_is_left_out(written: str, address: str) -> None:
    assert trimmed(written) == address


def test_a_source_gives_line_and_column_and_a_doi_its_address() -> None:
    text = "@book{a,\n  url = {https://a.example/x},\n  doi = {10.1000/x\\_y},\n}\n"
    assert list(written_in(text)) == [
        ("https://a.example/x", 2, 10),
        ("https://doi.org/10.1000/x_y", 3, 10),
    ]


def test_every_place_of_an_address_is_found(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("See <https://a.example/x>.\n", encoding="utf-8")
    found = places([tmp_path / "a.md", tmp_path / "b.md"])
    assert [str(p.relative_to(tmp_path)) for p in found["https://a.example/x"]] == [
        "a.md:1:6",
        "b.md:1:6",
    ]
