"""LOC: the texts behind a key that say where in the work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record
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
#: A locator of nothing but pages, with or without a label.
PAGES_ONLY = re.compile(
    r"(?:pp?\.?\s*)?(?P<pages>[0-9]+(?:\s*[-–—]+\s*[0-9]+)?(?:\s*,\s*[0-9]+(?:\s*[-–—]+\s*[0-9]+)?)*)"
)
NUMBER = re.compile(r"[0-9]+")
ENTRY_PAGES = re.compile(r"(?P<first>[0-9]{1,6})\s*(?:-{1,3}|[–—])\s*(?P<last>[0-9]{1,6})")
#: Kinds of works whose ``pages`` are those they take up in a larger one.
PARTS = frozenset({"article", "inbook", "incollection", "inproceedings", "conference", "review"})
LOOKS_LIKE_LOCATOR = re.compile(
    r"\s*(?:(?:pp?|chaps?|chs?|cols?|vols?|fols?|nn?|sect?s?|paras?|figs?|ll?)\.\s*[0-9ivxlc]+.*"
    r"|(?:pages?|chapters?|columns?|volume|folio|notes?|section|lines?)\s+[0-9ivxlc]+\b.*"
    r"|§+\s*[0-9].*|[0-9]{1,4}(?:\s*[-–—,]+\s*[0-9]{1,4})*\s*)",
    re.DOTALL,
)
PLACEHOLDER = re.compile(r"\s*(?:pp?\.?)?\s*(?:\?+|XXX?|TODO|TK|tbd|TBD|000?|page)\s*")
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


def pages_taken_up(record: Record) -> tuple[int, int] | None:
    """Return the first and last page of a work that is part of another."""
    if record.kind not in PARTS:
        return None
    match = ENTRY_PAGES.fullmatch(record.field_text("pages").strip())
    if match is None:
        return None
    first, last = int(match["first"]), int(full_last(match["first"], match["last"]))
    return (first, last) if first <= last else None


def cited_numbers(locator: str) -> list[tuple[int, int, int]]:
    """Return the pages of a locator of nothing but pages: number, start and end in it."""
    match = PAGES_ONLY.fullmatch(locator.strip())
    if match is None:
        return []
    offset = len(locator) - len(locator.lstrip())
    found = [
        (m.group(), m.start() + offset, m.end() + offset) for m in NUMBER.finditer(match.string)
    ]
    numbers, previous = [], ""
    for text, start, end in found:
        is_last = previous and locator[:start].rstrip().endswith(("-", "–", "—"))
        full = full_last(previous, text) if is_last else text
        numbers.append((int(full), start, end))
        previous = text
    return numbers


@rule("LOC006", "page-is-within-the-work", scope="chapter")
def page_is_within_the_work(chapter: Chapter, project: Project) -> Complaints:
    """A cited page is one of those that the article or chapter takes up.

    Why: Either the locator or the entry's pages are wrong, and the reader finds another
        text at that place.

    Bad:
        {cite:p}`tompson1991{1130}`, where the entry has pages = {1101--1121}

    Good:
        {cite:p}`tompson1991{1103}`

    Cure: Look the page up, and the entry's pages.
    """
    for target in locators(chapter):
        record = project.by_key.get(target.key)
        limits = pages_taken_up(record) if record is not None else None
        if limits is None:
            continue
        for number, start, end in cited_numbers(target.after):
            if not limits[0] <= number <= limits[1]:
                base = target.after_span.start
                message = f"page {number} is not in {target.key}, pages {limits[0]}–{limits[1]}"
                yield Complaint(base + start, base + end, f"{message}; look it up")


@rule("LOC007", "footcite-has-no-locator", scope="chapter", severity=Severity.ERROR)
def footcite_has_no_locator(chapter: Chapter, _project: Project) -> Complaints:
    """A footcite holds keys and nothing else.

    Why: footcite knows no locators: sphinxcontrib-bibtex takes the braces for a part of the
        key, does not find it, and prints nothing.

    Bad:
        {footcite:p}`taubman2003{273}`

    Good:
        {cite:p}`taubman2003{273}`

    Cure: Use cite within a note of your own, or leave the locator out.
    """
    for citation in chapter.citations:
        if not citation.role.startswith("foot"):
            continue
        for target in citation.targets:
            span = target.after_span if target.after else target.before_span
            if target.after or target.before:
                message = "footcite prints nothing where a key has text in braces; use cite"
                yield Complaint(*span, message)


@rule("LOC008", "locator-follows-the-key", scope="chapter", severity=Severity.ERROR)
def locator_follows_the_key(chapter: Chapter, _project: Project) -> Complaints:
    """A locator stands behind the key, not before it.

    Why: What stands in braces before a key is printed before the author: "p. 273 Taubman,
        Khrushchev" sends nobody to page 273.

    Bad:
        {cite:p}`{p. 273}taubman2003`

    Good:
        {cite:p}`taubman2003{p. 273}`

    Cure: Put the braces behind the key; `citelint fix` does it where none stand there.
    """
    for citation in chapter.citations:
        for target in citation.targets:
            if not target.before or not LOOKS_LIKE_LOCATOR.fullmatch(target.before):
                continue
            span = target.before_span
            message = f"the locator {target.before!r} stands before the key; put it behind"
            yield Complaint(*span, message, moved_behind(chapter, target))


def moved_behind(chapter: Chapter, target: Target) -> tuple[Edit, ...]:
    """Return the edits that move a text from before a key behind it, if the place is free."""
    if target.after:
        return ()
    start, end = target.before_span.start - 1, target.before_span.end + 1
    moved = chapter.source.text[start:end]
    key_end = target.key_span.end
    if chapter.source.text[end:key_end] != target.key or not moved.startswith("{"):
        return ()
    return (Edit(start, key_end, target.key + moved),)


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


TYPED = re.compile(
    r"(?:,|:)?\s*\(?(?P<locator>(?P<label>(?:pp?|pages?)\.?\s+)?[0-9]{1,4}(?:\s?[-–—]+\s?[0-9]{1,4})?)\)?(?!\w)"
)


def typed_locator(chapter: Chapter, offset: int) -> re.Match[str] | None:
    """Return the locator that is typed right behind a citation."""
    return TYPED.match(chapter.source.text, offset)


def numerals(text: str) -> list[str]:
    """Return the numbers of a text."""
    return NUMBER.findall(text)


@rule("LOC010", "locator-is-given-once", scope="chapter")
def locator_is_given_once(chapter: Chapter, _project: Project) -> Complaints:
    """A locator that stands in the citation is not typed again behind it.

    Why: It is printed twice.

    Bad:
        {cite:p}`taubman2003{273}`, p. 273

    Good:
        {cite:p}`taubman2003{273}`

    Cure: Take the second one out.
    """
    for citation in chapter.citations:
        after = citation.targets[-1].after if citation.targets else ""
        typed = typed_locator(chapter, citation.span.end) if after else None
        if typed and numerals(typed["locator"]) == numerals(after):
            message = f"{typed['locator']} stands in the citation already; take it out here"
            yield Complaint(*typed.span("locator"), message)


@rule("LOC011", "locator-stands-in-the-citation", scope="chapter", default=False)
def locator_stands_in_the_citation(chapter: Chapter, _project: Project) -> Complaints:
    """A locator stands in the citation's braces, not typed behind it.

    Why: Only what stands in the braces is part of the note, of its link, and of what is
        checked.  Off by default: sphinxcontrib-bibtex has the braces since 2.6 only.

    Bad:
        {cite:p}`taubman2003`, p. 273

    Good:
        {cite:p}`taubman2003{273}`

    Cure: Put it in braces behind the key.
    """
    for citation in chapter.citations:
        after = citation.targets[-1].after if citation.targets else "-"
        typed = typed_locator(chapter, citation.span.end) if not after else None
        if typed and typed["label"]:
            message = f"put {typed['locator']} in braces behind the key"
            yield Complaint(*typed.span("locator"), message)


@rule("LOC012", "locator-is-filled-in", scope="chapter")
def locator_is_filled_in(chapter: Chapter, _project: Project) -> Complaints:
    """A locator is a place, not a reminder to look one up.

    Why: It is printed as it stands.

    Bad:
        {cite:p}`taubman2003{p. ??}`

    Good:
        {cite:p}`taubman2003{p. 273}`

    Cure: Look the page up, or leave the locator out.
    """
    for target in locators(chapter):
        if PLACEHOLDER.fullmatch(target.after):
            message = f"{target.after!r} is no place in the work; look the page up"
            yield Complaint(*target.after_span, message)


RULES = (
    page_range_has_an_en_dash,
    page_range_runs_forward,
    page_label_agrees_in_number,
    page_stands_without_label,
    page_range_is_written_in_full,
    page_is_within_the_work,
    footcite_has_no_locator,
    locator_follows_the_key,
    page_range_has_one_kind_of_numerals,
    locator_is_given_once,
    locator_stands_in_the_citation,
    locator_is_filled_in,
)
