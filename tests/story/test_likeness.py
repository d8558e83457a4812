"""Which chapters are like one another."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechbook.story.likeness import Likenesses, Trait, weights_of

A, B, C, D, EVERYWHERE = (Trait("person", name) for name in ("a", "b", "c", "d", "everywhere"))
BOOK = {
    "one": {A, B, EVERYWHERE},
    "two": {A, B, C, EVERYWHERE},
    "three": {B, C, EVERYWHERE},
    "four": {D, EVERYWHERE},
    "five": {D, C, EVERYWHERE},
    "six": {EVERYWHERE},
}
TRAITS = st.sets(st.builds(Trait, st.sampled_from(["person", "work"]), st.sampled_from("abcdef")))


def test_trait_weighs_the_more_the_fewer_chapters_have_it() -> None:
    weights = weights_of(BOOK.values())
    assert weights[A] == pytest.approx(math.log(6 / 2))
    assert weights[A] > weights[B]
    assert weights[EVERYWHERE] == 0


def test_chapters_are_ranked_by_what_they_share_and_the_rarest_stands_first() -> None:
    found = Likenesses(BOOK).most_like("two")
    assert [each.chapter for each in found] == ["one", "three", "five"]
    assert found[0].shared == (A, B)
    assert found[0].score > found[1].score > found[2].score


def test_what_all_chapters_share_makes_none_alike() -> None:
    assert Likenesses(BOOK).most_like("six") == ()
    assert [each.chapter for each in Likenesses(BOOK).most_like("four")] == ["five"]


def test_chapters_can_be_left_out() -> None:
    assert [each.chapter for each in Likenesses(BOOK).most_like("two", {"one"})] == [
        "three",
        "five",
    ]


def test_equals_keep_the_order_of_the_book() -> None:
    twins = {"x": {A}, "late": {A, B}, "early": {A, C}, "other": {D}, "last": {D}, "end": set()}
    assert [each.chapter for each in Likenesses(twins).most_like("x")] == ["late", "early"]


@given(st.lists(TRAITS, min_size=2, max_size=8))
def test_likeness_is_mutual_and_between_nothing_and_one(chapters: list[set[Trait]]) -> None:
    likenesses = Likenesses({str(number): each for number, each in enumerate(chapters)})
    score = likenesses.likeness("0", "1")
    assert score == likenesses.likeness("1", "0")
    assert -1e-9 <= score <= 1 + 1e-9
    heavy = any(weights_of(chapters)[trait] for trait in chapters[0])
    assert likenesses.likeness("0", "0") == pytest.approx(1 if heavy else 0)


def test_neighbours_stand_beside_a_chapter() -> None:
    likenesses = Likenesses(BOOK)
    assert likenesses.neighbours("one") == ["one", "two"]
    assert likenesses.neighbours("three") == ["two", "three", "four"]
    assert "six" in likenesses
    assert "seven" not in likenesses
