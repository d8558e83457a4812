"""Habits that some houses have and others not; all are off by default, or on by a setting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.model import Entry
from citelint.bibtex.places import about_key, about_piece, about_value
from citelint.bibtex.vocabulary import PRINTED
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule
from citelint.rules.running import prose_at
from citelint.rules.sourcing import Sourced

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.myst.model import Chapter
    from citelint.project import Project
    from citelint.rules.base import Complaints

LONGEST_LINE = 100
LINE = re.compile(r"[^\r\n]++")
#: A space behind which the line could go on below: not those before and around a field's name.
BREAK = re.compile(r"^\s*\S+\s*=\s*\S+ |^\s*(?!\S+\s*=)\S+ \S")
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
HOME_PAGE = re.compile(r"https?://[^/\s?#]+/?$", re.IGNORECASE)
#: A capital inside a title in sentence case; after a colon or a dash one is usual.
BRACED = re.compile(r"\{[^{}]*\}")
CAPITAL_WORD = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
MOST_CAPITALS = 2
NUMBER = re.compile(r"[0-9]+")
BARE_FIELDS = ("year", "volume", "number")
#: A number, year or date: what a reader may want to see supported.
CLAIM = re.compile(r"\b(?:1[0-9]{3}|20[0-9]{2}|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+ per cent)\b|[0-9]%")
FEWEST_CITED = 3


@rule("BIB032", "key-follows-the-pattern", scope="entry")
def key_follows_the_pattern(record: Record, project: Project) -> Complaints:
    """A key follows the pattern that the settings name.

    Runs where ``key-pattern`` in ``[tool.citelint]`` is set, to a regular expression that
    whole keys must match, such as ``[a-z]+[0-9]{4}[a-z]?``.

    Why: Writers can guess a key that follows a pattern, and two do not enter one work twice.

    Bad:
        @book{KhrushchevBook, title = {Khrushchev}}

    Good:
        @book{taubman2003, title = {Khrushchev}}

    Cure: Rename the key, and its citations with it.
    """
    pattern = project.settings.key_pattern
    if pattern and not re.fullmatch(pattern, record.key):
        yield about_key(record, f"this key does not follow the pattern {pattern!r}; rename it")


@rule("BIB065", "text-is-ascii", scope="entry", severity=Severity.NOTE, default=False)
def text_is_ascii(record: Record, _project: Project) -> Complaints:
    """Printed fields hold ASCII characters alone, others being written as commands.

    Why: BibTeX itself, unlike pybtex and biber, sorts and cuts other characters wrongly.
        For projects that must also be read by it.

    Bad:
        author = {Dvořák, Jan},

    Good:
        author = {Dvo{\\v r}{\\'a}k, Jan},

    Cure: Write the command.
    """
    if record.source.text.isascii():
        return
    for name in record.values.keys() & PRINTED:
        value = record.values[name]
        found = BEYOND_ASCII.search(value.text)
        if found:
            message = f"{found.group()[:9]!r} is not ASCII; write it as a command"
            yield about_piece(record, value, *found.span(), message)


@rule("IDN027", "address-leads-to-a-page", scope="entry", default=False, fields=("url",))
def address_leads_to_a_page(record: Record, _project: Project) -> Complaints:
    """An address leads to a page, not to the front door of a site.

    Why: The reader has to search the site for what was seen there.

    Bad:
        url = {https://www.marxists.org/},

    Good:
        url = {https://www.marxists.org/archive/khrushchev/1956/02/24.htm},

    Cure: Give the page's own address.
    """
    value = record.values["url"]
    if HOME_PAGE.match(value.text):
        yield about_value(value, "this is a site's front page; give the page's own address")


@rule(
    "TTL010",
    "title-is-in-sentence-case",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=("title",),
)
def title_is_in_sentence_case(record: Record, _project: Project) -> Complaints:
    """A title has capitals as a sentence has them; names are in braces.

    Why: From sentence case a style can make headline case, not the other way round.

    Bad:
        title = {The Man Who Told the Truth about Stalin},

    Good:
        title = {The man who told the truth about {Stalin}},

    Cure: Lower the words that are no names, and put names into braces.
    """
    value = record.values["title"]
    bare = BRACED.sub(lambda found: "x" * len(found.group()), value.text)
    if len(CAPITAL_WORD.findall(bare)) > MOST_CAPITALS:
        yield about_value(value, "this title is in headline case; lower what is no name")


@rule("FMT015", "lines-are-short", scope="file", severity=Severity.NOTE, default=False)
def lines_are_short(bib_file: BibFile, _project: Project) -> Complaints:
    """No line of an entry has more than 100 characters, words that cannot be broken aside.

    Why: Changes in long lines cannot be seen in a comparison of two versions.

    Bad:
        annote = {A line that goes on and on …, far beyond what a screen shows},

    Good:
        annote = {A line that
                  ends in time},

    Cure: Break the line within the value; BibTeX folds the space.
    """
    text = bib_file.source.text
    for item in bib_file.items:
        if isinstance(item, Entry):
            for line in LINE.finditer(text, item.start, item.end):
                start = line.start() + LONGEST_LINE
                if start < line.end() and BREAK.search(line.group()[: 2 * LONGEST_LINE]):
                    yield Complaint(start, line.end(), "this line is long; break it")


@rule(
    "FMT016",
    "numbers-are-bare",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=BARE_FIELDS,
)
def numbers_are_bare(record: Record, _project: Project) -> Complaints:
    """A value that is a number alone stands without braces or quotation marks.

    Why: Shorter, and a slip such as a letter among the digits is seen at once.

    Bad:
        year = {1956},

    Good:
        year = 1956,

    Cure: `citelint fix` takes them off.
    """
    for name in BARE_FIELDS:
        value = record.values.get(name)
        if value is None or not NUMBER.fullmatch(value.text) or len(value.field.parts) != 1:
            continue
        part = value.field.parts[0]
        if part.kind in {"braces", "quotes"} and len(value.text) == part.end - part.start - 2:
            edit = Edit(part.start, part.end, value.text)
            yield about_value(value, "a number needs no braces; take them off", (edit,))


@rule("NOT016", "marks-do-not-touch", scope="chapter", default=False)
def marks_do_not_touch(chapter: Chapter, _project: Project) -> Complaints:
    """Two note marks do not stand side by side.

    Why: Raised numbers that touch read as one: 1 and 2 as 12.

    Bad:
        The hall was silent.[^one][^two]

    Good:
        The hall was silent.[^both]

    Cure: Make one note of the two.
    """
    ends = {mark.span.end for mark in chapter.note_marks}
    for mark in chapter.note_marks:
        if mark.span.start in ends:
            yield Complaint(
                *mark.span, "this mark touches the one before it; make one note of both"
            )


@rule("PRO012", "claim-has-a-source", scope="chapter", default=False)
def claim_has_a_source(chapter: Chapter, _project: Project) -> Complaints:
    """A paragraph that gives figures or years cites something.

    What a table gives may be sourced in the paragraph before or behind it, and what leads
    to a block quote in that.  Passed over are questions, summaries, and chapters with
    fewer than three citations and notes.

    Why: A figure without a source cannot be checked, and is the first that gets copied.

    Bad:
        In 1956 the party had 7,215,505 members and candidates.

    Good:
        In 1956 the party had 7,215,505 members and candidates.[^members]

    Cure: Cite the source, in the sentence or in a note.
    """
    places = [c.span.start for c in chapter.citations] + [m.span.start for m in chapter.note_marks]
    if len(places) < FEWEST_CITED:
        return
    sourced = Sourced(chapter, sorted(places))
    for number, paragraph in enumerate(sourced.paragraphs):
        claim = CLAIM.search(prose_at(chapter, paragraph.span))
        if claim and not (sourced.is_excused(paragraph) or sourced.has_source(number)):
            start = paragraph.span.start
            message = "this paragraph gives figures and cites nothing; say where they are from"
            yield Complaint(start + claim.start(), start + claim.end(), message)


RULES = (
    key_follows_the_pattern,
    text_is_ascii,
    address_leads_to_a_page,
    title_is_in_sentence_case,
    lines_are_short,
    numbers_are_bare,
    marks_do_not_touch,
    claim_has_a_source,
)
