"""The feed of changes and errata (Atom, https://www.rfc-editor.org/rfc/rfc4287).

Its entries are the editions in ``CHANGELOG.md`` and the corrections to editions that are
out.  Identifiers are made from the names of what they identify, so that they stay the
same from build to build and from host to host.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from speechbook.figures.dates import Date
    from speechbook.story.errata import Erratum

ATOM = "http://www.w3.org/2005/Atom"
#: Of this book's feed; made once with uuid4 and never to be changed.
NAMESPACE = uuid.UUID("b8e2a8f3-6d65-4b8c-9a0e-3b1d5f0c7a52")
EDITION = re.compile(r"^## (?P<version>\S+) [–-] (?P<day>.+)$", re.MULTILINE)
ERRATA_PAGE = "back/errata"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class News:
    """One entry: its lasting name, title, day (``2026-11-23``), text and page ("" if none)."""

    name: str
    title: str
    day: str
    text: str
    page: str


def editions_in(changelog: str, today: str) -> Iterator[News]:
    """Yield the editions of a changelog; one without a day ("unreleased") has *today*'s."""
    heads = list(EDITION.finditer(changelog))
    starts = [*(head.start() for head in heads), len(changelog)]
    for head, end in zip(heads, starts[1:], strict=True):
        day = head["day"] if DAY.fullmatch(head["day"]) else today
        text = " ".join(changelog[head.end() : end].replace("\n- ", "\n").split())
        yield News(f"edition {head['version']}", f"Edition {head['version']}", day, text, "index")


def corrections_in(
    errata: Iterable[Erratum], chapters: Mapping[str, tuple[str, str]]
) -> Iterator[News]:
    """Yield the corrections to editions that are out.

    *chapters* gives the page and the title that a chapter's label stands for.  A correction
    is known by its edition, its chapter and what stood there, which stay if it is reworded.
    """
    for erratum in errata:
        page, title = chapters.get(erratum.chapter, (ERRATA_PAGE, erratum.chapter))
        name = f"erratum {erratum.edition} {erratum.chapter} {erratum.was}"
        thanks = f" Found by {erratum.thanks}." if erratum.thanks else ""
        text = f"In version {erratum.edition}: {erratum.was} Now: {erratum.now}{thanks}"
        yield News(name, f"Erratum to “{title}”", first_day(erratum.on), text, page)


def first_day(date: Date) -> str:
    """Return a date as Atom wants it; one without a day counts as the first of its month."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}"


def child(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    """Add an element with text."""
    ElementTree.SubElement(parent, name, attributes).text = text or None


def identifier(name: str) -> str:
    """Return a lasting identifier for a name."""
    return uuid.uuid5(NAMESPACE, name).urn


def feed(title: str, author: str, base: str, news: Iterable[News], today: str) -> bytes:
    """Return the feed, newest first; *base* is the site's address or nothing."""
    entries = sorted(news, key=lambda entry: (entry.day, entry.name), reverse=True)
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    child(root, "id", identifier("feed"))
    child(root, "title", f"{title}: changes and errata")
    child(root, "updated", f"{entries[0].day if entries else today}T00:00:00Z")
    person = ElementTree.SubElement(root, "author")
    child(person, "name", author)
    child(root, "link", rel="alternate", type="text/html", href=base or "index.html")
    if base:
        child(root, "link", rel="self", type="application/atom+xml", href=f"{base}feed.xml")
    for entry in entries:
        element = ElementTree.SubElement(root, "entry")
        child(element, "id", identifier(entry.name))
        child(element, "title", entry.title)
        child(element, "updated", f"{entry.day}T00:00:00Z")
        child(element, "link", rel="alternate", type="text/html", href=f"{base}{entry.page}.html")
        child(element, "content", entry.text, type="text")
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
