"""FMT: how a whole file is written.  What is a matter of taste is off by default."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from citelint.bibtex.model import Entry, Remark
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints
    from citelint.text import SourceText

LINE_END = re.compile(r"\r\n|\n|\r")
TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]++(?=\r?\n|\r|\Z)")
TAB = re.compile(r"\t+")
NAMES_OF_ENDS = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}
#: Below this share of entries in order the file is sorted by something else.
SORTED_SHARE = 0.8


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


def line_indent(source: SourceText, start: int) -> str | None:
    """Return the white space before an offset if the line begins with it."""
    line, end = start - source.place(start)[1] + 1, start
    # Back over the white space alone: a line may be a megabyte long and have fields all along.
    while end > line and source.text[end - 1].isspace():
        end -= 1
    return source.text[line:start] if end == line else None


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
    indents: list[tuple[int, str]] = []
    for entry in entries_of(bib_file):
        for field in entry.fields:
            indent = line_indent(bib_file.source, field.start)
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
    fields_are_indented_alike,
    lines_have_no_trailing_space,
    entry_begins_a_line,
)
