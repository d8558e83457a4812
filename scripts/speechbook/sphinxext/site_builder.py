"""Sphinx's HTML builder, with this book's few assets in place of the themes' many.

The themes would copy 8 MB of scripts, styles and translations beside the pages, of which
the book's own templates (``docs/_templates``) load nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.fileutil import copy_asset
from sphinx.util.matching import Matcher
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from speechbook.building.kept_pages import Keeper, Written, write_out
from speechbook.epub.translator import CLASSES_FOR_SCRIPTS
from speechbook.figures.exploring import explorer
from speechbook.site.assets import SCRIPTS, STYLES, Asset, Assets, read_assets
from speechbook.site.pages import without_slashes
from speechbook.site.search import INDEX, PIECES, SearchedPage, engine
from speechbook.sphinxext.picture_passes import PictureSparing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.theming import Theme

#: Where templates lie that Jinja has compiled, beside the doctrees.
COMPILED = "templates"
LENGTH_OF_A_DIGEST = 6
#: What docutils says of links, which no style or script of the site asks for.
CLASSES_OF_LINKS = frozenset({"reference", "internal", "external"})
BRACKET = re.compile(r'<span class="fn-bracket">[^<]*</span>')


@contextlib.contextmanager
def named(node: nodes.Element, identifier: str) -> Iterator[None]:
    """Give a node one more identifier for as long as it is begun, if there is one.

    The document is the same for all formats, and so must stay as it is.
    """
    ids = node["ids"]
    if identifier:
        node["ids"] = [identifier, *ids]
    yield
    node["ids"] = ids


def is_entry(node: nodes.paragraph) -> bool:
    """Say whether a paragraph begins an item that has an identifier, as an entry's does."""
    item = node.parent
    return isinstance(item, nodes.list_item) and bool(item["ids"]) and item[0] is node


class SiteTranslator(HTML5Translator):
    """Writes a page's text without inline styles and without what only the theme needs."""

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.identifiers_taken: Counter[str] = Counter()

    def visit_section(self, node: nodes.section) -> None:
        """Begin a section, the page's own as a plain division.

        A first heading within a section counts as one of a lower level
        (https://html.spec.whatwg.org/multipage/sections.html).
        """
        node["classes"] = [name for name in node["classes"] if name not in CLASSES_FOR_SCRIPTS]
        self.section_level += 1
        self.body.append(self.starttag(node, "section" if self.section_level > 1 else "div"))

    def depart_section(self, _node: nodes.section) -> None:
        """End a section."""
        self.body.append("</section>\n" if self.section_level > 1 else "</div>\n")
        self.section_level -= 1

    def starttag(
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,
        **attributes: Any,  # noqa: ANN401 - as in docutils
    ) -> str:
        """Begin an element, a link without docutils' classes: the bibliography has thousands."""
        if tagname == "a":
            given = attributes.get("class", "").split()
            attributes["class"] = " ".join(name for name in given if name not in CLASSES_OF_LINKS)
        tag: str = super().starttag(node, tagname, suffix, empty, **attributes)
        return tag

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """Begin a paragraph that can be linked to, as the search does."""
        # An entry of the index has numbered its paragraph, but that number does not last.
        lasting = [name for name in node["ids"] if not name.startswith("index-")]
        is_named = bool(lasting) or isinstance(node.parent, nodes.footnote) or is_entry(node)
        with named(node, "" if is_named else self._identifier_of(node.astext())):
            super().visit_paragraph(node)

    def visit_list_item(self, node: nodes.list_item) -> None:
        """Begin an item that can be linked to, if it is text of its own."""
        is_text = not node["ids"] and node.children and type(node[0]) is nodes.paragraph
        with named(node, self._identifier_of(f"* {node[0].astext()}") if is_text else ""):
            super().visit_list_item(node)

    def _identifier_of(self, text: str) -> str:
        """Return an identifier that lasts as long as the text, for the page's first of it."""
        digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
        identifier = f"p-{digest[:LENGTH_OF_A_DIGEST]}"
        count = self.identifiers_taken[identifier] = self.identifiers_taken[identifier] + 1
        return identifier if count == 1 else f"{identifier}-{count}"

    def visit_entry(self, node: nodes.entry) -> None:
        """Say which cells a heading cell is for."""
        super().visit_entry(node)
        scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        if self.body[-1].startswith("<th"):
            self.body[-1] = self.body[-1].replace("<th", f'<th scope="{scope}"', 1)

    def visit_image(self, node: nodes.image) -> None:
        """Let CSS size pictures, and load those far below only when they are near.

        docutils would write the width as an inline style.  A drawing says how high it is for
        its width, so that nothing moves when it comes.
        """
        node.attributes.pop("width", None)
        node["loading"] = "lazy"
        super().visit_image(node)
        if node.get("view_box"):
            *_, width, height = node["view_box"].split()
            size = f'<img width="{width}" height="{height}"'
            self.body[-1] = self.body[-1].replace("<img", size, 1)

    def depart_image(self, node: nodes.image) -> None:
        """Lay over a figure that can be explored what its parts need."""
        super().depart_image(node)
        if node.get("exploration"):
            self.body.append(explorer(node["exploration"], node["view_box"]))

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write a note's mark without the brackets that CSS would have to hide."""
        told: dict[str, Any] = {"href": f"#{node['refid']}", "role": "doc-noteref"}
        self.body.append(self.starttag(node, "a", "", classes=["footnote-reference"], **told))

    def depart_footnote_reference(self, _node: nodes.Element) -> None:
        """Close the mark."""
        self.body.append("</a>")

    def visit_label(self, node: nodes.label) -> None:
        """Begin a note's number, without brackets."""
        start = len(self.body)
        super().visit_label(node)
        self.body[start:] = [BRACKET.sub("", piece) for piece in self.body[start:]]

    def depart_label(self, node: nodes.label) -> None:
        """End a note's number, without brackets."""
        start = len(self.body)
        super().depart_label(node)
        self.body[start:] = [BRACKET.sub("", piece) for piece in self.body[start:]]


