"""Headings, paragraphs, quotations, verse, code, asides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import admonitionlabels

from speechbook.typst import escape
from speechbook.typst.labels import key_of
from speechbook.typst.translator.base import BaseTranslator

if TYPE_CHECKING:
    from sphinx import addnodes

# Bookmarks reach from the title of a document to the sections below it.
_BOOKMARKED_DEPTH = 2
# A third of a small page, in characters.
_SHORT_TEXT = 800


class BlocksMixin(BaseTranslator):
    """Visitors of block nodes other than lists, tables and figures."""

    _depth = 0
    _verse_depth = 0

    # Sections and titles

    def visit_section(self, node: nodes.section) -> None:  # noqa: ARG002  docutils' signature
        """Go one heading level down."""
        self._depth += 1

    def depart_section(self, node: nodes.section) -> None:  # noqa: ARG002  docutils' signature
        """Go one heading level up."""
        self._depth -= 1

    def visit_title(self, node: nodes.title) -> None:
        """Write a heading, or the title of an aside."""
        if isinstance(node.parent, nodes.section):
            if self.division.kind == "root" and self._depth == 1:
                self._book_title(node, node.parent)
            else:
                self._heading(node, node.parent)
        else:
            self.block("aside-title(", node.children, ")", node)
        raise nodes.SkipNode

    def _book_title(self, title: nodes.title, section: nodes.section) -> None:
        """Leave the title of the root document to the title page."""
        self.leave_out(title)
        self.queue_marks(section)
        self._alias_document(section)

    def _heading(self, title: nodes.title, section: nodes.section) -> None:
        self._pending.extend(key_of(self.docname, identifier) for identifier in title["ids"])
        first = self._depth == 1 and key_of(self.docname) not in self.state.labels
        label = self.own_label(section)
        if first:
            self._alias_document(section)
        level = self.division.level + self._depth - 1
        kind = self._heading_kind(first=first)
        bookmarked = self._depth <= _BOOKMARKED_DEPTH
        if bookmarked:
            self.emitter.levels.append(level)
        self.block(
            f"hd({level}, {escape.string(kind)}, {self._heading_number(section, first=first)}, "
            f"{label}, {str(bookmarked).lower()}, ",
            title.children,
            ")",
            title,
        )

    def _alias_document(self, section: nodes.section) -> None:
        self.label = key_of(self.docname, section["ids"][0])
        self.state.labels.alias(key_of(self.docname), self.label)

    def _heading_kind(self, *, first: bool) -> str:
        if first and not self.division.nested:
            return self.division.kind
        return "section" if self._depth <= _BOOKMARKED_DEPTH else "subsection"

    def _heading_number(self, section: nodes.section, *, first: bool) -> str:
        """Give the number to print before a heading, as Typst code."""
        if first and self.division.number is not None:
            return escape.string(str(self.division.number))
        if first or self.division.number is None:
            return "none"
        numbers = self.builder.env.toc_secnumbers.get(self.docname, {})
        found = [numbers.get(f"#{identifier}") for identifier in section["ids"]]
        number = next(filter(None, found), None)
        if not number:
            return "none"
        inner = [str(self.division.number), *map(str, number[1:])]
        return escape.string(".".join(inner))

    def visit_subtitle(self, node: nodes.subtitle) -> None:
        """Write the second line of a title."""
        self.block("subtitle-line(", node.children, ")", node)
        raise nodes.SkipNode

    def visit_rubric(self, node: nodes.rubric) -> None:
        """Write a heading that is in no contents."""
        self.flush_marks(node)
        self.block("rubric-line(", node.children, ")", node)
        raise nodes.SkipNode

    # Paragraphs

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """Open a paragraph; a bare one is set within the line that somebody else began."""
        if id(node) in self.bare:
            self.emitter.start_text()
            return
        if holds_only_pictures(node):
            return
        self.put(node, "par({[]")
        self.emitter.start_text()
        self.flush_marks(node)

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        """Close the paragraph."""
        if id(node) in self.bare:
            if node.next_node(descend=False, siblings=True) is not None:
                self.put(node, "parbreak()")
        elif not holds_only_pictures(node):
            self.put(node, "})")

    def run_in(self, parent: nodes.Element) -> None:
        """Let the first paragraph of ``parent`` stand in the line of its label or number."""
        first = next((child for child in parent.children if not _is_invisible(child)), None)
        if isinstance(first, nodes.paragraph):
            self.bare.add(id(first))

    def visit_centered(self, node: addnodes.centered) -> None:
        """Write a centred line."""
        self.block("centred(", node.children, ")", node)
        raise nodes.SkipNode

    def visit_transition(self, node: nodes.transition) -> None:
        """Write a break between sections; MyST's own before the notes says nothing in print."""
        if "footnotes" not in node["classes"]:
            self.put(node, "ornament()")
        raise nodes.SkipNode

    # Quotations and verse

    def visit_block_quote(self, node: nodes.block_quote) -> None:
        """Write a quotation with its attribution below."""
        said = [child for child in node.children if not isinstance(child, nodes.attribution)]
        by = [child for child in node.children if isinstance(child, nodes.attribution)]
        self.block(f"quotation({str(is_short(node)).lower()}, ", said, ",", node)
        for attribution in by:
            self.seen.add(id(attribution))
            self.block("", attribution.children, ",", attribution)
        self.put(node, ")")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.line_block) -> None:
        """Write lines as they are; an inner block is indented."""
        self._verse_depth += 1
        if self._verse_depth == 1:
            self.put(node, "verse({[]")

    def depart_line_block(self, node: nodes.line_block) -> None:
        """Close the verse."""
        if self._verse_depth == 1:
            self.put(node, "})")
        self._verse_depth -= 1

    def visit_line(self, node: nodes.line) -> None:
        """Write one line of a line block."""
        self.block(f"verse-line({self._verse_depth - 1}, ", node.children, ")", node)
        raise nodes.SkipNode

    # Code

    def _code(self, node: nodes.Element) -> None:
        self.flush_marks(node)
        text = escape.breakable(self.consume(node), code=True)
        self.put(node, f"code-block({escape.string(text)})")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """Write code as it is, in one colour."""
        self._code(node)

    def visit_doctest_block(self, node: nodes.doctest_block) -> None:
        """Write a session of an interpreter as code."""
        self._code(node)

    # Asides

    def visit_container(self, node: nodes.container) -> None:
        """Write a summary, a captioned piece of code, or just what is inside."""
        if "subtitle" in node["classes"] and self.division.kind == "root":
            self.subtitle = self.consume(node)
            raise nodes.SkipNode
        if "summary" in node["classes"]:
            self.block("summary(", node.children, ")", node)
            raise nodes.SkipNode
        if "literal-block-wrapper" in node["classes"]:
            captions = [child for child in node.children if isinstance(child, nodes.caption)]
            for caption in captions:
                self.seen.add(id(caption))
                self.block("code-caption(", caption.children, ")", caption)
                node.remove(caption)

    def depart_container(self, node: nodes.container) -> None:
        """Nothing to close."""

    def visit_topic(self, node: nodes.Element) -> None:
        """Write a boxed topic; a local list of contents belongs to the screen."""
        if "contents" in node["classes"]:
            self.leave_out(node)
            raise nodes.SkipNode
        self.put(node, "aside({[]")

    def depart_topic(self, node: nodes.Element) -> None:
        """Close the box."""
        self.put(node, "})")

    visit_sidebar, depart_sidebar = visit_topic, depart_topic
    visit_admonition, depart_admonition = visit_topic, depart_topic

    def _open_named_aside(self, node: nodes.Element) -> None:
        label = admonitionlabels.get(node.tagname, node.tagname.capitalize())
        self.put(node, "aside({[]")
        self.put(node, f"aside-title(t({escape.string(str(label))}))")

    def visit_versionmodified(self, node: addnodes.versionmodified) -> None:
        """Write a remark on a version as the paragraphs that Sphinx made of it."""

    def depart_versionmodified(self, node: addnodes.versionmodified) -> None:
        """Nothing to close."""

    visit_attention = visit_caution = visit_danger = visit_error = _open_named_aside
    visit_hint = visit_important = visit_note = visit_tip = _open_named_aside
    visit_warning = visit_seealso = _open_named_aside
    depart_attention = depart_caution = depart_danger = depart_error = depart_topic
    depart_hint = depart_important = depart_note = depart_tip = depart_topic
    depart_warning = depart_seealso = depart_topic

    def _pass(self, node: nodes.Element) -> None:
        """Write just what is inside."""

    def visit_compound(self, node: nodes.compound) -> None:
        """Write what is inside, unless it is a toctree: the book has its own contents."""
        if "toctree-wrapper" in node["classes"]:
            self.leave_out(node)
            raise nodes.SkipNode

    depart_compound = visit_acks = depart_acks = _pass
    visit_glossary = depart_glossary = visit_legend = depart_legend = _pass


def is_short(node: nodes.Element) -> bool:
    """Say whether a list or quotation is kept in one piece.

    Typst 0.15 can lose lines of a block that breaks over a page where a figure floats to the
    head; ``proof`` would stop the build then. What does not break cannot lose anything.
    """
    return len(node.astext()) <= _SHORT_TEXT


def holds_only_pictures(paragraph: nodes.Node) -> bool:
    """Say whether a paragraph is nothing but pictures, which then stand by themselves."""
    return (
        isinstance(paragraph, nodes.paragraph)
        and next(iter(paragraph.findall(nodes.image)), None) is not None
        and not any(text.astext().strip() for text in paragraph.findall(nodes.Text))
    )


def _is_invisible(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Invisible | nodes.label)
