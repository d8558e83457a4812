"""Spare transforms that look for nodes which a document has not.

Each of these goes through a whole document, the first through every node with a visitor, to
find what few chapters have: program code, descriptions of functions, aliases of C.  Together
that is a fifth of the time in which documents are resolved.  What kinds of nodes a document has
is seen in one walk instead, before references are resolved: what that puts in is text and links.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import c, cpp
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import PropagateDescDomain
from sphinx.transforms.post_transforms.code import (
    HighlightLanguageTransform,
    HighlightLanguageVisitor,
    TrimDoctestFlagsTransform,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.transforms import Transform
    from sphinx.application import Sphinx

#: By transform, the nodes without which it does nothing.
LOOKS_FOR: Final[dict[type[Transform], tuple[type[nodes.Node], ...]]] = {
    HighlightLanguageTransform: (nodes.literal_block, addnodes.highlightlang),
    TrimDoctestFlagsTransform: (nodes.literal_block, nodes.doctest_block),
    PropagateDescDomain: (addnodes.desc_signature,),
    c.AliasTransform: (c.AliasNode,),
    cpp.AliasTransform: (cpp.AliasNode,),
}
#: Nodes that the visitor may name because they are in every document or say nothing.
OF_ALL: Final = frozenset({"document", "start_of_file"})


def looked_for(transform: type[Transform]) -> frozenset[str]:
    """Return the names of the nodes that a transform looks for, by its code."""
    # A transform of Sphinx's own kind has ``run`` in the place of docutils' ``apply``.
    method = vars(transform).get("run") or vars(transform)["apply"]
    source = inspect.getsource(method)
    found = {part.partition(")")[0].rpartition(".")[2] for part in source.split(".findall(")[1:]}
    if transform is HighlightLanguageTransform:
        methods = vars(HighlightLanguageVisitor)
        found |= {name.removeprefix("visit_") for name in methods if name.startswith("visit_")}
    return frozenset(found) - OF_ALL


def check_upstream(_app: Sphinx) -> None:
    """Fail loudly if a transform looks for other nodes than was known.

    Raises:
        ExtensionError: it does.

    """
    for transform, kinds in LOOKS_FOR.items():
        if looked_for(transform) != {kind.__name__ for kind in kinds}:
            raise ExtensionError(
                f"Sphinx's {transform.__name__} no longer looks for what it did; "
                "see speechbook/sphinxext/needed_transforms.py and adapt it to the new version"
            )


def needed(
    transforms: Iterable[type[Transform]], document: nodes.document
) -> list[type[Transform]]:
    """Return the transforms that may change a document."""
    present = {type(node) for node in document.findall()}
    return [
        each
        for each in transforms
        if each not in LOOKS_FOR or any(issubclass(kind, LOOKS_FOR[each]) for kind in present)
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """See that Sphinx is as it was known."""
    app.connect("builder-inited", check_upstream)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
