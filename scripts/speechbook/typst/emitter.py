"""Lines of Typst code, each of which knows the source line it came from.

The code of a document is one Typst code block; each statement stands on a line of its own,
so that a line number in a message of the compiler leads back to the chapter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.typst import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from speechbook.typst.problems import Place

_LABEL_SLOT = re.compile("\x00([^\x00]*)\x00")


@dataclass(frozen=True)
class Line:
    """A line of Typst code and the source line that it stands for."""

    code: str
    place: Place


def label_slot(key: str) -> str:
    """Hold a place for the label that ``key`` turns out to mean, as a string literal.

    A target may have several names and may stand in a document not yet read, so labels are
    filled in when the whole book has been walked.
    """
    return f"\x00{key}\x00"


class Emitter:
    """Gathers the code of one document, collapsing white space across inline nodes."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        #: The keys that this document leads to, each with whether the page is printed.
        self.links: dict[str, bool] = {}
        #: The levels of the headings that become bookmarks, in order.
        self.levels: list[int] = []
        self._place: Place | None = None
        self._after_space = True

    def at(self, place: Place) -> None:
        """Say which source line the following code stands for."""
        self._place = place

    def line(self, code: str) -> None:
        """Add one line of code."""
        if self._place is None:
            message = "Emitter.at() must be called before the first line"
            raise RuntimeError(message)
        self.lines.append(Line(code, self._place))

    def leads_to(self, key: str, *, paged: bool) -> None:
        """Note that the document leads to a target."""
        self.links[key] = self.links.get(key, False) or paged

    def start_text(self) -> None:
        """Begin a run of inline content: white space at its start is dropped."""
        self._after_space = True

    def end_space(self) -> None:
        """Note that something without leading or trailing space was set (a picture, a mark)."""
        self._after_space = False

    def text(self, text: str) -> None:
        """Add running text; white space collapses, also across calls.

        A call of ``t`` and not a bare string, since the compiler gives places only to calls.
        """
        collapsed = escape.collapse(text)
        if self._after_space:
            collapsed = collapsed.removeprefix(" ")
        if collapsed:
            self._after_space = collapsed.endswith(" ")
            self.line(f"t({escape.string(escape.breakable(collapsed))})")


def fill(code: str, resolve: Callable[[str], str]) -> str:
    """Fill the label slots of ``code`` with the labels that ``resolve`` gives for keys."""
    return _LABEL_SLOT.sub(lambda match: escape.string(resolve(match.group(1))), code)
