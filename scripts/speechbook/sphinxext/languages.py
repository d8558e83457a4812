"""Mark every run of Cyrillic as Russian, in all formats alike.

Screen readers, hyphenation and the choice of glyphs need to know the language
of a passage (WCAG 2.2, success criterion 3.1.2); authors need not say it.
The run becomes an inline node with ``language="ru"`` and two classes: ``lang-ru``
for our own builders and styles, and ``language-ru``, which docutils' HTML writers
turn into a ``lang`` attribute
(https://docutils.sourceforge.io/docs/ref/doctree.html, "classes").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

# A run starts and ends with a Cyrillic letter (or a full stop or bracket that closes
# an abbreviation is left outside); digits, spaces and punctuation may stand within it.
CYRILLIC_RUN = re.compile(
    r"[\u0400-\u04ff](?:[\u0400-\u04ff\u0301\s\d.,:;«»„“\"'’()–—-]*[\u0400-\u04ff])?"
)
CLASSES = ["lang-ru", "language-ru"]
UNMARKED = (nodes.literal, nodes.literal_block, nodes.raw, nodes.math, nodes.math_block)


def split_runs(text: str) -> Iterator[tuple[bool, str]]:
    """Yield (is Cyrillic, piece) pairs whose pieces join to *text*."""
    position = 0
    for run in CYRILLIC_RUN.finditer(text):
        if run.start() > position:
            yield False, text[position : run.start()]
        yield True, run.group()
        position = run.end()
    if position < len(text):
        yield False, text[position:]


def marked(text: nodes.Text) -> list[nodes.Node]:
    """Return the text as nodes, each Cyrillic run within an inline node."""
    pieces: list[nodes.Node] = []
    for is_cyrillic, piece in split_runs(text.astext()):
        node: nodes.Node = nodes.Text(piece)
        if is_cyrillic:
            node = nodes.inline("", "", node, classes=CLASSES, language="ru")
        pieces.append(node)
    return pieces


def is_marked_already(text: nodes.Text) -> bool:
    """Say whether the text stands where it needs no mark or has one."""
    parent = text.parent
    return isinstance(parent, UNMARKED) or "lang-ru" in parent.get("classes", [])


class MarkRussian(SphinxPostTransform):
    """Run after references and the bibliography are resolved (priorities 5 and 10)."""

    default_priority = 700

    def run(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Replace every text that holds Cyrillic by its marked pieces."""
        for text in list(self.document.findall(nodes.Text)):
            # A text node is a string; ``astext`` makes another of it.
            if CYRILLIC_RUN.search(text) and not is_marked_already(text):
                text.parent.replace(text, marked(text))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the transform."""
    app.add_post_transform(MarkRussian)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
