"""The bibliography, or some works of it, for other programs: BibTeX, CSL-JSON and RIS.

Sources: https://docs.citationstyles.org/en/stable/specification.html (appendices III, IV)
and https://en.wikipedia.org/wiki/RIS_(file_format), whose tags rispy's mapping names.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rispy

from citelint.bibtex.entries import MONTH_NAMES
from citelint.bibtex.model import Remark
from citelint.bibtex.scanner import scan
from citelint.text import SourceText
from speechbook.citing.latex import decoded
from speechbook.citing.names import translators

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pybtex.database import Entry, Person

#: The forms by the endings of their files, with their media types
#: (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html for CSL-JSON's).
FORMS: Final = {
    "bib": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}
CSL_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "unpublished": "manuscript",
}
RIS_TYPES = {
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "document": "GEN",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "manuscript": "UNPB",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
CSL_FIELDS = {
    "title": "title",
    "shorttitle": "title-short",
    "journal": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "school": "publisher",
    "institution": "publisher",
    "address": "publisher-place",
    "volume": "volume",
    "number": "issue",
    "edition": "edition",
    "series": "collection-title",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "langid": "language",
    "archive": "archive",
    "shelfmark": "archive_location",
    "note": "note",
}


def plain(value: str) -> str:
    """Return a .bib value as plain text."""
    return str(decoded(value)).replace("--", "–")


def csl_name(person: Person) -> dict[str, str]:
    """Return a name as CSL has it; an organisation becomes a literal."""
    family = plain(" ".join([*person.prelast_names, *person.last_names]))
    given = plain(" ".join([*person.first_names, *person.middle_names]))
    return {"family": family, "given": given} if given else {"literal": family}


def csl_type(entry: Entry) -> str:
    """Return the CSL type: newspapers by their day, web pages by their address."""
    if entry.type == "article" and "day" in entry.fields and "volume" not in entry.fields:
        return "article-newspaper"
    fallback = "webpage" if "url" in entry.fields else "document"
    return CSL_TYPES.get(entry.type, fallback)


def csl_date(entry: Entry) -> dict[str, Any]:
    """Return the date as CSL's ``date-parts``, or as a literal where it is no number."""
    year = entry.fields["year"]
    if not year.isdigit():
        return {"literal": year}
    parts = [int(year)]
    month = entry.fields.get("month", "")
    if month in MONTH_NAMES:
        parts.append(MONTH_NAMES.index(month) + 1)
        day = entry.fields.get("day", "")
        parts += [int(day)] if day.isdigit() else []
    return {"date-parts": [parts]}


def csl_item(entry: Entry) -> dict[str, Any]:
    """Return one entry as a CSL item; only fields that the entry has."""
    item: dict[str, Any] = {"id": entry.key, "type": csl_type(entry)}
    for field, variable in CSL_FIELDS.items():
        if field in entry.fields:
            verbatim = field in {"doi", "url", "isbn", "issn"}
            value = entry.fields[field]
            item[variable] = value if verbatim else plain(value)
    for role, persons in entry.persons.items():
        item[role] = [csl_name(person) for person in persons]
    if "translator" in entry.fields:
        item["translator"] = [csl_name(person) for person in translators(entry)]
    if "year" in entry.fields:
        item["issued"] = csl_date(entry)
    return item


def csl_json(entries: Iterable[Entry]) -> str:
    """Return the entries as a CSL-JSON document."""
    items = [csl_item(entry) for entry in entries]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def ris_name(name: dict[str, str]) -> str:
    """Return ``Family, Given`` or the literal."""
    return name.get("literal") or f"{name['family']}, {name['given']}"


def ris_date(issued: dict[str, Any]) -> str | None:
    """Return ``1956/06/05/`` where at least the month is known."""
    year, *rest = issued.get("date-parts", [[0]])[0]
    numbers = "/".join(f"{part:02d}" for part in rest)
    return f"{year}/{numbers}{'/' * (3 - len(rest))}" if rest else None


def ris_record(item: dict[str, Any]) -> dict[str, Any]:
    """Return a CSL item under the names that rispy maps to RIS tags."""
    start, _, end = item.get("page", "").partition("–")
    record = {
        "type_of_reference": RIS_TYPES[item["type"]],
        "id": item["id"],
        "authors": [ris_name(name) for name in item.get("author", [])],
        "secondary_authors": [ris_name(name) for name in item.get("editor", [])],
        "title": item.get("title"),
        "secondary_title": item.get("container-title"),
        "year": str(item["issued"]["date-parts"][0][0])
        if "date-parts" in item.get("issued", {})
        else None,
        "publisher": item.get("publisher"),
        "place_published": item.get("publisher-place"),
        "volume": item.get("volume"),
        "number": item.get("issue"),
        "start_page": start or None,
        "end_page": end or None,
        "date": ris_date(item.get("issued", {})),
        "notes": [item["note"]] if "note" in item else None,
        "doi": item.get("DOI"),
        "issn": item.get("ISBN") or item.get("ISSN"),
        "urls": [item["URL"]] if "URL" in item else None,
    }
    return {tag: value for tag, value in record.items() if value}


class PlainWriter(rispy.RisWriter):  # type: ignore[misc]
    """Writes RIS without rispy's own line "1." before a record, which is no part of RIS."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - the signature is rispy's
        """Return no header."""
        return ""


def ris(entries: Iterable[Entry]) -> str:
    """Return the entries as a RIS document."""
    records = [ris_record(csl_item(entry)) for entry in entries]
    return str(rispy.dumps(records, implementation=PlainWriter))


@functools.lru_cache(maxsize=1)
def written_entries(text: str) -> tuple[tuple[str | None, str], ...]:
    """Return each entry or command of a .bib *text* as (key or None, its own text).

    A book asks once for each chapter, always of the same text.
    """
    return tuple(
        (getattr(item, "key", None), text[item.start : item.end])
        for item in scan(SourceText(Path("references.bib"), text)).items
        if not isinstance(item, Remark)
    )


def bibtex(text: str, keys: Collection[str]) -> str:
    """Return the entries with *keys* as the .bib *text* has them, and what they may need."""
    needed = [entry for key, entry in written_entries(text) if key in {None, *keys}]
    return "".join(f"{entry}\n\n" for entry in needed).removesuffix("\n")


def reference_files(text: str, entries: Sequence[Entry]) -> dict[str, str]:
    """Return works in every form, by the ending; *text* is the .bib file that has them."""
    return {
        "bib": bibtex(text, {entry.key for entry in entries}),
        "ris": ris(entries),
        "csl.json": csl_json(entries),
    }
