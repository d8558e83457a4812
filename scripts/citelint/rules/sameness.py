"""What cannot be told apart in print: short notes, abstracts, journals under two names."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from citelint.bibtex.names import parse_name, split_names
from citelint.bibtex.places import about_value, shortened
from citelint.bibtex.vocabulary import NO_WORKS, words
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.rules.duplicates import Firsts, in_file, told_otherwise, where
from citelint.rules.likeness import journal_names
from citelint.rules.slips import plain, unbraced

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: So much of an abstract is compared, and so much makes one.
COMPARED, SHORTEST_ABSTRACT = 200, 100
NAMES = frozenset({"author", "editor", "title", "shorttitle"})


def alike_in_abstract(project: Project) -> list[tuple[Record, Record]]:
    """Return the pairs of entries whose abstracts begin with the same words."""
    firsts = Firsts()
    for record in project.records:
        abstract = plain(record.field_text("abstract")[: 2 * COMPARED])[:COMPARED]
        firsts.note(abstract if len(abstract) >= SHORTEST_ABSTRACT else None, record)
    return firsts.twins


@rule("DUP006", "abstract-is-of-one-work", scope="file", default=False)
def abstract_is_of_one_work(bib_file: BibFile, project: Project) -> Complaints:
    """No two entries have the same abstract.

    Why: It is one work, such as a paper and its preprint, or one abstract was pasted into
        the wrong entry.

    Bad:
        @article{paper, title = {On the Leak}, abstract = {How the speech reached the West …}}
        @misc{preprint, title = {The Leak}, abstract = {How the speech reached the West …}}

    Good:
        @article{paper, title = {On the Leak}, abstract = {How the speech reached the West …}}

    Cure: Keep one entry, name the other in the field related, or correct the abstract.
    """
    known = project.once(told_otherwise)
    for one, other in in_file(project.once(alike_in_abstract), bib_file):
        is_told = id(other) in known or one.field_text("related") or other.field_text("related")
        if not is_told:
            message = f"the abstract is that of {where(one)}; keep one entry or correct it"
            yield Complaint(other.entry.key_start, other.entry.key_end, message)


def short_note(record: Record) -> Hashable:
    """Return what a short note prints of an entry: family names and short title."""
    fields = record.glance(NAMES)
    people = split_names(fields.get("author", "") or fields.get("editor", ""))
    families = tuple(plain(" ".join(parse_name(each.text).last)) for each in people)
    title = plain(fields.get("shorttitle") or fields.get("title", "").split(":", 1)[0])
    return (families, title) if title and record.kind not in NO_WORKS else None


def alike_in_notes(project: Project) -> list[tuple[Record, Record]]:
    """Return the pairs of entries of which short notes print the same."""
    firsts = Firsts()
    for record in project.records:
        firsts.note(short_note(record), record)
    return firsts.twins


@rule("DUP007", "notes-tell-works-apart", scope="file", default=False)
def notes_tell_works_apart(bib_file: BibFile, project: Project) -> Complaints:
    """No two works have the same names and the same short title.

    The short title is ``shorttitle``, else the title up to its colon.

    Why: A later note gives no more than these, and the reader cannot know which of the two
        works it means.

    Bad:
        @book{speeches1, author = {Khrushchev, N. S.}, title = {Speeches: 1955}}
        @book{speeches2, author = {Khrushchev, N. S.}, title = {Speeches: 1956}}

    Good:
        @book{speeches1, …, title = {Speeches: 1955}, shorttitle = {Speeches, 1955}}
        @book{speeches2, …, title = {Speeches: 1956}, shorttitle = {Speeches, 1956}}

    Cure: Give both a ``shorttitle`` by which a reader can tell them apart.
    """
    known = project.once(told_otherwise)
    for one, other in in_file(project.once(alike_in_notes), bib_file):
        if id(other) not in known:
            message = f"in short notes this reads like {where(one)}; give both a shorttitle"
            yield Complaint(other.entry.key_start, other.entry.key_end, message)


#: Words that abbreviated names of journals leave out.
SMALL_WORDS = frozenset(
    words(
        "a an the of and for in on to at by der die das und für fur de du des la le les et del "
        "della di e y i w z en van het o"
    )
)
WORD = re.compile(r"[^\W_]+\.?")
#: So many names that may be one are compared with each other.
MOST_COMPARED = 50
#: So many letters an abbreviation without a full stop leaves out.
LEAST_CUT = 2


class JournalName(NamedTuple):
    """A journal's name, its words without the small ones, and how often it is written so."""

    name: str
    words: tuple[str, ...]
    uses: int


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a journal's name that an abbreviation keeps, full stops included."""
    found = WORD.findall(name.lower().replace("\\&", " ").replace("&", " "))
    return tuple(word for word in found if word.rstrip(".") not in SMALL_WORDS)


