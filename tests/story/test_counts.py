"""Counting a book's evidence."""

from __future__ import annotations

from speechbook.evidence import LocatorEvidence
from speechbook.story.counts import count, locators_by_kind


def row(citekey: str, locator: str, seen: str) -> LocatorEvidence:
    """Return a row of the evidence."""
    return LocatorEvidence(citekey, locator, seen, "a copy", "2026-11-23")


EVIDENCE = (row("taubman2003", "273", "article"), row("tromly2004", "710", "page"))
CITED = [("taubman2003", "273"), ("tromly2004", "710"), ("tromly2004", "710"), ("lost", "1")]


def test_a_locator_counts_once_and_one_without_a_row_is_unseen() -> None:
    assert locators_by_kind(CITED, EVIDENCE) == {
        "page": [("tromly2004", "710")],
        "excerpt": [],
        "article": [("taubman2003", "273")],
        "none": [("lost", "1")],
    }


def test_counts_are_told_in_words() -> None:
    counts = count(chapters=2, notes=5, works=["a", "b", "a"], locators=CITED, evidence=EVIDENCE)
    assert dict(counts.rows()) == {
        "chapters": 2,
        "notes": 5,
        "works cited": 2,
        "different locators in these works": 3,
        "locators seen on the page itself": 1,
        "locators seen in an excerpt or a copy": 0,
        "locators that rest on the article alone": 1,
        "locators that nobody saw": 1,
    }
