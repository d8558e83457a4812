"""Titles that differ by a slip of the pen, found in time linear in the entries."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record

NOT_LETTERS = re.compile(r"[\W_]+")
COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\.")
#: Where these differ, two entries with equal titles are two works or editions.
TELLING = ("volume", "number", "edition", "pages", "chapter", "subtitle", "part", "day", "month")
#: The same for texts in ASCII alone: letters in lower case, blanks for the rest, no braces.
ASCII_LETTERS = {
    code: None if chr(code) in "{}" else chr(code).lower() if chr(code).isalnum() else " "
    for code in range(128)
}
DIGITS = re.compile(r"[0-9]+")
#: Titles are compared that share this many letters at one of their ends.
SHARED_END = 16
#: Shorter titles differ in two letters and are two words: "Party", "Past".
SHORTEST_TITLE = 20
#: A slip: so many letters at one place are others, missing or too many.
MOST_LETTERS = 2


def unbraced(text: str) -> str:
    """Return a text without the braces that keep its capitals."""
    return text.replace("{", "").replace("}", "")


def plain(text: str) -> str:
    """Return a text's letters and digits in lower case, accents and commands left out."""
    if "\\" in text:
        text = COMMAND.sub("", text)
    if text.isascii():
        return " ".join(text.translate(ASCII_LETTERS).split())
    text = unicodedata.normalize("NFKD", unbraced(text))
    text = "".join(character for character in text if not unicodedata.combining(character))
    return NOT_LETTERS.sub(" ", text.lower()).strip()


class Titled(NamedTuple):
    """An entry with its title in plain letters."""

    record: Record
    title: str


def person_mark(names: str) -> str:
    """Return the longest word of the first person's name, which is mostly the family name."""
    first = names.split(" and ", 1)[0]
    is_plain = first.isascii() and "\\" not in first and "{" not in first
    words = (first.replace(",", " ").lower() if is_plain else plain(first)).split()
    return max(sorted(words, reverse=True), key=len, default="")


def shared_length(one: str, other: str) -> int:
    """Return how many letters two texts share at their beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def is_slip(one: str, other: str) -> bool:
    """Say whether two titles differ by a few letters at one place, their digits not at all."""
    if one == other or abs(len(one) - len(other)) > MOST_LETTERS:
        return False
    start = shared_length(one, other)
    end = shared_length(one[start:][::-1], other[start:][::-1])
    longest = max(len(one), len(other)) - start - end
    return longest <= MOST_LETTERS and DIGITS.findall(one) == DIGITS.findall(other)


def tells_apart(one: Record, other: Record) -> bool:
    """Say whether the entries differ in kind, volume, pages or the like."""
    return one.kind != other.kind or any(
        plain(one.field_text(name)) != plain(other.field_text(name)) for name in TELLING
    )


class NearTwins:
    """Finds the entries of one person, year and kind whose titles differ by a slip.

    Each is compared with the first that shares an end of its title.
    """

    def __init__(self) -> None:
        self.first: dict[int, Titled] = {}
        self.twins: list[tuple[Record, Record]] = []

    def note(self, record: Record, fields: dict[str, str], title: str) -> None:
        """Look whether an earlier entry has nearly this title (in the form of :func:`plain`)."""
        if len(title) < SHORTEST_TITLE or "related" in fields:
            return
        who = person_mark(fields.get("author", "") or fields.get("editor", ""))
        year, own = fields.get("year", "")[:4], Titled(record, title)
        for end in (title[:SHARED_END], title[-SHARED_END:]):
            first = self.first.setdefault(hash((year, who, end)), own)
            if (
                first is not own
                and is_slip(first.title, title)
                and not tells_apart(first.record, record)
            ):
                self.twins.append((first.record, record))
                return
