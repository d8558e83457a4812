"""What each page's head says: policy, title, description; and its place in the book."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from speechbook.site.pages import (
    minutes_of,
    plain,
    shortened,
    title_of_page,
    without_viewport,
)
from speechbook.site.policy import policy_of
from speechbook.sphinxext.sidebar import parts_of_build

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Of the pages that have no text of their own.
DESCRIPTIONS: Final = {
    "genindex": "The index of the book: people, places and subjects, with links to where the "
    "chapters treat of them.",
    "search": "Search the book: its chapters, its notes, its bibliography, its people and places.",
    "404": "Nothing of the book stands at this address; from here its contents and its search "
    "can be reached.",
}


def opening_of(doctree: nodes.document | None) -> str:
    """Return a page's summary, or else its first paragraph, as plain text."""
    if doctree is None:
        return ""
    summaries = (c for c in doctree.findall(nodes.container) if "summary" in c["classes"])
    summary = next(summaries, None) or next(doctree.findall(nodes.paragraph), None)
    return " ".join(summary.astext().split()) if summary is not None else ""


def part_of(app: Sphinx, pagename: str) -> str:
    """Return the caption of the part that a page stands in, or nothing."""
    for part in parts_of_build(app):
        if any(link.docname == pagename for link in part.links):
            return part.caption
    return ""


def fill_head(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill in what ``book-head.html`` and ``book-place.html`` show."""
    if app.builder.name != "html":
        return
    metatags = without_viewport(context.get("metatags", ""))
    described = DESCRIPTIONS.get(pagename) or shortened(opening_of(doctree))
    has_description = 'name="description"' in metatags
    context.update(
        metatags=metatags,
        page_policy=policy_of(pagename),
        page_title=title_of_page(context.get("title", ""), app.config.project),
        # Not "page_description": the theme sets that after us, with nothing escaped in it
        # (sphinx_book_theme 1.4, add_metadata_to_page).
        book_description="" if has_description else escape(described),
        reading={
            "part": plain(part_of(app, pagename)),
            "minutes": minutes_of(context.get("body", "")) if doctree is not None else 0,
        },
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the page context."""
    app.connect("html-page-context", fill_head)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
