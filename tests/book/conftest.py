"""The real book, built twice at once: in two folders, time zones, locales and hash seeds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.pages import Page, read_page
from speechbook.audit.portable import Portable, read_pdf
from speechbook.audit.serving import serving
from speechbook.audit.sources import Promise, promises
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


FIRST_SURROUNDINGS = {"TZ": "UTC", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
SECOND_SURROUNDINGS = {"TZ": "Asia/Vladivostok", "PYTHONHASHSEED": "41", "LC_ALL": "C"}
FIXED_TIME = "1795392000"  # 23 November 2026, 00:00 UTC


@dataclass(frozen=True)
class BuiltBook:
    """A finished book: its ``dist/`` and what the build said."""

    dist: Path
    said: str


def start_build(root: Path, surroundings: dict[str, str]) -> subprocess.Popen[str]:
    """Copy the sources to *root* and start building them there."""
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    for name in ("references.bib", "CITATION.cff"):
        shutil.copy(REPOSITORY / name, root)
    (root / ".lock").mkdir()
    shutil.copy(REPOSITORY / ".lock" / "book.txt", root / ".lock")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BOOK_")},
        **surroundings,
        "SOURCE_DATE_EPOCH": FIXED_TIME,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "speechbook.cli", "build"],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="session")
def two_books(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltBook, BuiltBook]:
    """Build the book in two surroundings; fail with what was said if either build fails."""
    roots = [
        tmp_path_factory.mktemp("first"),
        tmp_path_factory.mktemp("second") / "a deeper" / "folder",
    ]
    surroundings = (FIRST_SURROUNDINGS, SECOND_SURROUNDINGS)
    processes = [start_build(*pair) for pair in zip(roots, surroundings, strict=True)]
    outputs = [process.communicate()[0] for process in processes]
    for process, output in zip(processes, outputs, strict=True):
        if process.returncode != 0:
            pytest.fail(f"The book could not be built:\n{output}", pytrace=False)
    first, second = (BuiltBook(r / "dist", o) for r, o in zip(roots, outputs, strict=True))
    return first, second


@pytest.fixture(scope="session")
def book(two_books: tuple[BuiltBook, BuiltBook]) -> BuiltBook:
    """Return the first of the two."""
    return two_books[0]


@pytest.fixture(scope="session")
def promised() -> tuple[Promise, ...]:
    """Return what the sources promise, in the order of the book."""
    return promises(REPOSITORY / "docs")


@pytest.fixture(scope="session")
def site_pages(book: BuiltBook, promised: tuple[Promise, ...]) -> dict[str, Page]:
    """Return the site's pages by docname."""
    return {
        promise.docname: read_page((book.dist / "html" / f"{promise.docname}.html").read_bytes())
        for promise in promised
    }


@pytest.fixture(scope="session")
def epub_files(book: BuiltBook) -> dict[str, bytes]:
    """Return the EPUB's files by their names in the archive."""
    with zipfile.ZipFile(book.dist / "secret-speech.epub") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def epub_pages(epub_files: dict[str, bytes], promised: tuple[Promise, ...]) -> dict[str, Page]:
    """Return the EPUB's documents by docname, wherever in the archive they lie."""
    found = {}
    for promise in promised:
        ending = f"{promise.docname}.xhtml"
        (name,) = [name for name in epub_files if name.endswith(ending)]
        found[promise.docname] = read_page(epub_files[name])
    return found


@pytest.fixture(scope="session")
def pdf(book: BuiltBook) -> Portable:
    """Return what the PDF holds."""
    return read_pdf(book.dist / "secret-speech.pdf")


@pytest.fixture(scope="session")
def address(book: BuiltBook) -> Iterator[str]:
    """Serve the site on a free port and return its address."""
    with serving(book.dist / "html") as served:
        yield served
