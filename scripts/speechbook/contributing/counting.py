"""What a set of sources holds, in numbers: words, notes, works, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.myst.reader import read_chapter
from citelint.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^)\]]+")


@dataclass(frozen=True)
class Counts:
    """Words of running text (notes included) and notes of one page."""

    words: int = 0
    notes: int = 0


@dataclass(frozen=True)
class Inventory:
    """The pages with their counts, the works with their titles, each address and its file."""

    pages: Mapping[str, Counts]
    works: Mapping[str, str]
    addresses: Mapping[str, str]

    @property
    def words(self) -> int:
        """Return the words of all pages."""
        return sum(counts.words for counts in self.pages.values())

    @property
    def notes(self) -> int:
        """Return the notes of all pages."""
        return sum(counts.notes for counts in self.pages.values())


def counts_of(path: str, text: str) -> Counts:
    """Count the words and notes of one chapter."""
    chapter = read_chapter(SourceText(Path(path), text))
    return Counts(len(WORD.findall(chapter.prose)), len(chapter.notes))


def works_of(path: str, text: str) -> dict[str, str]:
    """Return the titles of a .bib file's entries by key."""
    records = records_of(scan(SourceText(Path(path), text)))
    return {record.key: record.text("title") for record in records}


def inventory(sources: Mapping[str, str]) -> Inventory:
    """Count what the sources hold; *sources* are texts by path."""
    pages = {path: counts_of(path, t) for path, t in sources.items() if path.endswith(".md")}
    works: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for path, text in sources.items():
        if path.endswith(".bib"):
            works |= works_of(path, text)
        for address in ADDRESS.findall(text):
            addresses.setdefault(address.rstrip(".,;:"), path)
    return Inventory(pages, works, addresses)
