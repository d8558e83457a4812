"""What search engines read of the whole site: ``sitemap.xml`` and ``robots.txt``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Pages that are no reading of their own.
NOT_LISTED = frozenset({"404", "search"})


def sitemap(base: str, pages: Iterable[str], day: str) -> str:
    """Return a sitemap (https://www.sitemaps.org/protocol.html).

    *base* is the site's address with its final slash, *day* as ``2026-11-23``.
    """
    addresses = [
        base if page == "index" else f"{base}{page}.html"
        for page in sorted(pages)
        if page not in NOT_LISTED
    ]
    rows = "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{day}</lastmod></url>\n"
        for address in addresses
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{rows}</urlset>\n"
    )


def robots(base: str) -> str:
    """Return ``robots.txt``: everyone may read everything (https://www.rfc-editor.org/rfc/rfc9309)."""
    listing = f"\nSitemap: {base}sitemap.xml\n" if base else ""
    return f"User-agent: *\nAllow: /\n{listing}"
