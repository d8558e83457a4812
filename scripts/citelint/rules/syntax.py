"""BIB001–BIB013: what makes a .bib file unreadable, and its strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex import scanner
from citelint.bibtex.entries import MONTH_NAMES, strings_of
from citelint.bibtex.model import Entry, Preamble, Remark, StringDefinition
from citelint.bibtex.places import shortened, value_span
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile, Part
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: A line within a value that looks like a field.
SWALLOWED = re.compile(r"[\r\n][ \t]*([A-Za-z]+)[ \t]*=[ \t]*[{\"]")
#: Fields that may hold anything, code too.
LONG_TEXTS = frozenset({"abstract", "annotation", "annote", "comment"})


def faults_of(bib_file: BibFile, code: str) -> Complaints:
    """Yield what the scanner said under a code."""
    for fault in bib_file.faults:
        if fault.code == code:
            yield Complaint(fault.start, fault.end, fault.message)


@rule("BIB001", "entries-can-be-read", scope="file", severity=Severity.ERROR)
def entries_can_be_read(bib_file: BibFile, _project: Project) -> Complaints:
    """Every entry follows BibTeX's grammar.

    Why: sphinxcontrib-bibtex stops the whole build with a traceback at the first entry it
        cannot read, and names no file.

    Bad:
        @book{taubman2003,
          title = ,
        }

    Good:
        @book{taubman2003,
          title = {Khrushchev: The Man and His Era},
        }

    Cure: Write each field as name = {text}, with a comma behind it.
    """
    yield from faults_of(bib_file, scanner.UNREADABLE)


@rule("BIB002", "delimiters-are-closed", scope="file", severity=Severity.ERROR)
def delimiters_are_closed(bib_file: BibFile, _project: Project) -> Complaints:
    """Every brace, parenthesis and quotation mark that opens a value or an entry is closed.

    Why: Everything up to the next closing mark, often whole entries, becomes part of one
        value, or the build stops.

    Bad:
        @book{taubman2003,
          title = {Khrushchev: The Man and His Era,
          year = {2003},
        }

    Good:
        @book{taubman2003,
          title = {Khrushchev: The Man and His Era},
          year = {2003},
        }

    Cure: Add the missing mark where the value or the entry ends.
    """
    yield from faults_of(bib_file, scanner.UNCLOSED)


@rule("BIB003", "commas-separate-fields", scope="file", severity=Severity.ERROR)
def commas_separate_fields(bib_file: BibFile, _project: Project) -> Complaints:
    """A comma stands between any two fields.

    Why: The build stops where it is missing.

    Bad:
        @book{taubman2003,
          author = {Taubman, William}
          year = {2003},
        }

    Good:
        @book{taubman2003,
          author = {Taubman, William},
          year = {2003},
        }

    Cure: Add the comma; `citelint fix` does it.
    """
    for complaint in faults_of(bib_file, scanner.NO_COMMA):
        edit = Edit(complaint.start, complaint.start, ",")
        yield complaint._replace(edits=(edit,))


@rule("BIB004", "entry-has-a-key", scope="file", severity=Severity.ERROR)
def entry_has_a_key(bib_file: BibFile, _project: Project) -> Complaints:
    """Every entry has a key.

    Why: Without a key nothing can cite the entry, and the build stops.

    Bad:
        @book{,
          title = {Khrushchev: The Man and His Era},
        }

    Good:
        @book{taubman2003,
          title = {Khrushchev: The Man and His Era},
        }

    Cure: Give it a key that no other entry has.
    """
    yield from faults_of(bib_file, scanner.NO_KEY)


@rule("BIB005", "at-sign-starts-an-entry", scope="file", severity=Severity.ERROR)
def at_sign_starts_an_entry(bib_file: BibFile, _project: Project) -> Complaints:
    """Outside entries an @ stands only where an entry starts.

    Why: BibTeX has no comment sign: an e-mail address between entries is read as the start
        of one, and the build stops.

    Bad:
        % Questions to someone@example.org

    Good:
        % Questions to someone at example.org

    Cure: Take the sign out, also from lines that start with %.
    """
    yield from faults_of(bib_file, scanner.STRAY_SIGN)


@rule("BIB006", "value-ends-before-the-next-field", scope="entry", mark="=")
def value_ends_before_the_next_field(record: Record, _project: Project) -> Complaints:
    """A value holds no line that is a field of its own.

    Why: Where a closing brace is missing, the next fields become part of the value: they
        are lost, and the fault shows much further below.

    Bad:
        @book{one,
          title = {One {two},
          year = {1956},
        }}

    Good:
        @book{one,
          title = {One {two}},
          year = {1956},
        }

    Cure: Close the value where it ends.
    """
    text = record.source.text
    for name, value in record.values.items():
        if "=" in value.text and name not in LONG_TEXTS:
            start, end = value_span(value)
            found = SWALLOWED.search(text, start, end)
            if found:
                message = f"this value goes on over the field {found[1]}; close it where it ends"
                yield Complaint(start, start + 1, message)


def value_parts(bib_file: BibFile) -> Iterator[Part]:
    """Yield the parts of all values that are names of strings."""
    for item in bib_file.items:
        if isinstance(item, Entry):
            yield from [p for field in item.fields for p in field.parts if p.kind == "name"]
        elif isinstance(item, StringDefinition):
            yield from (part for part in item.field.parts if part.kind == "name")
        elif isinstance(item, Preamble):
            yield from (part for part in item.parts if part.kind == "name")


def defined_anywhere(project: Project) -> frozenset[str]:
    """Return the names of all strings that any of the project's files defines."""
    return frozenset(
        item.field.name.lower()
        for bib_file in project.bib_files
        for item in bib_file.items
        if isinstance(item, StringDefinition)
    )


def months_advice(name: str) -> str:
    """Return what to write for a month that BibTeX does not know by this name."""
    short = name[:3].lower()
    full = [month for month in MONTH_NAMES if month.lower().startswith(name.lower())]
    return f"; write {short} for the month" if full or name.lower() == "sept" else ""


@rule("BIB010", "strings-are-defined", scope="file", severity=Severity.ERROR)
def strings_are_defined(bib_file: BibFile, project: Project) -> Complaints:
    """A value without braces or quotation marks is a number or names an @string above it.

    Why: The build stops at an undefined string.  The months are jan, feb, … dec: january
        is undefined.

    Bad:
        @article{rettie1957,
          title = {How Khrushchev Leaked His Secret Speech},
          month = february,
        }

    Good:
        @article{rettie1957,
          title = {How Khrushchev Leaked His Secret Speech},
          month = feb,
        }

    Cure: Put the text into braces, or define the string above the entry.
    """
    strings = strings_of(bib_file)
    elsewhere = project.once(defined_anywhere) if len(project.bib_files) > 1 else frozenset()
    for part in value_parts(bib_file):
        name = bib_file.source.text[part.start : part.end]
        if strings.text(name, part.start) is None and name.lower() not in elsewhere:
            place = "above" if name.lower() in strings.defined else "anywhere"
            advice = months_advice(name) or "; put it into braces or define it first"
            message = f"no @string {shortened(name)} is defined {place}{advice}"
            yield Complaint(part.start, part.end, message)


@rule("BIB011", "string-is-defined-once", scope="file")
def string_is_defined_once(bib_file: BibFile, _project: Project) -> Complaints:
    """An @string is defined once.

    Why: The second definition takes the place of the first for the entries below it only,
        so one abbreviation prints as two names.

    Bad:
        @string{yup = {Yale University Press}}
        @string{yup = {Yale}}

    Good:
        @string{yup = {Yale University Press}}

    Cure: Take one out, or rename it.
    """
    seen: dict[str, str] = {}
    for item in bib_file.items:
        if isinstance(item, StringDefinition):
            parts = item.field.parts
            text = bib_file.source.text[parts[0].start : parts[-1].end]
            name = item.field.name.lower()
            if name in seen:
                same = "in the same way" if seen[name] == text else "differently"
                message = f"@string {item.field.name!r} is defined above {same}; take one out"
                yield Complaint(item.field.start, item.field.name_end, message)
            seen.setdefault(name, text)


@rule("BIB012", "string-is-used", scope="file", severity=Severity.NOTE, default=False)
def string_is_used(bib_file: BibFile, _project: Project) -> Complaints:
    """Every @string is used by a value of its file.

    Why: An abbreviation that nothing uses is most often a misspelt one.

    Bad:
        @string{yup = {Yale University Press}}

    Good:
        @string{yup = {Yale University Press}}
        @book{fitzpatrick2015,
          publisher = yup,
        }

    Cure: Take it out, or use it.
    """
    text = bib_file.source.text
    used = {text[part.start : part.end].lower() for part in value_parts(bib_file)}
    for item in bib_file.items:
        if isinstance(item, StringDefinition) and item.field.name.lower() not in used:
            message = f"no value uses @string {item.field.name!r}; take it out"
            yield Complaint(item.field.start, item.field.name_end, message)


@rule("BIB013", "comment-hides-no-entry", scope="file")
def comment_hides_no_entry(bib_file: BibFile, _project: Project) -> Complaints:
    """No entry stands within the braces of an @comment.

    Why: pybtex skips only the word @comment and its brace: an entry within is read, can be
        cited and is listed.

    Bad:
        @comment{
        @book{medvedev1971,
          title = {Let History Judge},
        }
        }

    Good:
        @comment{Medvedev's book of 1971 is left out: only the edition of 1989 was seen.}

    Cure: Take the entry out of the file.
    """
    text = bib_file.source.text
    hidden_until = 0
    for item in bib_file.items:
        if isinstance(item, Remark) and item.is_command and text[item.end - 1] == "{":
            hidden_until = max(hidden_until, end_of_comment(text, item.end - 1))
        elif isinstance(item, Entry) and item.start < hidden_until:
            message = "this entry within an @comment is read all the same; take it out"
            yield Complaint(item.key_start, item.key_end, message)


def end_of_comment(text: str, start: int) -> int:
    """Return the end of a comment's braces, or its start where they are not closed."""
    try:
        return scanner.end_of_braces(text, start)
    except scanner.Fault:
        return start


RULES = (
    entries_can_be_read,
    delimiters_are_closed,
    commas_separate_fields,
    entry_has_a_key,
    at_sign_starts_an_entry,
    value_ends_before_the_next_field,
    strings_are_defined,
    string_is_defined_once,
    string_is_used,
    comment_hides_no_entry,
)
