"""What the compiler remembers is bounded by the size of what it sets."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from speechbook.typst import compile as compiler
from speechbook.typst.compile import Job, Press

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Gather, each time the compiler is made to forget, how much it remembered."""
    sizes: list[int] = []
    original = Press.forget

    def counted(self: Press) -> None:
        sizes.append(self._remembered)
        original(self)

    monkeypatch.setattr(Press, "forget", counted)
    return sizes


def test_it_forgets_before_what_would_be_too_much(tmp_path: Path, forgotten: list[int]) -> None:
    main = tmp_path / "main.typ"
    main.write_text('#set document(title: "A")\n= Title\nWords.\n', encoding="utf-8")
    time = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    press = Press(Job(tmp_path, tmp_path / "out.pdf", time, lambda _name, _line: None))
    third = compiler._MOST_REMEMBERED // 3
    results = [press.set(main, {}, opens=True, size=third) for _ in range(5)]
    assert forgotten == [3 * third]
    results.append(press.set(main, {}, opens=True, size=5 * third))
    assert forgotten == [3 * third, 2 * third]
    assert all(result.pages == 1 for result in results)
    assert len({result.pdf for result in results}) == 1
