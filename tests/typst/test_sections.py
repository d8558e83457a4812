"""A book set in sections is the book set in one run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest

from speechbook.typst import pdffile, proof
from speechbook.typst.pdfmerge import Section, merge
from speechbook.typst.pieces import Piece, cut
from tests.typst.conftest import EPOCH, Built, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def cut_book(small_book_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the small book in as many sections as it can be cut into."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        out = tmp_path_factory.mktemp("cut") / "out"
        built = build(small_book_source, out, typst_section_sizes=(0, 1))
    assert len(list(out.glob("section-*.typ"))) == 4
    return built


def test_the_same_text_stands_on_the_same_pages(small_book: Built, cut_book: Built) -> None:
    assert cut_book.warnings == ""
    assert cut_book.labels == small_book.labels
    assert cut_book.pages == small_book.pages


def test_what_its_pages_say_is_kept_with_it(cut_book: Built) -> None:
    texts = proof.page_texts(cut_book.path.read_bytes())
    assert proof.texts_of(cut_book.path) == texts
    kept = cut_book.path.with_suffix(".pages.json")
    assert json.loads(kept.read_bytes())[1] == texts


def outline(built: Built) -> list[tuple[int, str, int]]:
    """Give level, title and page of every bookmark."""

    def walk(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield level, item.title, pages[item.destination[0].objgen]
            yield from walk(item.children, level + 1)

    with built.opened() as pdf, pdf.open_outline() as tree:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return list(walk(tree.root, 1))


def test_bookmarks_are_the_same(small_book: Built, cut_book: Built) -> None:
    assert outline(cut_book) == outline(small_book)


def links(built: Built) -> list[list[tuple[int, int]]]:
    """Give for each page the page and height that each link leads to."""
    with built.opened() as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        named = pikepdf.NameTree(pdf.Root.Names.Dests)

        def goal(annotation: pikepdf.Object) -> tuple[int, int]:
            to = annotation.get("/Dest", pikepdf.Array([]))
            to = named[str(to)] if isinstance(to, pikepdf.String) else to
            return (pages[to[0].objgen], round(float(to[3]))) if len(to) else (-1, 0)

        return [sorted(goal(link) for link in page.get("/Annots", [])) for page in pdf.pages]


def test_every_link_leads_to_the_same_place(small_book: Built, cut_book: Built) -> None:
    for here, (expected, found) in enumerate(zip(links(small_book), links(cut_book), strict=True)):
        assert [page for page, _ in found] == [page for page, _ in expected], here
        for (_, wanted), (_, height) in zip(expected, found, strict=True):
            assert abs(wanted - height) < 20
    with cut_book.opened() as pdf:
        assert b"book-section" not in b"".join(
            str(annotation).encode() for page in pdf.pages for annotation in page.get("/Annots", [])
        )


def tags(built: Built) -> dict[str, int]:
    """Count the structure elements by their type, but for those of the contents."""
    counts: dict[str, int] = {}
    with built.opened() as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
                counts[str(item.S)] = counts.get(str(item.S), 0) + 1
    return counts


def test_the_structure_is_the_same_but_for_the_contents(small_book: Built, cut_book: Built) -> None:
    one, many = tags(small_book), tags(cut_book)
    for name in ("/H1", "/H2", "/H3", "/Note", "/Table", "/TH", "/TD", "/Figure", "/L", "/LI"):
        assert many.get(name) == one.get(name), name
    assert many.get("/TOCI") == one.get("/TOCI")
    assert many.get("/TOC") == 1
    assert many["/Document"] == 1


def test_identifiers_and_marks_are_unique_through_the_book(cut_book: Built) -> None:
    with cut_book.opened() as pdf:
        identifiers = [
            str(item.ID)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/ID" in item and "/S" in item
        ]
        tree = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert len(identifiers) == len(set(identifiers)) == len(list(tree.keys()))
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            assert isinstance(parents[int(page.StructParents)], pikepdf.Array)
            for annotation in page.get("/Annots", []):
                assert str(parents[int(annotation.StructParent)].S) == "/Link"


def test_pdfua_and_the_syntax_check_find_nothing(cut_book: Built) -> None:
    command = [sys.executable, "-m", "pdfua", "check", str(cut_book.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "result: PASS (no findings)" in done.stdout, done.stdout + done.stderr
    with cut_book.opened() as pdf, pdf.open_metadata() as metadata:
        assert pdf.check_pdf_syntax() == []
        assert metadata["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == str(len(pdf.pages))
        assert str(pdf.Root.Lang) == "en-GB"


def test_margins_keep_to_their_sides(small_book: Built, cut_book: Built) -> None:
    """A section may begin on a left page; its inner margin is then still the right one."""
    for one, many in zip(_first_positions(small_book), _first_positions(cut_book), strict=True):
        assert one == many


def _first_positions(built: Built) -> list[bytes | None]:
    with built.opened() as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
    found = [re.search(rb"q 1 0 0 -1 ([\d.]+) [\d.]+ cm", content) for content in contents]
    return [match[1] if match else None for match in found]


# Cutting


def piece(size: int, *, may_open: bool = True) -> Piece:
    return Piece("", "body", size, may_open=may_open)


def test_short_books_are_set_in_one_run() -> None:
    row = [piece(40), piece(40)]
    assert cut(row, whole=80, section=10) == [row]


def test_sections_begin_only_where_they_may() -> None:
    row = [piece(5, may_open=False), piece(50), piece(50, may_open=False), piece(50), piece(1)]
    assert cut(row, whole=0, section=60) == [row[:1] + row[1:3], row[3:]]


# Packing


def test_packed_objects_come_back_whole(small_book: Built, tmp_path: Path) -> None:
    raw = tmp_path / "raw.pdf"
    with small_book.opened() as pdf:
        pages = len(pdf.pages)
    assert raw.parent.is_dir()
    assert small_book.path.read_bytes().count(b"/Type/ObjStm") > 1
    with pikepdf.open(small_book.path) as pdf:
        assert len(pdf.pages) == pages
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (b"<</A 5 0 R/B[6 0 R 7 0 R]>>", b"<</A 15 0 R/B[16 0 R 17 0 R]>>"),
        (b"<</T(see 5 0 R)/A 5 0 R>>", b"<</T(see 5 0 R)/A 15 0 R>>"),
        (b"<</T(a (5 0 R) b\\) 5 0 R)/A 5 0 R>>", b"<</T(a (5 0 R) b\\) 5 0 R)/A 15 0 R>>"),
        (
            b"<</A 5 0 R/Length 5>>\nstream\n5 0 R\nendstream",
            b"<</A 15 0 R/Length 5>>\nstream\n5 0 R\nendstream",
        ),
        (b"[1.5 0 R 2 0 R]", b"[1.5 0 R 12 0 R]"),
        (
            b"<</StructParents 3/T(/StructParent 3)/P 5 0 R/Q<</StructParent 4>>>>",
            b"<</StructParents 103/T(/StructParent 3)/P 15 0 R/Q<</StructParent 104>>>>",
        ),
    ],
)
def test_what_moves_is_renumbered_but_never_text(code: bytes, expected: bytes) -> None:
    assert pdffile.renumber(code, lambda number: number + 10, parents=100) == expected


@pytest.mark.parametrize("data", [b"%PDF-1.7\nstartxref\n9\n%%EOF", b"%PDF-1.5\nstartxref\n0\n"])
def test_files_of_another_kind_are_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(data)
    with pytest.raises(pdffile.PdfFormatError):
        merge([Section(path)], tmp_path / "out.pdf")
