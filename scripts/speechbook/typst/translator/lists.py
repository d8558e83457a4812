"""Lists of all kinds, glossaries and the bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from speechbook.typst import escape
from speechbook.typst.translator.blocks import BlocksMixin, is_short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx import addnodes

_COUNTING = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


class ListsMixin(BlocksMixin):
    """Visitors of lists."""

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        """Write a list; one of class ``bibliography`` hangs and has no bullets."""
        name = "bibliography-list" if "bibliography" in node["classes"] else "bullets"
        self.put(node, f"{name}({_traits(node)},")

    def depart_bullet_list(self, node: nodes.Element) -> None:
        """Close the list."""
        self.put(node, ")")

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        """Write a numbered list with the author's way of counting."""
        counting = _COUNTING.get(node.get("enumtype", "arabic"), "1")
        pattern = f"{node.get('prefix', '')}{counting}{node.get('suffix') or '.'}"
        start = int(node.get("start", 1))
        self.put(node, f"numbers({_traits(node)}, {escape.string(pattern)}, {start},")

    depart_enumerated_list = depart_bullet_list

    def visit_list_item(self, node: nodes.list_item) -> None:
        """Write an item of the list that was opened."""
        self.block("item(", node.children, "),", node)
        raise nodes.SkipNode

    # Definitions, glossary, fields

    def visit_definition_list(self, node: nodes.definition_list) -> None:
        """Write terms with what they mean."""
        self.put(node, "definitions(")

    depart_definition_list = depart_bullet_list

    def visit_definition_list_item(self, node: nodes.definition_list_item) -> None:
        """Write one or more terms and their definition."""
        bodies = [child for child in node.children if isinstance(child, nodes.definition)]
        heads = [child for child in node.children if not isinstance(child, nodes.definition)]
        self.put(node, "definition({[]")
        self.emitter.start_text()
        for position, head in enumerate(heads):
            if position and isinstance(head, nodes.term):
                self.put(head, "linebreak()")
            head.walkabout(self)
        self.put(node, "},")
        self._definition_body(bodies, node)
        raise nodes.SkipNode

    def _definition_body(self, bodies: Sequence[nodes.Element], node: nodes.Element) -> None:
        for body in bodies:
            self.seen.add(id(body))
        for body in bodies[:1]:
            self.run_in(body)
        children = [child for body in bodies for child in body.children]
        self.block("", children, "),", node)

    def visit_term(self, node: nodes.term) -> None:
        """Write a term."""
        self.flush_marks(node)

    def depart_term(self, node: nodes.term) -> None:
        """Nothing to close."""

    def visit_classifier(self, node: nodes.classifier) -> None:
        """Write the kind of thing that a term is."""
        self.put(node, 't(" : ")')
        self.block("emph(", node.children, ")", node)
        raise nodes.SkipNode

    def visit_field_list(self, node: nodes.field_list) -> None:
        """Write fields as terms with their definitions."""
        self.put(node, "definitions(")

    depart_field_list = depart_bullet_list

    def visit_field(self, node: nodes.field) -> None:
        """Write a field as a term with its definition."""
        names = [child for child in node.children if isinstance(child, nodes.field_name)]
        bodies = [child for child in node.children if isinstance(child, nodes.field_body)]
        self.seen.update(map(id, names))
        self.block("definition(", [c for name in names for c in name.children], ",", node)
        self._definition_body(bodies, node)
        raise nodes.SkipNode

    # Lists beside each other

    def visit_hlist(self, node: addnodes.hlist) -> None:
        """Write the columns of a horizontal list."""
        self.put(node, "side-by-side(")

    depart_hlist = depart_bullet_list

    def visit_hlistcol(self, node: addnodes.hlistcol) -> None:
        """Write one column."""
        self.block("", node.children, ",", node)
        raise nodes.SkipNode


def _traits(node: nodes.Element) -> str:
    """Say how a list is spaced, whether it is in another, whether it may break."""
    nested = isinstance(node.parent, nodes.list_item)
    flags = {"tight": _is_tight(node), "nested": nested, "whole": is_short(node)}
    return escape.dictionary({name: str(flag).lower() for name, flag in flags.items()})


def _is_tight(node: nodes.Element) -> bool:
    """Say whether no item holds more than a paragraph and lists below it."""
    for item in node.children:
        children = item.children if isinstance(item, nodes.list_item) else []
        paragraphs = [child for child in children if isinstance(child, nodes.paragraph)]
        lists = (nodes.bullet_list, nodes.enumerated_list)
        others = [child for child in children if not isinstance(child, (nodes.paragraph, *lists))]
        if len(paragraphs) > 1 or others:
            return False
    return True
