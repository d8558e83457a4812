"""Works in the records of Crossref, DataCite and Open Library.

Sources: Crossref's REST API (``/works/{doi}``, fields in CrossRef/rest-api-doc, api_format.md);
DataCite's REST API (``/dois/{doi}``, https://support.datacite.org/docs/api-get-doi, attributes
as in the DataCite Metadata Schema 4); Open Library's Books API (``/isbn/{isbn}.json``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citelint.verify import crossref, openlibrary
from citelint.verify.registry import YEAR, Person, as_list, as_table, as_text, as_texts
from speechbook.contributing.works.work import Work, given, with_subtitle

if TYPE_CHECKING:
    from collections.abc import Callable

CROSSREF_KINDS = {
    "journal-article": "article",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "incollection",
    "book-section": "incollection",
    "book-part": "incollection",
    "reference-entry": "incollection",
    "dissertation": "phdthesis",
    "report": "techreport",
}
DATACITE_KINDS = {
    "JournalArticle": "article",
    "Book": "book",
    "BookChapter": "incollection",
    "Dissertation": "phdthesis",
    "Report": "techreport",
}
#: Who publishes stands in another field for these types.
PUBLISHERS = {"phdthesis": "school", "techreport": "institution", "misc": "howpublished"}


def first(values: tuple[str, ...]) -> str:
    """Return the first of some texts, "" where there is none."""
    return values[0] if values else ""


def container_field(kind: str) -> str:
    """Return the field that names what a work stands in."""
    return "booktitle" if kind == "incollection" else "journal"


def dashed(first_page: str, last_page: str) -> str:
    """Return a range of pages."""
    return f"{first_page}–{last_page}" if last_page and last_page != first_page else first_page


def pages_of(text: str) -> str:
    """Return a record's pages with one dash, the last page in full (``1214-26``)."""
    begin, _, end = (part.strip() for part in re.sub(r"[-–—]+", "–", text).partition("–"))
    if begin.isdigit() and end.isdigit() and len(end) < len(begin):
        end = begin[: len(begin) - len(end)] + end
    return dashed(begin, end)


def from_crossref(document: Any, doi: str) -> Work | None:  # noqa: ANN401 - whatever JSON holds
    """Read Crossref's answer; ``None`` where it is no record of a work with a title."""
    message = as_table(as_table(document).get("message"))
    title = first(as_texts(message.get("title")))
    if not title:
        return None
    kind = CROSSREF_KINDS.get(as_text(message.get("type")), "misc")
    is_article = kind == "article"
    publisher = as_text(message.get("publisher"))
    fields = {
        "title": with_subtitle(title, first(as_texts(message.get("subtitle")))),
        "volume": as_text(message.get("volume")),
        "number": as_text(message.get("issue")),
        "pages": pages_of(as_text(message.get("page"))),
        "year": next(crossref.years_of(message), ""),
        # Crossref keeps the spelling in which it was registered; DOIs ignore case.
        "doi": as_text(message.get("DOI")) or doi,
        PUBLISHERS.get(kind, "publisher"): "" if is_article else publisher,
        "address": "" if is_article else as_text(message.get("publisher-location")),
        "isbn": first(as_texts(message.get("ISBN"))) if kind == "book" else "",
    }
    if kind in {"article", "incollection"}:
        fields[container_field(kind)] = first(as_texts(message.get("container-title")))
    return Work(
        kind=kind,
        registry=crossref.NAME,
        record=crossref.work_address("https://api.crossref.org", doi),
        authors=tuple(crossref.people_of(message.get("author"))),
        editors=tuple(crossref.people_of(message.get("editor"))),
        fields=given(**fields),
    )


def datacite_people(creators: Any) -> tuple[Person, ...]:  # noqa: ANN401 - whatever JSON holds
    """Return DataCite's creators; one without a family name is a body or undivided."""
    people = []
    for creator in map(as_table, as_list(creators)):
        family = as_text(creator.get("familyName")) or as_text(creator.get("name"))
        given_name = as_text(creator.get("givenName")) if creator.get("familyName") else ""
        if family:
            people.append(Person(family, given_name))
    return tuple(people)


def from_datacite(document: Any, doi: str) -> Work | None:  # noqa: ANN401 - whatever JSON holds
    """Read DataCite's answer; ``None`` where it is no record of a work with a title."""
    attributes = as_table(as_table(as_table(document).get("data")).get("attributes"))
    titles = [as_table(title) for title in as_list(attributes.get("titles"))]
    by_type = {
        as_text(title.get("titleType")): as_text(title.get("title")) for title in titles[::-1]
    }
    main = by_type.get("", "")
    if not main:
        return None
    general = as_text(as_table(attributes.get("types")).get("resourceTypeGeneral"))
    kind = DATACITE_KINDS.get(general, "misc")
    container = as_table(attributes.get("container"))
    publisher = attributes.get("publisher")
    published_by = as_text(as_table(publisher).get("name")) or as_text(publisher)
    pages = dashed(as_text(container.get("firstPage")), as_text(container.get("lastPage")))
    fields = {
        "title": with_subtitle(main, by_type.get("Subtitle", "")),
        "volume": as_text(container.get("volume")),
        "number": as_text(container.get("issue")),
        "pages": pages,
        "year": as_text(attributes.get("publicationYear")),
        "doi": doi,
        PUBLISHERS.get(kind, "publisher"): "" if kind == "article" else published_by,
    }
    if kind in {"article", "incollection"}:
        fields[container_field(kind)] = as_text(container.get("title"))
    return Work(
        kind=kind,
        registry="DataCite",
        record=f"https://api.datacite.org/dois/{doi}",
        authors=datacite_people(attributes.get("creators")),
        fields=given(**fields),
    )


def from_openlibrary(
    document: Any,  # noqa: ANN401 - whatever JSON holds
    isbn: str,
    ask: Callable[[str], Any],
) -> Work | None:
    """Read Open Library's edition and what it links; ``None`` where it is no record."""
    record = openlibrary.record_of(document, isbn, ask)
    if record is None:
        return None
    edition = as_table(document)
    fields = {
        "title": with_subtitle(as_text(edition.get("title")), as_text(edition.get("subtitle"))),
        "publisher": first(record.publishers),
        "address": first(as_texts(edition.get("publish_places"))),
        "year": first(tuple(YEAR.findall(as_text(edition.get("publish_date"))))),
        "edition": as_text(edition.get("edition_name")),
        "isbn": isbn,
    }
    return Work(
        kind="book",
        registry=openlibrary.NAME,
        record=openlibrary.edition_address("https://openlibrary.org", isbn),
        authors=record.authors,
        fields=given(**fields),
        names_are_parted=False,
    )
