"""IDN911–IDN913: what has become of a work since, and DOIs that entries lack.

These rules run in ``citelint verify`` alone, on what Crossref answers.
"""
# ruff: noqa: D401 - a rule's docstring is its page and says what holds.

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.bibtex.places import about_key, about_value
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.rules.base import Complaints
    from citelint.verify.claims import Subject

#: Crossref's kinds of updates after which a work is not to be relied on, in words. Corrections
#: and new editions are updates as well, and leave a work standing.
WITHDRAWING = {
    "retraction": "retracted",
    "partial_retraction": "retracted in part",
    "withdrawal": "withdrawn",
    "removal": "removed",
    "expression_of_concern": "put in doubt by an expression of concern",
}
#: Where an entry says so itself, the work is cited as what it is.
SAYING_SO = ("retract", "withdr", "removed", "concern")


@rule("IDN911", "work-stands", scope="verify", severity=Severity.ERROR, fields=("doi",))
def work_stands(found: Subject, _project: object) -> Complaints:
    """The work was not retracted, withdrawn, removed or put in doubt since.

    Why: What its authors or publisher took back proves nothing, and most who cite such a work do
    not know. Crossref passes on what publishers and Retraction Watch say.

    Bad:
        doi = {10.1000/was-retracted},

    Good:
        doi = {10.1000/was-retracted}, note = {Retracted in 2019},

    Cure: Cite another work, or say in the field note what became of this one.
    """
    said = found.entry.everything.lower()
    value = found.entry.values.get("doi")
    if value is None or any(word in said for word in SAYING_SO):
        return
    for update in found.record.updates:
        if update.kind in WITHDRAWING:
            notice = f" (notice: DOI {update.doi})" if update.doi else ""
            message = f"this work was {WITHDRAWING[update.kind]}{notice}; cite another, or say so"
            yield about_value(value, message)
            return


@rule(
    "IDN912", "published-version-is-cited", scope="verify", severity=Severity.NOTE, fields=("doi",)
)
def published_version_is_cited(found: Subject, _project: object) -> Complaints:
    """A preprint that has been published since is cited as published.

    Why: The published version was reviewed and may say something else; its pages are the ones
    that others cite.

    Bad:
        doi = {10.1000/preprint-that-became-an-article},

    Good:
        doi = {10.1000/the-article},

    Cure: Compare what was cited with the published version and cite that.
    """
    value = found.entry.values.get("doi")
    if value is not None and found.record.published_as:
        published = found.record.published_as[0]
        message = f"this preprint has been published as DOI {published}; compare and cite that"
        yield about_value(value, message)


@rule(
    "IDN913",
    "doi-is-given",
    scope="verify-absent",
    severity=Severity.NOTE,
    default=False,
    fields=("title",),
)
def doi_is_given(entry: Record, doi: str) -> Complaints:
    """An article that has a DOI gives it.

    Crossref is asked for the title, the first author and the year; only a record that agrees
    in title, year, people and journal counts. Off unless selected: it asks for every article
    that has no DOI.

    Why: A DOI leads to the work when all addresses have changed.

    Bad:
        @article{rettie1957, title = {How Khrushchev Leaked His Secret Speech}, ...}

    Good:
        @article{rettie1957, title = {How Khrushchev Leaked His Secret Speech}, doi = {10...}, ...}

    Cure: Compare the record with the article, and add its DOI.
    """
    yield about_key(entry, f"Crossref knows this work as DOI {doi}; compare, and add the DOI")


STANDING_RULES = (work_stands, published_version_is_cited)
MISSING_RULES = (doi_is_given,)
