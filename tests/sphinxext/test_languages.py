"""Runs of Cyrillic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechbook.sphinxext.languages import split_runs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Khrushchev (Хрущёв) spoke", ["Хрущёв"]),
        ("О культе личности и его последствиях", ["О культе личности и его последствиях"]),
        ("[Реабилитация: как это было, т. 1].", ["Реабилитация: как это было, т"]),
        ("no Russian at all", []),
        ("А and Б", ["А", "Б"]),
    ],
)
def test_runs_are_found(text: str, runs: list[str]) -> None:
    assert [piece for is_cyrillic, piece in split_runs(text) if is_cyrillic] == runs


@given(st.text(alphabet=st.sampled_from("abc АБв1.,()\n«»")))
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(piece for _, piece in split_runs(text)) == text
