"""Inline nodes: emphasis, languages, links with page numbers."""

from __future__ import annotations

from docutils import nodes

from speechbook.typst import escape, latexmath
from speechbook.typst.emitter import label_slot
from speechbook.typst.labels import key_of
from speechbook.typst.translator.figures import FiguresMixin

_WEB = ("http://", "https://", "mailto:", "doi:")
# Roles whose target is a place in the book, for which a reader of paper wants the page.
_PAGED = frozenset({"std-ref", "std-doc", "std-numref", "doc", "ref", "numref", "myst"})
_UNPAGED = frozenset({"std-term", "term", "cite", "bibtex"})
_LANGUAGE_CLASS = "lang-"
_OTHER_FORMATS_SAY_NOTHING = "typst"


class InlineMixin(FiguresMixin):
    """Visitors of inline nodes."""

    def _wrap(self, call: str, node: nodes.Element) -> None:
        self.flush_marks(node)
        self.put(node, f"{call}({{[]")

    def _unwrap(self, node: nodes.Element) -> None:
        self.put(node, "})")

    def visit_emphasis(self, node: nodes.Element) -> None:
        """Open italics."""
        self._wrap("stressed(emph)", node)

    def visit_strong(self, node: nodes.Element) -> None:
        """Open bold type."""
        self._wrap("stressed(strong)", node)

    def visit_subscript(self, node: nodes.Element) -> None:
        """Open a subscript."""
        self._wrap("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        """Open a superscript."""
        self._wrap("super", node)

    depart_emphasis = depart_strong = depart_subscript = depart_superscript = _unwrap
    visit_title_reference, depart_title_reference = visit_emphasis, _unwrap

    def visit_inline(self, node: nodes.inline) -> None:
        """Open a run of another language, or nothing."""
        language = _language_of(node)
        if language:
            # Without its own region a run would inherit the book's and be “ru-GB”.
            self._wrap(f"text.with(lang: {escape.string(language)}, region: none)", node)

    def depart_inline(self, node: nodes.inline) -> None:
        """Close the run."""
        if _language_of(node):
            self._unwrap(node)

    def visit_literal(self, node: nodes.literal) -> None:
        """Write code in the line."""
        self.flush_marks(node)
        text = escape.breakable(escape.collapse(self.consume(node)), code=True)
        self.put(node, f"raw({escape.string(text)})")
        self.emitter.end_space()
        raise nodes.SkipNode

    def visit_abbreviation(self, node: nodes.abbreviation) -> None:
        """Write an abbreviation; what it stands for follows."""
        self._pass(node)

    def depart_abbreviation(self, node: nodes.abbreviation) -> None:
        """Write what the abbreviation stands for, which paper cannot show otherwise."""
        if node.get("explanation"):
            self.emitter.text(f" ({node['explanation']})")

    def visit_generated(self, node: nodes.generated) -> None:
        """Write text that a transform added."""

    def depart_generated(self, node: nodes.generated) -> None:
        """Nothing to close."""

    visit_manpage, depart_manpage = visit_emphasis, _unwrap
    visit_download_reference = visit_generated
    depart_download_reference = depart_generated

    # Links

    def visit_target(self, node: nodes.target) -> None:
        """Write the text of a target; its identifiers wait for the next text."""

    def depart_target(self, node: nodes.target) -> None:
        """Nothing to close."""

    def visit_reference(self, node: nodes.reference) -> None:
        """Open a link, within the book or to the web."""
        self.flush_marks(node)
        if "refid" in node:
            self._open_internal(node, key_of(self.docname, node["refid"]), paged=False)
        elif node.get("refuri", "").startswith("%"):
            docname, _, identifier = node["refuri"][1:].partition("#")
            paged = docname != self.docname and _is_paged(node)
            self._open_internal(node, key_of(docname, identifier), paged=paged)
        elif node.get("refuri", "").startswith(_WEB):
            self.put(node, f"web({escape.string(node['refuri'])}, {{[]")
        else:
            self._refuse_link(node)

    def _open_internal(self, node: nodes.reference, key: str, *, paged: bool) -> None:
        in_heading = isinstance(node.parent, nodes.title)
        call = "paged" if paged and not in_heading else "jump"
        self.emitter.leads_to(key, paged=call == "paged")
        self.put(node, f"{call}({label_slot(key)}, {{[]")

    def _refuse_link(self, node: nodes.reference) -> None:
        self.problem(
            node,
            f"The link ‘{node.get('refuri', '')[:80]}’ leads neither into the book nor to the "
            "web (http, https, mailto); mend it.",
        )
        self.put(node, "jump(none, {[]")

    def depart_reference(self, node: nodes.reference) -> None:
        """Close the link."""
        self.put(node, "})")

    def visit_citation_reference(self, node: nodes.citation_reference) -> None:
        """Write a citation of plain docutils."""
        key = key_of(self.docname, node.get("refid", ""))
        self.emitter.leads_to(key, paged=False)
        self.block(f"jump({label_slot(key)}, ", node.children, ")", node)
        raise nodes.SkipNode

    # Formulas

    def visit_math(self, node: nodes.math) -> None:
        """Write a formula in the line."""
        self._formula(node, "formula")
        self.emitter.end_space()
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        """Write a formula by itself, with its number if it has one."""
        number = node.get("number")
        shown = escape.string(f"({number})") if number else "none"
        self._formula(node, f"formula-block.with({self.own_label(node)}, {shown})")
        raise nodes.SkipNode

    def _formula(self, node: nodes.Element, call: str) -> None:
        source = self.consume(node)
        self.flush_marks(node)
        try:
            code = latexmath.to_typst(source)
        except latexmath.MathError as error:
            self.problem(node, f"The formula cannot be printed: {error}.")
            return
        self.put(node, f"{call}({escape.string(source.strip())}, ${code}$)")

    # What is not printed, and what must not be there

    def _skip(self, node: nodes.Element) -> None:
        self.leave_out(node)
        raise nodes.SkipNode

    visit_comment = visit_substitution_definition = visit_index = visit_meta = _skip
    visit_toctree = visit_highlightlang = visit_tabular_col_spec = _skip

    def visit_raw(self, node: nodes.raw) -> None:
        """Pass by what is meant for other formats; nothing raw goes to Typst."""
        self.leave_out(node)
        if _OTHER_FORMATS_SAY_NOTHING in node.get("format", "").split():
            self.problem(node, "Raw Typst code is not printed; write it as text or markup.")
        raise nodes.SkipNode

    def _fault(self, node: nodes.Element) -> None:
        self.problem(node, f"The markup could not be read: ‘{node.astext()[:120]}’; mend it.")
        self.leave_out(node)
        raise nodes.SkipNode

    visit_problematic = visit_system_message = _fault


def _language_of(node: nodes.Element) -> str | None:
    """Give the language of a run, from its attribute or its class ``lang-xx``."""
    language = node.get("language")
    if language:
        return str(language)
    found = (c for c in node["classes"] if c.startswith(_LANGUAGE_CLASS))
    return next((c.removeprefix(_LANGUAGE_CLASS) for c in found), None)


def _is_paged(node: nodes.reference) -> bool:
    """Say whether a link is a cross-reference of the author's, not a term or a citation."""
    classes = set(node["classes"])
    for child in node.findall(nodes.Element):
        classes.update(child["classes"])
    return bool(classes & _PAGED) and not classes & _UNPAGED
