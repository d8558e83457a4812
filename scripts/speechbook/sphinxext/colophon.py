"""Version, commit and date of the build, for the colophon of each format.

The directive ``{edition}`` is the sentence that names them.  It is filled in when a page is
written, since a page that has not changed is not read again for a new commit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from speechbook.citing.dates import access_date
from speechbook.release.commit import UNKNOWN, current_commit

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.config import Config

LENGTH_OF_A_SHORT_NAME = 12


class edition_sentence(nodes.paragraph):  # noqa: N801 - docutils' way of naming nodes
    """Stands for the sentence on the edition until the page is written."""


class Edition(SphinxDirective):
    """``{edition}``."""

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        return [edition_sentence()]


def colophon_of(folder: Path, config: Config) -> dict[str, str]:
    """Return version, commit (empty outside git) and date in the book's own form."""
    commit = current_commit(folder)
    name = "" if commit.name == UNKNOWN else commit.name[:LENGTH_OF_A_SHORT_NAME]
    return {"version": config.release, "commit": name, "date": access_date(commit.date)}


def set_colophon(app: Sphinx, config: Config) -> None:
    """Hand the colophon to the PDF's settings and to the site's templates."""
    colophon = colophon_of(app.srcdir, config)
    settings = {"licence": config.copyright, "description": config.speechbook_description}
    config.typst_metadata = {**settings, **colophon, **config.typst_metadata}
    config.html_context = {**config.html_context, "colophon": colophon}


class SetEdition(SphinxPostTransform):
    """Fill in the edition."""

    default_priority = 6

    def run(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Replace each placeholder of the document."""
        for node in list(self.document.findall(edition_sentence)):
            node.replace_self(self._sentence(**colophon_of(self.env.srcdir, self.config)))

    def _sentence(self, version: str, commit: str, date: str) -> nodes.paragraph:
        title = nodes.emphasis("", self.config.project)
        edition = nodes.Text(f", version {version} of {date}")
        made: list[nodes.Node] = [nodes.Text(", made from commit "), nodes.literal("", commit)]
        return nodes.paragraph("", "", title, edition, *(made if commit else []), nodes.Text("."))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the book's description as a setting, the directive, and fill in the rest."""
    app.add_config_value("speechbook_description", "", "", types=frozenset({str}))
    app.add_directive("edition", Edition)
    app.add_post_transform(SetEdition)
    app.connect("config-inited", set_colophon, priority=200)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
