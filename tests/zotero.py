"""What Zotero makes of a page: its documented mapping of a page's tags, in our own words.

Read from Zotero's translator "Embedded Metadata" of 13 June 2024
(https://github.com/zotero/translators, ``Embedded Metadata.js``, commit dcd14d6f; ``init``,
``HIGHWIRE_MAPPINGS``, ``addHighwireMetadata``), its translator "RDF" (``RDF.js``,
``detectType`` for ``og:type`` and ``importItem`` for what else OpenGraph fills in) and
``cleanAuthor`` of https://github.com/zotero/utilities (``utilities.js``, commit 04e460e5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: The field of an item that each tag fills.
FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_book_title": "bookTitle",
    "citation_public_url": "url",
    "citation_language": "language",
}
#: OpenGraph fills these where nothing else has.
OPEN_GRAPH_FIELDS = {
    "og:title": "title",
    "og:url": "url",
    "og:description": "abstractNote",
}
#: A tag that says of what type the item is, whatever OpenGraph says.
TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
}
#: The item's type by OpenGraph's; "article" is but a guess, weaker than a Highwire title's.
OPEN_GRAPH_TYPES = {"book": "book", "website": "webpage", "article": "journalArticle"}


@dataclass
class Item:
    """An item in a library: authors as (family name, given name or "")."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)
    pdf: str = ""


def author_of(text: str) -> tuple[str, str]:
    """Return a name parted at its comma; without one the last word is the family name."""
    trimmed = text.strip(" .,/[]:")
    if "," not in text:
        given, _, family = trimmed.rpartition(" ")
        return family, given
    family, _, given = trimmed.partition(",")
    return family, given.strip()


def tags_of(page: HtmlElement) -> list[tuple[str, str]]:
    """Return a page's tags in order, by name or property."""
    found: Any = page.xpath("//meta[@content]")
    return [(m.get("name") or m.get("property") or "", m.get("content")) for m in found]


def item_of(page: HtmlElement) -> Item:
    """Return what Zotero would save of a page."""
    tags = tags_of(page)
    first = dict(reversed(tags))
    named = next((TYPES[name] for name, _ in tags if name in TYPES), "")
    has_title = "citation_title" in first
    of_graph = first.get("og:type", "")
    certain = OPEN_GRAPH_TYPES.get(of_graph, "") if of_graph != "article" else ""
    guess = "journalArticle" if has_title else "webpage"
    item = Item(named or certain or guess)
    for fields in (OPEN_GRAPH_FIELDS, FIELDS):
        item.fields.update({fields[n]: first[n] for n in fields if n in first})
    item.authors = [author_of(content) for name, content in tags if name == "citation_author"]
    item.pdf = first.get("citation_pdf_url", "")
    return item
