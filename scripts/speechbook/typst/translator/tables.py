"""Tables: header rows, spans, widths that follow what the columns hold."""

from __future__ import annotations

from docutils import nodes

from speechbook.typst import columns, escape
from speechbook.typst.translator.blocks import BlocksMixin

# A table up to these sizes fits half a page, so it may be kept in one piece.
_SMALL_ROWS = 12
_SMALL_TEXT = 900


class TablesMixin(BlocksMixin):
    """Visitors of tables. Written by hand from the top, since Typst wants the header apart."""

    def visit_table(self, node: nodes.table) -> None:
        """Write a table with its caption."""
        groups = [child for child in node.children if isinstance(child, nodes.tgroup)]
        if len(groups) != 1:
            self.problem(node, "The table has no or several bodies; write one body.")
            self.leave_out(node)
            raise nodes.SkipNode
        titles = [child for child in node.children if isinstance(child, nodes.title)]
        label = self.own_label(node)
        self.put(node, f"tbl({label}, {self.number_of(node, 'table')},")
        for title in titles:
            self.seen.add(id(title))
            self.block("caption: ", title.children, ",", title)
        self._group(node, groups[0])
        self.put(node, ")")
        raise nodes.SkipNode

    def _group(self, table: nodes.table, group: nodes.tgroup) -> None:
        self.seen.add(id(group))
        header = [row for head in group.findall(nodes.thead) for row in head.children]
        body = [row for part in group.findall(nodes.tbody) for row in part.children]
        layout = columns.lay_out(table)
        self.put(table, f"columns: {layout.widths_code()}, align: {layout.alignments_code()},")
        whole = str(_is_small(table, len(header) + len(body))).lower()
        self.put(table, f"stubs: {layout.stubs}, whole: {whole},")
        if header:
            self.put(table, "head: (")
            self._rows(header)
            self.put(table, "),")
        self._rows(body)

    def _rows(self, rows: list[nodes.Node]) -> None:
        for row in rows:
            for entry in row.children:
                if isinstance(entry, nodes.entry):
                    self._entry(entry)

    def _entry(self, entry: nodes.entry) -> None:
        self.seen.add(id(entry))
        self.queue_marks(entry)
        spans = {
            "colspan": entry.get("morecols", 0) + 1,
            "rowspan": entry.get("morerows", 0) + 1,
        }
        extra = "".join(f"{name}: {count}, " for name, count in spans.items() if count > 1)
        self.block(f"cell({extra}", entry.children, "),", entry)

    def number_of(self, node: nodes.Element, kind: str) -> str:
        """Give the number that Sphinx gave a figure or table, as Typst code."""
        numbers = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        for identifier in node["ids"]:
            if identifier in numbers:
                return escape.string(".".join(map(str, numbers[identifier])))
        return "none"


def _is_small(table: nodes.table, rows: int) -> bool:
    """Say whether a table is short enough to stand on one page."""
    return rows <= _SMALL_ROWS and len(table.astext()) <= _SMALL_TEXT
