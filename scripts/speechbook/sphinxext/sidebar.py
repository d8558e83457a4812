"""Render the site's sidebar once a folder instead of once a page.

The stock theme resolves the whole toctree for every page, so the cost of the
sidebar grows with the square of the number of chapters (65 % of an HTML build at
500 chapters).  Links differ only by the page's folder, and the current page only
by a class; so the list is rendered once a folder and the class is set by
replacing one marker.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx import addnodes
from sphinx.util import url_re

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MARKER = re.compile(r' data-page="[^"]*"')


@dataclass(frozen=True)
class Link:
    """One line of the contents: a page, its title and its chapter number ("" if none)."""

    docname: str
    title: str
    number: str


@dataclass(frozen=True)
class Part:
    """A captioned group of links."""

    caption: str
    links: tuple[Link, ...]


def links_of(env: BuildEnvironment, toctree: addnodes.toctree) -> Iterator[Link]:
    """Yield the links of one toctree; addresses outside the book are left out."""
    for title, docname in toctree["entries"]:
        if url_re.match(docname):
            continue
        number = env.toc_secnumbers.get(docname, {}).get("", ())
        own_title = env.titles[docname].astext() if docname in env.titles else docname
        yield Link(docname, title or own_title, str(number[0]) if number else "")


def parts_of(env: BuildEnvironment) -> tuple[Part, ...]:
    """Return the book's parts as the root document's toctrees give them.

    Raises:
        BookError: a part has no document.

    """
    root = env.get_doctree(env.config.root_doc)
    return tuple(part_of(env, toctree) for toctree in root.findall(addnodes.toctree))


def part_of(env: BuildEnvironment, toctree: addnodes.toctree) -> Part:
    """Return the part that a toctree gives.

    Raises:
        BookError: it names no document.

    """
    links = tuple(links_of(env, toctree))
    caption = toctree.get("caption") or ""
    if not links:
        raise BookError(
            f"The part ‘{caption}’ has no chapter",
            place=Place(Path(str(env.doc2path(env.config.root_doc))), toctree.line or 0),
            cure="name one in its toctree, or take the toctree out",
        )
    return Part(caption, links)


def marker_of(docname: str) -> str:
    """Return the attribute that marks a page's line until it is set or dropped."""
    return f' data-page="{escape(docname)}"'


def link_html(link: Link, address: str) -> str:
    """Return a line of the list."""
    number = f'<span class="sectnum">{link.number}</span> ' if link.number else ""
    words = f"{number}{escape(link.title)}"
    return f'<li><a{marker_of(link.docname)} href="{escape(address)}">{words}</a></li>'


def part_html(part: Part, address_of: Callable[[str], str]) -> str:
    """Return a part's caption and list."""
    items = "\n".join(link_html(link, address_of(link.docname)) for link in part.links)
    caption = f'<h2 class="caption">{escape(part.caption)}</h2>\n' if part.caption else ""
    return f"{caption}<ul>\n{items}\n</ul>"


def with_current(rendered: str, docname: str) -> str:
    """Mark *docname*'s line as the current page."""
    marked = rendered.replace(marker_of(docname), ' aria-current="page"')
    return MARKER.sub("", marked)


@dataclass(frozen=True)
class Navigation:
    """The sidebar of one build, rendered on first need for each depth of folder."""

    parts: tuple[Part, ...]
    suffix: str

    def for_page(self, docname: str) -> str:
        """Return the list as it stands on *docname*'s page."""
        return with_current(self._at_depth(docname.count("/")), docname)

    @functools.cache  # noqa: B019 - the object lives as long as the build
    def _at_depth(self, depth: int) -> str:
        def address_of(docname: str) -> str:
            return f"{'../' * depth}{docname}{self.suffix}"

        return "\n".join(part_html(part, address_of) for part in self.parts)


def navigation_of(app: Sphinx) -> Navigation:
    """Return the build's navigation, made on first need."""
    builder: Any = app.builder
    if not hasattr(builder, "speechbook_navigation"):
        suffix = builder.get_target_uri("x")[1:]
        builder.speechbook_navigation = Navigation(parts_of(app.env), suffix)
    found: Navigation = builder.speechbook_navigation
    return found


def parts_of_build(app: Sphinx) -> tuple[Part, ...]:
    """Return the parts of the book that is being built."""
    return navigation_of(app).parts


def offer_navigation(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give the template a function that returns the finished list."""
    context["book_navigation"] = functools.partial(navigation_of(app).for_page, pagename)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the page context."""
    app.connect("html-page-context", offer_navigation)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
