"""The book, its chapters and the works that they cite, in schema.org's terms as JSON-LD.

https://schema.org/Book, https://schema.org/Chapter, https://schema.org/citation, and
https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents.  A script element of
this type holds data and is never run, so no policy against inline scripts keeps it out
(https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from speechbook.release.citation import Author
    from speechbook.site.edition import Edition, Part

LinkedData = dict[str, Any]

#: schema.org's types by CSL's.
TYPES = {
    "article-journal": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "manuscript": "Manuscript",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
#: What holds each of them.
CONTAINERS = {"article-journal": "Periodical", "article-newspaper": "Newspaper", "chapter": "Book"}


def named(kind: str, name: str) -> LinkedData:
    """Return a thing of which only the name is known."""
    return {"@type": kind, "name": name}


def author_data(author: Author) -> LinkedData:
    """Return a person or a body."""
    return named("Person" if author.given else "Organization", author.name)


def given(data: LinkedData) -> LinkedData:
    """Leave out what is not known."""
    return {name: value for name, value in data.items() if value}


def names_data(names: Iterable[dict[str, str]]) -> list[LinkedData]:
    """Return the people and bodies of a CSL item."""
    return [
        named("Organization", name["literal"])
        if "literal" in name
        else named("Person", f"{name['given']} {name['family']}")
        for name in names
    ]


def issued(item: dict[str, Any]) -> str:
    """Return a CSL item's date as ``1956-06-05``, or as much of it as is known."""
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" for part in parts)


def work_data(item: dict[str, Any]) -> LinkedData:
    """Return a cited work, given as a CSL item."""
    kind, container = item["type"], item.get("container-title")
    return given(
        {
            "@type": TYPES.get(kind, "CreativeWork"),
            "name": item.get("title"),
            "author": names_data(item.get("author", ())),
            "editor": names_data(item.get("editor", ())),
            "datePublished": issued(item),
            "isPartOf": named(CONTAINERS.get(kind, "CreativeWork"), container)
            if container
            else None,
            "url": f"https://doi.org/{item['DOI']}" if "DOI" in item else item.get("URL"),
        }
    )


def whole_data(edition: Edition) -> LinkedData:
    """Return the book, as a chapter names it."""
    address = edition.address_of("index")
    return given({"@type": "Book", "@id": address, "name": edition.title, "url": address})


def licence_address(identifier: str) -> str:
    """Return the page of an SPDX identifier (https://spdx.org/licenses/), "" for none."""
    return f"https://spdx.org/licenses/{identifier}" if identifier else ""


def edition_data(edition: Edition) -> LinkedData:
    """Return what holds for the book and each of its chapters."""
    return {
        "author": [author_data(author) for author in edition.authors],
        "datePublished": edition.day,
        "version": edition.version,
        "inLanguage": edition.language,
        "license": licence_address(edition.licence),
    }


def book_data(edition: Edition, image: str, chapters: Iterable[Part]) -> LinkedData:
    """Return the book with its chapters."""
    parts = [
        given(
            {**named("Chapter", p.title), "position": p.number, "url": edition.address_of(p.page)}
        )
        for p in chapters
    ]
    book = {
        **whole_data(edition),
        **edition_data(edition),
        "bookFormat": "https://schema.org/EBook",
        "description": edition.description,
        "image": image,
        "hasPart": parts,
    }
    return given({"@context": "https://schema.org", **book})


def chapter_data(
    edition: Edition, part: Part, image: str, works: Iterable[dict[str, Any]]
) -> LinkedData:
    """Return a chapter with the works that it cites, which are CSL items."""
    address = edition.address_of(part.page)
    chapter = {
        "@type": "Chapter",
        "@id": address,
        "name": part.title,
        "position": part.number,
        "url": address,
        "isPartOf": whole_data(edition),
        **edition_data(edition),
        "description": part.description,
        "image": image,
        "citation": [work_data(item) for item in works],
    }
    return given({"@context": "https://schema.org", **chapter})


def script_text(data: LinkedData) -> str:
    """Return JSON that no text in it can end the script element that holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
