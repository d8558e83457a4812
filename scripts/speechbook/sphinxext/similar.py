"""At each chapter's end: three others like it, and what they share.

The measure is :mod:`speechbook.story.likeness`'s, of the people and places that the finder
of names found and of the works cited.  The chapters before and after are left out, since
links to them stand below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from speechbook.citing.notes import short_reference
from speechbook.sphinxext.cited_works import cited_by, entries_of
from speechbook.sphinxext.edition import chapters_of, part_for
from speechbook.sphinxext.naming import story_of
from speechbook.sphinxext.site_builder import SiteBuilder
from speechbook.story.likeness import Likenesses, Trait
from speechbook.story.mentions import Named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from speechbook.story.likeness import Likeness

WORK = "work"
REFERENCE = "reference"
MOST_NAMES = 3
SPAN = re.compile(r"</?span\b[^>]*>")


@dataclass(frozen=True)
class Similar:
    """Another chapter: its docname, its title, and why it is like this one (HTML)."""

    docname: str
    title: str
    why: str


def traits_in(app: Sphinx, docname: str) -> Iterator[Trait]:
    """Yield whom a chapter names, in no order, and what it cites.

    Works of reference, the maps' grounds among them, say nothing of what a chapter is about.
    """
    for named in story_of(app.env).mentions.get(docname, ()):
        yield Trait(named.kind, named.slug)
    entries = entries_of(app.env)
    for key in cited_by(app.env, docname):
        if entries[key].fields.get("keywords") != REFERENCE:
            yield Trait(WORK, key)


def likenesses_of(app: Sphinx) -> Likenesses:
    """Return how like one another all chapters are, found on first need."""
    builder: Any = app.builder
    if not hasattr(builder, "speechbook_likenesses"):
        traits = {docname: frozenset(traits_in(app, docname)) for docname in chapters_of(app)}
        builder.speechbook_likenesses = Likenesses(traits)
    found: Likenesses = builder.speechbook_likenesses
    return found


def name_of(app: Sphinx, trait: Trait) -> str:
    """Return a person's or a place's name as HTML; a row that no page shows has none."""
    row = story_of(app.env).rows.get(Named(trait.kind, trait.name))
    return escape(row[2]) if row else ""


def listed(names: list[str]) -> str:
    """Return ``A, B and C``, as the text lists names."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def shown_work(app: Sphinx, key: str) -> str:
    """Return a work's short reference as HTML, without pybtex's marks of braces."""
    return SPAN.sub("", short_reference(entries_of(app.env)[key]).render_as("html"))


def reason(app: Sphinx, like: Likeness) -> str:
    """Say in a sentence what two chapters share: the rarest names, and the rarest work."""
    people = [name_of(app, trait) for trait in like.shared if trait.kind != WORK]
    names = listed(list(filter(None, people))[:MOST_NAMES])
    works = [trait.name for trait in like.shared if trait.kind == WORK]
    cited = shown_work(app, works[0]) if works else ""
    if names and cited:
        return f"Both tell of {names}, and cite {cited}."
    return f"Both tell of {names}." if names else f"Both cite {cited}."


def similar_to(app: Sphinx, docname: str) -> tuple[Similar, ...]:
    """Return the chapters most like one."""
    likenesses = likenesses_of(app)
    return tuple(
        Similar(like.chapter, part_for(app, like.chapter).heading, reason(app, like))
        for like in likenesses.most_like(docname, likenesses.neighbours(docname))
    )


def offer_similar(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Tell the templates of the similar chapters."""
    if isinstance(app.builder, SiteBuilder):
        is_one = doctree is not None and pagename in likenesses_of(app)
        context["similar"] = similar_to(app, pagename) if is_one else ()


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the page context."""
    app.connect("html-page-context", offer_similar)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
