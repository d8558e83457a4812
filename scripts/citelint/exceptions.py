"""Exceptions with a reason, in an entry or above a block of prose.

In BibTeX: the field ``citelint-ignore = {FLD001: reason; NAM006: reason}`` of an entry,
for findings within it.  In prose: the comment ``% citelint: ignore[QUO001] reason``, for
findings in the next block (paragraph, quotation, directive, note or table).  There is
none for a whole file: ``ignore`` in the settings is for that.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.places import value_span
from citelint.findings import Finding, located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from citelint.bibtex.entries import Record
    from citelint.myst.model import Chapter, Comment
    from citelint.project import Project
    from citelint.rules.base import Rule
    from citelint.text import SourceText

FIELD = "citelint-ignore"
#: The family that no exception covers: who wrote the one could write the other.
NEVER_EXCUSED = "SEC"
SCOPES = {"entry": "entry-exception", "prose": "prose-exception"}
CODES = r"[A-Za-z]{3}[0-9]{3}(?:\s*,\s*[A-Za-z]{3}[0-9]{3})*"
IN_ENTRY = re.compile(rf"\s*(?P<codes>{CODES})\s*(?::(?P<reason>.*))?", re.DOTALL)
IN_PROSE = re.compile(rf"\s*citelint\s*:\s*ignore\s*\[\s*(?P<codes>{CODES})\s*\](?P<reason>.*)")
MEANT_IN_PROSE = re.compile(r"\s*citelint\b")
BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)(?=[ \t]*(?:\r\n|\n|\r|\Z))")
#: Lines of comments, with the space among and around them.
COMMENTS_AND_SPACE = re.compile(r"(?:\s|(?:^|(?<=\n)|(?<=\r))[ \t]*%[^\r\n]*)++")

Place = tuple[int, int]


class Exemption(NamedTuple):
    """What one exception covers; ``needless`` are its codes that excused nothing.

    *start* and *end* are where it stands, *first* and *last* the lines and columns it is for.
    """

    kind: str
    source: SourceText
    start: int
    end: int
    first: Place
    last: Place
    codes: tuple[str, ...]
    reason: str
    needless: tuple[str, ...] = ()


def split_codes(text: str) -> tuple[str, ...]:
    """Split ``FLD001, NAM006``."""
    return tuple(code.strip().upper() for code in text.split(","))


def in_entry(record: Record) -> Iterator[Exemption]:
    """Yield the exceptions of an entry; one that cannot be read has no codes."""
    value = record.values[FIELD]
    source, entry = record.source, record.entry
    span = (*value_span(value), source.place(entry.start), source.place(entry.end))
    for piece in value.text.split(";"):
        found = IN_ENTRY.fullmatch(piece)
        codes = split_codes(found["codes"]) if found else ()
        reason = (found["reason"] or "").strip() if found else ""
        if piece.strip():
            yield Exemption("entry", source, *span, codes, reason)


def in_chapter(chapter: Chapter) -> Iterator[Exemption]:
    """Yield the exceptions of a chapter's comments."""
    meant = [comment for comment in chapter.comments if MEANT_IN_PROSE.match(comment.text)]
    blocks = Blocks(chapter) if meant else None
    for comment in meant:
        found = IN_PROSE.fullmatch(comment.text)
        codes = split_codes(found["codes"]) if found else ()
        reason = found["reason"].strip() if found else ""
        first, last = blocks.after(comment) if blocks else (0, 0)
        place = chapter.source.place
        yield Exemption(
            "prose", chapter.source, *comment.span, place(first), place(last), codes, reason
        )


