"""The family SEC and the readers of maps come to an end on texts made to slow them down.

How the time grows with the size is measured by ``nox -s bench -- growth``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.checking import check
from citelint.text import SourceText
from tests.campaign.citelint_mutations import assert_places
from tests.campaign.hostile_fuzz import RULES, drawn, ends_in_a_sentence, project_of
from tests.campaign.texts import BIBLIOGRAPHIES, CHAPTERS, DRAWINGS, GROUNDS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 80_000
CASES = [
    pytest.param(kind, make, id=f"{kind[1:]}-{name}")
    for kind, made in (
        (".md", CHAPTERS),
        (".bib", BIBLIOGRAPHIES),
        (".toml", TABLES),
        (".svg", DRAWINGS),
    )
    for name, make in made.items()
]


@pytest.mark.parametrize(("kind", "make"), CASES)
def test_rules_come_to_an_end(kind: str, make: Callable[[int], str]) -> None:
    source = SourceText(Path(f"x{kind}"), make(SIZE))
    assert_places(check(project_of(kind, source), RULES), source)


@pytest.mark.parametrize("name", GROUNDS)
def test_grounds_of_maps_end_in_a_drawing_or_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(GROUNDS[name](SIZE), encoding="utf-8")
    ends_in_a_sentence(lambda: drawn(path))
