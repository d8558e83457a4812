"""Number the figures once for all formats, not once for each.

Sphinx numbers figures at every build, read or not: it unpickles every document and
walks through all of its nodes (``TocTreeCollector.assign_figure_numbers``).  Three
formats over one environment do that three times, for the same numbers; the second
and the third time take 8 % of the whole build.

The numbers stand in the environment.  They are kept as long as no document has been
read again or removed since this process gave them, and the settings are the same.  Where
they must be given, Sphinx walks through outlines of the documents (``outlines.py``).
"""

from __future__ import annotations

import inspect
import uuid
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.errors import ExtensionError

from speechbook.sphinxext.outlines import outline_of, outlines_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Tells what this process has numbered from what an earlier one left in the environment.
THIS_PROCESS: Final = uuid.uuid4().hex
SETTINGS: Final = ("numfig", "numfig_secnum_depth")
NUMBERED: Final = "speechbook_figures_numbered"


def state_of(env: BuildEnvironment) -> tuple[object, ...]:
    """Return what the numbers depend on besides the documents."""
    return (THIS_PROCESS, *(getattr(env.config, name) for name in SETTINGS))


def assign_unless_kept(collector: TocTreeCollector, env: BuildEnvironment) -> list[str]:
    """Assign the numbers if they must be; return the documents whose numbers changed."""
    state = state_of(env)
    if getattr(env, NUMBERED, None) == state:
        return []
    with outlines_for_documents(env):
        changed = TocTreeCollector.assign_figure_numbers(collector, env)
    setattr(env, NUMBERED, state)
    return changed


@contextmanager
def outlines_for_documents(env: BuildEnvironment) -> Iterator[None]:
    """Let the environment give outlines in the place of documents, where it has them."""
    shadow: Any = env
    outlines, whole = outlines_in(env), env.get_doctree
    shadow.get_doctree = lambda docname: outlines.get(docname) or whole(docname)
    try:
        yield
    finally:
        del shadow.get_doctree


def note_outline(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the outline of a document that was read."""
    outlines_in(app.env)[app.env.current_document.docname] = outline_of(doctree, app.env)


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the mark of finished numbers: a document is about to be read again, or removed."""
    outlines_in(env).pop(docname, None)
    if hasattr(env, NUMBERED):
        delattr(env, NUMBERED)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over the outlines of documents that another process read."""
    found = outlines_in(other)
    outlines_in(env).update({name: found[name] for name in docnames if name in found})


def collectors_of(app: Sphinx) -> list[TocTreeCollector]:
    """Return this application's collectors of figure numbers: one, as Sphinx is now."""
    listeners = app.events.listeners.get("env-get-updated", [])
    owners = [getattr(listener.handler, "__self__", None) for listener in listeners]
    return [owner for owner in owners if isinstance(owner, TocTreeCollector)]


def shadow_collector(app: Sphinx) -> None:
    """Put our function before the method of this application's collector alone.

    Raises:
        ExtensionError: Sphinx no longer numbers figures as this extension takes it.

    """
    collectors = collectors_of(app)
    source = inspect.getsource(TocTreeCollector.get_updated_docs)
    numbering = inspect.getsource(TocTreeCollector.assign_figure_numbers)
    is_called = "self.assign_figure_numbers(env)" in source
    if len(collectors) != 1 or not is_called or "env.get_doctree(docname)" not in numbering:
        raise ExtensionError(
            "Sphinx no longer numbers figures in TocTreeCollector.assign_figure_numbers, called "
            "at 'env-get-updated'; see speechbook/sphinxext/figure_numbers.py and adapt it"
        )
    collector: Any = collectors[0]
    collector.assign_figure_numbers = partial(assign_unless_kept, collector)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect; the collector is Sphinx's own and there before any extension."""
    app.connect("builder-inited", shadow_collector)
    # After all that changes what was read.
    app.connect("doctree-read", note_outline, priority=950)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
