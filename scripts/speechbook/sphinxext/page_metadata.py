"""What pages tell reference managers, search engines and sites that show a card of them."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.building.kept_pages import FOLDER as KEPT
from speechbook.building.kept_pages import Keeper
from speechbook.epub.builder import subtitle_of
from speechbook.release.references import csl_item
from speechbook.site.edition import TITLE_PAGE, Part
from speechbook.site.linkeddata import book_data, chapter_data, script_text
from speechbook.site.metadata import Picture, highwire, open_graph
from speechbook.site.pages import plain, shortened
from speechbook.site.policy import hash_of, policy_of
from speechbook.site.social import (
    FOLDER,
    HEIGHT,
    WIDTH,
    Words,
    alternative_text,
    draw,
    picture_path,
    tools,
)
from speechbook.sphinxext.cited_works import cited_by, entries_of
from speechbook.sphinxext.edition import chapters_of, edition_of, is_chapter, part_for
from speechbook.sphinxext.page_head import opening_of, part_of
from speechbook.sphinxext.site_builder import SiteBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

#: OpenGraph's types (https://ogp.me/#types) of chapters and of other pages.
OF_A_CHAPTER, OF_THE_BOOK, OF_A_PAGE = "article", "book", "website"


def book_subtitle(app: Sphinx) -> str:
    """Return the title page's subtitle, as the cover has it; read on first need."""
    builder: Any = app.builder
    if not hasattr(builder, "speechbook_subtitle"):
        builder.speechbook_subtitle = subtitle_of(app.env.get_doctree(app.config.root_doc))
    return str(builder.speechbook_subtitle)


def words_for(app: Sphinx, part: Part) -> Words:
    """Return what stands on the picture of a chapter or of the book."""
    if part.page == TITLE_PAGE:
        return Words(part.title, "", "", part.title, book_subtitle(app))
    return Words(app.config.project, plain(part_of(app, part.page)), part.number, part.title, "")


def own_picture(app: Sphinx, pagename: str) -> str:
    """Return the page whose picture a page shows: chapters have their own."""
    return pagename if is_chapter(app, pagename) else TITLE_PAGE


def picture_for(app: Sphinx, context: dict[str, Any], pagename: str) -> Picture:
    """Return a page's picture; its address is relative where the site's is not known."""
    own = own_picture(app, pagename)
    path = picture_path(own)
    base = edition_of(app).base
    address = f"{base}{path}" if base else context["pathto"](path, 1)
    return Picture(address, alternative_text(words_for(app, part_for(app, own))), WIDTH, HEIGHT)


def kind_for(app: Sphinx, pagename: str) -> str:
    """Return a page's type."""
    if pagename == TITLE_PAGE:
        return OF_THE_BOOK
    return OF_A_CHAPTER if is_chapter(app, pagename) else OF_A_PAGE


def pdf_address(app: Sphinx) -> str:
    """Return the address of the PDF that holds the book, if it and the site's are known."""
    base = edition_of(app).base
    names = [name for name in app.config.speechbook_downloads if name.endswith(".pdf")]
    return f"{base}{names[0]}" if base and names else ""


def linked_data(app: Sphinx, part: Part, image: str) -> str:
    """Return the JSON-LD of a chapter or of the book."""
    edition = edition_of(app)
    image = image if edition.base else ""
    if part.page == TITLE_PAGE:
        parts = [part_for(app, docname) for docname in chapters_of(app)]
        return script_text(book_data(edition, image, parts))
    entries = entries_of(app.env)
    works = [csl_item(entries[key]) for key in cited_by(app.env, part.page)]
    return script_text(chapter_data(edition, part, image, works))


def fill_metadata(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill in what ``book-metadata.html`` writes; pages without a source have nothing."""
    if doctree is None or not isinstance(app.builder, SiteBuilder):
        return
    edition = edition_of(app)
    part = part_for(app, pagename, shortened(opening_of(doctree)))
    picture = picture_for(app, context, pagename)
    context["open_graph"] = tuple(open_graph(edition, part, kind_for(app, pagename), picture))
    if pagename == TITLE_PAGE:
        # One address for the title page, as the sitemap has it.
        context["pageurl"] = edition.base or context.get("pageurl")
    if pagename == TITLE_PAGE or is_chapter(app, pagename):
        pdf = pdf_address(app) if pagename == TITLE_PAGE else ""
        context["highwire"] = tuple(highwire(edition, part, pdf))
        data = linked_data(app, part, picture.address)
        context["linked_data"] = data
        context["page_policy"] = policy_of(pagename, hash_of(data))


def pictured(app: Sphinx) -> Iterator[Part]:
    """Yield what has a picture of its own."""
    yield part_for(app, TITLE_PAGE)
    for docname in chapters_of(app):
        yield part_for(app, docname)


def draw_once(keeper: Keeper, pictures: Sequence[Words]) -> list[bytes]:
    """Return the pictures with these words; those that an earlier build has drawn are kept."""

    def drawn(told: Sequence[str]) -> list[str]:
        contents = draw([Words(**json.loads(words)) for words in told])
        return [base64.b64encode(content).decode() for content in contents]

    told = [json.dumps(asdict(words)) for words in pictures]
    return [base64.b64decode(each) for each in keeper.derived_together(tools(), told, drawn)]


def draw_pictures(app: Sphinx, failure: Exception | None) -> None:
    """Draw all pictures once the pages are there."""
    if failure or not isinstance(app.builder, SiteBuilder):
        return
    parts = tuple(pictured(app))
    keeper = Keeper(Path(app.doctreedir) / KEPT / FOLDER, "")
    drawn = draw_once(keeper, [words_for(app, part) for part in parts])
    keeper.tidy()
    for part, content in zip(parts, drawn, strict=True):
        path = Path(app.outdir, picture_path(part.page))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the pages and the end of the build, before the list of files is made."""
    app.connect("html-page-context", fill_metadata)
    app.connect("build-finished", draw_pictures, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
