"""Let Python look for unreachable cycles less often while a book is built.

docutils' trees, Sphinx's pending references and pybtex's texts are made by the
hundred thousand and are nearly all still in use; CPython's collector looks at the
newest whenever 700 more objects were made than freed (``gc.set_threshold``,
https://docs.python.org/3/library/gc.html), and finds next to nothing.  That takes
5 to 12 % of a build's CPU.  With the thresholds below it looks at the newest two
hundred times less often, but at all of them sooner after that, so that what falls out
of use does not pile up; higher ones cost memory and spare nothing more.  The old
thresholds come back when the build ends.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: New objects, above those freed, before the youngest generation is looked through; how
#: many such looks before the next generation has its turn; and the same for the oldest.
THRESHOLDS: Final = (150_000, 3, 1)


class Threshold:
    """Holds CPython's own thresholds while a build runs with ours."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()

    def set(self, *_arguments: object) -> None:
        """Look less often; never more often than was set before."""
        self._before = gc.get_threshold()
        if 0 < self._before[0] < THRESHOLDS[0]:
            gc.set_threshold(*THRESHOLDS)

    def restore(self, *_arguments: object) -> None:
        """Bring back what was set before."""
        gc.set_threshold(*self._before)


def setup(app: Sphinx) -> dict[str, Any]:
    """Change the threshold from the builder's start to the build's end."""
    threshold = Threshold()
    app.connect("builder-inited", threshold.set)
    app.connect("build-finished", threshold.restore)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
