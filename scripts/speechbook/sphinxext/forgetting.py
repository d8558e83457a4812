"""Let Sphinx keep no more than a few documents in memory, however long the book is.

Sphinx keeps the tree of each document that it has read until a builder takes it, and the
pickled form of each that it has opened until the build ends (``BuildEnvironment``, both
"private" attributes beneath), so that memory grows with the book.  What does not fit below is
opened from its file when it is wanted, as in any build that reads nothing anew.  So are the
pages that only the site has, unless it is the first to be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

#: How many documents stay in memory: trees, and pickled.
TREES: Final = 30
PICKLED: Final = 10
KEPT_TREES: Final = "_write_doc_doctree_cache"
CACHES: Final = {KEPT_TREES: TREES, "_pickled_doctree_cache": PICKLED}
Value = TypeVar("Value")


class Few(dict[str, Value]):
    """A dictionary that takes in no new keys once it has ``most`` of them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __setitem__(self, key: str, value: Value) -> None:
        """Keep a value, unless it is one too many."""
        if key in self or len(self) < self.most:
            super().__setitem__(key, value)


def bound_caches(app: Sphinx) -> None:
    """Put bounded caches in the place of the environment's own, which are empty at the start.

    Raises:
        ExtensionError: Sphinx no longer has such a cache, or has filled it.

    """
    for name, most in CACHES.items():
        if vars(app.env).get(name) != {}:
            raise ExtensionError(
                f"Sphinx's environment no longer begins with an empty {name}; "
                "see speechbook/sphinxext/forgetting.py and adapt it"
            )
        setattr(app.env, name, Few(most))


def forget_orphans(app: Sphinx, builder: Builder) -> None:
    """Let go of the trees that stand in no table of contents, which paper does not have."""
    trees = getattr(app.env, KEPT_TREES)
    if builder.format != "html" or builder.name == "epub":
        for docname, metadata in app.env.metadata.items():
            if "orphan" in metadata:
                trees.pop(docname, None)


def setup(app: Sphinx) -> dict[str, Any]:
    """Bound the caches when the builder is there."""
    app.connect("builder-inited", bound_caches)
    app.connect("write-started", forget_orphans)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
