"""Links inside a set of pages: every target file and every fragment must be there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOT_FOUND = "404.html"
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


def target_of(page: str, path: str, root: str) -> str:
    """Return the file that a path on a page leads to.

    A site's page for missing addresses is shown at any depth, so its paths begin with
    *root*, the path at which the site lies on its host.
    """
    if page == NOT_FOUND and path.startswith(root):
        return posixpath.normpath(path.removeprefix(root))
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page


def check_address(
    page: str,
    address: str,
    files: Mapping[str, bytes],
    anchors: Mapping[str, frozenset[str]],
    root: str,
) -> BrokenLink | None:
    """Return what is wrong with one address on one page, if anything."""
    parts = urlsplit(address)
    target = target_of(page, unquote(parts.path), root)
    if target not in files:
        return BrokenLink(page, address, "no such file")
    fragment = unquote(parts.fragment)
    if fragment and target in anchors and fragment not in anchors[target]:
        return BrokenLink(page, address, "no such place in the file")
    return None


def broken_links(files: Mapping[str, bytes], root: str = "/") -> tuple[BrokenLink, ...]:
    """Check all pages of a site or an EPUB, given as path to content.

    *root* is the path at which a site lies on its host.

    A lone ``#`` is the top of the page and never broken (HTML standard, 7.4.6.4).
    """
    pages = {name: content for name, content in files.items() if name.endswith(PAGE_ENDINGS)}
    anchors = {name: anchors_of(content) for name, content in pages.items()}
    found = [
        check_address(page, address, files, anchors, root)
        for page, content in pages.items()
        for address in filter(is_inside, addresses_of(content))
    ]
    return tuple(link for link in dict.fromkeys(found) if link is not None)
