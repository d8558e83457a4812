"""DUP: works entered twice.  Everything is found by hashing, in time linear in the entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.identifiers import DOI_ADDRESS, DOI_PREFIX, ISBN_LENGTHS, digits_of
from citelint.bibtex.names import parse_name, split_names
from citelint.bibtex.vocabulary import NO_WORKS
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.rules.slips import TELLING, NearTwins, plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints

ARTICLE = re.compile(r"^(?:the|an?|der|die|das|les?|la) ")
#: Shorter titles ("Introduction", "Preface") are many works' titles.
SHORTEST_TITLE = 12

#: What is looked at of every entry; the rest only of entries whose titles are alike.
LOOKED_AT = frozenset(
    ("doi", "url", "isbn", "title", "year", "date", "crossref", "related", "author", "editor")
)
BOOKS = frozenset({"book", "collection", "proceedings"})
CHAPTERS = frozenset({"incollection", "inbook"})

Fields = dict[str, str]
Twin = tuple["Record", "Record"]


class Twins(NamedTuple):
    """Pairs of entries that may be one work: the first with a mark, and a later one with it."""

    by_key: list[Twin]
    by_doi: list[Twin]
    by_isbn: list[Twin]
    by_likeness: list[Twin]
    by_slip: list[Twin]


class Firsts:
    """Finds the entries whose mark an earlier one has."""

    def __init__(self) -> None:
        self.first: dict[Hashable, Record] = {}
        self.twins: list[Twin] = []

    def note(self, mark: Hashable, record: Record) -> None:
        """Look whether an earlier entry has this mark; None is no mark."""
        if mark is not None:
            first = self.first.setdefault(mark, record)
            if first is not record:
                self.twins.append((first, record))


def twins_of(project: Project) -> Twins:
    """Return all pairs of a project, each entry looked at once."""
    keys, dois, isbns, alike = Firsts(), Firsts(), Firsts(), Firsts()
    near = NearTwins()
    by_title: dict[int, list[Record]] = {}
    related: set[str] = set()
    for record in project.records:
        fields = record.glance(LOOKED_AT)
        keys.note(record.key.lower(), record)
        dois.note(doi_if_own(record, fields), record)
        isbns.note(isbn_of_book(record, fields), record)
        title = plain(fields.get("title", ""))
        if record.kind not in NO_WORKS:
            near.note(record, fields, title)
        title = telling_title(title, record, fields)
        if title:
            by_title.setdefault(hash(title), []).append(record)
        if "related" in fields:
            related.update(key.strip() for key in fields["related"].split(","))
    for records in by_title.values():
        for record in records if len(records) > 1 else ():
            # An entry that another names as its reprint or translation is meant.
            if record.key not in related and not record.field_text("related"):
                alike.note(likeness_of(record), record)
    return Twins(keys.twins, dois.twins, isbns.twins, alike.twins, near.twins)


def in_file(twins: list[Twin], bib_file: BibFile) -> Iterator[Twin]:
    """Yield the pairs whose second entry stands in a file."""
    for one, other in twins:
        if other.source is bib_file.source:
            yield one, other


def where(record: Record) -> str:
    """Return an entry's key and place."""
    line, _ = record.source.place(record.entry.start)
    return f"{record.key!r} ({record.source.shown}:{line})"


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
    for one, other in in_file(project.once(twins_of).by_key, bib_file):
        message = f"the key is that of {where(one)}; rename or drop one"
        yield Complaint(other.entry.key_start, other.entry.key_end, message)


def doi_of(fields: Fields) -> str:
    """Return an entry's DOI in lower case, without what people put before it."""
    doi = fields.get("doi", "")
    if not doi:
        found = DOI_ADDRESS.match(fields.get("url", ""))
        doi = found[1] if found else ""
    prefix = DOI_PREFIX.match(doi)
    return (doi[prefix.end() :] if prefix else doi).lower().replace("\\", "")


def doi_if_own(record: Record, fields: Fields) -> Hashable:
    """Return an entry's DOI; with the title for chapters, which may have their book's."""
    doi = doi_of(fields)
    if not doi:
        return None
    is_part = record.kind in CHAPTERS or "crossref" in fields
    return (doi, plain(fields.get("title", ""))) if is_part else doi


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
    for one, other in in_file(project.once(twins_of).by_doi, bib_file):
        field = next(each for each in other.entry.fields if each.name.lower() in {"doi", "url"})
        message = f"the DOI is that of {where(one)}; keep one entry or correct the DOI"
        yield Complaint(field.parts[0].start, field.end, message)


def telling_title(title: str, record: Record, fields: Fields) -> str:
    """Return title and year in one form; "" where they tell nothing."""
    title = ARTICLE.sub("", title)
    year = fields.get("year", "")[:4] or fields.get("date", "")[:4]
    if len(title) < SHORTEST_TITLE or not year or record.kind in NO_WORKS:
        return ""
    return f"{year} {title}"


def likeness_of(record: Record) -> Hashable:
    """Return what two entries of one work have in common: people, title, year and place in it."""
    names = split_names(record.field_text("author") or record.field_text("editor"))
    family = plain(" ".join(parse_name(names[0].text).last)) if names else ""
    fields = record.glance(LOOKED_AT)
    title = telling_title(plain(fields.get("title", "")), record, fields)
    others = (plain(record.field_text(name)) for name in TELLING)
    return (family, title, record.kind, *others) if family else None


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
    twins = project.once(twins_of)
    known = {id(other) for _, other in (*twins.by_key, *twins.by_doi)}
    for one, other in in_file(project.once(twins_of).by_likeness, bib_file):
        if id(other) not in known:
            message = f"the work is entered already as {where(one)}; keep one"
            yield Complaint(other.entry.key_start, other.entry.key_end, message)


def isbn_of_book(record: Record, fields: Fields) -> Hashable:
    """Return a book's ISBN and volume; nothing for other works, which share their book's."""
    if record.kind not in BOOKS or "isbn" not in fields:
        return None
    digits = digits_of(fields["isbn"])
    return (digits, record.field_text("volume")) if len(digits) in ISBN_LENGTHS else None


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
    known = project.once(told_otherwise)
    for one, other in in_file(project.once(twins_of).by_isbn, bib_file):
        if id(other) not in known:
            field = next(each for each in other.entry.fields if each.name.lower() == "isbn")
            message = f"the ISBN is that of {where(one)}; keep one entry or correct the ISBN"
            yield Complaint(field.parts[0].start, field.end, message)


def told_otherwise(project: Project) -> frozenset[int]:
    """Return the identities of entries that are already reported by key, DOI or likeness."""
    twins = project.once(twins_of)
    return frozenset(id(other) for _, other in (*twins.by_key, *twins.by_doi, *twins.by_likeness))


RULES = (key_is_unique, doi_is_unique, work_is_entered_once, isbn_is_unique)
