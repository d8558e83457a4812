"""The search: its page, and the passages of all pages as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.site.pages import plain
from speechbook.site.passages import TITLE, Passage, passages_of
from speechbook.site.search import (
    INDEX,
    SearchedPage,
    kind_of,
    other_names,
    search_index,
    words_in,
)
from speechbook.sphinxext.site_builder import SiteBuilder
from speechbook.story.people import Person, people_in
from speechbook.story.places import StoryPlace, places_in
from speechbook.story.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from speechbook.site.search import OtherNames

SEARCH_PAGE = "search"
TABLES: dict[str, Callable[[Path, str], Sequence[Person | StoryPlace]]] = {
    "people": people_in,
    "places": places_in,
}


def collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the search's own page, which Sphinx makes for its own search alone."""
    if isinstance(app.builder, SiteBuilder):
        yield SEARCH_PAGE, {"title": "Search"}, "search.html"


def read_passages(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Keep a page's passages; pages without a source have none to be found."""
    builder = app.builder
    if doctree is None or not isinstance(builder, SiteBuilder):
        return
    kept = builder.keeper.derived("passages", context["body"], passages_of)
    passages = tuple(Passage(anchor, sort, tuple(lines)) for anchor, sort, lines in kept)
    titles = (" ".join(passage.lines) for passage in passages if passage.sort == TITLE)
    title = next(titles, plain(context["title"]))
    address = builder.get_target_uri(pagename)
    builder.searched.append(SearchedPage(address, title, kind_of(pagename), passages))


def names_of(app: Sphinx) -> Iterator[OtherNames]:
    """Yield the names that the book does not use; a book may have none of the tables."""
    data = Path(app.srcdir, "data")
    for name, read in TABLES.items():
        path = data / f"{name}.toml"
        if path.is_file():
            yield from map(other_names, read(path, read_text(path)))
    path = data / "search-words.toml"
    if path.is_file():
        yield from words_in(path, read_text(path))


def write_index(app: Sphinx, failure: Exception | None) -> None:
    """Write the passages and names once all pages are there."""
    builder = app.builder
    if not failure and isinstance(builder, SiteBuilder):
        text = search_index(builder.searched, names_of(app))
        (Path(app.outdir) / INDEX).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to each page, when all others have had their say, and to the build's end."""
    app.connect("html-collect-pages", collect_search_page)
    app.connect("html-page-context", read_passages, priority=950)
    # Before the service worker's list is made (site_files).
    app.connect("build-finished", write_index, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
