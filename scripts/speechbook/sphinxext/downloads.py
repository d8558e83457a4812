"""Offer every page the PDF and the EPUB that were built with it, with their sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MEDIA_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}
BYTES_IN_A_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Download:
    """A file beside the site's index page; ``size`` is for people, as "1.2 MB"."""

    path: str
    label: str
    media_type: str
    size: str


def readable_size(count: int) -> str:
    """Return a count of bytes in MB with one decimal, or in whole kB below one MB."""
    if count >= BYTES_IN_A_MEGABYTE:
        return f"{count / BYTES_IN_A_MEGABYTE:.1f} MB"
    return f"{max(1, round(count / 1000))} kB"


def download(path: str, count: int) -> Download:
    """Describe a file of *count* bytes by its name's ending."""
    ending = path.rpartition(".")[2]
    return Download(path, ending.upper(), MEDIA_TYPES[ending], readable_size(count))


def offer_downloads(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Put the downloads into the page's context."""
    files: dict[str, int] = app.config.speechbook_downloads
    context["downloads"] = [download(path, count) for path, count in sorted(files.items())]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the setting (file name to bytes) and connect the page context."""
    app.add_config_value("speechbook_downloads", {}, "", types=frozenset({dict}))
    app.connect("html-page-context", offer_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
