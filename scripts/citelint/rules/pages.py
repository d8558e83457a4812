"""FLD070–FLD079: the field pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_piece
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

PAGE = r"[A-Za-z]{0,2}[0-9]+|[ivxlcIVXLC]+"
#: A range with whatever dash; not within a longer chain such as 1-2-3 or 12:1-4.
RANGE = re.compile(
    rf"(?<![-\w:.–—])(?P<first>{PAGE})(?P<dash>\s*(?:-{{1,3}}|[‐‑–—−])\s*)(?P<last>{PAGE})"
    r"(?![-\w:–—])"
)
SINGLE = frozenset({"-", "‐", "‑", "—", "−", "---"})
LABEL = re.compile(r"(?:pp?\.|pages?\b|S\.(?= ?[0-9]))\s*", re.IGNORECASE)
OPEN = re.compile(r"[0-9]\s*[-–—]+\s*$|^\s*[-–—]+\s*[0-9]")
NUMBER = re.compile(r"([A-Za-z]*)([0-9]+)")
USUAL = re.compile(r"([1-9][0-9]{0,4})--([1-9][0-9]{0,4})")


def ranges(text: str) -> Iterator[re.Match[str]]:
    """Yield the ranges of pages."""
    return RANGE.finditer(text)


def numbers_of(found: re.Match[str]) -> tuple[str, str] | None:
    """Return the digits of a range's two pages; nothing where they are of different kinds."""
    first, last = NUMBER.fullmatch(found["first"]), NUMBER.fullmatch(found["last"])
    if first is None or last is None or last[1] not in {"", first[1]}:
        return None
    return first[2], last[2]


def is_backwards(first: str, last: str) -> bool:
    """Say whether a range ends before it begins, counting 123--45 as 123--145."""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(last) < int(first)


def has_unusual_pages(record: Record) -> bool:
    """Say whether the pages are anything but one range as it should be, as most are."""
    found = USUAL.fullmatch(record.text("pages"))
    return found is None or is_backwards(found[1], found[2])


@rule(
    "FLD070",
    "page-range-has-two-hyphens",
    scope="entry",
    fields=("pages",),
    needs=has_unusual_pages,
)
def page_range_has_two_hyphens(record: Record, _project: Project) -> Complaints:
    """Two hyphens (or an en dash) stand between the first and the last page.

    Why: A single hyphen prints as one under many styles, where a range needs an en dash, and
        programs that compare a locator with the pages do not see a range.

    Bad:
        pages = {33-84},

    Good:
        pages = {33--84},

    Cure: Write two; `citelint fix` does it.
    """
    value = record.values["pages"]
    for found in ranges(value.text):
        dash = found["dash"]
        if dash.strip() in SINGLE:
            message = "a range of pages has two hyphens; write --"
            yield about_piece(record, value, *found.span("dash"), message, "--")


@rule("FLD071", "pages-run-forward", scope="entry", fields=("pages",), needs=has_unusual_pages)
def pages_run_forward(record: Record, _project: Project) -> Complaints:
    """The last page of a range does not come before the first.

    Why: A digit is wrong or missing, and the reader asks for pages that are not there.

    Bad:
        pages = {145--132},

    Good:
        pages = {132--145},

    Cure: Look the pages up.
    """
    value = record.values["pages"]
    for found in ranges(value.text):
        numbers = numbers_of(found)
        if numbers and max(map(len, numbers)) < MOST_DIGITS and is_backwards(*numbers):
            message = f"{found.group()} runs backwards; look the pages up"
            yield about_piece(record, value, *found.span(), message)


#: Longer numbers are articles' numbers or slips of a database, not pages.
MOST_DIGITS = 6


@rule(
    "FLD072", "page-has-no-leading-zero", scope="entry", fields=("pages",), needs=has_unusual_pages
)
def page_has_no_leading_zero(record: Record, _project: Project) -> Complaints:
    """A page of a range does not begin with a zero.

    Why: No page is numbered 033; the zero comes from a database and is printed.

    Bad:
        pages = {033--084},

    Good:
        pages = {33--84},

    Cure: Take it out.
    """
    value = record.values["pages"]
    for found in ranges(value.text):
        numbers = numbers_of(found)
        if numbers and len(numbers[0]) < MOST_DIGITS and numbers[0].startswith("0"):
            message = f"no page begins with a zero; write {numbers[0].lstrip('0') or '1'}"
            yield about_piece(record, value, *found.span("first"), message)


@rule("FLD073", "pages-omit-their-label", scope="entry", fields=("pages",), needs=has_unusual_pages)
def pages_omit_their_label(record: Record, _project: Project) -> Complaints:
    """The pages are given without p. or pp.

    Why: Styles add it: the reader sees "pp. pp. 33–84".

    Bad:
        pages = {pp. 33--84},

    Good:
        pages = {33--84},

    Cure: Take it out; `citelint fix` does it.
    """
    value = record.values["pages"]
    found = LABEL.match(value.text)
    if found and found.end() < len(value.text):
        message = "styles add p. or pp. themselves; take it out"
        yield about_piece(record, value, *found.span(), message, "")


@rule(
    "FLD074",
    "page-dash-is-typed-in-ascii",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=("pages",),
    needs=has_unusual_pages,
)
def page_dash_is_typed_in_ascii(record: Record, _project: Project) -> Complaints:
    """Ranges of pages have two hyphens, not the character for an en dash.

    Why: Both print alike; one file should have one of them, or a search finds half.

    Bad:
        pages = {33–84},

    Good:
        pages = {33--84},

    Cure: Write two hyphens; `citelint fix` does it.
    """
    value = record.values["pages"]
    for found in ranges(value.text):
        if found["dash"].strip() == "–":
            message = "this en dash is typed as a character; write --"
            yield about_piece(record, value, *found.span("dash"), message, "--")


@rule(
    "FLD075", "page-range-has-both-ends", scope="entry", fields=("pages",), needs=has_unusual_pages
)
def page_range_has_both_ends(record: Record, _project: Project) -> Complaints:
    """A range of pages has a first and a last page.

    Why: A dash at the end was cut off from its number, and prints as a loose dash.

    Bad:
        pages = {33--},

    Good:
        pages = {33--84},

    Cure: Add the missing page, or take the dash out.
    """
    value = record.values["pages"]
    found = OPEN.search(value.text)
    if found:
        message = "one end of this range is missing; add it or take the dash out"
        yield about_piece(record, value, *found.span(), message)


RULES = (
    page_range_has_two_hyphens,
    pages_run_forward,
    page_has_no_leading_zero,
    pages_omit_their_label,
    page_dash_is_typed_in_ascii,
    page_range_has_both_ends,
)
