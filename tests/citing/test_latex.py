"""Values of a .bib file are decoded right, and once each."""

from __future__ import annotations

import pytest
from pybtex.richtext import Tag, Text

from speechbook.citing.latex import decoded


def test_latex_becomes_text() -> None:
    assert str(decoded(r"Gomu{\l}ka \& Co")) == "Gomułka & Co"


def test_same_value_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = decoded("A title asked for twice")
    monkeypatch.setattr(Text, "from_latex", lambda _latex: pytest.fail("decoded again"))
    assert decoded("A title asked for twice") is first


def test_shared_text_is_changed_by_nobody() -> None:
    shared = decoded("Of {Stalin} and others")
    before = str(shared)
    Tag("em", shared.upper()).add_period()
    Text(", ").join([shared.capfirst(), shared + "!"])
    assert str(shared) == before
