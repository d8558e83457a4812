"""The evidence table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.evidence import read_evidence, unseen_locators
from speechbook.problems import BookError

if TYPE_CHECKING:
    from pathlib import Path

ROW = """
[[locator]]
citekey = "taubman2003"
locator = "273"
seen = "{seen}"
where = "note 9"
on = "2026-11-23"
"""


def test_only_what_the_article_alone_gives_is_unseen(tmp_path: Path) -> None:
    path = tmp_path / "evidence.toml"
    path.write_text(ROW.format(seen="article") + ROW.format(seen="page"), encoding="utf-8")
    evidence = read_evidence(path)
    assert len(evidence) == 2
    assert unseen_locators(evidence) == {("taubman2003", "273")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ROW.format(seen="perhaps"), "seen = 'perhaps'"),
        ('[[locator]]\ncitekey = "x"\n', "lacks locator, seen, where, on"),
        ("[[locator]\n", "TOML"),
    ],
)
def test_faulty_table_ends_in_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "evidence.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BookError) as error:
        read_evidence(path)
    (problem,) = error.value.problems
    assert words in problem.what
    assert problem.place is not None
    assert problem.place.path == path
    assert problem.cure
