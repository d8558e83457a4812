"""DUP: works entered twice.  Everything is found by hashing, in time linear in the entries."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from citelint.bibtex.identifiers import DOI_ADDRESS, DOI_PREFIX
from citelint.bibtex.names import parse_name, split_names
from citelint.bibtex.vocabulary import NO_WORKS
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints

NOT_LETTERS = re.compile(r"[\W_]+")
COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\.")
ARTICLE = re.compile(r"^(?:the|an?|der|die|das|les?|la) ")
#: Shorter titles ("Introduction", "Preface") are many works' titles.
SHORTEST_TITLE = 12

Twin = tuple["Record", "Record"]


def twins_by(project: Project, key_of: Callable[[Record], Hashable]) -> list[Twin]:
    """Return each record that has an earlier one's key of comparison, with the first of them."""
    first: dict[Hashable, Record] = {}
    found = []
    for record in project.records:
        key = key_of(record)
        if key and first.setdefault(key, record) is not record:
            found.append((first[key], record))
    return found


def in_file(twins: list[Twin], bib_file: BibFile) -> Iterator[Twin]:
    """Yield the pairs whose second entry stands in a file."""
    for one, other in twins:
        if other.source is bib_file.source:
            yield one, other


def where(record: Record) -> str:
    """Return an entry's key and place."""
    line, _ = record.source.place(record.entry.start)
    return f"{record.key!r} ({record.source.shown}:{line})"


def twins_by_key(project: Project) -> list[Twin]:
    """Return entries whose keys differ by case at most."""
    return twins_by(project, lambda record: record.key.lower())


@rule("DUP001", "key-is-unique", scope="file", severity=Severity.ERROR)
def key_is_unique(bib_file: BibFile, project: Project) -> Complaints:
    """No two entries have the same key, whatever its case, in all of the project's files.

    Why: pybtex keeps the first and drops the second with a warning that names no line: its
        citations lead to the wrong work.

    Bad:
        @book{taubman2003, title = {Khrushchev}}
        @book{Taubman2003, title = {Gorbachev}}

    Good:
        @book{taubman2003, title = {Khrushchev}}
        @book{taubman2017, title = {Gorbachev}}

    Cure: Rename one and its citations, or take it out.
    """
    for one, other in in_file(project.once(twins_by_key), bib_file):
        message = f"the key is that of {where(one)}; rename or drop one"
        yield Complaint(other.entry.key_start, other.entry.key_end, message)


def doi_of(record: Record) -> str:
    """Return an entry's DOI in lower case, without what people put before it."""
    doi = record.field_text("doi")
    if not doi:
        found = DOI_ADDRESS.match(record.field_text("url"))
        doi = found[1] if found else ""
    prefix = DOI_PREFIX.match(doi)
    return (doi[prefix.end() :] if prefix else doi).lower().replace("\\", "")


def twins_by_doi(project: Project) -> list[Twin]:
    """Return entries with the same DOI; chapters may share their book's, with other titles."""
    return twins_by(project, doi_if_own)


def doi_if_own(record: Record) -> Hashable:
    """Return what makes an entry's DOI its own: pages or a chapter's title, where it has them."""
    doi = doi_of(record)
    if not doi:
        return None
    part = record.kind in {"incollection", "inbook"} or record.field_text("crossref")
    return (doi, plain(record.field_text("title")) if part else "")


@rule("DUP002", "doi-is-unique", scope="file")
def doi_is_unique(bib_file: BibFile, project: Project) -> Complaints:
    """No two entries have the same DOI.

    Why: One work is listed twice, or one of the two has another's DOI.

    Bad:
        @article{one, doi = {10.1017/S0037677900088859}}
        @article{two, doi = {10.1017/s0037677900088859}}

    Good:
        @article{one, doi = {10.1017/S0037677900088859}}

    Cure: Keep one and change the citations of the other, or correct the DOI.
    """
    for one, other in in_file(project.once(twins_by_doi), bib_file):
        field = next(each for each in other.entry.fields if each.name.lower() in {"doi", "url"})
        message = f"the DOI is that of {where(one)}; keep one entry or correct the DOI"
        yield Complaint(field.parts[0].start, field.end, message)


