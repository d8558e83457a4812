"""Doctrees to XHTML for reading systems: Sphinx's HTML, without what only a web theme needs."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError, unichar2tex
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from speechbook.epub.contents import NOTE, NOTE_MARK, Kind
from speechbook.epub.tables import STACKING, labels_of, told

logger = logging.getLogger(__name__)

LANGUAGE = re.compile(r' lang="([^"]*)"')

#: Classes that MyST sets for MathJax, which no EPUB loads.
CLASSES_FOR_SCRIPTS = frozenset({"tex2jax_ignore", "mathjax_ignore"})


def attributes_of(kind: Kind) -> dict[str, Any]:
    """Return the attributes that tell reading systems what an element is."""
    role = {"role": kind.role} if kind.role else {}
    return {"epub:type": kind.epub_type, **role}


class BookXhtmlTranslator(HTML5Translator):
    """Writes one document's body; the builder says what kind of document it is.

    Notes follow https://www.w3.org/TR/epub-ssv-11/#notes, which is what reading
    systems look for when they show a note in a window of its own.
    """

    def starttag(
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,
        **attributes: Any,  # noqa: ANN401 - docutils'
    ) -> str:
        """Write ``xml:lang`` beside ``lang``: EPUB's XHTML knows both, older readers one.

        Parts of a table with many columns are told what they are.
        """
        tag: str = super().starttag(node, tagname, suffix, empty, **attributes, **told(node))
        return LANGUAGE.sub(r' lang="\1" xml:lang="\1"', tag, count=1) if " lang=" in tag else tag

    def visit_section(self, node: nodes.Element) -> None:
        """Tell in the outermost section what the document is."""
        node["classes"] = [name for name in node["classes"] if name not in CLASSES_FOR_SCRIPTS]
        self.section_level += 1
        builder: Any = self.builder
        kind: Kind | None = builder.kind_of(builder.current_docname)
        told: dict[str, Any] = {}
        if kind and self.section_level == 1:
            told = attributes_of(kind)
        self.body.append(self.starttag(node, "section", **told))

    def visit_container(self, node: nodes.Element) -> None:
        """Leave out docutils' own classes."""
        self.body.append(self.starttag(node, "div"))

    def depart_container(self, _node: nodes.Element) -> None:
        """Close the container."""
        self.body.append("</div>\n")

    def visit_compound(self, node: nodes.compound) -> None:
        """Leave out tables of contents: the EPUB has one, right after the title page."""
        if "toctree-wrapper" in node["classes"]:
            raise nodes.SkipNode
        super().visit_compound(node)

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Leave out the wrapper that HTML 4 needed."""
        self.body.append(self.starttag(node, "blockquote"))

    def depart_block_quote(self, _node: nodes.Element) -> None:
        """Close the quotation."""
        self.body.append("</blockquote>\n")

    def visit_reference(self, node: nodes.Element) -> None:
        """Leave out tooltips, which no finger can call up; set links to the glossary apart."""
        node.attributes.pop("reftitle", None)
        if any("std-term" in child.get("classes", ()) for child in node.findall(nodes.inline)):
            node["classes"].append("term")
        super().visit_reference(node)

    def visit_table(self, node: nodes.table) -> None:
        """Set tables with many columns apart: a narrow screen shows them row by row."""
        node["classes"] += [STACKING] if labels_of(node) else []
        super().visit_table(node)

    def visit_entry(self, node: nodes.entry) -> None:
        """Say which cells a heading cell is for."""
        super().visit_entry(node)
        scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        if self.body[-1].startswith("<th"):
            self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)

    def visit_image(self, node: nodes.image) -> None:
        """Demand a text alternative; docutils would give the file's name for one."""
        if "alt" not in node:
            logger.warning(
                "the picture %s has no text alternative (:alt:) for readers who cannot see it",
                node["uri"],
                location=node,
            )
        super().visit_image(node)

    # Notes

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write the mark without the brackets that the web theme hides."""
        told = attributes_of(NOTE_MARK) | {"href": f"#{node['refid']}"}
        link = self.starttag(node, "a", "", classes=["footnote-reference"], **told)
        self.body.append(f"<sup>{link}")

    def depart_footnote_reference(self, _node: nodes.Element) -> None:
        """Close the mark."""
        self.body.append("</a></sup>")

    def visit_footnote(self, node: nodes.Element) -> None:
        """Write a note, the first of a run within a section of its own."""
        if not isinstance(node.previous_sibling(), nodes.footnote):
            self.body.append('<section class="notes" epub:type="footnotes" aria-label="Notes">\n')
        told = attributes_of(NOTE)
        self.body.append(self.starttag(node, "aside", classes=["footnote"], **told))

    def depart_footnote(self, node: nodes.Element) -> None:
        """Close the note, and the section after the last of a run."""
        self.body.append("</aside>\n")
        if not isinstance(node.next_node(descend=False, siblings=True), nodes.footnote):
            self.body.append("</section>\n")

    def visit_label(self, node: nodes.Element) -> None:
        """Write a note's number as a link back to its mark."""
        backrefs: list[str] = node.parent.get("backrefs", [])
        number = escape(node.astext())
        links = [
            f'<a epub:type="backlink" role="doc-backlink" href="#{backref}">{label}</a>'
            for backref, label in zip(backrefs, labels_of_backlinks(number), strict=False)
        ]
        self.body.append(f'<span class="label">{" ".join(links) or number}.</span> ')
        raise nodes.SkipNode

    # Mathematics

    def visit_math(self, node: nodes.math, math_env: str = "") -> None:  # noqa: ARG002 - Sphinx's
        """Write MathML, which EPUB 3 knows without scripts."""
        self.body.append(self.mathml(node, is_block=False))
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block, math_env: str = "") -> None:  # noqa: ARG002
        """Write MathML in a line of its own."""
        self.body.append(f"{self.starttag(node, 'div', '', CLASS='math')}")
        self.body.append(self.mathml(node, is_block=True) + "</div>\n")
        raise nodes.SkipNode

    def mathml(self, node: nodes.Element, *, is_block: bool) -> str:
        """Return a formula as MathML, with its TeX source as the text alternative."""
        source = node.astext()
        try:
            formula = tex2mathml(source.translate(unichar2tex.uni2tex_table), as_block=is_block)
        except MathError as error:
            logger.warning("the formula %r cannot be set: %s", source, error, location=node)
            return escape(source)
        return formula.replace("<math ", f'<math alttext="{escape(source)}" ', 1)


def labels_of_backlinks(number: str) -> list[str]:
    """Return the number and the letters that further links back bear, as in ``7 b c``."""
    return [number, *"bcdefghijklmnopqrstuvwxyz"]
