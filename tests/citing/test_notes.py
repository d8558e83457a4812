"""The shortened form of Chicago's notes."""

from __future__ import annotations

import pytest
from pybtex.database import Entry, parse_string

from speechbook.citing.notes import (
    MARK_OF_UNSEEN_LOCATOR,
    locator_text,
    note_names,
    note_title,
)


def entry_of(source: str) -> Entry:
    """Parse one entry."""
    (entry,) = parse_string(source, "bibtex").entries.values()
    return entry


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Taubman, William", "Taubman"),
        ("Medvedev, Zhores and Medvedev, Roy", "Medvedev and Medvedev"),
        ("A, X and B, Y and C, Z", "A, B, and C"),
        ("A, X and B, Y and C, Z and D, W", "A et al."),
        ("van der Berg, Jan", "van der Berg"),
        ("{Central Intelligence Agency}", "Central Intelligence Agency"),
    ],
)
def test_names_are_family_names(names: str, expected: str) -> None:
    assert str(note_names(entry_of(f"@book{{x, author={{{names}}}, title={{T}}}}"))) == expected


def test_editor_stands_in_for_a_missing_author() -> None:
    assert str(note_names(entry_of("@book{x, editor={Jones, Polly}, title={T}}"))) == "Jones"


def test_short_title_wins_and_subtitle_falls_off() -> None:
    named = entry_of("@book{x, title={Long: Sub}, shorttitle={Short}}")
    unnamed = entry_of("@book{x, title={Long: Sub}}")
    assert str(note_title(named)) == "Short"
    assert str(note_title(unnamed)) == "Long"


def test_parts_stand_in_quotation_marks() -> None:
    assert str(note_title(entry_of("@article{x, title={A Part}}"))) == "“A Part”"


def test_locator_that_only_the_article_gives_is_marked() -> None:
    unseen = frozenset({("taubman2003", "273")})
    assert locator_text("taubman2003", "273", unseen) == ", 273" + MARK_OF_UNSEEN_LOCATOR
    assert locator_text("taubman2003", "274", unseen) == ", 274"
    assert locator_text("other", "273", unseen) == ", 273"
    assert locator_text("taubman2003", "", unseen) == ""
