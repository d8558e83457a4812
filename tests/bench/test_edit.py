"""The edit that (c) makes shows on other pages."""

from __future__ import annotations

import pytest

from speechbook.bench.edit import edited

CHAPTER = "(ch-a)=\n# A title\n\nText.[^one]\n\n[^one]: {cite:p}`{see}work2003{273}`.\n"


def test_title_index_and_notes_change() -> None:
    text = edited(CHAPTER, 2)
    assert text.startswith("(ch-a)=\n# A title, revised 2\n")
    assert "```{index} single: bench; edit 2\n```" in text
    assert text.index("[^bench-edit]") < text.index("[^one]")
    assert text.endswith("\n[^bench-edit]: {cite:p}`work2003`.\n")
    assert "Text.[^one]" in text


def test_every_edit_is_another() -> None:
    assert edited(CHAPTER, 1) != edited(CHAPTER, 2)


def test_chapter_that_cites_nothing_gets_no_note() -> None:
    assert "[^" not in edited("# A\n\nText.\n", 1)


def test_chapter_without_title_is_refused() -> None:
    with pytest.raises(ValueError, match="no line '# Title'"):
        edited("Text.\n", 1)
