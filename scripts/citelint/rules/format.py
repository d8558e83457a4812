"""FMT: how a .bib file is written.  What is a matter of taste is off by default."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from citelint.bibtex.entries import MONTH_NAMES
from citelint.bibtex.model import Entry, Remark
from citelint.bibtex.places import about_value, is_literal, value_span
from citelint.bibtex.vocabulary import words
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints

LINE_END = re.compile(r"\r\n|\n|\r")
TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]++(?=\r?\n|\r|\Z)")
TAB = re.compile(r"\t+")
EQUALS = re.compile(r"[ \t]*=[ \t]*")
MONTHS = {name.lower(): name[:3].lower() for name in MONTH_NAMES}
MONTHS |= {name[:3].lower(): name[:3].lower() for name in MONTH_NAMES} | {"sept": "sep"}
NAMES_OF_ENDS = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}
#: Below this share of entries in order the file is sorted by something else.
SORTED_SHARE = 0.8
#: What comes first in an entry, where the order of fields is asked for.
FIELD_ORDER = words(
    "author editor translator title shorttitle subtitle booktitle journal series volume "
    "number edition publisher school institution address howpublished year month day "
    "pages doi isbn issn url urldate langid keywords note"
)
RANK = {name: place for place, name in enumerate(FIELD_ORDER)}


def entries_of(bib_file: BibFile) -> list[Entry]:
    """Return a file's entries."""
    return [item for item in bib_file.items if isinstance(item, Entry)]


def sort_key(entry: Entry) -> str:
    """Return what entries are sorted by."""
    return entry.key.lower()


def blocks_of(bib_file: BibFile) -> list[tuple[int, int, Entry]]:
    """Return the span of each entry with the text before it that belongs to it.

    That is the comment right above it, without a blank line between.
    """
    text = bib_file.source.text
    blocks = []
    for before, item in pairwise((None, *bib_file.items)):
        if isinstance(item, Entry):
            start = item.start
            if isinstance(before, Remark) and not before.is_command:
                start = start_of_comment(text, before, item)
            blocks.append((start, item.end, item))
    return blocks


def start_of_comment(text: str, before: Remark, entry: Entry) -> int:
    """Return where the lines right above an entry begin that hold text of their own."""
    remark = text[before.start : entry.start]
    lines = remark.split("\n")
    kept = 0
    for line in reversed(lines[:-1]):
        if not line.strip():
            break
        kept += len(line) + 1
    at_line_start = before.start == 0 or "\n" in remark[: len(remark) - kept - len(lines[-1])]
    return entry.start - kept - len(lines[-1]) if kept and at_line_start else entry.start


def can_be_sorted(bib_file: BibFile) -> bool:
    """Say whether order matters to nothing in the file: no faults, and strings on top."""
    entries = entries_of(bib_file)
    if bib_file.faults or not entries:
        return False
    first = entries[0].start
    others = (item for item in bib_file.items if not isinstance(item, Entry | Remark))
    commands = (item for item in bib_file.items if isinstance(item, Remark) and item.is_command)
    return all(item.start < first for item in (*others, *commands))


def sorting_edits(bib_file: BibFile) -> tuple[Edit, ...]:
    """Return edits that put whole entries into order and leave the text between in its place."""
    if not can_be_sorted(bib_file):
        return ()
    text = bib_file.source.text
    blocks = blocks_of(bib_file)
    ordered = sorted(blocks, key=lambda block: sort_key(block[2]))
    return tuple(
        Edit(start, end, text[other[0] : other[1]])
        for (start, end, entry), other in zip(blocks, ordered, strict=True)
        if other[2] is not entry
    )


