"""Spare the themes' preparing of pieces that no page of ours shows.

For each page sphinx-book-theme and pydata-sphinx-theme gather buttons, addresses, titles and a
shortened text, the last from all sections within sections, for templates of theirs that ours
(``docs/_templates``) have replaced.  And for the site alone they look through all links of a
document, to shorten the text of some and to move notes into the margin, which would make the
site's words other than those of the PDF and the EPUB.  The pages come out the same without,
which the tests see to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

THEMES: Final = frozenset({"pydata_sphinx_theme", "sphinx_book_theme"})
EVENT: Final = "html-page-context"
#: After the themes have connected the last of what they connect.
PRIORITY: Final = 900


def package_of(part: object) -> str:
    """Return the package that a function or a class is from."""
    return part.__module__.partition(".")[0]


def leave_out(app: Sphinx) -> None:
    """Take the themes' handlers and transforms out.

    Raises:
        ExtensionError: a theme that is loaded has none, so it works otherwise than was known.

    """
    listeners = [each for each in app.events.listeners[EVENT] if package_of(each.handler) in THEMES]
    found = {package_of(each.handler) for each in listeners}
    silent = sorted(THEMES & app.extensions.keys() - found)
    if silent:
        raise ExtensionError(
            f"{silent[0]} no longer listens to {EVENT}; "
            "see speechbook/sphinxext/theme_pieces.py and adapt it to the new version"
        )
    for each in listeners:
        app.disconnect(each.id)
    transforms = app.registry.post_transforms
    app.registry.post_transforms = [each for each in transforms if package_of(each) not in THEMES]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect behind the themes."""
    app.connect("builder-inited", leave_out, priority=PRIORITY)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
