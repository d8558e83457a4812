"""Pictures and figures, each with a text that says what is to be seen."""

from __future__ import annotations

import re

from docutils import nodes

from speechbook.typst import escape
from speechbook.typst.images import ImageFaultError
from speechbook.typst.translator.blocks import holds_only_pictures
from speechbook.typst.translator.tables import TablesMixin

_LENGTH = re.compile(r"^\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>%|px|pt|cm|mm|in|em|)\s*$")
# CSS pixels, 96 to the inch; docutils takes a bare number as pixels.
_POINTS_PER_PIXEL = 0.75


class FiguresMixin(TablesMixin):
    """Visitors of pictures."""

    def visit_image(self, node: nodes.image) -> None:
        """Write a picture, in the line or by itself."""
        code = self._picture(node)
        if code is not None:
            self.flush_marks(node)
            self.put(node, f"{'inline-picture' if _in_line(node) else 'picture'}({code})")
        self.emitter.end_space()
        raise nodes.SkipNode

    def _picture(self, node: nodes.image) -> str | None:
        alt = node.get("alt", "").strip()
        try:
            picture = self.state.shelf.take(node["uri"], self.builder.srcdir)
        except ImageFaultError as fault:
            self.problem(node, str(fault))
            return None
        self.state.pictures.append(node["uri"])
        if not alt:
            self.problem(
                node,
                f"The picture ‘{node['uri']}’ has no alternative text; say in :alt: what it shows.",
            )
        return ", ".join([escape.string(picture.path), escape.string(alt), *_size(node)])

    def visit_figure(self, node: nodes.figure) -> None:
        """Write a picture with number, caption and legend."""
        captions = [child for child in node.children if isinstance(child, nodes.caption)]
        legends = [child for child in node.children if isinstance(child, nodes.legend)]
        others = [child for child in node.children if child not in (*captions, *legends)]
        label = self.own_label(node)
        floats = _may_float(node)
        self.state.has_floats |= floats
        head = f"fig({label}, {self.number_of(node, 'figure')}, {str(floats).lower()}, "
        self.block(head, others, ",", node)
        for name, parts in (("caption", captions), ("legend", legends)):
            for part in parts:
                self.seen.add(id(part))
                self.block(f"{name}: ", part.children, ",", part)
        self.put(node, ")")
        raise nodes.SkipNode


def _may_float(figure: nodes.figure) -> bool:
    """Say whether a figure stands in the text itself, not in a list, a note or a table."""
    parent = figure.parent
    while isinstance(parent, nodes.section | nodes.compound):
        parent = parent.parent
    return isinstance(parent, nodes.document)


def _in_line(image: nodes.image) -> bool:
    """Say whether a picture stands within a line of text."""
    parent = image.parent
    while isinstance(parent, nodes.reference):
        parent = parent.parent
    return isinstance(parent, nodes.TextElement) and not holds_only_pictures(parent)


def _size(node: nodes.image) -> list[str]:
    """Give width and height as Typst arguments, as far as the author gave them."""
    sizes = []
    for name in ("width", "height"):
        match = _LENGTH.match(str(node.get(name, "")))
        if match:
            sizes.append(f"{name}: {_typst_length(float(match['number']), match['unit'])}")
    return sizes


def _typst_length(number: float, unit: str) -> str:
    if unit in {"px", ""}:
        return f"{number * _POINTS_PER_PIXEL:g}pt"
    if unit == "%":
        return f"{min(number, 100):g}%"
    return f"{number:g}{unit}"
