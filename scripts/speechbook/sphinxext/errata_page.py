"""The errata: ``{data-errata} errata``, a list, or a sentence that says there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from speechbook.sphinxext.data_directive import DataDirective, citation, sentence
from speechbook.story.errata import Erratum, errata_in

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

NONE = "No correction to this edition is known."


class Errata(DataDirective):
    """``{data-errata} errata``."""

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the list of corrections."""
        errata = errata_in(path, source)
        if not errata:
            return [self.paragraph(NONE, path, 1)]
        items = [self._item(erratum, path) for erratum in errata]
        return [nodes.definition_list("", *items, classes=["story-list"])]

    def _item(self, erratum: Erratum, path: Path) -> nodes.definition_list_item:
        head = f"{erratum.on.words()}, to version {erratum.edition}"
        texts = [f"In {{ref}}`{erratum.chapter}`: {erratum.was}", f"Now: {erratum.now}"]
        thanks = f" Found by {erratum.thanks}." if erratum.thanks else ""
        source = f" Source: {citation(erratum.citekey)}." if erratum.citekey else ""
        texts[-1] = f"{sentence(texts[-1])}{thanks}{source}"
        body = [self.paragraph(text, path, erratum.line) for text in texts]
        term = nodes.term("", "", nodes.strong("", head))
        return nodes.definition_list_item("", term, nodes.definition("", *body))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_directive("data-errata", Errata)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
