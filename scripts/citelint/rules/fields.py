"""FLD001–FLD049: the fields of an entry: what must be given, what is dropped, what they say."""

from __future__ import annotations

import difflib
import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_key, about_name, about_piece, about_value, shortened
from citelint.bibtex.vocabulary import DROPPED, KNOWN, NO_WORKS, PRINTED, REQUIRED, STAND_INS, words
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
POINTERS = (*INHERITING, "xref", "related")
NOTHING_SAID = frozenset(
    words(
        "n/a n.a. none null nil nan unknown undefined tba tbd todo xxx xx ? ?? ??? - -- --- … "
        "... unk not-available no-date [n/a] (n/a)"
    )
)
LONGEST_NOTHING = len("{not-available}")
#: Fields in which such a word can be a name or a title.
CAN_BE_A_WORD = frozenset({"title", "booktitle", "journal", "journaltitle", "keywords", "series"})
NO_TEXT = re.compile(r"[\s{}~]*")
EDITION_WORD = re.compile(r"\b(?:ed\.|edn\.?|editions?)\s*\}*$", re.IGNORECASE)
FIRST_EDITION = re.compile(r"(?:1|1st|first|one)", re.IGNORECASE)
LABEL = re.compile(
    r"(?P<label>vol(?:\.|ume)|nos?\.|nr\.|number|issue|chap(?:\.|ter)|bd\.|tome)\s*(?=[0-9ivxlIVXL])",
    re.IGNORECASE,
)
#: Cities alone: a publisher's own name may have a colon ("Edition: Suhrkamp").
CITIES = (
    "Amsterdam|Ann Arbor|Athens|Baltimore|Basel|Berkeley|Berlin|Bloomington|Boston|Boulder|"
    "Brussels|Budapest|Cambridge|Chicago|Chapel Hill|Durham|Edinburgh|Frankfurt|Geneva|"
    "Hamburg|Helsinki|Ithaca|Kiev|Kyiv|Leiden|Leipzig|Leningrad|London|Los Angeles|Madrid|"
    "Melbourne|Milan|Moscow|Moskva|Munich|München|New Haven|New York|Oxford|Paris|Philadelphia|"
    "Prague|Princeton|Rome|San Francisco|St\\.? Petersburg|Stanford|Stockholm|Stuttgart|"
    "Sydney|Tallinn|Tokyo|Toronto|Vienna|Vilnius|Warsaw|Washington|Wien|Zürich|Zurich"
)
PLACE_AND_PUBLISHER = re.compile(
    rf"(?:{CITIES})(?:,? [A-Z][A-Za-z.]*)?(?: and (?:{CITIES}))?: (?=[A-Z])"
)
ADDRESS = re.compile(r"(?<![{/\w])https?://[^\s{}]+")
#: A field's name that is spelt wrong is at least this long, or much could be meant.
SHORTEST_NAME = 4
SPELLABLE = sorted(
    name for name in PRINTED | {"year", "month", "isbn", "issn"} if len(name) >= SHORTEST_NAME
)


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


def missing_fields(record: Record) -> Iterator[str]:
    """Yield the required fields that an entry lacks, alternatives joined by "or"."""
    values = record.values
    for names in REQUIRED.get(record.kind, ()):
        if any(name in values for name in names):
            continue
        if any(other in values for name in names for other in STAND_INS.get(name, ())):
            continue
        if not may_lack(record, names) and not any(admits(record, name) for name in names):
            yield " or ".join(names)


@rule("FLD001", "required-fields-are-given", scope="entry")
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
    if record.kind in REQUIRED and is_work(record):
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