class TidyTemplates(BuiltinTemplateLoader):
    """Sphinx's templates, whose pages are written as HTML and not as XHTML.

    https://validator.github.io/validator/ warns of the slash in ``<br />``, which docutils,
    Sphinx and the theme all write.  What Jinja makes of a template is kept between builds
    (https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache).
    """

    def init(
        self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None
    ) -> None:
        """Set the templates up for a builder."""
        super().init(builder, theme, dirs)
        folder = Path(builder.doctreedir) / COMPILED
        folder.mkdir(parents=True, exist_ok=True)
        self.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Return a page without slashes at the end of void elements."""
        return without_slashes(super().render(template, context))


class SiteBuilder(PictureSparing, StandaloneHTMLBuilder):
    """Writes the site; ``assets`` is what every page loads, ``engine`` what a search loads.

    ``searched`` grows with the pages that are written (:mod:`speechbook.sphinxext.searching`).
    """

    #: Sphinx's own search, which finds no years and forgives no slip, is left out.
    search = False
    assets: Assets
    engine: Asset
    searched: list[SearchedPage]

    def init(self) -> None:
        """Join the assets before any page names them."""
        super().init()
        static = Path(self.confdir) / self.config.html_static_path[0]
        self.assets, self.engine, self.searched = read_assets(static), engine(static), []

    @property
    def named_by_content(self) -> tuple[Asset, ...]:
        """Return the files whose names change with what they hold."""
        return (*self.assets.all, self.engine)

    @cached_property
    def keeper(self) -> Keeper:
        """Return the texts of pages that earlier builds have written."""
        return Keeper.of(self)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page; its text is taken from an earlier build if it would be the same."""
        doctree.settings = self.docsettings
        self.secnumbers = self.env.toc_secnumbers.get(docname, {})
        self.fignumbers = self.env.toc_fignumbers.get(docname, {})
        self.imgpath = relative_uri(self.get_target_uri(docname), "_images")
        self.dlpath = relative_uri(self.get_target_uri(docname), "_downloads")
        self.current_docname = docname
        text = self.keeper.written(self, doctree, self.dlpath, lambda: self.text_of(doctree))
        context = self.get_doc_context(docname, text.body, text.meta)
        context["has_maths_elements"] = text.has_maths
        self.handle_page(docname, context, event_arg=doctree)

    def text_of(self, doctree: nodes.document) -> Written:
        """Write a page's text out."""
        translator = write_out(self, doctree)
        has_maths = bool(getattr(translator, "_has_maths_elements", False))
        # Sphinx's own write_doc leaves the first two out too: the generator and the charset.
        return Written("".join(translator.fragment), "".join(translator.meta[2:]), has_maths)

    def finish(self) -> None:
        """Write what is no document, and throw old texts away."""
        super().finish()
        self.keeper.tidy()

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        """Copy nothing of the themes."""

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy the book's static files, and the assets in place of their pieces."""
        pieces = [f"**/{name}" for name in (STYLES, SCRIPTS, PIECES)]
        excluded = Matcher(["**/.*", *pieces, "**/*.md"])
        for entry in self.config.html_static_path:
            source = Path(self.confdir) / entry
            copy_asset(source, self._static_dir, excluded=excluded, context=context, force=True)
        for asset in self.named_by_content:
            (Path(self._static_dir) / asset.name).write_bytes(asset.content)

    def create_template_bridge(self) -> None:
        """Take our own bridge, which nothing sets for one builder alone."""
        self.templates = TidyTemplates()

    def create_pygments_style_file(self) -> None:
        """Write no style for program code: the book has none."""


def offer_assets(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Give the templates the paths of the assets."""
    if isinstance(app.builder, SiteBuilder):
        assets = app.builder.assets
        context["assets"] = {
            "style": assets.style.path,
            "settings": assets.settings.path,
            "script": assets.script.path,
            "icon": assets.icon,
            "search": app.builder.engine.path,
            "search_index": INDEX,
        }


def setup(app: Sphinx) -> dict[str, Any]:
    """Put the builder and its translator in the place of Sphinx's own."""
    app.add_builder(SiteBuilder, override=True)
    app.set_translator("html", SiteTranslator)
    app.connect("html-page-context", offer_assets)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
