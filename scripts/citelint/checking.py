"""Run rules over a project and turn complaints into findings."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from citelint.exceptions import applied
from citelint.findings import Complaint, Finding, located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import EntryCheck, Rule
    from citelint.text import SourceText

    #: What rules are narrowed by: a text in the entry, and a condition.
    Narrowing = tuple[str, Callable[[Record], object] | None]
    #: Rules with their checks, by what they are narrowed by.
    Narrowed = list[tuple[Narrowing, list[tuple[EntryCheck, Rule]]]]


PLACE = attrgetter("path", "line", "column", "code", "end_line", "end_column", "message")


def is_selected(rule: Rule, select: Iterable[str], ignore: Iterable[str]) -> bool:
    """Say whether a rule runs: by code, family or ``ALL``; the longest match wins."""
    wanted = longest_match(rule.code, select)
    unwanted = longest_match(rule.code, ignore)
    if wanted == unwanted == -1:
        return rule.default and not any(True for _ in select)
    return wanted > unwanted


def longest_match(code: str, patterns: Iterable[str]) -> int:
    """Return the length of the longest pattern that names *code*; ``ALL`` counts 0, none -1."""
    lengths = [0 if p.upper() == "ALL" else len(p) for p in patterns if names(p, code)]
    return max(lengths, default=-1)


def names(pattern: str, code: str) -> bool:
    """Say whether a code, a family or ``ALL`` names *code*."""
    return pattern.upper() == "ALL" or code.startswith(pattern.upper())


def findings_of(
    rule: Rule, source: SourceText, complaints: Iterable[Complaint]
) -> Iterator[Finding]:
    """Place a rule's complaints about one file."""
    for complaint in complaints:
        yield located(complaint, source, *rule.naming)


def entry_findings(rules: Sequence[Rule], project: Project) -> Iterator[Finding]:
    """Run the entry rules; those narrowed to types and fields only where an entry has these."""
    grouped = by_narrowing(rules)
    # Most entries are of the type of one before and have its fields: what these call for is kept.
    called_for: dict[tuple[str, tuple[str, ...]], Narrowed] = {}
    for record in project.records:
        alike = (record.kind, tuple(record.values))
        if alike not in called_for:
            called_for[alike] = list(applicable(grouped, *alike))
        text = record.everything
        for (mark, condition), checks in called_for[alike]:
            if mark in text and (condition is None or condition(record)):
                for rule_check, rule in checks:
                    for complaint in rule_check(record, project):
                        yield located(complaint, record.source, *rule.naming)
        record.forget()


def by_narrowing(rules: Iterable[Rule]) -> list[tuple[Narrowing, list[Rule]]]:
    """Return rules with the mark and condition that they share, asked once for all of them."""
    grouped: dict[Narrowing, list[Rule]] = {}
    for rule in rules:
        grouped.setdefault((rule.mark, rule.needs), []).append(rule)
    return list(grouped.items())


def applicable(
    grouped: Iterable[tuple[Narrowing, list[Rule]]], kind: str, names_given: tuple[str, ...]
) -> Iterator[tuple[Narrowing, list[tuple[EntryCheck, Rule]]]]:
    """Yield the rules that a type and these fields call for, with what they are narrowed by."""
    given = frozenset(names_given)
    for narrowing, rules in grouped:
        called = [
            (rule.check, rule)
            for rule in rules
            if not (rule.fields and rule.fields.isdisjoint(given))
            and (rule.concerns is None or rule.concerns(kind, names_given))
        ]
        if called:
            yield narrowing, called


def safety_findings(by_scope: Mapping[str, Sequence[Rule]], project: Project) -> Iterator[Finding]:
    """Run the rules about what a book must not carry, over everything that was read."""
    for scope, sources in (
        ("text", project.texts),
        ("data", project.data),
        ("drawing", project.drawings),
    ):
        for rule in by_scope.get(scope, []):
            for source in sources:
                yield from findings_of(rule, source, rule.check(source, project))
    for rule in by_scope.get("listing", []):
        for listed in project.listing:
            yield from findings_of(rule, listed.source, rule.check(listed, project))
    for rule in by_scope.get("markup", []):
        for chapter in project.chapters:
            yield from findings_of(rule, chapter.source, rule.check(chapter, project))
        for passage in project.passages:
            complaints = rule.check(passage.chapter, project)
            placed = (c._replace(start=passage.start, end=passage.end) for c in complaints)
            yield from findings_of(rule, passage.source, placed)


def check(project: Project, rules: Sequence[Rule]) -> list[Finding]:
    """Run *rules* over everything the project holds; findings sorted by place.

    Those that an exception covers are left out (``exceptions.py``), but for the family
    ``SEC``: whoever writes what a book must not carry could write the exception as well.
    """
    by_scope: dict[str, list[Rule]] = {}
    for rule in rules:
        by_scope.setdefault(rule.scope, []).append(rule)
    found = list(entry_findings(by_scope.get("entry", []), project))
    for rule in by_scope.get("file", []):
        for bib_file in project.bib_files:
            found += findings_of(rule, bib_file.source, rule.check(bib_file, project))
    for rule in by_scope.get("chapter", []):
        for chapter in project.chapters:
            found += findings_of(rule, chapter.source, rule.check(chapter, project))
    for rule in by_scope.get("evidence", []):
        evidence = project.evidence_source
        if evidence is not None:
            found += findings_of(rule, evidence, rule.check(evidence, project))
    found += safety_findings(by_scope, project)
    return sorted(applied(project, found, rules), key=PLACE)
