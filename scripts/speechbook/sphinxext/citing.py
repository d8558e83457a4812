"""Register the book's citation styles with sphinxcontrib-bibtex and pybtex.

pybtex looks a plug-in up among the installed packages' entry points at each
citation, which costs more than all else that citing does; what is registered
at run time is found first.  ``pybtex.plugin.register_plugin`` with ``force`` is
the documented way: https://docs.pybtex.org/api/plugins.html
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import pybtex.plugin
from sphinx.errors import ExtensionError
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
    ("pybtex.backends", "html"),
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.names", "last"),
    ("pybtex.style.names", "lastfirst"),
)


def register_styles(app: Sphinx, config: Config) -> None:
    """Make the styles known, the notes' one with the locators that nobody saw."""
    check_upstream()
    evidence = read_evidence(app.srcdir / config.speechbook_evidence)
    notes = functools.partial(ChicagoNotes, unseen=unseen_locators(evidence))
    # A partial is enough: sphinxcontrib-bibtex only ever calls what it finds.
    register_plugin(REFERENCING_GROUP, STYLE, notes, force=True)  # type: ignore[arg-type]
    register_for_good()


@functools.cache
def register_for_good() -> None:
    """Make known what is the same for every application of a process.

    Each registration looks through all installed packages, though it is forced.
    """
    register_bibliography_style()
    for group, name in LOOKED_UP:
        found = pybtex.plugin.find_plugin(group, name)
        pybtex.plugin.register_plugin(group, name, found, force=True)


def check_upstream() -> None:
    """Fail loudly if what is registered at run time is no longer found first.

    Raises:
        ExtensionError: pybtex looks among the installed packages before it looks here.

    """
    source = inspect.getsource(pybtex.plugin._load_entry_point)
    at_run_time, installed = source.find("_RUNTIME_PLUGINS"), source.find("entry_points(")
    if not -1 < at_run_time < installed:
        raise ExtensionError(
            "pybtex no longer finds plug-ins registered at run time first; "
            "see speechbook/sphinxext/citing.py and adapt it to the new version"
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the extension; must stand before ``sphinxcontrib.bibtex`` is configured."""
    app.add_config_value("speechbook_evidence", "data/evidence.toml", "", types=frozenset({str}))
    app.connect("config-inited", register_styles, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
