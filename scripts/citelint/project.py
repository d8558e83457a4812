"""Everything the linter has read, and what rules look up in it."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from citelint.config import Settings
from citelint.safety.drawings import Trait, traits

if TYPE_CHECKING:
    from collections.abc import Callable

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.myst.model import Chapter, Citation, Target
    from citelint.safety.listing import Listed
    from citelint.text import SourceText


Made = TypeVar("Made")


class EvidenceRow(NamedTuple):
    """A ``[[locator]]`` row and the offset of its table's header in the file."""

    citekey: str
    locator: str
    seen: str
    start: int
    end: int


class DataPassage(NamedTuple):
    """A string of a data file, read as a chapter is, and where it stands in the file.

    Books set such strings as Markdown, so what no chapter may hold they may not hold either.
    """

    chapter: Chapter
    source: SourceText
    start: int
    end: int


class PersonRow(NamedTuple):
    """A person's name as the book writes it, and spellings it does not use."""

    name: str
    variants: tuple[str, ...]


class Cited(NamedTuple):
    """A work cited somewhere: the chapter, the citation and the target within it."""

    chapter: Chapter
    citation: Citation
    target: Target


def traits_read(_project: Project) -> dict[str, tuple[Trait, ...]]:
    """Return the place where drawings' traits are kept, by path."""
    return {}


@dataclass(frozen=True)
class Project:
    """What was read: the .bib files, their records, the chapters and the tables beside them.

    ``is_whole`` says whether all the project's files were read, so that "never cited"
    means something.  ``data`` are TOML files and ``passages`` the strings in them;
    ``listing`` is what lies in the folders.  ``source_folder`` is the one with ``conf.py``,
    seen from the root, and ``steps_up`` how far the repository reaches above the root.
    ``is_mystmd`` says that mystmd makes the pages, not Sphinx.
    """

    root: Path
    settings: Settings = field(default_factory=Settings)
    bib_files: tuple[BibFile, ...] = ()
    records: tuple[Record, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    evidence_source: SourceText | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    is_whole: bool = True
    data: tuple[SourceText, ...] = ()
    passages: tuple[DataPassage, ...] = ()
    drawings: tuple[SourceText, ...] = ()
    listing: tuple[Listed, ...] = ()
    source_folder: Path = Path()
    steps_up: int = 0
    is_mystmd: bool = False
    made: dict[Callable[[Project], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Project], Made]) -> Made:
        """Return what *make* makes of the project, made at the first call and kept."""
        if make not in self.made:
            self.made[make] = make(self)
        made: Made = self.made[make]
        return made

    @functools.cached_property
    def texts(self) -> tuple[SourceText, ...]:
        """Return every text that was read: chapters, .bib files, data and drawings."""
        chapters = (chapter.source for chapter in self.chapters)
        bibliographies = (bib_file.source for bib_file in self.bib_files)
        return (*chapters, *bibliographies, *self.data, *self.drawings)

    def traits_of(self, drawing: SourceText) -> tuple[Trait, ...]:
        """Return what a drawing holds, read once."""
        read = self.once(traits_read)
        if drawing.shown not in read:
            read[drawing.shown] = tuple(traits(drawing.text))
        return read[drawing.shown]

    @functools.cached_property
    def by_key(self) -> dict[str, Record]:
        """Return the records by key as written; of equal keys the first."""
        found: dict[str, Record] = {}
        for record in self.records:
            found.setdefault(record.key, record)
        return found

    @functools.cached_property
    def cited(self) -> dict[str, list[Cited]]:
        """Return every citation of each key, in the order of the files."""
        found: dict[str, list[Cited]] = defaultdict(list)
        for chapter in self.chapters:
            for citation in chapter.citations:
                for target in citation.targets:
                    found[target.key].append(Cited(chapter, citation, target))
        return dict(found)

    @functools.cached_property
    def locators(self) -> frozenset[tuple[str, str]]:
        """Return the (key, locator) pairs in use."""
        return frozenset(
            (key, each.target.after)
            for key, places in self.cited.items()
            for each in places
            if each.target.after
        )

    @functools.cached_property
    def evidence_pairs(self) -> frozenset[tuple[str, str]]:
        """Return the (key, locator) pairs that have a row."""
        return frozenset((row.citekey, row.locator) for row in self.evidence)
