"""Fixes of chapters: every word stays in its place, and a second time changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from citelint.checking import check
from citelint.fixes import apply, compatible
from citelint.rules import ALL_RULES
from citelint.text import decode
from tests.campaign.citelint_chapters import originals, project_of, spoilt

MENDING = [rule for rule in ALL_RULES if rule.scope == "chapter"]
MOST_ROUNDS, SHARE, FIRST = 10, 100, 2_000_000
#: The label of a locator is the one word that a fix may write anew: p. for pp.
LABELS = frozenset({"p", "pp"})
#: LOC005 writes a cut number in full, 273–275 for 273–5; LOC008 moves a locator behind its key.
CUT, MOVED = "LOC005", "LOC008"
FIXTURES = Path(__file__).resolve().parents[1] / "lint"
CHAPTERS = [path for path in sorted(FIXTURES.glob("*/*/bad*.md")) if path.is_file()]


def mended(text: str, codes: frozenset[str]) -> str:
    """Mend a chapter until nothing is left to mend."""
    rules = [rule for rule in MENDING if rule.code in codes]
    for _ in range(MOST_ROUNDS):
        findings = [f for f in check(project_of(text), rules) if f.path == "chapter.md"]
        after = apply(text, compatible([each for each in findings if each.fixable]))
        if after == text:
            return text
        text = after
    raise AssertionError("the fixes do not come to rest")


ALL_CODES = frozenset(rule.code for rule in MENDING)


def words(text: str) -> list[str]:
    """Return a text's words in their order, labels of locators and numbers aside."""
    return [w.casefold() for w in re.findall(r"[^\W\d_]+", text) if w not in LABELS]


def numbers(text: str) -> list[str]:
    """Return a text's numbers in their order."""
    return re.findall(r"[0-9]+", text)


def assert_nothing_is_lost(text: str) -> None:
    """Mend, and look that words, numbers and citations are those of before."""
    after = mended(text, ALL_CODES)
    assert sorted(words(after)) == sorted(words(text))
    assert mended(after, ALL_CODES) == after
    in_place = mended(text, ALL_CODES - {CUT, MOVED})
    assert words(in_place) == words(text)
    assert numbers(in_place) == numbers(text)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_bad_cases_of_all_rules_keep_their_words(path: Path) -> None:
    assert_nothing_is_lost(decode(path.read_bytes())[0])


def test_spoilt_chapters_keep_their_words() -> None:
    sources = originals()
    for seed in range(FIRST, FIRST + SHARE):
        text, _ = decode(spoilt(seed, sources))
        try:
            assert_nothing_is_lost(text)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {text!r}") from error
