"""FLD003 and FLD013–FLD020: how the text and the name of a field are written."""

from __future__ import annotations

import difflib
import functools
import re
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_name, about_piece, about_value, shortened
from citelint.bibtex.vocabulary import KNOWN, PRINTED, words
from citelint.findings import Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

NOTHING_SAID = frozenset(
    words(
        "n/a n.a. none null nil nan unknown undefined tba tbd todo xxx xx ? ?? ??? - -- --- … "
        "... unk not-available no-date [n/a] (n/a)"
    )
)
LONGEST_NOTHING = len("{not-available}")
#: Fields in which such a word can be a name or a title.
CAN_BE_A_WORD = frozenset({"title", "booktitle", "journal", "journaltitle", "keywords", "series"})
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
#: The name of a site or its address, which is written as it is.
SITE_NAME = re.compile(r"https?:|(?:[\w-]+\.)+[a-z]{2,}(?![\w.-])", re.IGNORECASE)
SHORTEST_NAME = 4
SPELLABLE = sorted(
    name for name in PRINTED | {"year", "month", "isbn", "issn"} if len(name) >= SHORTEST_NAME
)


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


@rule("FLD016", "publisher-omits-its-place", scope="entry", fields=("publisher",), mark=": ")
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


@rule("FLD017", "address-is-a-link", scope="entry", fields=("howpublished", "note"), mark="://")
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


@rule(
    "FLD018",
    "field-name-is-spelt-right",
    scope="entry",
    concerns=lambda _kind, names: misspelt(names),
)
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
    """Howpublished and note begin with a capital letter; names of sites, such as rulit.me, not.

    Why: BibTeX's styles begin a sentence with them.

    Bad:
        howpublished = {mimeographed},

    Good:
        howpublished = {Mimeographed},

    Cure: Write the capital.
    """
    for name in ("howpublished", "note"):
        value = record.values.get(name)
        if value and value.text[:1].islower() and not SITE_NAME.match(value.text):
            letter = value.text[0].upper()
            message = f"{name} begins a sentence; write {letter}"
            yield about_piece(record, value, 0, 1, message, letter)


RULES = (
    value_says_something,
    edition_omits_the_word,
    first_edition_is_not_stated,
    number_omits_its_label,
    publisher_omits_its_place,
    address_is_a_link,
    field_name_is_spelt_right,
    field_is_known,
    howpublished_begins_with_a_capital,
)
