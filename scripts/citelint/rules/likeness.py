"""What is nearly the same: works entered twice with a slip between them, journals' names."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_value, shortened
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.rules.duplicates import told_otherwise, twins_of, where
from citelint.rules.slips import plain, unbraced

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints


@rule("DUP005", "work-is-not-entered-with-a-slip", scope="file")
def work_is_not_entered_with_a_slip(bib_file: BibFile, project: Project) -> Complaints:
    """No two works of one author and year have titles that differ by a letter or two.

    Why: It is one work, entered twice with a slip of the pen, and listed twice.

    Bad:
        @book{one, author = {Taubman, William}, title = {Khrushchev: The Man and His Era}, …}
        @book{two, author = {Taubman, William}, title = {Krushchev: The Man and His Era}, …}

    Good:
        @book{one, author = {Taubman, William}, title = {Khrushchev: The Man and His Era}, …}

    Cure: Keep one and change the citations of the other; else correct what should differ.
    """
    known = project.once(told_otherwise)
    for one, other in project.once(twins_of).by_slip:
        if other.source is bib_file.source and id(other) not in known:
            message = f"nearly the title of {where(one)}; keep one entry, or tell them apart"
            yield Complaint(other.entry.key_start, other.entry.key_end, message)


#: What may differ between two ways to write one journal's name.
AND = re.compile(r"\\?&|\band\b|\bund\b")
NOT_LETTERS = re.compile(r"[\W_]+")


def journal_mark(name: str) -> str:
    """Return a journal's name without capitals, article, punctuation and the form of "and"."""
    bare = plain(AND.sub(" ", name.lower()))
    return NOT_LETTERS.sub(" ", bare).removeprefix("the ").strip()


def journal_names(project: Project) -> Counter[str]:
    """Return how often each name of a journal is written, without its braces."""
    names = (record.field_text("journal") for record in project.records)
    return Counter(unbraced(name) for name in names if name)


def journal_forms(project: Project) -> dict[str, str]:
    """Return the most frequent form of each journal's name that is written in several ways.

    Forms that are equally frequent are settled by the alphabet; a name's braces are no
    part of it.
    """
    counts: dict[str, dict[str, int]] = {}
    for name, count in project.once(journal_names).items():
        counts.setdefault(journal_mark(name), {})[name] = count
    best = {}
    for forms in counts.values():
        chosen = min(forms, key=lambda form: (-forms[form], form))
        best.update({form: chosen for form in forms if form != chosen})
    return best


@rule(
    "TTL009",
    "journal-is-named-alike",
    scope="entry",
    severity=Severity.NOTE,
    fields=("journal",),
)
def journal_is_named_alike(record: Record, project: Project) -> Complaints:
    """A journal's name is written in one way: capitals, article, "and" or &.

    Why: The bibliography prints them as if they were two journals.

    Bad:
        journal = {Past and present},
        journal = {Past \\& Present},

    Good:
        journal = {Past \\& Present},
        journal = {Past \\& Present},

    Cure: Take the form that the journal itself has on its title page.
    """
    value = record.values["journal"]
    name = unbraced(value.text)
    usual = project.once(journal_forms).get(name)
    if usual is not None:
        yield about_value(value, f"elsewhere this journal is {shortened(usual)}; write it alike")


RULES = (work_is_not_entered_with_a_slip, journal_is_named_alike)
