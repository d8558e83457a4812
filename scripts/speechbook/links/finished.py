"""The finished formats, read for their links."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.audit.links import broken_links
from speechbook.audit.portable import read_pdf
from speechbook.links.outward import Outward, of_pages, of_pdf, once_each
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Formats:
    """The finished formats: the site's and the EPUB's files by path, and the PDF."""

    site: Mapping[str, bytes]
    epub: Mapping[str, bytes]
    pdf: Path

    def outward(self) -> tuple[Outward, ...]:
        """Return every address that leads out of the book, once."""
        return once_each(
            [*of_pages("site", self.site), *of_pages("EPUB", self.epub), *of_pdf(self.pdf)]
        )

    def broken_inside(self) -> list[str]:
        """Return a sentence for each link inside a format that leads nowhere."""
        found = [f"PDF, {where}: leads nowhere." for where in read_pdf(self.pdf).broken_links]
        for name, files in (("site", self.site), ("EPUB", self.epub)):
            found += [f"{name}, {b.page}: {b.address}: {b.reason}." for b in broken_links(files)]
        return found


def read_formats(dist: Path) -> Formats:
    """Read the formats of a finished book.

    Raises:
        BookError: the book has not been made.

    """
    pdf, epub, site = dist / "secret-speech.pdf", dist / "secret-speech.epub", dist / "html"
    if not (pdf.exists() and epub.exists() and site.is_dir()):
        raise BookError("There is no finished book in dist/", cure="run nox -s book first")
    with zipfile.ZipFile(epub) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    files = {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    return Formats(files, parts, pdf)
