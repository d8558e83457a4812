"""The whole build: check, read once, write three formats, swap ``dist/``."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from speechbook.building.bibliography_syntax import parsed
from speechbook.building.formats import EPUB, HTML, PDF, Reader
from speechbook.building.preflight import preflight
from speechbook.problems import BookError
from speechbook.release.archive import PACKED, folder_members, write_archive
from speechbook.release.commit import Commit, current_commit
from speechbook.release.manifest import write_lists
from speechbook.release.references import reference_files
from speechbook.release.sbom import bill_of_materials
from speechbook.release.swap import recover, swap_in

if TYPE_CHECKING:
    from pathlib import Path

    from pybtex.database import BibliographyData

    from speechbook.building.paths import BookPaths
    from speechbook.building.steps import Steps

PDF_NAME, EPUB_NAME = "secret-speech.pdf", "secret-speech.epub"
HTML_ZIP_NAME = "secret-speech-html.zip"
MATERIALS_NAME = "sbom.cdx.json"

#: What Sphinx leaves in its folders and no reader needs.
LEFTOVERS = (
    ".buildinfo",
    "objects.inv",
    # The theme writes it though the builder does not.
    "_static/pygments.css",
)


@dataclass(frozen=True)
class Build:
    """One build: the book's folders, its commit and how progress is told."""

    paths: BookPaths
    steps: Steps
    commit: Commit
    version: str
    bibliography: BibliographyData
    paper: str

    @property
    def reader(self) -> Reader:
        """Return the maker of Sphinx applications over this book."""
        return Reader(self.paths, tuple(self.bibliography.entries))

    def pdf(self) -> Path:
        """Write the PDF and return its file."""
        overrides: dict[str, Any] = {"typst_paper": self.paper, "typst_filename": PDF_NAME}
        with self.steps.step(f"Read the sources, typeset the PDF ({self.paper.upper()})"):
            return self.reader.write(PDF, overrides) / PDF_NAME

    def epub(self, paged: Path | None = None) -> Path:
        """Write the EPUB, whose page list leads to the pages of *paged*; return its file."""
        overrides = {"speechbook_paged_edition": str(paged) if paged else ""}
        with self.steps.step("Write the EPUB"):
            return self.reader.write(EPUB, overrides) / EPUB_NAME

    def html(self, downloads: tuple[Path, ...] = ()) -> Path:
        """Write the site, which names the downloads with their sizes; return its folder."""
        sizes = {path.name: path.stat().st_size for path in downloads}
        with self.steps.step("Write the site"):
            shutil.rmtree(self.paths.build / HTML.builder, ignore_errors=True)
            folder = self.reader.write(HTML, {"speechbook_downloads": sizes})
        for name in LEFTOVERS:
            (folder / name).unlink(missing_ok=True)
        for path in downloads:
            shutil.copyfile(path, folder / path.name)
        return folder

    def assemble(self) -> Path:
        """Make everything that ``dist/`` holds, in a folder beside it, and return that."""
        pdf = self.pdf()
        downloads = (self.epub(paged=pdf), pdf)
        site = self.html(downloads)
        finished = self.paths.build / "dist"
        shutil.rmtree(finished, ignore_errors=True)
        with self.steps.step("Pack, list and check off"):
            shutil.copytree(site, finished / "html")
            for path in downloads:
                shutil.copyfile(path, finished / path.name)
            self.write_references(finished)
            self.write_materials(finished)
            members = folder_members(site, "secret-speech/")
            write_archive(finished / HTML_ZIP_NAME, members, self.commit.time, PACKED)
            write_lists(finished, self.version, self.commit)
        return finished

    def write_references(self, folder: Path) -> None:
        """Write the bibliography in three forms."""
        entries = [self.bibliography.entries[key] for key in sorted(self.bibliography.entries)]
        text = self.paths.bibliography.read_text(encoding="utf-8")
        for ending, content in reference_files(text, entries).items():
            name = f"references.{ending.rpartition('.')[2]}"
            (folder / name).write_text(content, encoding="utf-8")

    def write_materials(self, folder: Path) -> None:
        """Write what the book was built with; a book without a lock cannot say."""
        if self.paths.lock.exists():
            lock = self.paths.lock.read_text(encoding="utf-8")
            bill = bill_of_materials(lock, self.version, self.commit)
            (folder / MATERIALS_NAME).write_text(bill, encoding="utf-8")


def prepare(paths: BookPaths, steps: Steps, paper: str = "a5") -> Build:
    """Check the sources and return a build ready to start.

    Raises:
        BookError: the sources hold something that no builder could make sense of.

    """
    recover(paths.dist)
    with steps.step("Check the sources"):
        problems = preflight(paths)
        if problems:
            raise BookError.of(problems)
        bibliography, _ = parsed(paths.bibliography.read_text(encoding="utf-8"))
    commit = current_commit(paths.root)
    # Sphinx, Typst and the zip files all take their time from here
    # (https://reproducible-builds.org/specs/source-date-epoch/).
    os.environ["SOURCE_DATE_EPOCH"] = str(commit.time)
    return Build(paths, steps, commit, version("secret-speech"), bibliography, paper)


def build_book(paths: BookPaths, steps: Steps, paper: str = "a5") -> Path:
    """Make all formats and put them into ``dist/``; on any error it stays as it was."""
    build = prepare(paths, steps, paper)
    swap_in(build.assemble(), paths.dist)
    return paths.dist
