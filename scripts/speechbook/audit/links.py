"""Links inside a set of pages: every target file and every fragment must be there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE_ENDINGS = (".html", ".xhtml")
LINKING = (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"), ("object", "data"))


@dataclass(frozen=True)
class BrokenLink:
    """A link that leads nowhere: the page it stands on, what it says, why it fails."""

    page: str
    address: str
    reason: str


def parse(content: bytes) -> lxml.html.HtmlElement:
    """Parse a UTF-8 page."""
    return lxml.html.document_fromstring(content, lxml.html.HTMLParser(encoding="utf-8"))


def anchors_of(content: bytes) -> frozenset[str]:
    """Return every id and every named anchor of a page."""
    found = parse(content).xpath("//@id | //a/@name")
    return frozenset(str(name) for name in found)


def addresses_of(content: bytes) -> Iterator[str]:
    """Yield every address that a page links or loads."""
    document = parse(content)
    for tag, attribute in LINKING:
        yield from (str(value) for value in document.xpath(f"//{tag}/@{attribute}"))


def is_inside(address: str) -> bool:
    """Say whether an address stays within the set of pages."""
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def check_address(
    page: str, address: str, files: Mapping[str, bytes], anchors: Mapping[str, frozenset[str]]
) -> BrokenLink | None:
    """Return what is wrong with one address on one page, if anything."""
    parts = urlsplit(address)
    folder = posixpath.dirname(page)
    target = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else page
    if target not in files:
        return BrokenLink(page, address, "no such file")
    fragment = unquote(parts.fragment)
    if fragment and target in anchors and fragment not in anchors[target]:
        return BrokenLink(page, address, "no such place in the file")
    return None


def broken_links(files: Mapping[str, bytes]) -> tuple[BrokenLink, ...]:
    """Check all pages of a site or an EPUB, given as path to content.

    A lone ``#`` is the top of the page and never broken (HTML standard, 7.4.6.4).
    """
    pages = {name: content for name, content in files.items() if name.endswith(PAGE_ENDINGS)}
    anchors = {name: anchors_of(content) for name, content in pages.items()}
    found = [
        check_address(page, address, files, anchors)
        for page, content in pages.items()
        for address in filter(is_inside, addresses_of(content))
    ]
    return tuple(link for link in dict.fromkeys(found) if link is not None)
