"""Ask for a work's record: politely, bounded in time and size, with one sentence for a failure."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from citelint.verify import crossref, openlibrary
from citelint.verify.addresses import Gate, as_uri
from citelint.verify.asking import ABSENT, Client, Manners, Unanswered
from citelint.verify.cache import Cache
from citelint.verify.library import TEXTS, Library
from citelint.verify.options import base_of, setup_from
from citelint.verify.transport import Limits
from speechbook.contributing.works.registries import (
    from_crossref,
    from_datacite,
    from_openlibrary,
)
from speechbook.contributing.works.webpage import from_page
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citelint.verify.options import Setup
    from speechbook.contributing.works.identifier import Identifier
    from speechbook.contributing.works.work import Work

DATACITE = "https://api.datacite.org"
#: A person waits for the answer.
MOST_SECONDS = 60.0
WITHOUT_RECORD = {
    "doi": "Neither Crossref nor DataCite has a record",
    "isbn": "Open Library has no record",
    "url": "The page gives no title",
}
HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class Registries:
    """Where records are asked for, and the means to ask."""

    setup: Setup
    datacite: str
    library: Library

    def document(self, url: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the JSON document at an address, ``None`` where there is none."""
        return self.library.json(url)

    def by_doi(self, doi: str) -> Work | None:
        """Ask Crossref, then DataCite."""
        found = self.document(crossref.work_address(self.setup.crossref, doi))
        work = from_crossref(found, doi)
        if work is not None:
            return work
        return from_datacite(self.document(f"{self.datacite}/dois/{quote(doi, safe='')}"), doi)

    def by_isbn(self, isbn: str) -> Work | None:
        """Ask Open Library."""
        base = self.setup.openlibrary
        edition = self.document(openlibrary.edition_address(base, isbn))
        return from_openlibrary(edition, isbn, lambda path: self.document(f"{base}{path}"))

    def by_url(self, url: str, today: str) -> Work | None:
        """Ask the page itself, and for the record of the DOI that it names.

        Raises:
            BookError: the page is no page.

        """
        answer = self.library.asked(as_uri(url), TEXTS)
        if answer.status in ABSENT:
            raise BookError(f"{url} is not there ({answer.status})", cure="see whether it moved")
        if answer.kind.partition(";")[0].strip().lower() not in HTML:
            kind = answer.kind.partition(";")[0].strip() or "of no known type"
            cure = "cite it by its DOI or ISBN, or write the entry by hand"
            raise BookError(f"{url} is no web page but {kind[:60]}", cure=cure)
        work, doi = from_page(answer.text, url, today)
        return (self.by_doi(doi) if doi else None) or work


def registries_for(
    identifier: Identifier, environment: Mapping[str, str] = os.environ
) -> Registries:
    """Return the means to ask for one work; its own address may be asked wherever it lies."""
    setup = setup_from(None, environment)
    datacite = base_of(None, "BOOK_DATACITE", DATACITE, environment)
    named = [setup.crossref, setup.openlibrary, datacite]
    if identifier.kind == "url":
        named.append(as_uri(identifier.value))
    manners = Manners(agent=setup.agent, pause=0.2, tries=2, longest_wait=10, whole=MOST_SECONDS)
    client = Client(Gate(named), manners, Limits(wait=setup.wait), setup.proxies)
    return Registries(setup, datacite, Library(client, Cache(None)))


def asked(identifier: Identifier, registries: Registries, today: str) -> Work | None:
    """Ask where works with such an identifier are recorded."""
    if identifier.kind == "doi":
        return registries.by_doi(identifier.value)
    if identifier.kind == "isbn":
        return registries.by_isbn(identifier.value)
    return registries.by_url(identifier.value, today)


def ask_for(identifier: Identifier, registries: Registries, today: str) -> Work:
    """Return the work that an identifier names.

    Raises:
        BookError: nobody answered, or nobody knows it.

    """
    try:
        work = asked(identifier, registries, today)
    except Unanswered as trouble:
        cure = "see whether you are online, and try again later"
        raise BookError(f"No record could be fetched: {trouble}", cure=cure) from trouble
    if work is None:
        what = f"{WITHOUT_RECORD[identifier.kind]} of {identifier.value}"
        raise BookError(what, cure="compare it with the work, or write the entry by hand")
    return work
