"""The table of queries and the tables that the bench prints of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.bench.searching.command import places, scores
from speechbook.bench.searching.queries import Query, is_found, place_of, read_queries

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Query("year", "1953", "chapters/03", 1)
THIRD = Query("slip", "afair", "chapters/09", 3)


def test_table_is_read_with_first_place_as_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "queries.toml"
    row = '[[query]]\nkind = "{}"\nwords = "{}"\npage = "{}"\n'
    path.write_text(row.format(*FIRST[:3]) + row.format(*THIRD[:3]) + "within = 3\n", "utf-8")
    assert read_queries(path) == (FIRST, THIRD)


def test_page_must_stand_where_the_table_says() -> None:
    found = ["a", "chapters/03", "chapters/09"]
    assert place_of(FIRST, found) == 2
    assert not is_found(FIRST, found)
    assert is_found(THIRD, found)
    assert not is_found(THIRD, ["a"])


def test_tables_count_and_show_places() -> None:
    answers = {"ours": [["chapters/03"], ["chapters/09"]], "theirs": [[], ["a", "chapters/09"]]}
    counted = scores((FIRST, THIRD), answers)
    assert "| year (1) | 1 | 0 |" in counted
    assert "| all (2) | 2 | 1 |" in counted
    shown = places((FIRST, THIRD), answers)
    assert "| 1953 | chapters/03 | 1 | – |" in shown
    assert "| afair | chapters/09 | 1 | 2 |" in shown