@rule("FLD003", "value-says-something", scope="entry")
def value_says_something(record: Record, _project: Project) -> Complaints:
    """A field's text is no stand-in for a missing one.

    Why: "n/a" and "???" are printed as if they were the publisher or the year.

    Bad:
        publisher = {n/a},

    Good:
        publisher = {Yale University Press},

    Cure: Find it out, or take the field out.
    """
    for name, value in record.values.items():
        text = value.text
        if len(text) > LONGEST_NOTHING or text.isdecimal():
            continue
        if text.strip("{} ").lower() in NOTHING_SAID:
            if text.isalpha() and name in CAN_BE_A_WORD:
                continue
            yield about_value(value, f"{shortened(text)} stands for no {name}; drop the field")


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
    """A crossref, xref, xdata or related entry is there.

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


@rule("FLD013", "edition-omits-the-word", scope="entry", fields=("edition",))
def edition_omits_the_word(record: Record, _project: Project) -> Complaints:
    """The field edition says which, without the word edition.

    Why: Styles add the word: the reader sees "2nd edition edition".

    Bad:
        edition = {2nd edition},

    Good:
        edition = {2nd},

    Cure: Take the word out; `citelint fix` does it.
    """
    value = record.values["edition"]
    found = EDITION_WORD.search(value.text)
    if found and found.start():
        start = len(value.text[: found.start()].rstrip())
        word = value.text[start : found.end()].rstrip("}")
        message = "styles add the word edition; take it out"
        yield about_piece(record, value, start, start + len(word), message, "")


@rule(
    "FLD014",
    "first-edition-is-not-stated",
    scope="entry",
    default=False,
    severity=Severity.NOTE,
    fields=("edition",),
)
def first_edition_is_not_stated(record: Record, _project: Project) -> Complaints:
    """The edition is given from the second on.

    Why: Every book has a first edition; saying so hides the entries where it matters.

    Bad:
        edition = {1},

    Good:
        edition = {2},

    Cure: Take the field out.
    """
    value = record.values["edition"]
    if FIRST_EDITION.fullmatch(value.text):
        yield about_value(value, "a first edition needs no mention; take the field out")


@rule("FLD015", "number-omits-its-label", scope="entry", fields=("volume", "number", "chapter"))
def number_omits_its_label(record: Record, _project: Project) -> Complaints:
    """Volume, number and chapter are given without the word.

    Why: Styles add it: the reader sees "vol. Vol. 3".

    Bad:
        volume = {Vol. 3},

    Good:
        volume = {3},

    Cure: Take the word out; `citelint fix` does it.
    """
    for name in ("volume", "number", "chapter"):
        value = record.values.get(name)
        found = LABEL.match(value.text) if value else None
        if value and found:
            message = f"styles add {shortened(found['label'])} themselves; take it out"
            yield about_piece(record, value, *found.span(), message, "")


@rule("FLD016", "publisher-omits-its-place", scope="entry", fields=("publisher",))
def publisher_omits_its_place(record: Record, _project: Project) -> Complaints:
    """The place of publication stands in the field address.

    Why: In the publisher's name it is sorted and searched as part of it, and styles that
        print the place first print it twice or not at all.

    Bad:
        publisher = {London: Penguin},

    Good:
        publisher = {Penguin},
        address = {London},

    Cure: Move it to the field address.
    """
    value = record.values["publisher"]
    found = PLACE_AND_PUBLISHER.match(value.text)
    if found:
        message = "the place belongs into the field address; move it there"
        yield about_piece(record, value, found.start(), found.end() - 1, message)


@rule("FLD017", "address-is-a-link", scope="entry", fields=("howpublished", "note"))
def address_is_a_link(record: Record, _project: Project) -> Complaints:
    """A web address stands in the field url.

    Why: In howpublished or note it is no link on the page, in the PDF or in the EPUB.

    Bad:
        howpublished = {https://www.marxists.org/archive/khrushchev/1956/02/24.htm},

    Good:
        url = {https://www.marxists.org/archive/khrushchev/1956/02/24.htm},

    Cure: Move it to the field url.
    """
    if "url" in record.values or "doi" in record.values:
        return
    for name in ("howpublished", "note"):
        value = record.values.get(name)
        found = ADDRESS.search(value.text) if value else None
        if value and found:
            message = f"this address is no link in {name}; move it to the field url"
            yield about_piece(record, value, *found.span(), message)


@functools.lru_cache(maxsize=10_000)
def meant_name(name: str) -> str:
    """Return the field's name that *name* misspells by a letter, "" where there is none."""
    if name in KNOWN or not name.isalpha() or len(name) > len("howpublished") + 1:
        return ""
    near = difflib.get_close_matches(name, SPELLABLE, n=1, cutoff=0.85)
    return near[0] if near and abs(len(near[0]) - len(name)) <= 1 else ""


@functools.lru_cache(maxsize=10_000)
def misspelt(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each misspelt name with the one that was meant, if that is not given too."""
    pairs = ((name, meant_name(name)) for name in names)
    return tuple((name, meant) for name, meant in pairs if meant and meant not in names)


@rule("FLD018", "field-name-is-spelt-right", scope="entry")
def field_name_is_spelt_right(record: Record, project: Project) -> Complaints:
    """A field's name is no misspelling of another that the entry lacks.

    Why: A field that no style knows is dropped without a word.

    Bad:
        authors = {Taubman, William},

    Good:
        author = {Taubman, William},

    Cure: Correct the name; `citelint fix` does it.
    """
    for name, meant in misspelt(tuple(record.values)):
        if name not in project.settings.house_fields:
            value = record.values[name]
            field = value.field
            edit = Edit(field.start, field.name_end, meant)
            yield about_name(value, f"no style knows {name}; write {meant}", (edit,))


@rule("FLD019", "field-is-known", scope="entry", default=False, severity=Severity.NOTE)
def field_is_known(record: Record, project: Project) -> Complaints:
    """Every field is one of BibTeX's, biblatex's, the usual tools' or the project's own.

    Why: No style prints an unknown field, and most are slips.

    Bad:
        colour = {red},

    Good:
        note = {Red cloth},

    Cure: Use a known field, or name it in the setting house-fields.
    """
    for name, value in record.values.items():
        if name not in KNOWN and name not in project.settings.house_fields:
            yield about_name(value, f"no style knows the field {name}; rename it or drop it")


@rule(
    "FLD020",
    "howpublished-begins-with-a-capital",
    scope="entry",
    default=False,
    severity=Severity.NOTE,
    fields=("howpublished", "note"),
)
def howpublished_begins_with_a_capital(record: Record, _project: Project) -> Complaints:
    """Howpublished and note begin with a capital letter.

    Why: BibTeX's styles begin a sentence with them.

    Bad:
        howpublished = {mimeographed},

    Good:
        howpublished = {Mimeographed},

    Cure: Write the capital.
    """
    for name in ("howpublished", "note"):
        value = record.values.get(name)
        if value and value.text[:1].islower() and not value.text.startswith("http"):
            letter = value.text[0].upper()
            message = f"{name} begins a sentence; write {letter}"
            yield about_piece(record, value, 0, 1, message, letter)


RULES = (
    required_fields_are_given,
    field_is_not_empty,
    value_says_something,
    field_is_given_once,
    field_is_printed,
    referred_entry_exists,
    crossref_comes_to_an_end,
    edition_omits_the_word,
    first_edition_is_not_stated,
    number_omits_its_label,
    publisher_omits_its_place,
    address_is_a_link,
    field_name_is_spelt_right,
    field_is_known,
    howpublished_begins_with_a_capital,
)
