"""The accessible EPUB 3: our builder on Sphinx's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.epub.builder import BookEpubBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Put our builder in the place of Sphinx's."""
    app.setup_extension("sphinx.builders.epub3")
    app.add_builder(BookEpubBuilder, override=True)
    # The PDF whose pages the page list maps; "" leaves the list out.
    app.add_config_value("speechbook_paged_edition", "", "", types=[str])
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
