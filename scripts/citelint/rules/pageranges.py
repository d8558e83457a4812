"""LOC: pages and ranges of pages in locators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.findings import Complaint, Edit
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.myst.model import Chapter, Target
    from citelint.project import Project
    from citelint.rules.base import Complaints

EN_DASH = "–"
PAGE = r"[0-9]{1,6}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}"
#: Labels whose numbers are counted like pages; "fig. 2-1" and "doc. 3-4" may be no ranges.
COUNTED = (
    r"(?:pp?\.?|pages?|chaps?\.|chapters?|chs?\.|cols?\.|ll?\.|lines|vols?\.|nn\.|notes|fols?\.)"
)
#: A range at the start of a locator or behind a comma, a semicolon or a label.
RANGE = re.compile(
    rf"(?:^|[,;]|\b{COUNTED})\s*(?P<range>(?P<first>{PAGE})"
    rf"(?P<dash>\s*(?:-{{1,3}}|[–—‐‑−])\s*)(?P<last>{PAGE}))(?![\w:/.-]*[\w:/-])",
    re.IGNORECASE,
)
DASHES = frozenset({"-", "--", "---", "—", "‐", "‑", "−"})
LABELLED = re.compile(
    rf"(?P<label>pp?\.?)(?P<space>\s*)(?P<pages>(?:{PAGE})(?:\s*[-–—]+\s*(?:{PAGE}))?"
    rf"(?:\s*,\s*(?:{PAGE})(?:\s*[-–—]+\s*(?:{PAGE}))?)*)"
)
NUMERAL = re.compile(r"m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class Range(NamedTuple):
    """A range of pages in a locator: its texts and their columns in it."""

    first: str
    dash: str
    last: str
    start: int
    dash_start: int
    end: int


def roman(text: str) -> int:
    """Return the value of a Roman numeral, loosely read."""
    values = [ROMAN[letter] for letter in text.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def page_number(text: str) -> int:
    """Return a page's number, whatever its numerals."""
    return int(text) if text.isdecimal() else roman(text)


def is_page(text: str) -> bool:
    """Say whether a text is a number in Arabic or proper Roman numerals."""
    return text.isdecimal() or NUMERAL.fullmatch(text.lower()) is not None


def ranges(text: str) -> Iterator[Range]:
    """Yield the ranges of pages in a locator."""
    for match in RANGE.finditer(text):
        if not is_page(match["first"]) or not is_page(match["last"]):
            continue
        yield Range(
            match["first"],
            match["dash"],
            match["last"],
            match.start("range"),
            match.start("dash"),
            match.end("range"),
        )


def full_last(first: str, last: str) -> str:
    """Return a range's last page in full: 274 for the 4 of 273–4."""
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        return first[: len(first) - len(last)] + last
    return last


def locators(chapter: Chapter) -> Iterator[Target]:
    """Yield every target with a locator that stands on one line."""
    for citation in chapter.citations:
        for target in citation.targets:
            if target.after and target.after_span.end - target.after_span.start == len(
                target.after
            ):
                yield target


@rule("LOC001", "page-range-has-an-en-dash", scope="chapter")
def page_range_has_an_en_dash(chapter: Chapter, _project: Project) -> Complaints:
    """An en dash stands between the first and the last page.

    Why: The text behind a key is printed as it stands: a hyphen stays a hyphen, two hyphens
        stay two, and a locator no longer equals the same one elsewhere.

    Bad:
        {cite:p}`taubman2003{273--274}`

    Good:
        {cite:p}`taubman2003{273–274}`

    Cure: Write –; `citelint fix` does it.
    """
    for target in locators(chapter):
        for found in ranges(target.after):
            is_alike = found.first.isdecimal() == found.last.isdecimal()
            if is_alike and found.dash.strip() in DASHES:
                start = target.after_span.start + found.dash_start
                end = start + len(found.dash)
                message = f"pages {found.first} to {found.last} need an en dash between them"
                yield Complaint(start, end, message, (Edit(start, end, EN_DASH),))


@rule("LOC002", "page-range-runs-forward", scope="chapter")
def page_range_runs_forward(chapter: Chapter, _project: Project) -> Complaints:
    """The last page of a range comes behind the first.

    Why: A digit is wrong or missing, and the reader looks in vain.  A shortened last page
        is understood: 273–4 is 273–274.

    Bad:
        {cite:p}`taubman2003{274–237}`

    Good:
        {cite:p}`taubman2003{274–277}`

    Cure: Look the pages up.
    """
    for target in locators(chapter):
        for found in ranges(target.after):
            if found.first.isdecimal() != found.last.isdecimal():
                continue
            last = page_number(full_last(found.first, found.last))
            if last < page_number(found.first):
                start = target.after_span.start + found.start
                end = target.after_span.start + found.end
                message = f"{found.first}{EN_DASH}{found.last} runs backwards; look the pages up"
                yield Complaint(start, end, message)


