"""Tables that are shown row by row: which they are, and what their parts are told."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from speechbook.epub.tables import labels_of, told

THREE = """
=====  ======  =====
Party  Before  After
=====  ======  =====
Italy  2,143   1,825
=====  ======  =====
"""
TWO = """
=====  ======
Party  Before
=====  ======
Italy  2,143
=====  ======
"""
SPANNED = """
=====  ======  =====
Party  Members
-----  -------------
Name   Before  After
=====  ======  =====
Italy  2,143   1,825
=====  ======  =====
"""
WITHOUT_HEAD = """
=====  ======  =====
Italy  2,143   1,825
=====  ======  =====
"""


def table_of(text: str) -> nodes.table:
    """Return the table that reStructuredText makes of a drawing."""
    return next(publish_doctree(text).findall(nodes.table))


def test_cells_are_told_the_heads_of_their_columns() -> None:
    table = table_of(THREE)
    assert labels_of(table) == ("Party", "Before", "After")
    cells = [told(cell) for cell in table.findall(nodes.entry)]
    assert cells[:3] == [{"role": "columnheader"}] * 3
    assert cells[3:] == [
        {"role": "cell", "data-label": "Party"},
        {"role": "cell", "data-label": "Before"},
        {"role": "cell", "data-label": "After"},
    ]


def test_parts_stay_those_of_a_table_for_screen_readers() -> None:
    table = table_of(THREE)
    parts = [table, *table.findall(nodes.thead), *table.findall(nodes.tbody)]
    assert [told(part)["role"] for part in parts] == ["table", "rowgroup", "rowgroup"]
    assert {told(row)["role"] for row in table.findall(nodes.row)} == {"row"}


@pytest.mark.parametrize("text", [TWO, SPANNED, WITHOUT_HEAD])
def test_other_tables_stay_as_they_are(text: str) -> None:
    table = table_of(text)
    assert labels_of(table) == ()
    assert all(told(part) == {} for part in (table, *table.findall(nodes.entry)))


def test_nothing_else_is_told_anything() -> None:
    assert told(nodes.paragraph("", "Text")) == {}
