"""What an entry says, in the terms of a registry's record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.identifiers import DOI, DOI_PREFIX, digits_of, isbn_holds
from citelint.bibtex.names import parse_name, split_names
from citelint.bibtex.vocabulary import NO_WORKS
from citelint.verify.plain import without_latex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record, Value
    from citelint.verify.registry import WorkRecord

ARTICLES = frozenset({"article", "suppperiodical"})
PARTS = frozenset(
    {"inbook", "incollection", "inproceedings", "conference", "inreference", "suppbook"}
)
ISBN_PIECE = re.compile(r"[0-9][0-9 \u2010-\u2015-]{8,20}[0-9Xx]|[0-9]{9}[0-9Xx]")
ISBN_LENGTHS = frozenset({10, 13})

#: Fields that say the same, in the order in which they are looked for.
OF_A_WORK = {
    "title": ("title",),
    "year": ("year", "date"),
    "people": ("author", "editor"),
    "container": ("journal", "journaltitle", "booktitle", "maintitle"),
    "volume": ("volume",),
    "pages": ("pages",),
}
OF_AN_ARTICLE = {**OF_A_WORK, "issue": ("number", "issue")}
OF_A_BOOK = {
    "title": ("title",),
    "year": ("year", "date"),
    "people": ("author", "editor"),
    "publisher": ("publisher",),
}
#: A chapter's entry against the record of the whole book.
OF_THE_BOOK_AROUND = {
    "title": ("booktitle", "maintitle"),
    "year": ("year", "date"),
    "people": ("editor",),
    "publisher": ("publisher",),
}

#: Languages as babel names them (``langid``) and as registries do (ISO 639-1).
LANGUAGES = {
    "english": "en",
    "american": "en",
    "british": "en",
    "ukenglish": "en",
    "usenglish": "en",
    "german": "de",
    "ngerman": "de",
    "russian": "ru",
    "french": "fr",
    "italian": "it",
    "spanish": "es",
    "portuguese": "pt",
    "polish": "pl",
    "czech": "cs",
    "slovak": "sk",
    "hungarian": "hu",
    "romanian": "ro",
    "serbian": "sr",
    "croatian": "hr",
    "ukrainian": "uk",
    "bulgarian": "bg",
    "chinese": "zh",
    "japanese": "ja",
    "dutch": "nl",
    "swedish": "sv",
    "finnish": "fi",
}


class Subject(NamedTuple):
    """An entry and the record of its identifier; ``fields`` maps what is compared to fields."""

    entry: Record
    record: WorkRecord
    fields: dict[str, tuple[str, ...]]

    def value(self, what: str) -> Value | None:
        """Return the entry's value for *what*, ``None`` where it has none."""
        for name in self.fields.get(what, ()):
            value = self.entry.values.get(name)
            if value is not None and value.text:
                return value
        return None

    @property
    def is_of_the_same_language(self) -> bool:
        """Say whether title and names can be expected in the same words."""
        ours = self.entry.text("langid").lower()
        theirs = self.record.language.lower()[:2]
        return not ours or not theirs or LANGUAGES.get(ours, theirs) == theirs


def subject(entry: Record, record: WorkRecord) -> Subject:
    """Say which fields of the entry answer to the record's."""
    if entry.kind in PARTS and not record.is_part:
        return Subject(entry, record, OF_THE_BOOK_AROUND)
    if entry.kind in ARTICLES:
        return Subject(entry, record, OF_AN_ARTICLE)
    return Subject(entry, record, OF_A_WORK if record.is_part else OF_A_BOOK)


def doi_of(entry: Record) -> str:
    """Return an entry's DOI in small letters, which DOIs are compared in, "" for none."""
    text = entry.text("doi").strip().replace("\\_", "_")
    prefix = DOI_PREFIX.match(text)
    doi = text[prefix.end() :] if prefix else text
    return doi.lower() if DOI.fullmatch(doi) and entry.kind not in NO_WORKS else ""


def isbns_of(entry: Record) -> Iterator[str]:
    """Yield an entry's ISBNs whose check digit holds, of a book or of the book around it."""
    if entry.kind in ARTICLES or entry.kind in NO_WORKS:
        return
    for piece in re.split(r"[,;/]|\band\b", entry.text("isbn")):
        for match in ISBN_PIECE.finditer(piece):
            digits = digits_of(match.group())
            if len(digits) in ISBN_LENGTHS and isbn_holds(digits):
                yield digits


def families(value: Value) -> tuple[list[str], bool]:
    """Return the family names of a list of people, and whether it ends in ``and others``."""
    names = [name.text for name in split_names(value.text)]
    is_cut = bool(names) and names[-1].lower() == "others"
    people = (parse_name(name) for name in names[: len(names) - is_cut])
    found = (without_latex(" ".join([*person.prelast, *person.last])) for person in people)
    return [family for family in found if family], is_cut


def when(entry: Record) -> str:
    """Return an entry's year or date as it stands; "" where it has neither."""
    return entry.text("year") or entry.text("date")


def is_searchable(entry: Record) -> bool:
    """Say whether an entry is an article that says enough of itself to be sought."""
    fields = ("title", "author", "journal")
    return entry.kind in ARTICLES and bool(when(entry)) and all(map(entry.text, fields))


def words_of(entry: Record) -> str:
    """Return the words by which an article is sought: title, first family name, journal, year."""
    authors, _ = families(entry.values["author"])
    texts = (entry.text("title"), *authors[:1], entry.text("journal"), when(entry)[:4])
    return " ".join(map(without_latex, texts))
