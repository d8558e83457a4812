"""``speechbook counts``, on the tiny book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.cli import main
from speechbook.counting import words_in

if TYPE_CHECKING:
    from speechbook.building.paths import BookPaths


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The {term}`Presidium` met.[^met]", 3),
        ("{ref}`The next chapter <ch-second>` says more.", 5),
        ("1,108 of 1,966 delegates, or 56.4 per cent", 8),
        ("Khrushchev’s anti-Soviet *Time* – {cite:t}`taubman2003`", 3),
        ("Хрущёв и Сталин", 3),
        ("", 0),
    ],
)
def test_words_are_what_a_reader_reads(text: str, number: int) -> None:
    assert words_in(text) == number


def test_command_prints_words_notes_works_and_locators(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["counts", "--root", str(tiny_book.root)]) == 0
    lines = dict(
        reversed(line.split(maxsplit=1)) for line in capsys.readouterr().out.splitlines() if line
    )
    # The {term}`Presidium` met. The next chapter says more about Хрущёв and Сталин.
    # It was quiet. More text.
    assert lines["01-first"] == "17"
    assert lines["notes"] == "4"
    assert lines["works cited"] == "2"
    assert lines["locators that rest on the article alone"] == "1"


def test_a_source_that_is_not_there_is_a_sentence(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_book.bibliography.unlink()
    assert main(["counts", "--root", str(tiny_book.root)]) == 1
    assert "references.bib is not there" in capsys.readouterr().err
