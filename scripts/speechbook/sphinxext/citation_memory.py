"""Citations resolved once for all formats, and led to each format's own addresses.

A citation is formatted by pybtex's templates, node by node, which takes two fifths of the
time in which a page's references are resolved; and only its addresses differ from format to
format.  So it is resolved for a builder whose addresses are the documents' names, remembered,
and copied with a builder's own addresses set in.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sphinx.builders import Builder

#: Stands before a document's name where its address belongs; no address has it.
MARK: Final = "\x00"
#: Builders for which sphinxcontrib-bibtex makes other nodes than links
#: (``SphinxReferenceText.render``).
OTHER_NODES: Final = ("latex", "rinoh")


class AnyBuilder:
    """A builder whose addresses are the names of documents."""

    name = "any"

    def get_relative_uri(self, _from: str, to: str, _typ: str | None = None) -> str:
        """Return the marked name of a document."""
        return MARK + to


@functools.lru_cache(maxsize=2)
def resolved_under(_state: Hashable) -> dict[tuple[str, str], nodes.Element]:
    """Return what is remembered of a state: by role and target, the resolved citation."""
    return {}


def addressed(citation: nodes.Element, builder: Builder, fromdocname: str) -> nodes.Element:
    """Return a copy whose links lead where *builder* has the documents."""
    copy = citation.deepcopy()
    for link in copy.findall(nodes.reference):
        docname, _, anchor = link["refuri"].removeprefix(MARK).partition("#")
        if docname == fromdocname:
            del link["refuri"]
            link["refid"] = anchor
        else:
            link["refuri"] = f"{builder.get_relative_uri(fromdocname, docname)}#{anchor}"
    return copy
