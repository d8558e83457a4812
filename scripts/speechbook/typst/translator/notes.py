"""Notes at the foot of the page, numbered from 1 in each document by their first mark."""

from __future__ import annotations

from docutils import nodes

from speechbook.typst import escape
from speechbook.typst.emitter import label_slot
from speechbook.typst.labels import key_of
from speechbook.typst.translator.blocks import BlocksMixin


class NotesMixin(BlocksMixin):
    """Visitors of footnotes and of their marks."""

    _numbers: dict[str, int]

    def visit_footnote(self, node: nodes.footnote) -> None:  # noqa: ARG002  docutils' signature
        """Pass by: a note is written at its first mark."""
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        """Write the note at its first mark, and only the mark after that."""
        note = self._notes().get(node.get("refid", ""))
        if note is None:
            self.problem(node, f"The note ‘{node.astext()}’ is nowhere defined; define it.")
        elif note["ids"][0] in self._numbers:
            self._mark_again(node, note)
        else:
            self._note(node, note)
        self.leave_out(node)
        self.emitter.end_space()
        raise nodes.SkipNode

    def _notes(self) -> dict[str, nodes.footnote]:
        """Give the notes of this document by each of their identifiers."""
        if not hasattr(self, "_note_by_id"):
            self._numbers = {}
            self._note_by_id = {
                identifier: note
                for note in self.document.findall(nodes.footnote)
                for identifier in note["ids"]
            }
        return self._note_by_id

    def _note(self, mark: nodes.footnote_reference, note: nodes.footnote) -> None:
        self.flush_marks(mark)
        number = len(self._numbers) + 1
        self._numbers[note["ids"][0]] = number
        keys = [key_of(self.docname, i) for i in (*note["ids"], *mark["ids"])]
        slot = label_slot(self.state.labels.define(keys))
        self.seen.add(id(note))
        for label in note.findall(nodes.label):
            self.leave_out(label)
        self.run_in(note)
        body = [child for child in note.children if not isinstance(child, nodes.label)]
        self.block(f"note({slot}, {escape.string(str(number))}, ", body, ")", mark)

    def _mark_again(self, mark: nodes.footnote_reference, note: nodes.footnote) -> None:
        for identifier in mark["ids"]:
            self.state.labels.alias(
                key_of(self.docname, identifier), key_of(self.docname, note["ids"][0])
            )
        slot = label_slot(key_of(self.docname, note["ids"][0]))
        number = escape.string(str(self._numbers[note["ids"][0]]))
        self.put(mark, f"note-again({slot}, {number})")

    # Citations of plain docutils, for books without sphinxcontrib-bibtex

    def visit_citation(self, node: nodes.citation) -> None:
        """Write a work with its label."""
        labels = [child for child in node.children if isinstance(child, nodes.label)]
        body = [child for child in node.children if not isinstance(child, nodes.label)]
        self.seen.update(map(id, labels))
        self.put(node, "definitions(")
        self.block("definition(", [c for label in labels for c in label.children], ",", node)
        self.block("", body, "))", node)
        raise nodes.SkipNode
