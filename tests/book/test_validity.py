"""The finished formats before validators from outside, and their links."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from speechbook.audit.epubcheck import check_epub
from speechbook.audit.links import broken_links

if TYPE_CHECKING:
    from speechbook.audit.portable import Portable
    from tests.book.conftest import BuiltBook


def test_epubcheck_finds_no_error_and_no_warning(book: BuiltBook) -> None:
    messages = check_epub(book.dist / "secret-speech.epub")
    serious = [m for m in messages if m.severity not in {"USAGE", "INFO", "SUPPRESSED"}]
    assert serious == []


def test_pdfua_finds_nothing(book: BuiltBook) -> None:
    program = Path(sys.executable).with_name("pdfua")
    command = [str(program), "check", str(book.dist / "secret-speech.pdf")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_pdf_declares_what_it_is(book: BuiltBook) -> None:
    with pikepdf.open(book.dist / "secret-speech.pdf") as document:
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] in {"2", "3"}
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["dc:title"]
        assert str(document.Root["/Lang"]).lower().startswith("en")
        assert document.Root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_pdf_is_a5(book: BuiltBook) -> None:
    with pikepdf.open(book.dist / "secret-speech.pdf") as document:
        boxes = {tuple(round(float(x)) for x in page.mediabox) for page in document.pages}
    assert boxes == {(0, 0, 420, 595)}


def test_every_link_within_the_site_leads_somewhere(book: BuiltBook) -> None:
    site = book.dist / "html"
    files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert broken_links(files) == ()


def test_every_link_within_the_epub_leads_somewhere(epub_files: dict[str, bytes]) -> None:
    assert broken_links(epub_files) == ()


def test_every_link_within_the_pdf_leads_somewhere(pdf: Portable) -> None:
    assert pdf.broken_links == ()
