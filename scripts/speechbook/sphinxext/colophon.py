"""Version, commit and date of the build, for the colophon of each format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.citing.dates import access_date
from speechbook.release.commit import UNKNOWN, current_commit

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

LENGTH_OF_A_SHORT_NAME = 12


def colophon_of(app: Sphinx, config: Config) -> dict[str, str]:
    """Return version, commit (empty outside git) and date in the book's own form."""
    commit = current_commit(app.srcdir)
    name = "" if commit.name == UNKNOWN else commit.name[:LENGTH_OF_A_SHORT_NAME]
    return {"version": config.release, "commit": name, "date": access_date(commit.date)}


def set_colophon(app: Sphinx, config: Config) -> None:
    """Hand the colophon to the PDF's settings and to the site's templates."""
    colophon = colophon_of(app, config)
    settings = {"licence": config.copyright, "description": config.speechbook_description}
    config.typst_metadata = {**settings, **colophon, **config.typst_metadata}
    config.html_context = {**config.html_context, "colophon": colophon}


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the book's description as a setting and fill in the rest."""
    app.add_config_value("speechbook_description", "", "", types=frozenset({str}))
    app.connect("config-inited", set_colophon, priority=200)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
