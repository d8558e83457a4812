"""FLD021–FLD025, FLD059: fields that hold what belongs elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_name, about_piece, about_text, shortened
from citelint.bibtex.vocabulary import LANGUAGES
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

PROCEEDINGS = frozenset({"proceedings", "mvproceedings"})
#: What a book's title holds when a whole reference was typed into it.
PAGES_IN_TITLE = re.compile(r",?\s*\(?\bpp?\.\s*[0-9]+(?:\s*[-–]+\s*[0-9]+)?\)?")
#: A file by its place on one machine: /home/…, C:\…, ~/…
MACHINE_PATH = re.compile(
    r"(?:^|[:;{\s])(?P<path>/(?:home|Users|usr|media|mnt|tmp)/|~/|[A-Za-z]:[\\/])"
)
ADDRESSES = (
    "url",
    "doi",
    "eprint",
    "archiveurl",
    "fulltexturl",
    "howpublished",
    "note",
    "crossref",
)
CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,8})?")


@rule(
    "FLD021",
    "proceedings-have-no-pages",
    scope="entry",
    default=False,
    fields=("pages",),
)
def proceedings_have_no_pages(record: Record, _project: Project) -> Complaints:
    """An entry for whole proceedings has no pages; its papers have.

    Why: The entry is probably a paper's, entered under the wrong type, and its authors are
        printed as the volume's.

    Bad:
        @proceedings{naumov1999, title = {Zur Geschichte der Geheimrede}, pages = {137--177}}

    Good:
        @inproceedings{naumov1999, title = {Zur Geschichte der Geheimrede}, pages = {137--177}}

    Cure: Use @inproceedings for a paper, or take the pages out.
    """
    if record.kind in PROCEEDINGS:
        value = record.values["pages"]
        yield about_name(value, f"@{record.kind} is a whole volume; use @inproceedings for a paper")


@rule("FLD022", "book-title-is-bare", scope="entry", default=False, fields=("booktitle",))
def book_title_is_bare(record: Record, _project: Project) -> Complaints:
    """A booktitle holds the book's title, not its year or pages, which have their own fields.

    Why: They are printed twice, and cannot be found or sorted by.

    Bad:
        booktitle = {Proceedings of the Congress, pp. 12--15},

    Good:
        booktitle = {Proceedings of the Congress},
        pages = {12--15},

    Cure: Move them to the fields year and pages.
    """
    value = record.values["booktitle"]
    found = PAGES_IN_TITLE.search(value.text)
    if found:
        yield about_piece(record, value, *found.span(), "pages belong in the field pages")
    year = record.text("year")
    at = value.text.find(year) if re.fullmatch("[0-9]{4}", year) else -1
    if at >= 0:
        yield about_piece(
            record, value, at, at + 4, "the year stands in its own field; drop it here"
        )


@rule(
    "FLD023",
    "linked-file-is-on-no-one-machine",
    scope="entry",
    default=False,
    fields=("file", "pdf"),
)
def linked_file_is_on_no_one_machine(record: Record, _project: Project) -> Complaints:
    """A linked file is given by a path that other machines have too.

    Why: Nobody else can open it, and it tells the world a user's name.

    Bad:
        file = {Full Text:/home/anna/papers/taubman.pdf:application/pdf},

    Good:
        file = {papers/taubman.pdf},

    Cure: Write the path from the project's folder, or take the field out.
    """
    for name in ("file", "pdf"):
        value = record.values.get(name)
        found = MACHINE_PATH.search(value.text) if value else None
        if value and found:
            message = "this path is one machine's; write it from the project's folder"
            yield about_piece(record, value, *found.span("path"), message)


@rule("FLD024", "language-is-known", scope="entry", fields=("langid", "hyphenation"))
def language_is_known(record: Record, _project: Project) -> Complaints:
    """The field langid holds a language's English name as babel has it: english, russian.

    Why: Programs that set the language of a title by it, for hyphenation or for a screen
        reader's voice, take an unknown word for none.

    Bad:
        langid = {ru},

    Good:
        langid = {russian},

    Cure: Write the name; a code belongs in the field language.
    """
    for name in ("langid", "hyphenation"):
        value = record.values.get(name)
        if value and value.text.strip("{}").lower() not in LANGUAGES:
            text = value.text.strip("{}")
            advice = "write the language's name" if CODE.fullmatch(text) else "see how it is spelt"
            yield about_text(record, value, f"{shortened(text)} is no language here; {advice}")


@rule("FLD059", "access-date-has-an-address", scope="entry", fields=("urldate",))
def access_date_has_an_address(record: Record, _project: Project) -> Complaints:
    """An entry that says when it was looked at says where.

    Why: The date alone leads a reader nowhere; the address was forgotten.

    Bad:
        @misc{marxists1956,
          title = {Speech to 20th Congress of the C.P.S.U.},
          urldate = {2026-11-23},
        }

    Good:
        @misc{marxists1956,
          title = {Speech to 20th Congress of the C.P.S.U.},
          url = {https://www.marxists.org/archive/khrushchev/1956/02/24.htm},
          urldate = {2026-11-23},
        }

    Cure: Add the field url, or take the date out.
    """
    if record.values.keys().isdisjoint(ADDRESSES):
        yield about_name(record.values["urldate"], "an access date without an address; add url")


@rule(
    "FLD025",
    "numbers-are-in-no-words",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=("volume", "number"),
)
def numbers_are_in_no_words(record: Record, _project: Project) -> Complaints:
    """Volume and number are given in digits, not in words or Roman numerals.

    Why: Half of a bibliography that says 12 and half that says XII cannot be compared.

    Bad:
        volume = {XII},

    Good:
        volume = {12},

    Cure: Write the digits.
    """
    for name in ("volume", "number"):
        value = record.values.get(name)
        if value and re.fullmatch(r"[IVXLC]{2,}|(?:one|two|three|four|five|six)", value.text, re.I):
            yield about_text(record, value, f"write the {name} in digits")


RULES = (
    proceedings_have_no_pages,
    book_title_is_bare,
    linked_file_is_on_no_one_machine,
    language_is_known,
    access_date_has_an_address,
    numbers_are_in_no_words,
)
