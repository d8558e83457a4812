"""A picture of a chapter is drawn again if, and only if, its words or its drawing change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from speechbook.building.kept_pages import Keeper
from speechbook.site import social
from speechbook.site.social import Words, draw
from speechbook.sphinxext import page_metadata
from speechbook.sphinxext.page_metadata import draw_once

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ONE = Words("The Book", "Part I", "1", "The hall", "")
TWO = replace(ONE, number="2", title="The man")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[list[Words]]:
    """Gather what is drawn, call by call."""
    calls: list[list[Words]] = []

    def counted(pictures: Sequence[Words]) -> tuple[bytes, ...]:
        calls.append(list(pictures))
        return draw(pictures)

    monkeypatch.setattr(page_metadata, "draw", counted)
    return calls


def test_only_what_changes_is_drawn(tmp_path: Path, drawn: list[list[Words]]) -> None:
    other = replace(TWO, title="The man who spoke")
    assert draw_once(Keeper(tmp_path, ""), [ONE, TWO]) == list(draw([ONE, TWO]))
    assert draw_once(Keeper(tmp_path, ""), [ONE, other]) == list(draw([ONE, other]))
    assert draw_once(Keeper(tmp_path, ""), [ONE, other]) == list(draw([ONE, other]))
    assert drawn == [[ONE, TWO], [other]]


def test_another_drawing_draws_all(
    tmp_path: Path, drawn: list[list[Words]], monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_once(Keeper(tmp_path, ""), [ONE])
    other = tmp_path / "other.typ"
    other.write_text(social.DRAWING.read_text("utf-8") + "// Other.\n", encoding="utf-8")
    monkeypatch.setattr(social, "DRAWING", other)
    social.tools.cache_clear()
    draw_once(Keeper(tmp_path, ""), [ONE])
    monkeypatch.undo()
    social.tools.cache_clear()
    assert drawn == [[ONE], [ONE]]
