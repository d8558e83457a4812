"""IDN001–IDN014 and IDN026: DOI, ISBN, ISSN, ORCID and arXiv numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex import identifiers
from citelint.bibtex.places import about_piece, about_text, shortened
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record, Value
    from citelint.project import Project
    from citelint.rules.base import Complaints

ESCAPED = re.compile(r"\\([_%&#~])|\{\\([_%&#~])\}|\\textunderscore(?:\{\}| )?|\$\\sim\$")
ARXIV_PREFIX = re.compile(r"(?:arxiv\s*:\s*|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)", re.I)
ARXIV = re.compile(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/[0-9]{7})(?:v[0-9]+)?")
ISBN_LABEL = re.compile(r"^(?:ISBN(?:-1[03])?[:\s]*)", re.IGNORECASE)
SEVERAL = re.compile(r"\s*(?:[,;/]|\band\b|\bor\b)\s*|\s+(?=97[89])|\s*\([^()]{0,99}\)\s*")


@rule("IDN001", "doi-is-well-formed", scope="entry", fields=("doi",))
def doi_is_well_formed(record: Record, _project: Project) -> Complaints:
    """A DOI is 10, a dot, the registrant's digits, a slash and the rest.

    Why: The link that styles make of anything else leads nowhere.

    Bad:
        doi = {1017/S0037677900088859},

    Good:
        doi = {10.1017/S0037677900088859},

    Cure: Take it from the work's page.
    """
    value = record.values["doi"]
    text = ESCAPED.sub(r"\1\2", value.text)
    bare = text[prefix.end() :] if (prefix := identifiers.DOI_PREFIX.match(text)) else text
    fine = identifiers.DOI.fullmatch(bare) or identifiers.SHORT_DOI.fullmatch(bare)
    if bare and not fine:
        yield about_text(
            record, value, f"{shortened(text)} is no DOI; take it from the work's page"
        )


@rule("IDN002", "doi-is-bare", scope="entry", fields=("doi",))
def doi_is_bare(record: Record, _project: Project) -> Complaints:
    """The field doi holds the DOI without https://doi.org/ or doi: before it.

    Why: Styles put the address before it themselves: the link becomes
        https://doi.org/https://doi.org/10….

    Bad:
        doi = {https://doi.org/10.1017/S0037677900088859},

    Good:
        doi = {10.1017/S0037677900088859},

    Cure: Take it out; `citelint fix` does it.
    """
    value = record.values["doi"]
    found = identifiers.DOI_PREFIX.match(value.text)
    if found and value.text.startswith("10.", found.end()):
        yield about_piece(record, value, *found.span(), "a DOI begins with 10.; drop this", "")


@rule("IDN004", "doi-is-the-full-one", scope="entry", fields=("doi",))
def doi_is_the_full_one(record: Record, _project: Project) -> Complaints:
    """A DOI is the registered one, not a short one of shortdoi.org.

    Why: No catalogue knows short DOIs: neither records nor duplicates are found by them.

    Bad:
        doi = {10/fjzrxm},

    Good:
        doi = {10.1017/S0037677900088859},

    Cure: Follow it and take the full DOI from the page.
    """
    value = record.values["doi"]
    if identifiers.SHORT_DOI.fullmatch(value.text):
        yield about_text(record, value, "this is a short DOI; write the full one")


@rule("IDN005", "doi-is-registered", scope="entry", fields=("doi",), mark="10.5555")
def doi_is_registered(record: Record, _project: Project) -> Complaints:
    """A DOI does not begin with 10.5555, which is for examples.

    Why: It resolves nowhere; it comes from sample records and some publishers' proceedings.

    Bad:
        doi = {10.5555/12345678},

    Good:
        doi = {10.1145/3368089.3417038},

    Cure: Take the field out unless the work's page shows it.
    """
    value = record.values["doi"]
    at = value.text.find("10.5555/")
    if at >= 0:
        message = "DOIs with 10.5555 resolve nowhere; take the field out"
        yield about_piece(record, value, at, len(value.text), message)


def isbns(value: Value) -> Iterator[tuple[int, int, str]]:
    """Yield the ISBNs of a field: where each stands, and its text."""
    position = label.end() if (label := ISBN_LABEL.match(value.text)) else 0
    if value.text[:1] == "{" and value.text[-1:] == "}":
        yield 1, len(value.text) - 1, value.text[1:-1]
        return
    for gap in SEVERAL.finditer(value.text, position):
        if gap.start() > position:
            yield position, gap.start(), value.text[position : gap.start()]
        position = gap.end()
    if position < len(value.text):
        yield position, len(value.text), value.text[position:]


def has_isbn_shape(text: str) -> bool:
    """Say whether a text is ten or thirteen digits with hyphens or spaces."""
    shape = identifiers.ISBN.fullmatch(text)
    return bool(shape) and len(identifiers.digits_of(text)) in identifiers.ISBN_LENGTHS


@rule("IDN010", "isbn-is-well-formed", scope="entry", fields=("isbn",))
def isbn_is_well_formed(record: Record, _project: Project) -> Complaints:
    """An ISBN has ten or thirteen digits, with or without hyphens.

    Why: No library finds a book by a number that is too short or too long.

    Bad:
        isbn = {0-393-05144},

    Good:
        isbn = {0-393-05144-7},

    Cure: Take it from the book's imprint.
    """
    value = record.values["isbn"]
    for start, end, text in isbns(value):
        if not has_isbn_shape(text):
            count = len(identifiers.digits_of(text))
            message = f"{shortened(text)} is no ISBN ({count} digits, not 10 or 13); look it up"
            yield about_piece(record, value, start, end, message)


@rule("IDN011", "isbn-check-digit-holds", scope="entry", severity=Severity.ERROR, fields=("isbn",))
def isbn_check_digit_holds(record: Record, _project: Project) -> Complaints:
    """An ISBN's last digit follows from the others.

    Why: It was made to catch slips: where it fails, a digit is wrong and the number is no
        book's, or another's.

    Bad:
        isbn = {0-393-05144-8},

    Good:
        isbn = {0-393-05144-7},

    Cure: Take it from the book's imprint.
    """
    value = record.values["isbn"]
    for start, end, text in isbns(value):
        if has_isbn_shape(text) and not identifiers.isbn_holds(identifiers.digits_of(text)):
            message = f"the check digit of {text} fails; look the number up"
            yield about_piece(record, value, start, end, message)


ISSN_SEPARATORS = re.compile(r"\s*(?:[,;/]|\band\b|\([^()]{0,99}\))\s*|\s+")


def issns(value: Value) -> Iterator[tuple[int, int, str]]:
    """Yield the ISSNs of a field: where each stands, and its text."""
    position = 0
    for gap in (*ISSN_SEPARATORS.finditer(value.text), None):
        end = gap.start() if gap else len(value.text)
        text = value.text[position:end]
        if text and any(character.isdigit() for character in text):
            yield position, end, text
        position = gap.end() if gap else end


@rule("IDN012", "issn-is-well-formed", scope="entry", fields=("issn",))
def issn_is_well_formed(record: Record, _project: Project) -> Complaints:
    """An ISSN has eight digits, with a hyphen in the middle or without.

    Why: No library finds a journal by a number that is too short or too long.

    Bad:
        issn = {0037-677},

    Good:
        issn = {0037-6779},

    Cure: Take it from the journal's imprint.
    """
    value = record.values["issn"]
    for start, end, text in issns(value):
        if not identifiers.ISSN.fullmatch(text):
            message = f"{shortened(text)} is no ISSN (eight digits); look it up"
            yield about_piece(record, value, start, end, message)


@rule("IDN013", "issn-check-digit-holds", scope="entry", severity=Severity.ERROR, fields=("issn",))
def issn_check_digit_holds(record: Record, _project: Project) -> Complaints:
    """An ISSN's last digit follows from the others.

    Why: Where it fails, a digit is wrong and the number is no journal's, or another's.

    Bad:
        issn = {0037-6778},

    Good:
        issn = {0037-6779},

    Cure: Take it from the journal's imprint.
    """
    value = record.values["issn"]
    for start, end, text in issns(value):
        digits = identifiers.digits_of(text)
        if identifiers.ISSN.fullmatch(text) and not identifiers.issn_holds(digits):
            message = f"the check digit of {text} fails; look the number up"
            yield about_piece(record, value, start, end, message)


@rule("IDN014", "orcid-check-digit-holds", scope="entry", severity=Severity.ERROR, mark="0000-")
def orcid_check_digit_holds(record: Record, _project: Project) -> Complaints:
    """An ORCID's last character follows from the others.

    Why: Where it fails, the identifier is nobody's, or somebody else's.

    Bad:
        orcid = {0000-0002-1825-0098},

    Good:
        orcid = {0000-0002-1825-0097},

    Cure: Take it from the person's page.
    """
    for name, value in record.values.items():
        if "orcid" in name or "orcid.org/" in value.text:
            for found in identifiers.ORCID.finditer(value.text):
                if not identifiers.orcid_holds(found.group()):
                    message = f"the check digit of {found.group()} fails; look it up"
                    yield about_piece(record, value, *found.span(), message)


@rule("IDN026", "arxiv-number-is-bare", scope="entry", fields=("eprint",))
def arxiv_number_is_bare(record: Record, _project: Project) -> Complaints:
    """The field eprint holds arXiv's number alone.

    Why: Styles put arXiv's address before it: the link becomes arxiv.org/abs/arXiv:….

    Bad:
        eprint = {arXiv:2101.00001},

    Good:
        eprint = {2101.00001},

    Cure: Take the rest out; `citelint fix` does it.
    """
    value = record.values["eprint"]
    found = ARXIV_PREFIX.match(value.text)
    if found and ARXIV.match(value.text, found.end()):
        yield about_piece(record, value, *found.span(), "styles add this themselves; drop it", "")


ISMN = re.compile(r"(?:ISMN\s*)?(?P<number>(?:979-?0|M)[-0-9]{8,12})", re.IGNORECASE)


@rule("IDN015", "ismn-check-digit-holds", scope="entry", severity=Severity.ERROR, fields=("ismn",))
def ismn_check_digit_holds(record: Record, _project: Project) -> Complaints:
    """An ISMN (of printed music) begins with 979-0 or M and its last digit follows from the others.

    Why: It was made to catch slips: where it fails, a digit is wrong.

    Bad:
        ismn = {979-0-2600-0043-9},

    Good:
        ismn = {979-0-2600-0043-8},

    Cure: Take it from the score's imprint.
    """
    value = record.values["ismn"]
    found = ISMN.fullmatch(value.text.strip())
    digits = identifiers.digits_of(found["number"].upper().replace("M", "979-0")) if found else ""
    if len(digits) != identifiers.ISBN_LENGTHS[1] or not identifiers.isbn_holds(digits):
        yield about_text(record, value, f"{shortened(value.text)} is no ISMN; look it up")


RULES = (
    doi_is_well_formed,
    doi_is_bare,
    doi_is_the_full_one,
    doi_is_registered,
    isbn_is_well_formed,
    isbn_check_digit_holds,
    issn_is_well_formed,
    issn_check_digit_holds,
    orcid_check_digit_holds,
    arxiv_number_is_bare,
    ismn_check_digit_holds,
)
