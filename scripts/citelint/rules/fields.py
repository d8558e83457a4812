"""FLD001–FLD012: what must be given, what is dropped, what points elsewhere."""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_key, about_name, about_value, shortened
from citelint.bibtex.vocabulary import DROPPED, NO_WORKS, REQUIRED, STAND_INS
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import Field
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: Fields by which an entry takes others from another entry.
INHERITING = ("crossref", "xdata")
POINTERS = (*INHERITING, "xref", "related", "entryset")
NO_TEXT = re.compile(r"[\s{}~]*")


def is_work(record: Record) -> bool:
    """Say whether an entry was read whole and is a work that stands on its own."""
    values = record.values
    return (
        record.entry.is_closed
        and record.kind not in NO_WORKS
        and not any(name in values for name in INHERITING)
    )


#: Words by which ``checkednote`` says of a field that it was looked for in vain.
SAID_AS = {
    "author": ("author", "sign", "anonymous"),
    "editor": ("author", "editor", "sign", "anonymous"),
    "year": ("year", "date", "imprint"),
    "publisher": ("publisher", "imprint", "issuing body"),
}
IN_VAIN = re.compile(
    r"\b(?:not|no|nowhere|unknown|unsigned|anonymous|undated|left out|looks wrong)\b"
)
ONLY_FROM = "known only from"
#: Keywords of works that may bear no name: newspapers' and encyclopaedias' pieces, documents.
UNSIGNED = re.compile(r"\b(?:press|reference|primary)\b")


def admits(record: Record, name: str) -> bool:
    """Say whether the entry's ``checkednote`` says that the field was not seen."""
    said = record.text("checkednote").lower()
    if not said:
        return False
    words_for = SAID_AS.get(name, (name,))
    named = any(word in said for word in words_for) and IN_VAIN.search(said)
    return bool(named) or ONLY_FROM in said


def is_unsigned_report(record: Record) -> bool:
    """Say whether an article came out on a day, as newspapers do, whose reports bear no name."""
    values = record.values
    on_a_day = "day" in values or record.text("date").count("-") > 1
    return on_a_day or " " in record.text("month") or is_unsigned(record)


def is_unsigned(record: Record) -> bool:
    """Say whether the entry's keywords mark it as press, reference or primary source."""
    return UNSIGNED.search(record.text("keywords")) is not None


def may_lack(record: Record, names: tuple[str, ...]) -> bool:
    """Say whether a work of its kind may do without these fields."""
    if names == ("author",) and record.kind == "article":
        return is_unsigned_report(record)
    return names in {("author",), ("author", "editor")} and is_unsigned(record)


