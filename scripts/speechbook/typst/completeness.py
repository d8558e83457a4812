"""Whether all that a chapter says was written: text, pictures and notes.

A handler that forgets a child would lose its text without a word. So every text node and every
picture of the resolved doctree must have been visited, or left out on purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from speechbook.typst.translator.base import BaseTranslator

_SHOWN = 60


def check(doctree: nodes.document, translator: BaseTranslator) -> None:
    """Tell of each note, text and picture of ``doctree`` that ``translator`` did not see."""
    for note in doctree.findall(nodes.footnote):
        if id(note) not in translator.seen:
            translator.problem(
                note, f"The note ‘{_name(note)}’ has no mark in the text; set its mark or drop it."
            )
            translator.leave_out(note)
    for node in doctree.findall(nodes.Text):
        if id(node) not in translator.seen and node.astext().strip():
            excerpt = " ".join(node.astext().split())[:_SHOWN]
            translator.problem(
                node, f"The text ‘{excerpt}’ would be missing from the PDF: a fault of the builder."
            )
    for image in doctree.findall(nodes.image):
        if id(image) not in translator.seen:
            translator.problem(
                image, f"The picture ‘{image['uri']}’ would be missing from the PDF."
            )


def _name(note: nodes.footnote) -> str:
    return str((note["names"] or note["ids"] or ["?"])[0])
