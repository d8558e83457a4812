"""What is remembered between runs, and what counts as broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.links.state import DAY, Memory, load, remembered, save
from speechbook.links.verdicts import BROKEN, Kind, Verdict

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_795_000_000


def test_what_is_saved_is_loaded_and_the_order_does_not_matter(tmp_path: Path) -> None:
    one, two = Memory("good", "answered 200", NOW, NOW, NOW), Memory("dead", "x", NOW, NOW)
    save(tmp_path / "a" / "state.json", {"b": two, "a": one})
    save(tmp_path / "b.json", {"a": one, "b": two})
    assert load(tmp_path / "a" / "state.json") == {"a": one, "b": two}
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a" / "state.json").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"addresses": {"a": {}}}',
        '{"addresses": {"a": {"kind": "?", "why": "", "since": 1, "asked": 1}}}',
    ],
)
def test_a_broken_state_is_put_aside_and_lost_by_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(text, encoding="utf-8")
    assert load(path) == {}
    assert path.with_suffix(".broken").read_text(encoding="utf-8") == text


def test_no_state_is_no_trouble(tmp_path: Path) -> None:
    assert load(tmp_path / "state.json") == {}


def test_the_same_verdict_again_counts_and_another_begins_anew() -> None:
    first = remembered(None, Verdict(Kind.SLOW, "a"), NOW, looked=True)
    again = remembered(first, Verdict(Kind.SLOW, "b"), NOW + DAY, looked=False)
    assert again == Memory("slow", "b", NOW, NOW + DAY, NOW, 2)
    good = remembered(again, Verdict(Kind.GOOD, "c"), NOW + 2 * DAY, looked=False)
    assert good == Memory("good", "c", NOW + 2 * DAY, NOW + 2 * DAY, NOW, 1)


def test_what_may_pass_is_broken_only_when_it_has_lasted() -> None:
    assert not Memory("failing", "", NOW, NOW, runs=1).is_broken
    assert not Memory("failing", "", NOW, NOW + DAY, runs=5).is_broken
    assert not Memory("failing", "", NOW, NOW + 8 * DAY, runs=2).is_broken
    assert Memory("failing", "", NOW, NOW + 8 * DAY, runs=3).is_broken


def test_the_dead_are_broken_at_once_and_the_blocked_never() -> None:
    assert all(Memory(kind, "", NOW, NOW).is_broken for kind in BROKEN)
    assert not Memory("blocked", "", NOW, NOW + 90 * DAY, runs=90).is_broken
    assert not Memory("moved", "", NOW, NOW + 90 * DAY, runs=90).is_broken


def test_a_good_answer_is_fresh_for_some_days_and_no_other_is() -> None:
    assert Memory("good", "", NOW, NOW).is_fresh(NOW + 5 * DAY)
    assert not Memory("good", "", NOW, NOW).is_fresh(NOW + 7 * DAY)
    assert not Memory("dead", "", NOW, NOW).is_fresh(NOW)
    assert Memory("good", "", NOW, NOW, NOW).has_fresh_look(NOW + 29 * DAY)
    assert not Memory("good", "", NOW, NOW, NOW).has_fresh_look(NOW + 31 * DAY)