@functools.lru_cache(maxsize=4096)
def not_given(kind: str, given: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return what a type requires and these fields do not give, in whatever stead."""
    return tuple(
        names
        for names in REQUIRED.get(kind, ())
        if not any(name in given for name in names)
        and not any(other in given for name in names for other in STAND_INS.get(name, ()))
    )


def missing_fields(record: Record) -> Iterator[str]:
    """Yield the required fields that an entry lacks, alternatives joined by "or"."""
    for names in not_given(record.kind, tuple(record.values)):
        if not may_lack(record, names) and not any(admits(record, name) for name in names):
            yield " or ".join(names)


@rule("FLD001", "required-fields-are-given", scope="entry", concerns=not_given)
def required_fields_are_given(record: Record, _project: Project) -> Complaints:
    """An entry has the fields that its type requires.

    Why: pybtex's own styles stop the build where one is missing, and a reader cannot find
        the work.  A report of a newspaper (with day or full date) may lack an author, and
        so may works with the keyword press, reference or primary; a field that was looked
        for in vain may be named in `checkednote` ("Publisher not seen").

    Bad:
        @article{rettie1957,
          author = {Rettie, John},
          title = {How Khrushchev Leaked His Secret Speech to the World},
          year = {2006},
        }

    Good:
        @article{rettie1957,
          author = {Rettie, John},
          title = {How Khrushchev Leaked His Secret Speech to the World},
          journal = {History Workshop Journal},
          year = {2006},
        }

    Cure: Add the field, take another type, or say in checkednote that it was not seen.
    """
    if is_work(record):
        missing = list(missing_fields(record))
        if missing:
            message = f"@{record.kind} lacks {', '.join(missing)}; add it or change the type"
            yield about_key(record, message)


@rule("FLD002", "field-is-not-empty", scope="entry")
def field_is_not_empty(record: Record, _project: Project) -> Complaints:
    """A field that is given has a text.

    Why: An empty field counts as given: styles print its punctuation around nothing, and
        other checks think it was filled in.

    Bad:
        publisher = {},

    Good:
        publisher = {Yale University Press},

    Cure: Fill it in, or take the field out.
    """
    for value in record.values.values():
        if value.text and value.text[0] not in "{~":
            continue
        parts = value.field.parts
        if NO_TEXT.fullmatch(value.text) and all(part.kind != "name" for part in parts):
            yield about_name(value, f"the field {value.field.name} is empty; fill it or drop it")


def removal(before: Field | None, field: Field) -> Edit:
    """Return the edit that takes a field out with what separates it from the one before."""
    return Edit(before.end if before else field.start, field.end, "")


@rule("FLD004", "field-is-given-once", scope="entry", severity=Severity.ERROR)
def field_is_given_once(record: Record, _project: Project) -> Complaints:
    """An entry has each field once.

    Why: pybtex warns, without a line, and drops the second: what it says is lost.

    Bad:
        @book{taubman2003,
          year = {2003},
          title = {Khrushchev},
          year = {2004},
        }

    Good:
        @book{taubman2003,
          year = {2003},
          title = {Khrushchev},
        }

    Cure: Keep the right one; where both say the same, `citelint fix` takes the second out.
    """
    if len(record.values) == len(record.entry.fields):
        return
    text = record.source.text
    for before, field in pairwise((None, *record.entry.fields)):
        if field is None:
            continue
        first = record.values[field.name.lower()].field
        if first is not field:
            spans = ((each.parts[0].start, each.end) for each in (first, field))
            one, other = (text[start:end] for start, end in spans)
            edits = (removal(before, field),) if one == other else ()
            how = "again in the same way" if edits else "again, differently; the first counts"
            message = f"{field.name} is given {how}; take one out"
            yield Complaint(field.start, field.name_end, message, edits)


def is_lost(record: Record, name: str) -> bool:
    """Say whether a dropped field holds something that no printed field has."""
    if name == "translator" or DROPPED[name] == "note":
        return record.values[name].text not in record.text("note")
    printed = record.text(DROPPED[name])
    if DROPPED[name] in {"title", "booktitle"}:
        return record.text(name) not in printed
    return not printed


@rule("FLD010", "field-is-printed", scope="entry", fields=tuple(DROPPED))
def field_is_printed(record: Record, project: Project) -> Complaints:
    """A field is one that pybtex's styles print, not biblatex's alone.

    Why: sphinxcontrib-bibtex drops biblatex's fields without a word: an entry with `date`
        prints no year, one with `journaltitle` no journal, a `subtitle` is lost.
        `house-fields` in the settings names those that the project's own style prints.

    Bad:
        @article{rettie2006,
          journaltitle = {History Workshop Journal},
          date = {2006},
        }

    Good:
        @article{rettie2006,
          journal = {History Workshop Journal},
          year = {2006},
        }

    Cure: Use BibTeX's field; `citelint fix` renames journaltitle, location and plain dates.
    """
    house = project.settings.house_fields
    for name, value in record.values.items():
        if name in DROPPED and name not in house and is_lost(record, name):
            instead = DROPPED[name]
            message = f"pybtex's styles drop {name}; say it in {instead}"
            yield about_name(value, message, renaming(record, name))


def renaming(record: Record, name: str) -> tuple[Edit, ...]:
    """Return the edit that renames a dropped field where the printed one means the same."""
    value = record.values[name]
    means_the_same = name in {"journaltitle", "location"} or (
        name == "date" and re.fullmatch(r"[0-9]{4}", value.text)
    )
    if means_the_same and DROPPED[name] not in record.values:
        return (Edit(value.field.start, value.field.name_end, DROPPED[name]),)
    return ()


@rule("FLD011", "referred-entry-exists", scope="entry", severity=Severity.ERROR, fields=POINTERS)
def referred_entry_exists(record: Record, project: Project) -> Complaints:
    """An entry that crossref, xref, xdata, related or entryset names is there.

    Why: The fields that should come from it are missing, and the build complains or stops.

    Bad:
        @incollection{naumov1998,
          crossref = {no-such-book},
        }

    Good:
        @incollection{naumov1998,
          crossref = {naumov-book},
        }
        @book{naumov-book,
          title = {Trudnye voprosy istorii},
        }

    Cure: Correct the key, or add the entry.
    """
    for name in POINTERS:
        value = record.values.get(name)
        for key in value.text.split(",") if value else ():
            if value and key.strip() and key.strip().lower() not in project.once(folded_keys):
                yield about_value(value, f"{name} names {shortened(key.strip())}, which is nowhere")


def folded_keys(project: Project) -> dict[str, Record]:
    """Return the records by their keys and aliases in lower case; of equal keys the first."""
    found: dict[str, Record] = {}
    for record in project.records:
        found.setdefault(record.key.lower(), record)
    for record in project.records:
        for alias in record.field_text("ids").split(","):
            if alias.strip():
                found.setdefault(alias.strip().lower(), record)
    return found


def keys_in_circles(project: Project) -> frozenset[str]:
    """Return in lower case the keys from which crossref leads back, each entry visited once."""
    targets: dict[str, str] = {}
    for record in project.records:
        targets.setdefault(record.key.lower(), record.field_text("crossref").strip().lower())
    circles: set[str] = set()
    visited: set[str] = set()
    for first in list(targets):
        path: dict[str, None] = {}
        key = first
        while key in targets and key not in visited:
            visited.add(key)
            path[key] = None
            key = targets[key]
        if key in path:
            walked = list(path)
            circles.update(walked[walked.index(key) :])
    return frozenset(circles)


@rule(
    "FLD012",
    "crossref-comes-to-an-end",
    scope="entry",
    severity=Severity.ERROR,
    fields=("crossref",),
)
def crossref_comes_to_an_end(record: Record, project: Project) -> Complaints:
    """Following crossref from entry to entry never leads back.

    Why: pybtex follows it until Python gives up, with a traceback of a thousand lines.

    Bad:
        @book{one, crossref = {two}}
        @book{two, crossref = {one}}

    Good:
        @incollection{one, crossref = {two}}
        @book{two, title = {The Book}}

    Cure: Take out the crossref of the book that holds the other.
    """
    if record.key.lower() in project.once(keys_in_circles):
        value = record.values["crossref"]
        yield about_value(value, "this crossref leads back to the entry itself; take it out")


RULES = (
    required_fields_are_given,
    field_is_not_empty,
    field_is_given_once,
    field_is_printed,
    referred_entry_exists,
    crossref_comes_to_an_end,
)
