"""What is asked for a project, and the findings that come of the answers."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from citelint.findings import Complaint, Finding, located
from citelint.verify import crossref, openlibrary
from citelint.verify.asking import Unanswered
from citelint.verify.claims import doi_of, is_searchable, isbns_of, subject, words_of
from citelint.verify.quotations import (
    QUOTATION_RULES,
    Outcome,
    Source,
    compare,
    source_of,
    trouble_with,
)
from citelint.verify.records import RECORD_RULES, doi_is_found, is_of, isbn_is_found
from citelint.verify.sought import Sought, sought_in
from citelint.verify.standing import STANDING_RULES, doi_is_given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Rule
    from citelint.text import SourceText
    from citelint.verify.library import Library
    from citelint.verify.options import Setup
    from citelint.verify.registry import WorkRecord


#: So many of the works that a search finds are looked at.
MOST_FOUND = 3


class Task(NamedTuple):
    """Something to ask: for whom, and how."""

    subject: str
    do: Callable[[], None]


class Comparison:
    """A project against the web: findings, remarks on what was not compared, and counts."""

    def __init__(
        self, project: Project, library: Library, setup: Setup, rules: Sequence[Rule]
    ) -> None:
        self.project = project
        self.library = library
        self.setup = setup
        self.rules = rules
        self.findings: list[Finding] = []
        self.remarks: dict[str, list[str]] = {}
        self.counts: Counter[str] = Counter()
        self.sources: dict[str, Source] = {}
        self.addresses = addresses_of(project)
        self.sought = [
            each
            for chapter in project.chapters
            for each in sought_in(chapter)
            if not self.addresses.keys().isdisjoint(each.keys)
        ]

    def remark(self, reason: str, what: str) -> None:
        """Note why something was not compared."""
        self.remarks.setdefault(reason, []).append(what)

    def queues(self) -> list[list[Task]]:
        """Return what is to be asked, a list for each registry and one for the texts."""
        dois, isbns = [], []
        for entry in self.project.records:
            doi, numbers = doi_of(entry), tuple(isbns_of(entry))
            if doi:
                dois.append(Task(entry.key, partial(self.ask_doi, entry, doi)))
            elif doi_is_given in self.rules and is_searchable(entry):
                dois.append(Task(entry.key, partial(self.ask_for_doi, entry)))
            if numbers:
                isbns.append(Task(entry.key, partial(self.ask_isbns, entry, numbers)))
            entry.forget()
        cited = dict.fromkeys(key for each in self.sought for key in each.keys)
        texts = [Task(key, partial(self.ask_text, key)) for key in cited if key in self.addresses]
        return [dois, isbns, texts]

    def ask_doi(self, entry: Record, doi: str) -> None:
        """Ask Crossref for a DOI; of one that it does not know, who registered it.

        Raises:
            Unanswered: no answer came.

        """
        self.counts["DOIs"] += 1
        address = crossref.work_address(self.setup.crossref, doi)
        document = self.library.json(address)
        if document is None:
            self.about_unknown(entry, doi)
            return
        record = crossref.record_of(document, doi)
        if record is None:
            raise Unanswered(f"the answer of {address} is no record")
        self.about_record(entry, record)
        self.counts["DOIs compared"] += 1

    def about_unknown(self, entry: Record, doi: str) -> None:
        """Complain about a DOI that no agency registered; others' are not asked for.

        Raises:
            Unanswered: no answer came.

        """
        document = self.library.json(crossref.agency_address(self.setup.crossref, doi))
        agency = crossref.agency_of(document)
        if agency:
            self.remark(f"the DOI is registered with {agency}, which is not asked", entry.key)
        else:
            self.add(doi_is_found, entry.source, doi_is_found.check(entry, doi))

    def ask_for_doi(self, entry: Record) -> None:
        """Ask Crossref whether it knows an article that has no DOI.

        Raises:
            Unanswered: no answer came.

        """
        address = crossref.search_address(self.setup.crossref, words_of(entry), MOST_FOUND)
        for doi, record in crossref.records_of(self.library.json(address)):
            if is_of(subject(entry, record)):
                self.add(doi_is_given, entry.source, doi_is_given.check(entry, doi))
                break
        entry.forget()

    def ask_isbns(self, entry: Record, numbers: tuple[str, ...]) -> None:
        """Ask Open Library for an entry's ISBNs until it knows one.

        Raises:
            Unanswered: no answer came.

        """
        self.counts["ISBNs"] += 1
        base = self.setup.openlibrary
        for isbn in numbers:
            document = self.library.json(openlibrary.edition_address(base, isbn))
            record = openlibrary.record_of(
                document, isbn, lambda path: self.library.json(base + path)
            )
            if record is not None:
                self.about_record(entry, record)
                self.counts["ISBNs compared"] += 1
                return
        self.remark("Open Library does not have the ISBN", entry.key)
        self.add(isbn_is_found, entry.source, isbn_is_found.check(entry, numbers[0]))

    def ask_text(self, key: str) -> None:
        """Fetch a work's open text.

        Raises:
            Unanswered: no text came.

        """
        url = self.addresses[key]
        self.sources[key] = source_of(key, url, self.library.text(url))

    def about_record(self, entry: Record, record: WorkRecord) -> None:
        """Compare an entry with a record."""
        found = subject(entry, record)
        for rule in (*RECORD_RULES, *STANDING_RULES):
            self.add(rule, entry.source, rule.check(found, self.project))
        entry.forget()

    def add(self, rule: Rule, source: SourceText, complaints: Iterable[Complaint]) -> None:
        """Place a rule's complaints, if it was chosen."""
        if rule in self.rules:
            self.findings += [
                located(each, source, rule.code, rule.name, rule.severity.value)
                for each in complaints
            ]

    def compare_quotations(self) -> None:
        """Look every quotation up in the texts that were fetched."""
        self.counts["quotations"] = len(self.sought)
        for sought in self.sought:
            outcomes = [compare(sought, s) for s in self.sources_of(sought)]
            if outcomes:
                self.about_quotation(max(outcomes, key=lambda each: each.rank))

    def sources_of(self, sought: Sought) -> list[Source]:
        """Return the texts of the works that a quotation cites."""
        return [self.sources[key] for key in sought.keys if key in self.sources]

    def about_quotation(self, outcome: Outcome) -> None:
        """Complain about a quotation, or remark why nothing can be said of it."""
        sought = outcome.sought
        if not outcome.pieces:
            return
        trouble = trouble_with(outcome)
        elsewhere = [key for key in sought.keys if key not in self.sources]
        if not trouble and elsewhere and not (outcome.found or outcome.is_near):
            trouble = (
                f"it is not in the text of {outcome.source.key}, but may be in {elsewhere[0]}, "
                "whose text is not at hand"
            )
        if trouble:
            line = sought.chapter.source.place(sought.span.start)[0]
            self.remark(trouble, f"the quotation at {sought.chapter.source.shown}:{line}")
            return
        self.counts["quotations compared"] += 1
        for rule in QUOTATION_RULES:
            complaints = rule.check(outcome, self.project)
            self.add(rule, sought.chapter.source, complaints)

    def tally(self) -> str:
        """Return how much was compared of what could be."""
        parts = [
            f"{self.counts[f'{what} compared']} of {self.counts[what]} {what}"
            for what in ("DOIs", "ISBNs", "quotations")
            if self.counts[what]
        ]
        return f"Compared: {', '.join(parts)}.\n" if parts else "There was nothing to compare.\n"


def addresses_of(project: Project) -> dict[str, str]:
    """Return the addresses of the open texts by key."""
    found = {key: record.field_text("fulltexturl") for key, record in project.by_key.items()}
    return {key: url.replace("\\", "") for key, url in found.items() if url}
