"""Values of a .bib file are decoded right, and once each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.richtext import Tag, Text
from pybtex.scanner import PybtexSyntaxError

from speechbook.citing.latex import PLAIN_WORDS, decoded

MEANINGFUL = "ab Z.,-–—:;()/’“” \\{}$'`9é~"


def test_latex_becomes_text() -> None:
    assert str(decoded(r"Gomu{\l}ka \& Co")) == "Gomułka & Co"


def test_same_value_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = decoded("A {title} asked for twice")
    monkeypatch.setattr(Text, "from_latex", lambda _latex: pytest.fail("decoded again"))
    assert decoded("A {title} asked for twice") is first


def test_shared_text_is_changed_by_nobody() -> None:
    shared = decoded("Of {Stalin} and others")
    before = str(shared)
    Tag("em", shared.upper()).add_period()
    Text(", ").join([shared.capfirst(), shared + "!"])
    assert str(shared) == before


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(MEANINGFUL)), max_size=12))
def test_every_value_is_decoded_as_pybtex_does(value: str) -> None:
    try:
        expected = Text.from_latex(value)
    except (PybtexSyntaxError, UnicodeDecodeError):
        return
    assert decoded(value) == expected


@pytest.mark.parametrize("value", ["Khrushchev", "Über den Kult, neu: II–III", "О культе"])
def test_words_without_latex_are_not_looked_through(value: str) -> None:
    assert PLAIN_WORDS.fullmatch(value)


@pytest.mark.parametrize("value", ["{K}", "a--b", "a,,b", "``a", "a~b", r"\'e", "a  b", "$x$"])
def test_what_may_mean_something_is_looked_through(value: str) -> None:
    assert not PLAIN_WORDS.fullmatch(value)
