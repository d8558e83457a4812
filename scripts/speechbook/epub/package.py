"""The package document's facts: metadata, manifest and spine, free of Sphinx and of files."""

from __future__ import annotations

import datetime
import re
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath

from speechbook.problems import BookError

#: Core media types of EPUB 3.3 that this book may hold
#: (https://www.w3.org/TR/epub-33/#sec-core-media-types).
MEDIA_TYPES = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".ncx": "application/x-dtbncx+xml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".xhtml": "application/xhtml+xml",
}

#: Features that hold for every page that the builder writes: the vocabulary of
#: https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20241209/
FEATURES = (
    "alternativeText",
    "ARIA",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "unlocked",
)
SUMMARY = (
    "All of the text can be read in any size, typeface and colours, by screen reader and in "
    "braille. Headings, parts and chapters are marked up and listed in the contents, notes are "
    "linked from the text and back, passages in Russian are marked as such, and every picture "
    "has a text alternative. There are no scripts, sounds or moving pictures."
)
SUMMARY_OF_PAGES = (
    " The page list leads to where each page of the PDF edition begins; its blank pages and the "
    "order of its figures, which float to the head or foot of a page there, are not kept."
)


def features_of(*, has_index: bool, has_pages: bool) -> tuple[str, ...]:
    """Return the accessibility features of a book, sorted without regard to case."""
    found = [*FEATURES, *["index"] * has_index]
    found += ["pageBreakMarkers", "pageNavigation"] if has_pages else []
    return tuple(sorted(found, key=str.casefold))


@dataclass(frozen=True)
class Metadata:
    """What the package says about the book; ``modified`` in seconds since 1970, UTC."""

    identifier: str
    title: str
    subtitle: str
    language: str
    creator: str
    publisher: str
    rights: str
    description: str
    version: str
    commit: str
    modified: int
    features: tuple[str, ...]
    pages_of: str = ""

    @property
    def summary(self) -> str:
        """Return in words what the metadata says in terms."""
        return SUMMARY + (SUMMARY_OF_PAGES if self.pages_of else "")

    @property
    def page_source(self) -> str:
        """Return of what the page list gives the pages, "" without a list.

        The PDF has no number of its own, so it is described, as the vocabulary allows:
        https://www.w3.org/publishing/a11y/page-source-id/
        """
        edition = f"{self.pages_of}, version {self.version} of {self.date}"
        return f"{self.title}, {edition}" if self.pages_of else ""

    @property
    def timestamp(self) -> str:
        """Return the time as ``2026-11-23T12:00:00Z``, the form that EPUB 3.3 asks for."""
        moment = datetime.datetime.fromtimestamp(self.modified, datetime.UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def date(self) -> str:
        """Return the day as ``2026-11-23``."""
        return self.timestamp[:10]


@dataclass(frozen=True)
class Item:
    """A line of the manifest."""

    href: str
    identifier: str
    media_type: str
    properties: str = ""


def stable_identifier(name: str) -> str:
    """Return the same UUID for the same name, for ever, as a URN."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def identifier_of(href: str) -> str:
    """Return a name that XML takes as an id, made from the file's."""
    return "item-" + re.sub(r"[^A-Za-z0-9_-]", "-", href)


def media_type_of(href: str) -> str:
    """Return a file's media type.

    Raises:
        BookError: reading systems need not know files of this kind.

    """
    suffix = PurePosixPath(href).suffix.lower()
    if suffix not in MEDIA_TYPES:
        raise BookError(
            f"The EPUB cannot hold {href!r}, since reading systems need not know {suffix!r} files; "
            "use SVG, PNG or JPEG for pictures"
        )
    return MEDIA_TYPES[suffix]


def properties_of(href: str, content: bytes) -> str:
    """Return the manifest properties that a page's content calls for.

    Source: https://www.w3.org/TR/epub-33/#app-item-properties-vocab
    """
    if not href.endswith(".xhtml"):
        return ""
    return " ".join(word for word in ("mathml", "svg") if f"<{word[:4]}".encode() in content)


def item_of(href: str, content: bytes, fixed: dict[str, str]) -> Item:
    """Return a file's line in the manifest; *fixed* gives properties by file."""
    properties = fixed.get(href, properties_of(href, content))
    return Item(href, identifier_of(href), media_type_of(href), properties)
