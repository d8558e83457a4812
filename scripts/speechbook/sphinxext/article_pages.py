"""The appendix on the article: ``{data-article-notes}`` and ``{data-article-faults}``.

The first begins with a sentence that counts the standings, made while the page is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from speechbook.sphinxext.data_directive import DataDirective, citation, sentence
from speechbook.story.article import (
    ArticleFault,
    ArticleNote,
    faults_in,
    notes_in,
    standings_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

#: The standings in a sentence, each with its plural.
COUNTED = {
    "restored": ("is restored", "are restored"),
    "restored with another source": ("rests on another source", "rest on another source"),
    "claim corrected": ("had a claim that is corrected", "had a claim that is corrected"),
    "claim dropped": ("had a claim that is dropped", "had a claim that is dropped"),
}


def treated(labels: tuple[str, ...], citekey: str) -> str:
    """Return the line on where the book treats a row and what it cites there."""
    links = ", ".join(f"{{ref}}`{label}`" for label in labels)
    return f"See {links}. Source: {citation(citekey)}."


def counted(notes: tuple[ArticleNote, ...]) -> str:
    """Return the sentence that counts the notes by standing."""
    counts = standings_of(notes)
    parts = [f"{count} {COUNTED[name][count != 1]}" for name, count in counts.items() if count]
    return f"Of the {len(notes)} notes {', '.join(parts[:-1])} and {parts[-1]}."


class ArticleNotes(DataDirective):
    """``{data-article-notes} article-notes``."""

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the count and the list."""
        notes = notes_in(path, source)
        items = [self._item(note, path) for note in notes]
        count = self.paragraph(counted(notes), path, 1)
        return [count, nodes.definition_list("", *items, classes=["story-list"])]

    def _item(self, note: ArticleNote, path: Path) -> nodes.definition_list_item:
        head = nodes.strong("", f"Note {note.number}: {note.standing}")
        term = nodes.term("", "", head, ids=[f"article-note-{note.number}"])
        told = self.paragraph(f"The claim: {note.claim}. {sentence(note.why)}", path, note.line)
        left = f"Survived: {note.left}. Wanted: {note.wanted}."
        what = self.paragraph(left, path, note.line)
        where = self.paragraph(treated(note.chapters, note.citekey), path, note.line, ("where",))
        return nodes.definition_list_item("", term, nodes.definition("", told, what, where))


class ArticleFaults(DataDirective):
    """``{data-article-faults} article-faults``."""

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the list, numbered in its order."""
        faults = enumerate(faults_in(path, source), start=1)
        items = [self._item(number, fault, path) for number, fault in faults]
        return [nodes.definition_list("", *items, classes=["story-list"])]

    def _item(self, number: int, fault: ArticleFault, path: Path) -> nodes.definition_list_item:
        term = nodes.term("", "", nodes.strong("", f"Fault {number}"))
        term["ids"] = [f"article-fault-{fault.identifier}"]
        told = [
            self.paragraph(f"The article: {fault.fault}", path, fault.line),
            self.paragraph(f"This book: {fault.instead}", path, fault.line),
            self.paragraph(treated(fault.chapters, fault.citekey), path, fault.line, ("where",)),
        ]
        return nodes.definition_list_item("", term, nodes.definition("", *told))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the two directives."""
    app.add_directive("data-article-notes", ArticleNotes)
    app.add_directive("data-article-faults", ArticleFaults)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
