"""The edition being built and its citable parts, for the extensions of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.release.citation import read_citation
from speechbook.release.commit import current_commit
from speechbook.site.edition import TITLE_PAGE, Edition, Part
from speechbook.sphinxext.citing_list import reading_order

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def made_edition(app: Sphinx) -> Edition:
    """Return the edition from CITATION.cff, git and the settings."""
    config = app.config
    citation = read_citation(app.srcdir.parent, config.author)
    return Edition(
        title=config.project,
        description=config.speechbook_description,
        authors=citation.authors,
        version=config.release,
        day=current_commit(app.srcdir).date,
        language=config.language,
        licence=citation.licence,
        base=config.html_baseurl,
    )


def edition_of(app: Sphinx) -> Edition:
    """Return the build's edition, made on first need."""
    builder: Any = app.builder
    if not hasattr(builder, "speechbook_made_edition"):
        builder.speechbook_made_edition = made_edition(app)
    edition: Edition = builder.speechbook_made_edition
    return edition


def number_of(env: BuildEnvironment, docname: str) -> str:
    """Return a chapter's number, "" for other pages."""
    number = env.toc_secnumbers.get(docname, {}).get("", ())
    return str(number[0]) if number else ""


def is_chapter(app: Sphinx, docname: str) -> bool:
    """Say whether a page is a chapter of the story."""
    return docname.startswith(app.config.speechbook_story_folder)


def chapters_of(app: Sphinx) -> tuple[str, ...]:
    """Return the chapters in the order of the book."""
    return tuple(name for name in reading_order(app.env) if is_chapter(app, name))


def part_for(app: Sphinx, docname: str, description: str = "") -> Part:
    """Return a page as something to cite and to share."""
    if docname == TITLE_PAGE:
        return Part(docname, app.config.project, app.config.speechbook_description)
    title = app.env.titles[docname].astext()
    return Part(docname, title, description, number_of(app.env, docname))
