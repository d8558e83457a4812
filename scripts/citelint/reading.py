"""From paths on the command line to a project: which files are read, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.config import Settings, read_settings
from citelint.discovery import BIB_ENDINGS, CHAPTER_ENDINGS, UnreadableError, source_files
from citelint.myst.reader import read_chapter
from citelint.project import Project
from citelint.tables import read_evidence, read_people
from citelint.text import SourceText, decode, is_binary

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_FILE, OUR_TABLE = "pyproject.toml", "[tool.citelint]"


@dataclass(frozen=True)
class Reading:
    """A project and the sources it was read from, by their shown paths."""

    project: Project
    sources: dict[str, SourceText]


def find_settings(start: Path) -> Path | None:
    """Return the ``pyproject.toml`` at *start*, or the nearest above it that has our table.

    One above without the table is another project's, within which this book lies.
    """
    own = start / SETTINGS_FILE
    if own.is_file():
        return own
    above = (folder / SETTINGS_FILE for folder in start.parents)
    return next((path for path in above if path.is_file() and OUR_TABLE in read_text(path)), None)


def read_text(path: Path) -> str:
    """Return a file's text, whatever its bytes."""
    return decode(path.read_bytes())[0]


def settings_for(start: Path, named: Path | None) -> tuple[Path, Settings]:
    """Return the project's folder and its settings.

    Raises:
        SettingsError: the settings cannot be used.

    """
    path = named or find_settings(start)
    if path is None:
        return start, Settings()
    return path.parent.resolve(), read_settings(path)


def shown_path(path: Path, root: Path) -> Path:
    """Return a path as findings show it: from the root where it lies within."""
    absolute = path.resolve()
    return absolute.relative_to(root) if absolute.is_relative_to(root) else path


def read_source(path: Path, root: Path) -> SourceText:
    """Read a file's text.

    Raises:
        UnreadableError: it cannot be opened, or it is no text.

    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from error
    if is_binary(content):
        raise UnreadableError(f"{path} is no text but a binary file; name the text it came from")
    return SourceText(shown_path(path, root), decode(content)[0])


def read_project(
    root: Path, settings: Settings, paths: tuple[Path, ...], *, is_whole: bool
) -> Reading:
    """Read every file that *paths* name and the tables that the settings name.

    Raises:
        UnreadableError: a file is not there or cannot be read.

    """
    sources = [read_source(path, root) for path in source_files(paths)]
    if not sources:
        shown = ", ".join(str(path) for path in paths)
        raise UnreadableError(f"{shown} holds no chapter (.md) and no .bib file; name another path")
    bib_files = tuple(scan(s) for s in sources if s.path.suffix in BIB_ENDINGS)
    chapters = tuple(read_chapter(s) for s in sources if s.path.suffix in CHAPTER_ENDINGS)
    tables = [
        read_source(root / name, root) if name else None
        for name in (settings.evidence, settings.people)
    ]
    evidence, people = tables
    project = Project(
        root=root,
        settings=settings,
        bib_files=bib_files,
        records=tuple(record for each in bib_files for record in records_of(each)),
        chapters=chapters,
        evidence_source=evidence,
        evidence=read_evidence(evidence) if evidence else (),
        people=read_people(people) if people else (),
        is_whole=is_whole,
    )
    everything = [*sources, *filter(None, tables)]
    return Reading(project, {source.path.as_posix(): source for source in everything})
