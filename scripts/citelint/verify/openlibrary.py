"""Open Library's records of books, by ISBN.

Source: Open Library, "Books API" (https://openlibrary.org/dev/docs/api/books): the edition
at ``/isbn/{isbn}.json`` names its authors and its works by key; each key with ``.json``
is a document of its own, which may be a redirect to another key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citelint.verify.registry import (
    YEAR,
    Person,
    WorkRecord,
    as_list,
    as_table,
    as_text,
    as_texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "Open Library"
KEY = re.compile(r"/(?:authors|works)/OL[0-9]+[AW]")
#: How many authors of a book are looked up.
MOST_AUTHORS = 5
MOST_REDIRECTS = 2


def edition_address(base: str, isbn: str) -> str:
    """Return where the edition of an ISBN is asked for."""
    return f"{base}/isbn/{isbn}.json"


def keys_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Yield the keys of a list: ``{"key": …}``, or ``{"author": {"key": …}}`` in works."""
    for item in map(as_table, as_list(value)):
        author = item.get("author")
        key = as_text(as_table(author).get("key") or author or item.get("key"))
        if KEY.fullmatch(key):
            yield key


def document_at(key: str, ask: Callable[[str], Any]) -> dict[str, Any]:
    """Return the document of a key, following Open Library's own redirects."""
    document: dict[str, Any] = {}
    for _ in range(MOST_REDIRECTS + 1):
        document = as_table(ask(f"{key}.json"))
        location = as_text(document.get("location"))
        if not KEY.fullmatch(location):
            break
        key = location
    return document


def author_keys(edition: dict[str, Any], ask: Callable[[str], Any]) -> list[str]:
    """Return the keys of an edition's authors, else those of its work."""
    keys = list(keys_in(edition.get("authors")))
    for work in list(keys_in(edition.get("works")))[:1]:
        keys = keys or list(keys_in(document_at(work, ask).get("authors")))
    return keys[:MOST_AUTHORS]


def record_of(
    document: Any,  # noqa: ANN401 - whatever JSON holds
    isbn: str,
    ask: Callable[[str], Any],
) -> WorkRecord | None:
    """Read an edition and what it links; *ask* returns the JSON at a path, ``None`` for none."""
    edition = as_table(document)
    title, subtitle = as_text(edition.get("title")), as_text(edition.get("subtitle"))
    if not title:
        return None
    names = (as_text(document_at(key, ask).get("name")) for key in author_keys(edition, ask))
    return WorkRecord(
        registry=NAME,
        identifier=f"ISBN {isbn}",
        titles=tuple(filter(None, [f"{title}: {subtitle}" if subtitle else "", title])),
        years=tuple(YEAR.findall(as_text(edition.get("publish_date")))),
        authors=tuple(Person(name) for name in names if name),
        publishers=as_texts(edition.get("publishers")),
        lists_all_authors=False,
    )
