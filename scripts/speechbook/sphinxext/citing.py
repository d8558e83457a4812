"""Register the book's citation styles with sphinxcontrib-bibtex and pybtex.

pybtex looks a plug-in up among the installed packages' entry points at each
citation, which costs more than all else that citing does; what is registered
at run time is found first.  ``pybtex.plugin.register_plugin`` with ``force`` is
the documented way: https://docs.pybtex.org/api/plugins.html
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pybtex.plugin
from sphinxcontrib.bibtex.plugin import register_plugin

from speechbook.citing.bibliography import STYLE, register_bibliography_style
from speechbook.citing.notes import ChicagoNotes
from speechbook.evidence import read_evidence, unseen_locators

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

REFERENCING_GROUP = "sphinxcontrib.bibtex.style.referencing"

#: What sphinxcontrib-bibtex asks pybtex for, again and again, while it reads and writes.
LOOKED_UP = (
    ("pybtex.backends", "docutils"),
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.names", "last"),
    ("pybtex.style.names", "lastfirst"),
)


def register_styles(app: Sphinx, config: Config) -> None:
    """Make the styles known, the notes' one with the locators that nobody saw."""
    evidence = read_evidence(app.srcdir / config.speechbook_evidence)
    notes = functools.partial(ChicagoNotes, unseen=unseen_locators(evidence))
    # A partial is enough: sphinxcontrib-bibtex only ever calls what it finds.
    register_plugin(REFERENCING_GROUP, STYLE, notes, force=True)  # type: ignore[arg-type]
    register_bibliography_style()
    for group, name in LOOKED_UP:
        found = pybtex.plugin.find_plugin(group, name)
        pybtex.plugin.register_plugin(group, name, found, force=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the extension; must stand before ``sphinxcontrib.bibtex`` is configured."""
    app.add_config_value("speechbook_evidence", "data/evidence.toml", "", types=frozenset({str}))
    app.connect("config-inited", register_styles, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
