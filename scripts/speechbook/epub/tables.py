"""Tables with many columns, shown row by row, each cell with its label, so that they fit.

The labels stand in the cells (``data-label``) for the style sheet to show; roles keep the
table a table for screen readers, since a table that is displayed as blocks is none to them
(https://www.w3.org/TR/html-aria/#el-table).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

#: From this number of columns on a table is too wide for a telephone at large type.
MANY = 3
STACKING = "stacking"

ROLES: Mapping[type[nodes.Node], str] = {
    nodes.table: "table",
    nodes.thead: "rowgroup",
    nodes.tbody: "rowgroup",
    nodes.row: "row",
    nodes.entry: "cell",
}


def labels_of(table: nodes.table) -> tuple[str, ...]:
    """Return the heads of the columns if the table can be shown row by row, else nothing.

    It can if it has many columns, one row of heads and no cell that spans others.
    """
    heads = [row for head in table.findall(nodes.thead) for row in head.findall(nodes.row)]
    spans = any("morecols" in e or "morerows" in e for e in table.findall(nodes.entry))
    if len(heads) != 1 or spans or len(heads[0]) < MANY:
        return ()
    return tuple(" ".join(cell.astext().split()) for cell in heads[0])


def table_of(node: nodes.Node) -> nodes.table:
    """Return the table that a part of it belongs to, or the table itself."""
    while not isinstance(node, nodes.table):
        node = node.parent
    return node


def told(node: nodes.Node) -> dict[str, str]:
    """Return the attributes of a part of a table that is to be shown row by row."""
    labels = labels_of(table_of(node)) if type(node) in ROLES else ()
    if not labels:
        return {}
    if not isinstance(node, nodes.entry):
        return {"role": ROLES[type(node)]}
    if isinstance(node.parent.parent, nodes.thead):
        return {"role": "columnheader"}
    return {"role": "cell", "data-label": labels[node.parent.index(node)]}
