"""How long a page takes to read."""

from __future__ import annotations

import pytest

from speechbook.site.pages import WORDS_A_MINUTE, minutes_of

FIVE_MINUTES = "<p>He <em>rose</em> and spoke.</p>\n" * (5 * WORDS_A_MINUTE // 4)
NOTES = '<aside class="footnote-list brackets">' + "<p>See there.</p>" * 5000 + "</aside>"


def test_words_of_the_text_are_counted_and_neither_tags_nor_notes() -> None:
    assert minutes_of(FIVE_MINUTES) == 5
    assert minutes_of(FIVE_MINUTES.replace("<p>", '<p id="p-1" class="a b c">')) == 5
    assert minutes_of(FIVE_MINUTES + NOTES) == 5


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>word</p> " * WORDS_A_MINUTE,
        '<ul class="bibliography simple"></ul>' + FIVE_MINUTES,
    ],
    ids=["nothing", "one minute", "a bibliography"],
)
def test_no_time_is_told_where_none_is_worth_telling(body: str) -> None:
    assert minutes_of(body) == 0