def wrong_label(label: str, pages: str) -> str:
    """Return the label that pages want instead of theirs, "" where theirs is right."""
    several = re.search(r"[-–—,]", pages) is not None
    wanted = "pp" if several else "p"
    return "" if label.rstrip(".") == wanted else wanted + label[len(label.rstrip(".")) :]


@rule("LOC003", "page-label-agrees-in-number", scope="chapter")
def page_label_agrees_in_number(chapter: Chapter, _project: Project) -> Complaints:
    """One page is p., several are pp.

    Why: The label tells the reader whether one page or a passage is meant.

    Bad:
        {cite:p}`taubman2003{p. 273–274}`

    Good:
        {cite:p}`taubman2003{pp. 273–274}`

    Cure: Write p. before one page and pp. before several; `citelint fix` does it.
    """
    for target in locators(chapter):
        match = LABELLED.fullmatch(target.after.strip())
        wanted = wrong_label(match["label"], match["pages"]) if match else ""
        if match and wanted:
            start = target.after_span.start + target.after.index(match["label"])
            end = start + len(match["label"])
            message = f"{match['pages']} wants {wanted!r} and not {match['label']!r}"
            yield Complaint(start, end, message, (Edit(start, end, wanted),))


@rule("LOC004", "page-stands-without-label", scope="chapter", default=False)
def page_stands_without_label(chapter: Chapter, _project: Project) -> Complaints:
    """A page number stands by itself, without p. or pp.

    Why: Chicago's notes give bare numbers.  A mixture looks as if it meant something.
        Off by default: it is a house style.

    Bad:
        {cite:p}`taubman2003{p. 273}`

    Good:
        {cite:p}`taubman2003{273}`

    Cure: Take the label out; `citelint fix` does it.
    """
    for target in locators(chapter):
        match = LABELLED.fullmatch(target.after)
        if match:
            start = target.after_span.start
            end = start + match.start("pages")
            message = f"the number {match['pages']} needs no {match['label']!r}"
            yield Complaint(start, end, message, (Edit(start, end, ""),))


@rule("LOC005", "page-range-is-written-in-full", scope="chapter", default=False)
def page_range_is_written_in_full(chapter: Chapter, _project: Project) -> Complaints:
    """The last page of a range has all its digits.

    Why: 273–4 saves a digit and costs a thought; two spellings of one range are two locators
        to every program.  Off by default: it is a house style.

    Bad:
        {cite:p}`taubman2003{273–4}`

    Good:
        {cite:p}`taubman2003{273–274}`

    Cure: Write the last page in full; `citelint fix` does it.
    """
    for target in locators(chapter):
        for found in ranges(target.after):
            last = full_last(found.first, found.last)
            if last != found.last and int(last) > int(found.first):
                end = target.after_span.start + found.end
                start = end - len(found.last)
                message = f"the last page is {last}; write it in full"
                yield Complaint(start, end, message, (Edit(start, end, last),))


@rule("LOC009", "page-range-has-one-kind-of-numerals", scope="chapter")
def page_range_has_one_kind_of_numerals(chapter: Chapter, _project: Project) -> Complaints:
    """Both ends of a range are Roman or both Arabic.

    Why: Nothing runs from page xii to page 14; two places or one wrong number are meant.

    Bad:
        {cite:p}`taubman2003{xii–14}`

    Good:
        {cite:p}`taubman2003{xii, 14}`

    Cure: Look the pages up.
    """
    for target in locators(chapter):
        for found in ranges(target.after):
            # "II-14" and "C-3" are a volume's or an appendix's page 14 and 3.
            is_upper = not found.first.islower() and not found.first.isdecimal()
            if found.first.isdecimal() != found.last.isdecimal() and not is_upper:
                start = target.after_span.start + found.start
                end = target.after_span.start + found.end
                message = f"{found.first}{EN_DASH}{found.last} mixes Roman and Arabic numerals"
                yield Complaint(start, end, f"{message}; look the pages up")


RULES = (
    page_range_has_an_en_dash,
    page_range_runs_forward,
    page_label_agrees_in_number,
    page_stands_without_label,
    page_range_is_written_in_full,
    page_range_has_one_kind_of_numerals,
)
