"""Add an entry to ``references.bib`` in its place, and say what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.bibtex.entries import records_of
from citelint.bibtex.identifiers import digits_of
from citelint.bibtex.scanner import scan
from citelint.fixing import write_whole
from citelint.rules.format import blocks_of, sort_key
from citelint.text import SourceText, decode
from speechbook.contributing.linting import UNSAFE, lint
from speechbook.contributing.works.entry import entry_text, key_of
from speechbook.contributing.works.identifier import isbn_13
from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.findings import Finding
    from speechbook.building.paths import BookPaths
    from speechbook.contributing.works.work import Work

#: That it is not cited yet is no news.
NOT_CITED = "USE002"
ISBN_LENGTHS = (10, 13)
#: What a reader looks for in each type and no rule demands.
WISHED = {
    "book": ("author", "publisher", "address", "year", "isbn"),
    "article": ("author", "journal", "volume", "pages", "year", "doi"),
    "incollection": ("author", "editor", "booktitle", "publisher", "pages", "year"),
    "misc": ("author", "year"),
}


@dataclass(frozen=True)
class Added:
    """What was written: the key, the entry, what it lacks, and what the linter says of it."""

    key: str
    text: str
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_bibliography(path: Path) -> BibFile:
    """Read the bibliography.

    Raises:
        BookError: it is missing, or it has a fault in its syntax.

    """
    if not path.is_file():
        raise BookError(
            "The bibliography is missing", place=Place(path), cure="restore it from git"
        )
    bib_file = scan(SourceText(path, decode(path.read_bytes())[0]))
    if bib_file.faults:
        fault = bib_file.faults[0]
        line = bib_file.source.text.count("\n", 0, fault.start) + 1
        cure = "mend it first; nothing was written"
        raise BookError(fault.message, place=Place(path, line), cure=cure)
    return bib_file


def isbns_of(record: Record) -> set[str]:
    """Return an entry's ISBNs as thirteen digits."""
    digits = [digits_of(part) for part in record.text("isbn").replace(";", ",").split(",")]
    return {isbn_13(each) for each in digits if len(each) in ISBN_LENGTHS}


def is_same(record: Record, work: Work) -> bool:
    """Say whether an entry is of the work, by what identifies it."""
    doi, url = work.fields.get("doi", "").lower(), work.fields.get("url", "")
    isbn = digits_of(work.fields.get("isbn", ""))
    return bool(
        (doi and record.text("doi").lower() == doi)
        or (isbn and isbn_13(isbn) in isbns_of(record))
        or (url and record.text("url") == url)
    )


def with_entry(bib_file: BibFile, key: str, text: str) -> str:
    """Return the file's text with an entry in the place that its key gives it."""
    before = bib_file.source.text
    after = (start for start, _, entry in blocks_of(bib_file) if sort_key(entry) > key.lower())
    at = next(after, None)
    if at is not None:
        return f"{before[:at]}{text}\n{before[at:]}"
    gap = "" if not before.strip() else "\n" if before.endswith("\n") else "\n\n"
    return f"{before}{gap}{text}"


def lines_of(text: str, entry: str) -> range:
    """Return the lines on which an entry stands."""
    first = text.count("\n", 0, text.index(entry)) + 1
    return range(first, first + entry.count("\n"))


def findings_about(paths: BookPaths, lines: range) -> tuple[Finding, ...]:
    """Return what the linter says of the entry on some lines."""
    name = paths.bibliography.name
    return tuple(
        finding
        for finding in lint(paths.root).findings
        if finding.path == name and finding.line in lines and finding.code != NOT_CITED
    )


def missing_in(text: str, work: Work) -> tuple[str, ...]:
    """Return the fields that a reader would look for and the record does not give."""
    written = {line.split(" = ")[0].strip() for line in text.splitlines() if " = " in line}
    has_people = {"author", "editor"} & written
    wished = WISHED.get(work.kind, ("author", "year"))
    return tuple(f for f in wished if f not in written and not (f == "author" and has_people))


def add_work(paths: BookPaths, work: Work, keyword: str, today: str) -> Added:
    """Write the work's entry; on any doubt about the file nothing is written.

    Raises:
        BookError: the work is there already, or the record makes no sound entry.

    """
    bib_file = read_bibliography(paths.bibliography)
    records = list(records_of(bib_file))
    known = next((record.key for record in records if is_same(record, work)), None)
    if known:
        raise BookError(
            f"The work is in references.bib already, as {known}",
            cure=f"cite it: {{cite:p}}`{known}`",
        )
    key = key_of(work, {record.key for record in records})
    text = entry_text(work, key, keyword, today)
    alone = scan(SourceText(Path("entry"), text))
    if alone.faults or len(list(records_of(alone))) != 1:
        raise BookError(f"The record of {work.registry} makes no sound entry; nothing was written")
    return written(paths, bib_file, Added(key, text, missing_in(text, work), ()))


def written(paths: BookPaths, bib_file: BibFile, added: Added) -> Added:
    """Write the file, and take it back if the linter would not have it in a book.

    Raises:
        BookError: the entry holds what a book must not carry.

    """
    before = bib_file.source.text
    after = with_entry(bib_file, added.key, added.text)
    write_whole(paths.bibliography, after)
    try:
        findings = findings_about(paths, lines_of(after, added.text))
    except BookError:
        write_whole(paths.bibliography, before)
        raise
    unsafe = next((f for f in findings if f.code.startswith(UNSAFE)), None)
    if unsafe:
        write_whole(paths.bibliography, before)
        raise BookError(f"The record was refused: {unsafe.message}; nothing was written")
    return Added(added.key, added.text, added.missing, findings)
