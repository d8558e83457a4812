"""At the end of chapters and of the title page: how to cite them, and links to pass them on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.site.cite import forms_of
from speechbook.site.edition import TITLE_PAGE
from speechbook.site.sharing import shares_of
from speechbook.sphinxext.edition import edition_of, is_chapter, part_for
from speechbook.sphinxext.site_builder import SiteBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def offer_end(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell the templates of the forms and the links."""
    ends = pagename == TITLE_PAGE or is_chapter(app, pagename)
    if doctree is None or not ends or not isinstance(app.builder, SiteBuilder):
        return
    edition, part = edition_of(app), part_for(app, pagename)
    address = edition.address_of(pagename)
    title = f"{part.heading} – {edition.title}" if part.is_chapter else edition.title
    context["end"] = {
        "what": "chapter" if part.is_chapter else "book",
        "forms": forms_of(edition, part),
        "title": title,
        "address": address,
        "shares": shares_of(title, address),
    }


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the page context."""
    app.connect("html-page-context", offer_end)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