class Blocks:
    """Where the blocks of a chapter end, looked up in time that does not grow with it."""

    def __init__(self, chapter: Chapter) -> None:
        self.text = chapter.source.text
        self.place = chapter.source.place
        self.blank_lines = [match.start() for match in BLANK_LINE.finditer(self.text)]
        self.gaps = [match.span() for match in COMMENTS_AND_SPACE.finditer(self.text)]
        wholes = (
            *(directive.span for directive in chapter.directives),
            *(quote.span for quote in chapter.block_quotes),
            *(note.span for note in chapter.notes),
        )
        self.wholes = sorted((span.start, span.end) for span in wholes)

    def after(self, comment: Comment) -> tuple[int, int]:
        """Return the span of the next block: to a blank line, or to the end of what begins."""
        start = self.past_gap(comment.span.end)
        blank = bisect_left(self.blank_lines, start)
        end = self.blank_lines[blank] if blank < len(self.blank_lines) else len(self.text)
        line_start = start - self.place(start)[1] + 1
        begun = bisect_left(self.wholes, (line_start, 0))
        past = bisect_left(self.wholes, (start + 1, 0))
        return line_start, max([end, *(whole[1] for whole in self.wholes[begun:past])])

    def past_gap(self, at: int) -> int:
        """Return where the comments and the space end that a place lies in."""
        number = bisect_right(self.gaps, (at, len(self.text))) - 1
        begin, end = self.gaps[number] if number >= 0 else (at, at)
        return end if begin <= at <= end else at


def exemptions_of(project: Project) -> list[Exemption]:
    """Return every exception of the project."""
    found: list[Exemption] = []
    for record in project.records:
        if any(field.name.lower() == FIELD for field in record.entry.fields):
            found += in_entry(record)
            record.forget()
    for chapter in project.chapters:
        found += in_chapter(chapter)
    return found


def covers(exemption: Exemption, finding: Finding) -> bool:
    """Say whether a finding lies where an exception is for."""
    return exemption.first <= (finding.line, finding.column) <= exemption.last


def applied(
    project: Project, findings: Iterable[Finding], rules: Sequence[Rule]
) -> Iterator[Finding]:
    """Yield the findings that no exception covers, and those about the exceptions.

    Whether one is needed can be said only of rules that ran, and of codes that no rule has.
    """
    exemptions = exemptions_of(project)
    if not exemptions:
        yield from findings
        return
    by_code: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, exemption in enumerate(exemptions):
        for code in exemption.codes:
            by_code[exemption.source.shown, code].append(at)
    used: set[tuple[int, str]] = set()
    for finding in findings:
        places = by_code.get((finding.path, finding.code), ())
        is_bound = finding.code.startswith(NEVER_EXCUSED)
        covering = [at for at in places if not is_bound and covers(exemptions[at], finding)]
        used.update((at, finding.code) for at in covering)
        if not covering:
            yield finding
    yield from about_exemptions(project, exemptions, used, rules)


def about_exemptions(
    project: Project,
    exemptions: Sequence[Exemption],
    used: set[tuple[int, str]],
    rules: Sequence[Rule],
) -> Iterator[Finding]:
    """Yield the findings about exceptions themselves."""
    unused = [
        [code for code in exemption.codes if (at, code) not in used]
        for at, exemption in enumerate(exemptions)
    ]
    not_run = codes_not_run(rules) if any(unused) else frozenset()
    for exemption, codes in zip(exemptions, unused, strict=True):
        complete = exemption._replace(needless=tuple(c for c in codes if c not in not_run))
        for rule in rules:
            if rule.scope == SCOPES[exemption.kind]:
                for complaint in rule.check(complete, project):
                    yield located(complaint, exemption.source, *rule.naming)


def codes_not_run(rules: Iterable[Rule]) -> frozenset[str]:
    """Return the codes of the rules that are not among these, those of ``verify`` included."""
    from citelint.rules import ALL_RULES  # noqa: PLC0415 - the rules import this module
    from citelint.verify.catalogue import VERIFY_RULES  # noqa: PLC0415 - as above

    return frozenset(rule.code for rule in (*ALL_RULES, *VERIFY_RULES)) - {r.code for r in rules}