@rule("FMT001", "entries-are-sorted", scope="file", severity=Severity.NOTE, default=False)
def entries_are_sorted(bib_file: BibFile, _project: Project) -> Complaints:
    """Entries stand in the order of their keys, in a file where most do.

    Why: Two people who add entries change different places, and nobody enters a work twice.

    Bad:
        @book{taubman2003, title = {Khrushchev}}
        @book{medvedev1971, title = {Let History Judge}}

    Good:
        @book{medvedev1971, title = {Let History Judge}}
        @book{taubman2003, title = {Khrushchev}}

    Cure: `citelint fix` moves whole entries with the comments right above them.
    """
    entries = entries_of(bib_file)
    pairs = list(pairwise(entries))
    wrong = [other for one, other in pairs if sort_key(other) < sort_key(one)]
    if len(entries) > 3 and len(wrong) > (1 - SORTED_SHARE) * len(pairs):  # noqa: PLR2004
        return
    edits = sorting_edits(bib_file) if wrong else ()
    for entry in wrong:
        message = f"{entry.key!r} comes before the entry above it; sort the file"
        yield Complaint(entry.key_start, entry.key_end, message, edits)
        edits = ()


@rule("FMT002", "lines-end-alike", scope="file")
def lines_end_alike(bib_file: BibFile, _project: Project) -> Complaints:
    """All lines of a file end in the same way.

    Why: Tools that compare versions show every line as changed.

    Bad:
        @book{one,␍␊
          title = {One}␊
        }␊

    Good:
        @book{one,␊
          title = {One}␊
        }␊

    Cure: Use LF throughout; `citelint fix` takes the ending that most lines have.
    """
    text = bib_file.source.text
    if "\r" not in text:
        return
    found = list(LINE_END.finditer(text))
    counts = {end: sum(each.group() == end for each in found) for end in NAMES_OF_ENDS}
    usual = max(counts, key=lambda end: counts[end])
    odd = [each for each in found if each.group() != usual]
    if odd:
        edits = tuple(Edit(each.start(), each.end(), usual) for each in odd)
        names = f"{NAMES_OF_ENDS[odd[0].group()]}, most with {NAMES_OF_ENDS[usual]}"
        message = f"{len(odd)} lines end otherwise than most (here with {names}); make them alike"
        yield Complaint(odd[0].start(), odd[0].end(), message, edits)


@rule("FMT003", "file-ends-with-a-line-end", scope="file", severity=Severity.NOTE)
def file_ends_with_a_line_end(bib_file: BibFile, _project: Project) -> Complaints:
    """The last line has a line end.

    Why: Files that are joined run into each other, and the next change shows two lines.

    Bad:
        @book{one, title = {One}}(end of the file)

    Good:
        @book{one, title = {One}}␊

    Cure: `citelint fix` adds it.
    """
    text = bib_file.source.text
    if text and text[-1] not in "\r\n":
        end = len(text)
        newline = "\r\n" if "\r\n" in text else "\n"
        edits = (Edit(end, end, newline),)
        yield Complaint(end - 1, end, "the last line has no line end; add it", edits)


@rule("FMT004", "file-has-no-tabs", scope="file", severity=Severity.NOTE, default=False)
def file_has_no_tabs(bib_file: BibFile, _project: Project) -> Complaints:
    """White space is spaces.

    Why: A tab is as wide as each editor likes, and columns fall apart.

    Bad:
        @book{one,
        →title = {One},
        }

    Good:
        @book{one,
          title = {One},
        }

    Cure: `citelint fix` writes two spaces at the start of a line and one elsewhere.
    """
    text = bib_file.source.text
    for found in TAB.finditer(text):
        at_start = found.start() == 0 or text[found.start() - 1] in "\r\n"
        spaces = "  " * len(found.group()) if at_start else " "
        edits = (Edit(found.start(), found.end(), spaces),)
        yield Complaint(found.start(), found.end(), "a tab stands here; write spaces", edits)


@rule(
    "FMT005", "equals-sign-has-single-spaces", scope="entry", severity=Severity.NOTE, default=False
)
def equals_sign_has_single_spaces(record: Record, _project: Project) -> Complaints:
    """One space stands on each side of an equals sign.

    Why: One way of writing makes differences between versions small.

    Bad:
        title={One},

    Good:
        title = {One},

    Cure: `citelint fix` does it.
    """
    text = record.source.text
    for field in record.entry.fields:
        between = text[field.name_end : field.parts[0].start]
        if between != " = " and EQUALS.fullmatch(between):
            start, end = field.name_end, field.parts[0].start
            edits = (Edit(start, end, " = "),)
            yield Complaint(start, end, "write one space on each side of =", edits)


