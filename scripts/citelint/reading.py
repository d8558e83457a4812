"""From paths on the command line to a project: which files are read, and how."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.config import Settings, read_settings
from citelint.discovery import (
    BIB_ENDINGS,
    CHAPTER_ENDINGS,
    DATA_ENDINGS,
    DRAWING_ENDINGS,
    UnreadableError,
    is_mystmd,
    source_files,
)
from citelint.project import DataPassage, Project
from citelint.rules.safetext import TIMES
from citelint.safety.listing import Listed, listing, project_folder, shown
from citelint.safety.literals import literals
from citelint.tables import read_evidence, read_people
from citelint.text import SourceText, decode, is_binary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citelint.kept import Kept
    from citelint.myst.model import Chapter

SETTINGS_FILE, OUR_TABLE = "pyproject.toml", "[tool.citelint]"

#: What a string of data needs to be more than words: a link, a role, HTML, a fence, a sign.
MARKUP = re.compile(r"[\[{<`~:$&\\]")
#: So many characters of chapters and data make it worth while to keep what was read.
SMALLEST = 100_000


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
    return SourceText(shown(path, root), decode(content)[0])


def is_worth_reading(listed: Listed | None, settings: Settings) -> bool:
    """Say whether a file is read: not one outside the project, and none beyond all bounds.

    The rules about those (SEC001, SEC021) need no text.  A .bib file is read whatever its size.
    """
    if listed is None:
        return True
    ending = listed.path.suffix.lower()
    most = settings.max_file_bytes * TIMES.get(ending, 1)
    return not listed.leads_out and (ending in BIB_ENDINGS or listed.size <= most)


def read_sources(
    paths: tuple[Path, ...], root: Path, settings: Settings, everything: tuple[Listed, ...]
) -> list[SourceText]:
    """Read the files that *paths* name, those that are not worth it as empty texts."""
    by_path = {each.path: each for each in everything}
    sources = []
    for path in source_files(paths):
        place = shown(path, root)
        if is_worth_reading(by_path.get(place), settings):
            sources.append(read_source(path, root))
        else:
            sources.append(SourceText(place, ""))
    return sources


def read_chapter(source: SourceText, kept: Kept | None = None) -> Chapter:
    """Read a chapter, or take it from those kept; the parser is imported with the first read."""
    chapter = kept.chapter(source) if kept else None
    if chapter is None:
        from citelint.myst import reader  # noqa: PLC0415 - as above

        chapter = reader.read_chapter(source)
        if kept:
            kept.keep(chapter)
    return chapter


def passages_of(source: SourceText, kept: Kept | None = None) -> Iterator[DataPassage]:
    """Yield the strings of a data file that markup could hide in, read as chapters."""
    for start, end, value in literals(source.text):
        if MARKUP.search(value):
            chapter = read_chapter(SourceText(source.path, value), kept)
            yield DataPassage(chapter, source, start, end)


def kept_for(sources: Iterable[SourceText], root: Path, keeps: bool) -> Kept | None:
    """Return the chapters that were read before; nothing if they are few or not to be kept."""
    size = sum(len(s.text) for s in sources if s.path.suffix in (*CHAPTER_ENDINGS, *DATA_ENDINGS))
    if not keeps or size < SMALLEST:
        return None
    from citelint.kept import Kept, place_for  # noqa: PLC0415 - small projects need none

    return Kept(place_for(root, os.environ))


def folder_of_conf(sources: Iterable[SourceText], root: Path) -> Path:
    """Return the folder that holds ``conf.py``, seen from the root: that of the sources."""
    folders = {folder for source in sources for folder in source.path.parents}
    found = (f for f in sorted(folders) if not f.is_absolute() and (root / f / "conf.py").is_file())
    return next(found, Path())


def read_project(
    root: Path,
    settings: Settings,
    paths: tuple[Path, ...],
    *,
    is_whole: bool,
    keeps: bool = False,
) -> Reading:
    """Read every file that *paths* name and the tables that the settings name.

    ``keeps`` says whether chapters may come from an earlier run (:mod:`citelint.kept`).

    Raises:
        UnreadableError: a file is not there or cannot be read.

    """
    everything = listing(paths, root)
    sources = read_sources(paths, root, settings, everything)
    if not sources and all(each.is_folder for each in everything):
        named = ", ".join(str(path) for path in paths)
        raise UnreadableError(f"{named} holds no chapter (.md) and no .bib file; name another path")
    kept = kept_for(sources, root, keeps)
    bib_files = tuple(scan(s) for s in sources if s.path.suffix in BIB_ENDINGS)
    chapters = tuple(read_chapter(s, kept) for s in sources if s.path.suffix in CHAPTER_ENDINGS)
    data = tuple(s for s in sources if s.path.suffix in DATA_ENDINGS)
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
        data=data,
        passages=tuple(passage for source in data for passage in passages_of(source, kept)),
        drawings=tuple(s for s in sources if s.path.suffix in DRAWING_ENDINGS),
        listing=everything,
        source_folder=folder_of_conf(sources, root),
        is_mystmd=is_mystmd((root, *filter(Path.is_dir, paths))),
        steps_up=len(root.relative_to(project_folder(root)).parts),
    )
    if kept:
        kept.save(is_whole=is_whole)
    texts = (*sources, *filter(None, tables))
    return Reading(project, {source.shown: source for source in texts})
