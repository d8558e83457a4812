"""At the end of every page of the book: how to cite it, and links to pass it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.site.cite import forms_of
from speechbook.site.edition import TITLE_PAGE
from speechbook.site.sharing import shares_of
from speechbook.sphinxext.edition import edition_of, is_chapter, part_for
from speechbook.sphinxext.site_builder import SiteBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def kind_of(app: Sphinx, pagename: str) -> str:
    """Return what a reader would call the page."""
    if pagename == TITLE_PAGE:
        return "book"
    return "chapter" if is_chapter(app, pagename) else "page"


def offer_end(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell the templates of the forms and the links."""
    if doctree is None or not isinstance(app.builder, SiteBuilder):
        return
    # Pages for contributors belong to the site and not to the book.
    if pagename != TITLE_PAGE and pagename not in app.builder.relations:
        return
    edition, part = edition_of(app), part_for(app, pagename)
    address = edition.address_of(pagename)
    title = f"{part.heading} – {edition.title}" if part.is_chapter else edition.title
    context["end"] = {
        "what": kind_of(app, pagename),
        "forms": forms_of(edition, part),
        "title": title,
        "address": address,
        "shares": shares_of(title, address),
    }


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the page context."""
    app.connect("html-page-context", offer_end)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
