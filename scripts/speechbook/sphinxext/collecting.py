"""Let Python look for unreachable cycles less often while a book is built.

docutils' trees, Sphinx's pending references and pybtex's texts are made by the
hundred thousand and are nearly all still in use; CPython's collector looks at the
newest whenever 700 more objects were made than freed (``gc.set_threshold``,
https://docs.python.org/3/library/gc.html), and finds next to nothing.  That takes
5 to 12 % of a build's CPU.

A book of usual length is built with hardly a look: what falls out of use meanwhile takes
some 150 MB.  In a longer one it would pile up, so the newest objects are looked at two
hundred times less often than usual, but all of them sooner after that.  The old
thresholds come back when the build ends.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: New objects, above those freed, before the youngest generation is looked through; how
#: many such looks before the next generation has its turn; and the same for the oldest.
SPARING_TIME: Final = (5_000_000, 1, 1)
SPARING_MEMORY: Final = (150_000, 3, 1)
#: Sources from which on a book is a long one; ours has some seventy.
MANY: Final = 100


def thresholds_for(sources: Path) -> tuple[int, int, int]:
    """Return the thresholds for a book whose MyST files lie in a folder."""
    is_long = sum(1 for _ in sources.rglob("*.md")) > MANY
    return SPARING_MEMORY if is_long else SPARING_TIME


class Threshold:
    """Holds CPython's own thresholds while a build runs with ours."""

    def __init__(self, sources: Path) -> None:
        self._before = gc.get_threshold()
        self._wanted = thresholds_for(sources)

    def set(self, *_arguments: object) -> None:
        """Look less often; never more often than was set before."""
        self._before = gc.get_threshold()
        if 0 < self._before[0] < self._wanted[0]:
            gc.set_threshold(*self._wanted)

    def restore(self, *_arguments: object) -> None:
        """Bring back what was set before."""
        gc.set_threshold(*self._before)


def setup(app: Sphinx) -> dict[str, Any]:
    """Change the threshold from the builder's start to the build's end."""
    threshold = Threshold(Path(app.srcdir))
    app.connect("builder-inited", threshold.set)
    app.connect("build-finished", threshold.restore)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
