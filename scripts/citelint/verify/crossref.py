"""Crossref's records of works, by DOI.

Source: Crossref REST API, ``/works/{doi}`` and ``/works/{doi}/agency``
(https://api.crossref.org/swagger-ui/index.html; fields in api_format.md of
CrossRef/rest-api-doc; ``updated-by``: https://community.crossref.org/t/15884).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from citelint.verify.registry import (
    Person,
    Update,
    WorkRecord,
    as_list,
    as_table,
    as_text,
    as_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Crossref"
#: ``issued`` is the earlier of print and online; a reprint or an e-book may count either.
DATES = ("published-print", "published-online", "published", "issued")
WHOLES = frozenset({"book", "monograph", "edited-book", "reference-book", "proceedings", "report"})


def work_address(base: str, doi: str) -> str:
    """Return where the record of a DOI is asked for; a DOI's slash is escaped too."""
    return f"{base}/works/{quote(doi, safe='')}"


def agency_address(base: str, doi: str) -> str:
    """Return where it is asked who registered a DOI."""
    return f"{work_address(base, doi)}/agency"


def search_address(base: str, words: str, rows: int) -> str:
    """Return where works are sought by the words of a reference."""
    return f"{base}/works?{urlencode({'query.bibliographic': words, 'rows': rows})}"


def records_of(document: Any) -> Iterator[tuple[str, WorkRecord]]:  # noqa: ANN401 - as below
    """Yield what a search found: DOIs with their records."""
    message = as_table(as_table(document).get("message"))
    for item in map(as_table, as_list(message.get("items"))):
        doi = as_text(item.get("DOI")).lower()
        record = record_of({"message": item}, doi)
        if doi and record is not None:
            yield doi, record


def agency_of(document: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return the label of the agency that registered a DOI."""
    agency = as_table(as_table(as_table(document).get("message")).get("agency"))
    return as_text(agency.get("label")) or as_text(agency.get("id"))


def titles_of(message: dict[str, Any]) -> Iterator[str]:
    """Yield a work's titles: with subtitle first, alone, and in the original language."""
    titles, subtitles = as_texts(message.get("title")), as_texts(message.get("subtitle"))
    if titles and subtitles:
        yield f"{titles[0]}: {subtitles[0]}"
    yield from titles
    yield from as_texts(message.get("original-title"))


def years_of(message: dict[str, Any]) -> Iterator[str]:
    """Yield each year in which a work came out, in print or online."""
    for name in DATES:
        for parts in as_list(as_table(message.get(name)).get("date-parts"))[:1]:
            for year in as_list(parts)[:1]:
                if as_text(year):
                    yield as_text(year)


def people_of(contributors: Any) -> Iterator[Person]:  # noqa: ANN401 - whatever JSON holds
    """Yield the people and bodies of a list of contributors."""
    for contributor in map(as_table, as_list(contributors)):
        family = as_text(contributor.get("family")) or as_text(contributor.get("name"))
        if family:
            yield Person(family, as_text(contributor.get("given")))


def updates_of(message: dict[str, Any]) -> Iterator[Update]:
    """Yield the notices about a work: retractions, corrections and the like."""
    for update in map(as_table, as_list(message.get("updated-by"))):
        kind = as_text(update.get("type")).lower().replace("-", "_").replace(" ", "_")
        yield Update(kind, as_text(update.get("DOI")).lower())


def published_versions(message: dict[str, Any]) -> Iterator[str]:
    """Yield the DOIs of what a preprint was published as."""
    relation = as_table(message.get("relation"))
    for related in map(as_table, as_list(relation.get("is-preprint-of"))):
        if as_text(related.get("id-type")) == "doi":
            yield as_text(related.get("id")).lower()


def record_of(document: Any, doi: str) -> WorkRecord | None:  # noqa: ANN401 - whatever JSON holds
    """Read Crossref's answer; ``None`` where it is no record."""
    message = as_table(as_table(document).get("message"))
    if not message:
        return None
    containers = (*as_texts(message.get("container-title")),)
    return WorkRecord(
        registry=NAME,
        identifier=f"DOI {doi}",
        titles=tuple(titles_of(message)),
        years=tuple(dict.fromkeys(years_of(message))),
        authors=tuple(people_of(message.get("author"))),
        editors=tuple(people_of(message.get("editor"))),
        containers=containers + as_texts(message.get("short-container-title")),
        volume=as_text(message.get("volume")),
        issue=as_text(message.get("issue")),
        pages=as_text(message.get("page")),
        publishers=tuple(filter(None, [as_text(message.get("publisher"))])),
        language=as_text(message.get("language")),
        is_part=as_text(message.get("type")) not in WHOLES,
        updates=tuple(updates_of(message)),
        published_as=tuple(filter(None, published_versions(message))),
    )
