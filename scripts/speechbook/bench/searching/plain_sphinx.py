"""A Sphinx extension that puts Sphinx's own HTML builder, and so its search, back in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Added to the end of the book's ``conf.py``: our own pages would load our own search.
SETTINGS = f"""
extensions.append("{__name__}")
templates_path = []
"""


def setup(app: Sphinx) -> dict[str, Any]:
    """Take the place of the book's builder; extensions are set up in their order."""
    app.add_builder(StandaloneHTMLBuilder, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