def line_indent(text: str, start: int) -> str | None:
    """Return the white space before an offset if the line begins with it."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    indent = text[line:start]
    return indent if not indent.strip() else None


@rule("FMT006", "fields-are-indented-alike", scope="file", severity=Severity.NOTE, default=False)
def fields_are_indented_alike(bib_file: BibFile, _project: Project) -> Complaints:
    """All fields that begin a line are indented alike.

    Why: One way of writing makes differences between versions small.

    Bad:
        @book{one,
          title = {One},
              year = {1956},
        }

    Good:
        @book{one,
          title = {One},
          year = {1956},
        }

    Cure: `citelint fix` takes the indentation that most fields have.
    """
    text = bib_file.source.text
    indents: list[tuple[int, str]] = []
    for entry in entries_of(bib_file):
        for field in entry.fields:
            indent = line_indent(text, field.start)
            if indent is not None:
                indents.append((field.start, indent))
    counts: dict[str, int] = {}
    for _, indent in indents:
        counts[indent] = counts.get(indent, 0) + 1
    usual = max(counts, key=lambda indent: counts[indent], default="")
    for start, indent in indents:
        if indent != usual:
            edits = (Edit(start - len(indent), start, usual),)
            message = f"most fields are indented by {len(usual)}; indent this one so"
            yield Complaint(start - len(indent), start, message, edits)


@rule("FMT007", "fields-are-in-order", scope="entry", severity=Severity.NOTE, default=False)
def fields_are_in_order(record: Record, _project: Project) -> Complaints:
    """Fields stand in the usual order: people, title, where it came out, when, identifiers.

    Why: A reader of the file finds each at the same place.

    Bad:
        @book{one,
          year = {1956},
          title = {One},
        }

    Good:
        @book{one,
          title = {One},
          year = {1956},
        }

    Cure: Move the field.
    """
    known = [field for field in record.entry.fields if field.name.lower() in RANK]
    for one, other in pairwise(known):
        if RANK[other.name.lower()] < RANK[one.name.lower()]:
            message = f"{other.name} usually stands before {one.name}; move it"
            yield Complaint(other.start, other.name_end, message)
            return


@rule("FMT008", "last-field-has-a-comma", scope="entry", severity=Severity.NOTE, default=False)
def last_field_has_a_comma(record: Record, _project: Project) -> Complaints:
    """A comma stands behind the last field.

    Why: A field that is added later changes one line instead of two.

    Bad:
        @book{one,
          title = {One}
        }

    Good:
        @book{one,
          title = {One},
        }

    Cure: `citelint fix` adds it.
    """
    entry = record.entry
    if entry.fields and entry.is_closed:
        end = entry.fields[-1].end
        if "," not in record.source.text[end : entry.end]:
            message = "no comma stands behind the last field; add it"
            yield Complaint(end, end, message, (Edit(end, end, ","),))


@rule(
    "FMT009",
    "month-is-an-abbreviation",
    scope="entry",
    severity=Severity.NOTE,
    default=False,
    fields=("month",),
)
def month_is_an_abbreviation(record: Record, _project: Project) -> Complaints:
    """A month is written jan, feb, … dec, without braces.

    Why: Every style then prints it in its own way and language.

    Bad:
        month = {February},

    Good:
        month = feb,

    Cure: `citelint fix` does it.
    """
    value = record.values["month"]
    short = MONTHS.get(value.text.lower().rstrip("."))
    if short and is_literal(value):
        edits = (Edit(*value_span(value), short),)
        yield about_value(value, f"write {short} without braces for the month", edits)


@rule("FMT010", "values-are-in-braces", scope="entry", severity=Severity.NOTE, default=False)
def values_are_in_braces(record: Record, _project: Project) -> Complaints:
    """Texts are in braces, not in quotation marks.

    Why: One way of writing; and in braces a quotation mark can stand.

    Bad:
        title = "One",

    Good:
        title = {One},

    Cure: `citelint fix` does it.
    """
    for value in record.values.values():
        if is_literal(value) and value.field.parts[0].kind == "quotes":
            start, end = value_span(value)
            edits = (Edit(start, start + 1, "{"), Edit(end - 1, end, "}"))
            yield about_value(value, "write braces for the quotation marks", edits)


@rule("FMT011", "names-are-in-small-letters", scope="entry", severity=Severity.NOTE, default=False)
def names_are_in_small_letters(record: Record, _project: Project) -> Complaints:
    """Types and fields are written in small letters.

    Why: One way of writing: a search for "title =" finds them all.

    Bad:
        @Book{one,
          Title = {One},
        }

    Good:
        @book{one,
          title = {One},
        }

    Cure: `citelint fix` does it.
    """
    entry = record.entry
    if entry.kind != record.kind:
        start = entry.kind_end - len(entry.kind)
        edits = (Edit(start, entry.kind_end, record.kind),)
        yield Complaint(start, entry.kind_end, f"write {record.kind}", edits)
    for field in entry.fields:
        small = field.name.lower()
        if small != field.name:
            edits = (Edit(field.start, field.name_end, small),)
            yield Complaint(field.start, field.name_end, f"write {small}", edits)


@rule("FMT012", "lines-have-no-trailing-space", scope="file", severity=Severity.NOTE, default=False)
def lines_have_no_trailing_space(bib_file: BibFile, _project: Project) -> Complaints:
    """No line ends with white space.

    Why: Nobody sees it, and differences between versions are full of it.

    Bad:
        title = {One},··

    Good:
        title = {One},

    Cure: `citelint fix` takes it out.
    """
    for found in TRAILING_SPACE.finditer(bib_file.source.text):
        edits = (Edit(found.start(), found.end(), ""),)
        message = "white space stands at the end of the line; take it out"
        yield Complaint(found.start(), found.end(), message, edits)


@rule("FMT013", "values-have-single-spaces", scope="entry", severity=Severity.NOTE, default=False)
def values_have_single_spaces(record: Record, _project: Project) -> Complaints:
    """No two spaces stand side by side within a line of a value.

    Why: BibTeX folds them; a search for the words as printed does not find them.

    Bad:
        title = {Khrushchev:  The Man},

    Good:
        title = {Khrushchev: The Man},

    Cure: `citelint fix` takes one out.
    """
    text = record.source.text
    for start, end in doubled_spaces(text, [value_span(v) for v in record.values.values()]):
        edits = (Edit(start, end, " "),)
        yield Complaint(start, end, "more than one space stands here; write one", edits)


DOUBLED = re.compile(r"(?<=[^\s{\"]) {2,}(?=[^\s}\"])")


def doubled_spaces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of doubled spaces within values."""
    for start, end in spans:
        for found in DOUBLED.finditer(text, start, end):
            yield found.span()


@rule("FMT014", "entry-begins-a-line", scope="file", severity=Severity.NOTE, default=False)
def entry_begins_a_line(bib_file: BibFile, _project: Project) -> Complaints:
    """Every entry begins at the start of a line.

    Why: After a slip tools find the next entry by that: one in the middle is lost with it.

    Bad:
        @book{one, title = {One}} @book{two, title = {Two}}

    Good:
        @book{one, title = {One}}
        @book{two, title = {Two}}

    Cure: Begin a new line.
    """
    text = bib_file.source.text
    for entry in entries_of(bib_file):
        if entry.start and text[entry.start - 1] not in "\r\n":
            message = "this entry does not begin a line; put it on a line of its own"
            yield Complaint(entry.start, entry.kind_end, message)


RULES = (
    entries_are_sorted,
    lines_end_alike,
    file_ends_with_a_line_end,
    file_has_no_tabs,
    equals_sign_has_single_spaces,
    fields_are_indented_alike,
    fields_are_in_order,
    last_field_has_a_comma,
    month_is_an_abbreviation,
    values_are_in_braces,
    names_are_in_small_letters,
    lines_have_no_trailing_space,
    values_have_single_spaces,
    entry_begins_a_line,
)
