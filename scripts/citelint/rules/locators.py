"""LOC: the texts behind a key that say where in the work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule
from citelint.rules.pageranges import full_last, locators

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter, Target
    from citelint.project import Project
    from citelint.rules.base import Complaints

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


VOLUME_SAID = re.compile(r"\bvols?\b|[:;/]|^[ivxlc]+[,. ]", re.IGNORECASE)


@rule("LOC013", "volume-is-named", scope="chapter")
def volume_is_named(chapter: Chapter, project: Project) -> Complaints:
    """A locator in a work of several volumes says in which the page is.

    Looked at are entries with ``volumes`` of two or more and without ``volume``.

    Why: Each volume has a page 273.

    Bad:
        {cite:p}`reabilitatsiia2000{273}`

    Good:
        {cite:p}`reabilitatsiia2000{vol. 1, 273}`

    Cure: Name the volume, or make an entry of the volume that is cited.
    """
    for target in locators(chapter):
        record = project.by_key.get(target.key)
        volumes = record.field_text("volumes").strip() if record else ""
        if not volumes.isdecimal() or volumes in {"0", "1"} or VOLUME_SAID.search(target.after):
            continue
        if (
            record
            and not record.field_text("volume")
            and PAGES_ONLY.fullmatch(target.after.strip())
        ):
            message = f"{target.key} has {volumes[:9]} volumes; say in which one this page is"
            yield Complaint(*target.after_span, message)


RULES = (
    page_is_within_the_work,
    footcite_has_no_locator,
    locator_follows_the_key,
    locator_is_given_once,
    locator_stands_in_the_citation,
    locator_is_filled_in,
    volume_is_named,
)
