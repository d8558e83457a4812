"""Every audit of a finished book, each a function from the book to sentences."""

from __future__ import annotations

import functools
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.audit.ace import ace_report, violations_of
from speechbook.audit.browser import require_chromium
from speechbook.audit.drawings import differing, drawings_of, read_pictures
from speechbook.audit.epubcheck import check_epub
from speechbook.audit.markup import CHECKER, check_markup
from speechbook.audit.npm import packages_of
from speechbook.audit.parity.command import compare
from speechbook.audit.pdfstructure import structure_findings
from speechbook.audit.printing import printing_faults, word_faults
from speechbook.audit.serving import serving
from speechbook.audit.sources import promises
from speechbook.audit.tagged import read_tagged
from speechbook.links.finished import read_formats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from speechbook.links.finished import Formats

#: What EPUBCheck says of things that are allowed.
HARMLESS = frozenset({"USAGE", "INFO", "SUPPRESSED"})
#: The page for lost addresses may stand anywhere, so it names the site by its root.
ANYWHERE = "404.html"


@dataclass(frozen=True)
class Finished:
    """A finished book: the repository and its ``dist``."""

    root: Path
    dist: Path

    @property
    def pdf(self) -> Path:
        """The PDF."""
        return self.dist / "secret-speech.pdf"

    @property
    def epub(self) -> Path:
        """The EPUB."""
        return self.dist / "secret-speech.epub"

    @functools.cached_property
    def formats(self) -> Formats:
        """What the formats hold.

        Raises:
            BookError: the book has not been made.

        """
        return read_formats(self.dist)


def broken_links(book: Finished) -> list[str]:
    """Return the links that lead nowhere within their format."""
    return book.formats.broken_inside()


def epubcheck(book: Finished) -> list[str]:
    """Return EPUBCheck's errors and warnings."""
    serious = [m for m in check_epub(book.epub) if m.severity not in HARMLESS]
    return [f"{', '.join(m.files)}: {m.identifier}: {m.text}" for m in serious]


def ace(book: Finished) -> list[str]:
    """Return the violations that Ace by DAISY sees in the EPUB."""
    packages = packages_of(book.root)
    packages.install()
    report = ace_report(book.epub, packages, require_chromium())
    return [f"{v.file}: {v.rule} ({v.impact}): {v.text}" for v in violations_of(report)]


def markup(book: Finished) -> list[str]:
    """Return what the Nu HTML checker says of the site's pages and styles."""
    packages = packages_of(book.root)
    packages.install()
    site = book.dist / "html"
    paths = sorted(path for path in site.rglob("*") if path.suffix in {".html", ".css"})
    with serving(site) as address:
        names = [path.relative_to(site).as_posix() for path in paths]
        faults = check_markup(packages.file(CHECKER), [address + name for name in names])
    return [
        f"{fault.address.removeprefix(address)}:{fault.line}: {fault.message}"
        for fault in faults
        if not fault.address.endswith(ANYWHERE)
    ]


def pdfua(book: Finished) -> list[str]:
    """Return what pdfua, a checker of the Matterhorn Protocol, says of the PDF."""
    command = [str(Path(sys.executable).with_name("pdfua")), "check", str(book.pdf)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return (result.stdout + result.stderr).splitlines() if result.returncode else []


def structure(book: Finished) -> list[str]:
    """Return what is wrong with what the PDF says to a screen reader."""
    found = structure_findings(read_tagged(book.pdf))
    return [f"page {finding.page}: {finding.what}: “{finding.words}”" for finding in found]


def printing(book: Finished) -> list[str]:
    """Return what is wrong with the PDF's pages."""
    return printing_faults(book.pdf)


def words(book: Finished) -> list[str]:
    """Return where the PDF's words are not the sources', in their order."""
    return list(word_faults(book.pdf, promises(book.root / "docs"), book.formats.epub))


def drawings(book: Finished) -> list[str]:
    """Return the figures of the PDF that are not those of the EPUB."""
    return list(differing(drawings_of(book.pdf), read_pictures(book.epub)))


def parity(book: Finished) -> list[str]:
    """Return what one format has and another has not."""
    return compare(book.dist)


AUDITS: Mapping[str, Callable[[Finished], list[str]]] = {
    "links inside the formats": broken_links,
    "EPUBCheck": epubcheck,
    "Ace by DAISY": ace,
    "the site's markup": markup,
    "PDF/UA": pdfua,
    "the PDF's structure": structure,
    "the PDF's pages": printing,
    "the PDF's words": words,
    "the PDF's drawings": drawings,
    "the three formats compared": parity,
}
