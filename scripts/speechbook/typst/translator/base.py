"""What all parts of the translator share: the emitter, places, labels, what was seen.

The translator walks a resolved doctree once and writes one Typst code block. Every node is
either handled by name or a problem; whatever is left out on purpose is noted as seen, so that
``completeness`` can tell text that would be lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxTranslator

from speechbook.typst import escape
from speechbook.typst.emitter import Emitter, label_slot
from speechbook.typst.labels import Labels, key_of
from speechbook.typst.problems import Ledger, Place, place_of, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.builders import Builder

    from speechbook.typst.images import ImageShelf
    from speechbook.typst.structure import Division


@dataclass
class DocumentState:
    """What a translation gives besides code; ``shelf`` is the book's, all else the document's.

    ``pictures`` are the addresses of those that were taken from the shelf.
    """

    shelf: ImageShelf
    labels: Labels = field(default_factory=Labels)
    ledger: Ledger = field(default_factory=Ledger)
    pictures: list[str] = field(default_factory=list)
    has_floats: bool = False


class BaseTranslator(SphinxTranslator):
    """Plumbing; the mixins beside this module hold the visitors."""

    # Nodes whose own visitor sets their label; all others get a mark at their first text.
    _labelled = (
        nodes.section,
        nodes.footnote,
        nodes.footnote_reference,
        nodes.figure,
        nodes.table,
        nodes.document,
        nodes.math_block,
    )

    def __init__(
        self,
        document: nodes.document,
        builder: Builder,
        division: Division,
        state: DocumentState,
    ) -> None:
        super().__init__(document, builder)
        self.division = division
        self.docname = division.docname
        self.state = state
        self.emitter = Emitter()
        self.seen: set[int] = set()
        self.bare: set[int] = set()
        #: The label of the document's title, known once it was walked.
        self.label: str | None = None
        #: The subtitle that the root document gives the book.
        self.subtitle = ""
        self._pending: list[str] = []
        self._document_place = Place(shown_path(str(builder.env.doc2path(self.docname))))

    # Places and problems

    def place(self, node: nodes.Node) -> Place:
        """Give the source line of ``node``."""
        return place_of(node, self._document_place)

    def problem(self, node: nodes.Node, sentence: str) -> None:
        """Tell of something that keeps ``node`` from being printed."""
        self.state.ledger.add(self.place(node), sentence)

    # Output

    def put(self, node: nodes.Node, code: str) -> None:
        """Add a line of code that stands for ``node``."""
        self.emitter.at(self.place(node))
        self.emitter.line(code)

    def block(
        self, before: str, children: Iterable[nodes.Node], after: str, at: nodes.Node
    ) -> None:
        """Write ``before { children } after``, a call with one content argument.

        The empty content at the start makes the block content even when nothing follows.
        """
        self.put(at, before + "{[]")
        self.emitter.start_text()
        for child in children:
            child.walkabout(self)
        self.put(at, "}" + after)

    def own_label(self, node: nodes.Element) -> str:
        """Define the label of a node that sets its own, with everything waiting before it.

        Gives Typst code: a string (to be filled in later), or ``none``.
        """
        keys = [key_of(self.docname, identifier) for identifier in node["ids"]] + self._pending
        self._pending = []
        return label_slot(self.state.labels.define(keys)) if keys else "none"

    def queue_marks(self, node: nodes.Element) -> None:
        """Keep the identifiers of ``node`` until the next text, where the mark is set.

        A mark between blocks could end up on the page before the text that it means.
        """
        self._pending.extend(key_of(self.docname, identifier) for identifier in node["ids"])

    def flush_marks(self, node: nodes.Node) -> None:
        """Set one mark here for all waiting identifiers."""
        if self._pending:
            slot = label_slot(self.state.labels.define(self._pending))
            self._pending = []
            self.put(node, f"mark({slot})")

    # What was seen

    def consume(self, node: nodes.Node) -> str:
        """Give the text of ``node`` and note all of it as seen: the caller writes it."""
        self.leave_out(node)
        return node.astext()

    def leave_out(self, node: nodes.Node) -> None:
        """Note all text and pictures below ``node`` as dealt with."""
        self.seen.update(id(child) for child in node.findall())

    # Dispatch

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Queue the identifiers of ``node``, then visit it."""
        if isinstance(node, nodes.Element):
            if node["ids"] and not isinstance(node, self._labelled):
                self.queue_marks(node)
            # To pass a note by is not yet to print it; see NotesMixin.
            if not isinstance(node, nodes.footnote):
                self.seen.add(id(node))
        super().dispatch_visit(node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Tell of a node that nobody taught this translator to print."""
        self.problem(
            node,
            f"The PDF has no form for ‘{node.__class__.__name__}’; "
            "write this passage with other markup.",
        )
        self.leave_out(node)
        raise nodes.SkipNode

    def visit_document(self, node: nodes.document) -> None:
        """Begin the code of the document."""
        self.emitter.at(self.place(node))

    def depart_document(self, node: nodes.document) -> None:
        """Set what still waits for a text to stand at."""
        self.flush_marks(node)

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802  docutils' name
        """Write running text."""
        self.seen.add(id(node))
        self.emitter.at(self.place(node))
        if node.astext().strip():
            self.flush_marks(node)
        self.emitter.text(node.astext())

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802  docutils' name
        """Nothing to close."""


def plain_title(title: nodes.Node) -> str:
    """Give the text of a title without note marks, for running heads and the like."""
    parts = [
        text.astext()
        for text in title.findall(nodes.Text)
        if not _inside(text, nodes.footnote_reference, title)
    ]
    return escape.collapse("".join(parts)).strip()


def _inside(node: nodes.Node, kind: type[nodes.Node], top: nodes.Node) -> bool:
    current: nodes.Node | None = node
    while current is not None and current is not top:
        if isinstance(current, kind):
            return True
        current = current.parent
    return False
