"""What a page's head tells reference managers and sites that show a card of it.

Highwire Press's tags are what Zotero's translator "Embedded Metadata"
(https://github.com/zotero/translators) and Google Scholar
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) read; OpenGraph's
(https://ogp.me/) are what most sites and messengers read, X's among them
(https://docs.x.com/x-for-websites/cards/overview/markup).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.release.citation import Author
    from speechbook.site.edition import Edition, Part

Tag = tuple[str, str]


@dataclass(frozen=True)
class Picture:
    """A page's drawn picture: its address and what it shows, in words."""

    address: str
    alt: str
    width: int
    height: int


def highwire_name(author: Author) -> str:
    """Return ``Family, Given``; a body ends with a comma.

    Without a comma Zotero takes the last word for a person's family name
    (https://github.com/zotero/utilities, ``cleanAuthor``): a comma at the end is dropped
    there, and the whole stays the name.
    """
    return f"{author.family}, {author.given}".rstrip() if author.given else f"{author.family},"


def highwire(edition: Edition, part: Part, pdf: str = "") -> Iterator[Tag]:
    """Yield a part's tags; *pdf* is the address of a PDF that holds this part and no more."""
    yield "citation_title", part.title if part.is_chapter else edition.title
    for author in edition.authors:
        yield "citation_author", highwire_name(author)
    if part.is_chapter:
        yield "citation_book_title", edition.title
    yield "citation_publication_date", edition.day.replace("-", "/")
    yield "citation_language", edition.language
    address = edition.address_of(part.page)
    if address:
        yield "citation_public_url", address
    if pdf:
        yield "citation_pdf_url", pdf


def open_graph(edition: Edition, part: Part, kind: str, picture: Picture) -> Iterator[Tag]:
    """Yield a page's properties; *kind* is one of OpenGraph's types."""
    yield "og:type", kind
    yield "og:site_name", edition.title
    yield "og:title", part.heading if part.is_chapter else edition.title
    if part.description:
        yield "og:description", part.description
    address = edition.address_of(part.page)
    if address:
        yield "og:url", address
    yield "og:image", picture.address
    yield "og:image:width", str(picture.width)
    yield "og:image:height", str(picture.height)
    yield "og:image:alt", picture.alt
