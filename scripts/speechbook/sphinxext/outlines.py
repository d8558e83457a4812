"""What the numbering of figures looks at in a document, kept where all formats find it.

Sphinx numbers figures after each reading: it unpickles every document of the book and walks
through all of its nodes (``TocTreeCollector.assign_figure_numbers``), for a few sections, lists
of documents and figures.  An outline is the document with nothing but those, in their order;
Sphinx's own numbering gives the same numbers for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.environment import BuildEnvironment

OUTLINES: Final = "speechbook_outlines"
TITLES: Final = (nodes.caption, nodes.title)


def counts_in(env: BuildEnvironment) -> Callable[[nodes.Element], bool]:
    """Return what says whether any domain counts a node among its figures."""
    domains = tuple(env.domains.sorted())
    return lambda node: any(domain.get_enumerable_node_type(node) for domain in domains)


def within(node: nodes.Element, counts: Callable[[nodes.Element], bool]) -> Iterator[nodes.Element]:
    """Yield the outline of what stands below a node."""
    for child in node.children:
        if isinstance(child, addnodes.toctree):
            yield child.copy()
        elif isinstance(child, nodes.Element):
            below = within(child, counts)
            if isinstance(child, nodes.section):
                yield nodes.section("", *below, ids=list(child["ids"]))
            elif counts(child):
                yield counted(child, counts)
            else:
                yield from below


def counted(node: nodes.Element, counts: Callable[[nodes.Element], bool]) -> nodes.Element:
    """Return a figure with its title; of its other children what tells its kind."""
    kept: nodes.Element = node.copy()
    for child in node.children:
        if isinstance(child, TITLES):
            kept += child.deepcopy()
        elif isinstance(child, nodes.Element) and counts(child):
            kept += counted(child, counts)
        elif isinstance(child, nodes.Element):
            shell = child.copy()
            shell.extend(within(child, counts))
            kept += shell
    return kept


def outline_of(document: nodes.document, env: BuildEnvironment) -> nodes.Element:
    """Return the outline of a document as it was read."""
    return nodes.Element("", *within(document, counts_in(env)))


def outlines_in(env: BuildEnvironment) -> dict[str, nodes.Element]:
    """Return the outlines by docname; they are pickled with the environment."""
    found: dict[str, nodes.Element] = vars(env).setdefault(OUTLINES, {})
    return found
