"""What a book says, whichever format it is read from."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What only the PDF adds to a cross-reference.
PAGE_REFERENCE = re.compile(r"\(p\.\s*[ivxlcdm\d]+\)")
OTHER_THAN_LETTERS = re.compile(r"[\W_]+")
NUMBER_OF_CHAPTER = re.compile(r"^\d+")


def letters_of(text: str) -> str:
    """Return letters and digits alone: breaks, hyphens, spaces and marks fall away."""
    return OTHER_THAN_LETTERS.sub("", PAGE_REFERENCE.sub("", text)).casefold()


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph, item, cell, caption, term or note.

    ``text`` is as it stands; ``marks`` are the notes attached, as (letters before the mark,
    number); ``emphasis`` the emphasised letters; ``languages`` the passages in another
    language, as (tag, letters); ``works`` how the entries begin that its citations reach;
    ``addresses`` the links out of the book; ``place`` where it stands in its format.
    """

    kind: str
    text: str
    place: str
    marks: tuple[tuple[str, str], ...] = ()
    emphasis: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    works: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """Return the text's letters; a heading's without the number of its chapter."""
        found = letters_of(self.text)
        return NUMBER_OF_CHAPTER.sub("", found) if self.kind == "heading" else found

    @property
    def sample(self) -> str:
        """Return the beginning of the text, to show in a finding."""
        folded = " ".join(self.text.split())
        return folded if len(folded) <= LONGEST_SAMPLE else f"{folded[:LONGEST_SAMPLE]}…"


LONGEST_SAMPLE = 60


@dataclass(frozen=True)
class Chapter:
    """A document of the book: its title's letters, passages and notes in order, pictures.

    ``pictures`` are their alternatives' letters; ``drawings`` the digests of the pictures'
    files where the format has files.
    """

    title: str
    passages: tuple[Passage, ...]
    notes: tuple[Passage, ...]
    pictures: tuple[str, ...]
    drawings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One format: its name, its parts' titles, its chapters in order, its index's terms."""

    name: str
    parts: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    index: tuple[str, ...]
