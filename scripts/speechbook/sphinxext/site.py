"""What the site's address adds to its pages.

It is nowhere written down: it comes from the environment when the book is built, and
without it canonical links are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.addresses import book_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def set_addresses(_app: Sphinx, config: Config) -> None:
    """Fill in ``html_baseurl``."""
    address = book_address()
    if address:
        config.html_baseurl = address


def setup(app: Sphinx) -> dict[str, Any]:
    """Run before the theme reads its options."""
    app.connect("config-inited", set_addresses, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
