"""EVI: the table of evidence, where the settings name one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.bibtex.places import about_key
from citelint.findings import Complaint
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints
    from citelint.text import SourceText

SEEN = ("page", "excerpt", "article", "none")
CHECKED = ("full", "partial", "article")
#: EVI004 asks for ``checked`` where so large a share of the entries has it.
MOSTLY = 0.8


@rule("EVI001", "locator-has-evidence", scope="chapter")
def locator_has_evidence(chapter: Chapter, project: Project) -> Complaints:
    """Every locator in use has a row in the table of evidence.

    Runs where ``evidence`` in ``[tool.citelint]`` names the table.

    Why: The row says how the page is known: by sight, by an excerpt, or not at all.

    Bad:
        {cite:p}`taubman2003{274}`, where evidence.toml has no row for 274

    Good:
        [[locator]]
        citekey = "taubman2003"
        locator = "274"
        seen = "page"

    Cure: Add the row, and say honestly what was seen.
    """
    if project.evidence_source is None:
        return
    for citation in chapter.citations:
        for target in citation.targets:
            is_known = (target.key, target.after) in project.evidence_pairs
            if target.after and not is_known:
                message = f"no row says how {target.after!r} of {target.key} is known; add it"
                yield Complaint(*target.after_span, message)


@rule("EVI002", "evidence-is-used", scope="evidence")
def evidence_is_used(_source: SourceText, project: Project) -> Complaints:
    """Every row of the table of evidence belongs to a locator in use.

    Runs when the whole project is read.

    Why: A row without a locator is left over from an earlier text, or its locator is spelt
        otherwise in the chapters.

    Bad:
        [[locator]]
        citekey = "taubman2003"
        locator = "999"

    Good:
        [[locator]]
        citekey = "taubman2003"
        locator = "273"

    Cure: Delete the row, or correct the locator.
    """
    if not project.is_whole or not project.chapters:
        return
    for row in project.evidence:
        if (row.citekey, row.locator) not in project.locators:
            message = (
                f"no citation has the locator {row.locator!r} of {row.citekey}; delete the row"
            )
            yield Complaint(row.start, row.end, message)


@rule("EVI003", "evidence-says-what-was-seen", scope="evidence")
def evidence_says_what_was_seen(_source: SourceText, project: Project) -> Complaints:
    """A row's ``seen`` is one of the words that mean something.

    They are page, excerpt, article and none.

    Why: Any other is printed nowhere, and the locator passes for one that was checked.

    Bad:
        seen = "yes"

    Good:
        seen = "page"

    Cure: Write page (the page itself was seen), excerpt (a part of it), article (only the
        source article says so) or none.
    """
    for row in project.evidence:
        if row.seen not in SEEN:
            message = f"seen = {row.seen!r} says nothing; write one of {', '.join(SEEN)}"
            yield Complaint(row.start, row.end, message)


def mostly_checked(project: Project) -> bool:
    """Say whether the project's entries mostly say what was checked."""
    checked = sum(bool(record.field_text("checked")) for record in project.records)
    return checked >= MOSTLY * len(project.records)


@rule("EVI004", "entry-says-what-was-checked", scope="entry")
def entry_says_what_was_checked(record: Record, project: Project) -> Complaints:
    """An entry has ``checked``, where the others have it.

    Runs where a table of evidence is named and four in five entries have the field.

    Why: It tells the reader whether somebody looked at the work or took its title on trust.

    Bad:
        @book{tompson1995, title = {Khrushchev: A Political Life}}

    Good:
        @book{tompson1995, title = {Khrushchev: A Political Life}, checked = {partial}}

    Cure: Add checked = {full}, {partial} or {article}.
    """
    if project.evidence_source is None or record.field_text("checked"):
        return
    if project.once(mostly_checked):
        yield about_key(record, f"{record.key} does not say what was checked; add checked = {{…}}")


@rule("EVI005", "evidence-has-one-row-a-locator", scope="evidence")
def evidence_has_one_row_a_locator(_source: SourceText, project: Project) -> Complaints:
    """A pair of work and locator has one row.

    Why: Two rows may say different things, and only one of them is believed.

    Bad:
        Two rows for taubman2003, 273: one seen = "page", one seen = "none"

    Good:
        One row for taubman2003, 273

    Cure: Keep the one that is true.
    """
    seen: set[tuple[str, str]] = set()
    for row in project.evidence:
        pair = (row.citekey, row.locator)
        if pair in seen:
            message = f"{row.locator!r} of {row.citekey} has a row above already; keep one"
            yield Complaint(row.start, row.end, message)
        seen.add(pair)


@rule("EVI006", "evidence-names-an-entry", scope="evidence")
def evidence_names_an_entry(_source: SourceText, project: Project) -> Complaints:
    """A row's ``citekey`` is that of an entry.

    Why: A key that was renamed or mistyped takes its evidence with it.

    Bad:
        citekey = "taubman03"

    Good:
        citekey = "taubman2003"

    Cure: Correct the key.
    """
    for row in project.evidence:
        if project.records and row.citekey not in project.by_key:
            message = f"no entry has the key {row.citekey!r}; correct the row"
            yield Complaint(row.start, row.end, message)


@rule("EVI007", "checked-has-a-known-value", scope="entry", fields=("checked",))
def checked_has_a_known_value(record: Record, project: Project) -> Complaints:
    """``checked`` is full, partial or article.

    Runs where a table of evidence is named.

    Why: Any other word is printed nowhere.

    Bad:
        checked = {yes},

    Good:
        checked = {partial},

    Cure: Write full, partial or article.
    """
    text = record.text("checked")
    if project.evidence_source is not None and text not in CHECKED:
        field = record.values["checked"].field
        message = f"checked = {text!r} says nothing; write one of {', '.join(CHECKED)}"
        yield Complaint(field.start, field.end, message)


RULES = (
    locator_has_evidence,
    evidence_is_used,
    evidence_says_what_was_seen,
    entry_says_what_was_checked,
    evidence_has_one_row_a_locator,
    evidence_names_an_entry,
    checked_has_a_known_value,
)
