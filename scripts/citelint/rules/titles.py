"""TTL: titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_key, about_piece, about_text
from citelint.bibtex.vocabulary import NO_WORKS
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

TITLES = ("title", "booktitle")
FULL_STOP = re.compile(r"(?<!\.)\.\}*$")
#: Words that end with a full stop of their own: "Vol.", "Inc.", "U.S.", "etc.", "Jr."
ABBREVIATED = re.compile(
    r"(?:\b[A-Za-z]\.?|\b[A-Z][a-z]{0,2}|\b[A-Z]{2,4}|\b(?:etc|vol|vols|inc|ltd|corp|ed|eds|rev|no"
    r"|trans|govt|dept|bros|mass|conn|univ|proc|conf|int|symp|sci|soc|phys|chem|math|lett|assoc"
    r"|acad|natl|am|eng|technol|syst|comput|abt|hrsg|al|esq|mss|cal|ser))\.\}*$",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"[^\W\d_]{3,}")
MARKS = '"“”„«»'
OPENING, CLOSING = '"“„«”', '"”“»'
ADDRESS = re.compile(r"https?://\S+")
#: A capital inside a title that a style in sentence case would lower.
CAPITAL_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w-]*|(?<=\s)[A-Z]{2,}\b")
BRACED = re.compile(r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}")
FEWEST_WORDS = 3
SPACE_BEFORE = re.compile(r"(?<=\w) +,(?= )")


@rule(
    "TTL001", "work-has-a-title", scope="entry", concerns=lambda _kind, names: "title" not in names
)
def work_has_a_title(record: Record, _project: Project) -> Complaints:
    """Every work has a title.

    Why: A reader cannot look for a work without one.  Describe a work that has none in
        square brackets: [Letter to the Presidium].

    Bad:
        @book{taubman2003,
          author = {Taubman, William},
        }

    Good:
        @book{taubman2003,
          author = {Taubman, William},
          title = {Khrushchev: The Man and His Era},
        }

    Cure: Add the field title.
    """
    values = record.values
    if "title" in values or record.kind in NO_WORKS or not record.entry.is_closed:
        return
    others = {"crossref", "xdata", "maintitle", "booktitle", "titleaddon", "entryset", "ids"}
    if values and not others & values.keys() and record.kind not in {"periodical", "inbook"}:
        yield about_key(record, "the entry has no title; add one")


@rule("TTL002", "title-has-no-full-stop", scope="entry", fields=("title",))
def title_has_no_full_stop(record: Record, _project: Project) -> Complaints:
    """A title does not end with a full stop.

    Why: Styles add one: the reader sees two, or one before a comma.

    Bad:
        title = {Khrushchev: The Man and His Era.},

    Good:
        title = {Khrushchev: The Man and His Era},

    Cure: Take it out; `citelint fix` does it.
    """
    value = record.values["title"]
    found = FULL_STOP.search(value.text)
    if found and " " in value.text and not ABBREVIATED.search(value.text):
        message = "styles add the full stop; take it out"
        yield about_piece(record, value, found.start(), found.start() + 1, message, "")


@rule("TTL003", "title-is-not-in-capitals", scope="entry", fields=TITLES)
def title_is_not_in_capitals(record: Record, _project: Project) -> Complaints:
    """A title is not written in capitals throughout.

    Why: It comes from a catalogue or a title page, and shouts in a list of others.

    Bad:
        title = {KHRUSHCHEV: THE MAN AND HIS ERA},

    Good:
        title = {Khrushchev: The Man and His Era},

    Cure: Write it as the work is cited elsewhere.
    """
    for name in TITLES:
        value = record.values.get(name)
        if value and is_in_capitals(value.text):
            message = "this title is in capitals; write it as it is cited elsewhere"
            yield about_text(record, value, message)


def is_in_capitals(text: str) -> bool:
    """Say whether a title of several words has no small letter."""
    if text != text.upper() or "\\" in text:
        return False
    return len(CAPITALS.findall(text)) >= FEWEST_WORDS


@rule("TTL004", "title-has-no-marks-around-it", scope="entry", fields=("title",))
def title_has_no_marks_around_it(record: Record, _project: Project) -> Complaints:
    """A title does not stand in quotation marks as a whole.

    Why: Styles set the marks: the reader sees two pairs, or marks around a book's title.

    Bad:
        title = {“How Khrushchev Leaked His Secret Speech”},

    Good:
        title = {How Khrushchev Leaked His Secret Speech},

    Cure: Take them out.
    """
    value = record.values["title"]
    if is_marked(value.text.strip("{}")):
        yield about_text(record, value, "styles set the marks; take them out")


def is_marked(text: str) -> bool:
    """Say whether one pair of double marks encloses a text.

    Single marks are left alone: titles that are a quotation have them.
    """
    text = text.replace("``", "“").replace("''", "”")
    if len(text) <= len("“”") or text[0] not in OPENING or text[-1] not in CLOSING:
        return False
    return not any(mark in text[1:-1] for mark in MARKS)


@rule(
    "TTL005",
    "title-is-not-in-double-braces",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=TITLES,
)
def title_is_not_in_double_braces(record: Record, _project: Project) -> Complaints:
    """A title is not in a second pair of braces as a whole.

    Why: It takes from every style the choice of capitals.

    Bad:
        title = {{Khrushchev: The Man and His Era}},

    Good:
        title = {{Khrushchev}: The Man and His Era},

    Cure: Brace names alone.
    """
    for name in TITLES:
        value = record.values.get(name)
        if value and BRACED.fullmatch(value.text):
            yield about_text(record, value, "the whole title is in braces; brace names alone")


@rule(
    "TTL006",
    "capitals-are-protected",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=("title",),
)
def capitals_are_protected(record: Record, _project: Project) -> Complaints:
    """Names within a title are in braces.

    Why: Styles in sentence case make small letters of all others: "letters from leningrad".

    Bad:
        title = {Letters from Leningrad},

    Good:
        title = {Letters from {Leningrad}},

    Cure: Put braces around names and acronyms.
    """
    value = record.values["title"]
    bare = BRACED.sub(lambda found: "x" * len(found.group()), value.text)
    for found in CAPITAL_INSIDE.finditer(bare):
        message = f"{found.group()} may lose its capital; put it into braces"
        yield about_piece(record, value, *found.span(), message)


@rule("TTL007", "title-has-no-address", scope="entry", fields=("title",), mark="://")
def title_has_no_address(record: Record, _project: Project) -> Complaints:
    """A title holds no web address.

    Why: It is no link there, and no part of the title.

    Bad:
        title = {Speech to the Congress, https://example.org/speech},

    Good:
        title = {Speech to the Congress},
        url = {https://example.org/speech},

    Cure: Move it to the field url.
    """
    value = record.values["title"]
    found = ADDRESS.search(value.text)
    if found:
        message = "an address in the title is no link; move it to the field url"
        yield about_piece(record, value, *found.span(), message)


@rule("TTL008", "no-space-before-a-comma", scope="entry", fields=TITLES, mark=" ,")
def no_space_before_a_comma(record: Record, _project: Project) -> Complaints:
    """No space stands before a comma.

    Why: It is printed, and a line can begin with the comma.

    Bad:
        title = {Stalin , Khrushchev and the Congress},

    Good:
        title = {Stalin, Khrushchev and the Congress},

    Cure: Take it out; `citelint fix` does it.
    """
    for name in TITLES:
        value = record.values.get(name)
        for found in SPACE_BEFORE.finditer(value.text) if value else ():
            if value:
                mark = found.group().strip()
                message = f"a space stands before this {mark!r}; take it out"
                yield about_piece(record, value, *found.span(), message, mark)


RULES = (
    work_has_a_title,
    title_has_no_full_stop,
    title_is_not_in_capitals,
    title_has_no_marks_around_it,
    title_is_not_in_double_braces,
    capitals_are_protected,
    title_has_no_address,
    no_space_before_a_comma,
)
