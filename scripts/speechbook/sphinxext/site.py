"""What the site's address and the repository's address add to its pages.

Both are nowhere written down: they come from the environment or from git when
the book is built, and without them canonical and edit links are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechbook.addresses import book_address, repository_address

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def set_addresses(app: Sphinx, config: Config) -> None:
    """Fill in ``html_baseurl`` and the theme's repository options."""
    address = book_address()
    if address:
        config.html_baseurl = address
    repository = repository_address(app.srcdir)
    if repository:
        config.html_theme_options = {
            **config.html_theme_options,
            "repository_url": repository,
            "repository_branch": "main",
            "path_to_docs": "docs",
            "use_edit_page_button": True,
        }


def setup(app: Sphinx) -> dict[str, Any]:
    """Run before the theme reads its options."""
    app.connect("config-inited", set_addresses, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
