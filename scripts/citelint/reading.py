"""From paths on the command line to a project: which files are read, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.config import Settings, read_settings
from citelint.myst.reader import read_chapter
from citelint.project import Project
from citelint.tables import read_evidence, read_people
from citelint.text import SourceText, decode, is_binary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SETTINGS_FILE = "pyproject.toml"
CHAPTER_ENDINGS = (".md",)
BIB_ENDINGS = (".bib",)
SOURCE_ENDINGS = (*CHAPTER_ENDINGS, *BIB_ENDINGS)
#: Folders that hold no sources: hidden ones, and what builds and tools leave behind.
NO_SOURCES = frozenset({"node_modules", "build", "_build", "dist", "__pycache__"})
BIBFILES_SETTING = re.compile(r"bibtex_bibfiles\s*=\s*\[(?P<files>[^\]]*)\]")
QUOTED = re.compile(r"""["']([^"']+)["']""")


class UnreadableError(Exception):
    """A file cannot be read at all; the text is a sentence for the person."""


@dataclass(frozen=True)
class Reading:
    """A project and the sources it was read from, by their shown paths."""

    project: Project
    sources: dict[str, SourceText]


def find_settings(start: Path) -> Path | None:
    """Return the nearest ``pyproject.toml`` at *start* or above it."""
    folders = [start, *start.parents]
    return next((f / SETTINGS_FILE for f in folders if (f / SETTINGS_FILE).is_file()), None)


def settings_for(start: Path, named: Path | None) -> tuple[Path, Settings]:
    """Return the project's folder and its settings.

    Raises:
        SettingsError: the settings cannot be used.

    """
    path = named or find_settings(start)
    if path is None:
        return start, Settings()
    return path.parent.resolve(), read_settings(path)


def default_paths(root: Path) -> tuple[Path, ...]:
    """Return what is read when nothing is named: ``docs/`` and the .bib files.

    These are the files that ``conf.py``'s text names, and those at the root.
    """
    docs = root / "docs"
    folder = docs if docs.is_dir() else root
    named = (path.resolve() for path in bib_files_named_by(folder / "conf.py"))
    return tuple(
        dict.fromkeys([folder, *filter(lambda p: p.is_file(), named), *root.glob("*.bib")])
    )


def bib_files_named_by(conf: Path) -> Iterator[Path]:
    """Yield the files in ``bibtex_bibfiles`` of a conf.py, which is read and never run."""
    if not conf.is_file():
        return
    setting = BIBFILES_SETTING.search(decode(conf.read_bytes())[0])
    if setting:
        yield from (conf.parent / name for name in QUOTED.findall(setting["files"]))


def source_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that *paths* name, folders searched in a fixed order.

    Raises:
        UnreadableError: a path is not there, or is no chapter, .bib file or folder.

    """
    for path in paths:
        if path.is_dir() and path.suffix not in SOURCE_ENDINGS:
            yield from folder_files(path)
        elif path.is_dir():
            raise UnreadableError(f"{path} is a folder; name a file, or a folder of another name")
        elif not path.exists():
            raise UnreadableError(f"{path} is not there; check the path")
        elif path.suffix not in SOURCE_ENDINGS:
            raise UnreadableError(
                f"{path} is neither a chapter ({', '.join(CHAPTER_ENDINGS)}) nor a bibliography"
                f" ({', '.join(BIB_ENDINGS)}); leave it out"
            )
        else:
            yield path


def folder_files(folder: Path) -> Iterator[Path]:
    """Yield a folder's chapters and .bib files, leaving out hidden and built folders."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in NO_SOURCES for part in parts)
        if not hidden and path.suffix in SOURCE_ENDINGS and path.is_file():
            yield path


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
    sources = [read_source(path, root) for path in dict.fromkeys(source_files(paths))]
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
