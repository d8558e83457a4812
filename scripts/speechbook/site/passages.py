"""A page's text as the search finds it: passages, each with the place where it stands.

A passage is a paragraph, a heading, a note, a row of a table, an item.  Its text keeps the
line ends of its source, where a line is a sentence, so that the search can show a sentence
and the page can be opened at it: ``docs/_static/scripts/46-found.js`` counts the lines of
the page in the same way, and leaves out the same elements.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt"})
TITLE, HEADING, TEXT, ITEM, NOTE, ROW = "t", "h", "p", "i", "n", "r"
BLOCKS = frozenset({"h1", *HEADINGS, "p", "li", "dd", "figcaption", "caption", "aside", "tr"})
#: Within these all is one passage.
WHOLE = frozenset({"aside", "tr"})
#: Text within these is beside the running text.
ASIDE = frozenset({"li", "figcaption", "caption"})
#: What is no text of the book; the classes are those of ``46-found.js``.
SKIPPED = frozenset({"script", "style", "svg", "button", "form", "select", "template"})
SKIPPED_CLASSES = frozenset(
    {
        *("headerlink", "footnote-reference", "label", "backrefs", "screen-only", "script-only"),
        # Where a person is named and a work is cited: links to what is found by itself.
        *("where", "cited-in"),
    }
)


class Passage(NamedTuple):
    """A passage: the identifier by which it is reached, its sort, and its lines."""

    anchor: str
    sort: str
    lines: tuple[str, ...]


@dataclass
class _Block:
    """A passage that is being read."""

    sort: str
    anchor: str
    has_own_anchor: bool
    pieces: list[str] = field(default_factory=list)

    def passage(self) -> Passage:
        """Return what was read."""
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        return Passage(self.anchor, self.sort, tuple(line for line in lines if line))


class _Element(NamedTuple):
    """An open element; ``block`` is what its text belongs to."""

    name: str
    anchor: str
    block: _Block | None
    is_skipped: bool


def sort_of(name: str, classes: frozenset[str]) -> str:
    """Return the sort of passage that an element is."""
    if name == "aside":
        return NOTE if "footnote" in classes else ""
    if name in HEADINGS:
        return HEADING
    if name in ASIDE or "attribution" in classes:
        return ITEM
    return {"h1": TITLE, "tr": ROW}.get(name, TEXT if name in BLOCKS else "")


class _Reader(HTMLParser):
    """Reads the passages of a page's body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Element] = [_Element("", "", None, is_skipped=False)]
        self.blocks: list[_Block] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and perhaps a passage."""
        given = dict(attrs)
        outer, own = self.open[-1], given.get("id") or ""
        if own and outer.block and not outer.block.has_own_anchor:
            outer.block.anchor, outer.block.has_own_anchor = own, True
        if tag in VOID:
            return
        classes = frozenset((given.get("class") or "").split())
        anchor = own or outer.anchor
        skipped = tag in SKIPPED or "popover" in given or not classes.isdisjoint(SKIPPED_CLASSES)
        sort = sort_of(tag, classes)
        if sort == TEXT and any(element.name in ASIDE for element in self.open):
            sort = ITEM
        block = outer.block
        if sort and not self._is_within_whole():
            block = _Block(sort, anchor, has_own_anchor=bool(own))
            self.blocks.append(block)
        self.open.append(_Element(tag, anchor, block, skipped or outer.is_skipped))

    def _is_within_whole(self) -> bool:
        return any(element.name in WHOLE and element.block for element in self.open)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open within it."""
        places = [place for place, element in enumerate(self.open) if element.name == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        """Give text to the passage that it stands in."""
        element = self.open[-1]
        if element.block and not element.is_skipped:
            element.block.pieces.append(data)


def passages_of(body: str) -> tuple[Passage, ...]:
    """Return the passages of a page's body (HTML), in its order."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    found = (block.passage() for block in reader.blocks)
    return tuple(passage for passage in found if passage.lines)