def abbreviates(word: str, whole: str) -> bool:
    """Say whether a word is another, or cut short for it."""
    stem, whole = word.rstrip("."), whole.rstrip(".")
    is_cut = whole.startswith(stem) and (word.endswith(".") or len(whole) - len(stem) >= LEAST_CUT)
    return stem == whole or is_cut


def is_short_for(one: JournalName, other: JournalName) -> bool:
    """Say whether a name is another's abbreviation: word by word, in two words or with a stop."""
    if len(one.words) != len(other.words) or one.words == other.words:
        return False
    pairs = list(zip(one.words, other.words, strict=True))
    cut = sum(short.rstrip(".") != whole.rstrip(".") for short, whole in pairs)
    has_stop = any(word.endswith(".") for word in one.words)
    return (cut > 1 or (cut == 1 and has_stop)) and all(abbreviates(*pair) for pair in pairs)


def written_both_ways(names: list[JournalName]) -> Iterator[tuple[JournalName, JournalName]]:
    """Yield each name with one that is its abbreviation, or of which it is one."""
    for one in names:
        for other in names:
            if is_short_for(one, other):
                yield one, other


def other_forms(project: Project) -> dict[str, str]:
    """Return the rarer of a journal's abbreviated and full name, with the more frequent."""
    alike: dict[tuple[str, ...], list[JournalName]] = {}
    for name, count in project.once(journal_names).items():
        kept = words_of(name)
        initials = tuple(word[0] for word in kept)
        if len(kept) > 1 and len(alike.setdefault(initials, [])) < MOST_COMPARED:
            alike[initials].append(JournalName(name, kept, count))
    rarer = Counter[str]()
    forms: dict[str, str] = {}
    for names in alike.values():
        for short, whole in written_both_ways(names):
            rare, usual = (whole, short) if short.uses > whole.uses else (short, whole)
            if usual.uses >= rarer[rare.name]:
                rarer[rare.name] = usual.uses
                forms[rare.name] = usual.name
    return forms


@rule(
    "TTL011",
    "journal-is-abbreviated-throughout",
    scope="entry",
    severity=Severity.NOTE,
    fields=("journal",),
)
def journal_is_abbreviated_throughout(record: Record, project: Project) -> Complaints:
    """A journal's name is written in full throughout, or abbreviated throughout.

    Why: The bibliography prints it as if it were two journals, and a reader who sorts or
        searches by it finds half.

    Bad:
        journal = {J. Cold War Stud.},
        journal = {Journal of Cold War Studies},

    Good:
        journal = {Journal of Cold War Studies},
        journal = {Journal of Cold War Studies},

    Cure: Write it in full; who abbreviates can always abbreviate later.
    """
    value = record.values["journal"]
    usual = project.once(other_forms).get(unbraced(value.text))
    if usual is not None:
        yield about_value(value, f"elsewhere this journal is {shortened(usual)}; write it alike")


RULES = (abstract_is_of_one_work, notes_tell_works_apart, journal_is_abbreviated_throughout)