def plain(text: str) -> str:
    """Return a text's letters and digits in lower case, accents and commands left out."""
    if "\\" in text:
        text = COMMAND.sub("", text)
    text = text.replace("{", "").replace("}", "")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(character for character in text if not unicodedata.combining(character))
    return NOT_LETTERS.sub(" ", text.lower()).strip()


def likeness_of(record: Record) -> Hashable:
    """Return what two entries of one work have in common: people, title, year and place in it."""
    title = ARTICLE.sub("", plain(record.field_text("title")))
    if len(title) < SHORTEST_TITLE or record.kind in NO_WORKS:
        return None
    year = record.field_text("year")[:4] or record.field_text("date")[:4]
    names = split_names(record.field_text("author") or record.field_text("editor"))
    family = plain(" ".join(parse_name(names[0].text).last)) if names else ""
    if not year or not family:
        return None
    return (family, title, year, record.kind, *(plain(record.field_text(n)) for n in TELLING))


#: Where these differ, two entries with equal titles are two works or editions.
TELLING = ("volume", "number", "edition", "pages", "chapter", "subtitle", "part", "day", "month")


def twins_by_likeness(project: Project) -> list[Twin]:
    """Return entries of one kind with the same first author, title, year, volume and pages.

    An entry that another names as its reprint or translation (``related``) is meant.
    """
    related = {
        key.strip() for record in project.records for key in record.field_text("related").split(",")
    }
    twins = twins_by(project, likeness_of)
    return [pair for pair in twins if not any(record.key in related for record in pair)]


@rule("DUP003", "work-is-entered-once", scope="file")
def work_is_entered_once(bib_file: BibFile, project: Project) -> Complaints:
    """No two entries have the same first author, title, year, volume and pages.

    Why: The bibliography lists one work twice, and each citation says "ibid." to neither.

    Bad:
        @book{taubman, author = {Taubman, William}, title = {Khrushchev: The Man}, year = 2003}
        @book{taubman2003, author = {William Taubman}, title = {Khrushchev: the man}, year = 2003}

    Good:
        @book{taubman2003, author = {Taubman, William}, title = {Khrushchev: The Man}, year = 2003}

    Cure: Keep one and change the citations of the other.
    """
    known = {
        id(other) for twins in (twins_by_key, twins_by_doi) for _, other in project.once(twins)
    }
    for one, other in in_file(project.once(twins_by_likeness), bib_file):
        if id(other) not in known:
            message = f"the work is entered already as {where(one)}; keep one"
            yield Complaint(other.entry.key_start, other.entry.key_end, message)


def isbn_of_book(record: Record) -> Hashable:
    """Return a book's ISBN and volume; nothing for other works, which share their book's."""
    digits = re.sub(r"[^0-9Xx]", "", record.field_text("isbn"))
    if len(digits) not in {10, 13} or record.kind not in {"book", "collection", "proceedings"}:
        return None
    return (digits, record.field_text("volume"))


def twins_by_isbn(project: Project) -> list[Twin]:
    """Return books with the same ISBN and volume."""
    return twins_by(project, isbn_of_book)


@rule("DUP004", "isbn-is-unique", scope="file")
def isbn_is_unique(bib_file: BibFile, project: Project) -> Complaints:
    """No two books have the same ISBN.

    Why: One book is listed twice, or one of the two has another's number.

    Bad:
        @book{one, isbn = {0-393-05144-7}}
        @book{two, isbn = {0393051447}}

    Good:
        @book{one, isbn = {0-393-05144-7}}

    Cure: Keep one entry, or correct the number.
    """
    keys = project.once(keys_of_twins)
    for one, other in in_file(project.once(twins_by_isbn), bib_file):
        if id(other) not in keys:
            field = next(each for each in other.entry.fields if each.name.lower() == "isbn")
            message = f"the ISBN is that of {where(one)}; keep one entry or correct the ISBN"
            yield Complaint(field.parts[0].start, field.end, message)


def keys_of_twins(project: Project) -> frozenset[int]:
    """Return the identities of entries that are already reported by key, DOI or likeness."""
    makers = (twins_by_key, twins_by_doi, twins_by_likeness)
    return frozenset(id(other) for make in makers for _, other in project.once(make))


RULES = (key_is_unique, doi_is_unique, work_is_entered_once, isbn_is_unique)
