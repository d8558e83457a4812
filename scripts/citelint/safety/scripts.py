"""Letters of another alphabet that look like Latin ones.

The pairs are those of Unicode's table of confusables for Cyrillic and Greek letters that
are drawn like Latin ones (https://www.unicode.org/reports/tr39/#Confusable_Detection).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CYRILLIC_LOOKALIKES = frozenset("аеорсухіјѕԁһӏԛԝѵАВЕКМНОРСТУХІЈЅԌҮ")
GREEK_LOOKALIKES = frozenset("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧν")
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
CYRILLIC = re.compile(r"[Ѐ-ԯ]")
GREEK = re.compile(r"[Ͱ-Ͽ]")
NOT_ASCII = re.compile(r"[Ͱ-ԯ]")
NOT_LATIN = re.compile(rf"{NOT_ASCII.pattern}+")
LEAST = 3


def is_mixed(word: str) -> bool:
    """Say whether a word mixes alphabets so that one passes for the other.

    All its letters of one alphabet are drawn like the other's: "Кhrushchev" with a
    Cyrillic К does, "Δx" and "IT-отдел" do not.
    """
    if not NOT_ASCII.search(word):
        return False
    latin, cyrillic, greek = (set(each.findall(word)) for each in (LATIN, CYRILLIC, GREEK))
    if latin and cyrillic:
        return cyrillic <= CYRILLIC_LOOKALIKES or latin <= set("aeopcyxijsABEKMHOPCTYXI")
    return bool(latin and greek) and len(word) > LEAST and greek <= GREEK_LOOKALIKES


def may_mix(text: str) -> bool:
    """Say whether a Greek or Cyrillic letter stands beside one of another alphabet."""
    for match in NOT_LATIN.finditer(text):
        start, end = match.span()
        if text[max(start - 1, 0) : start].isalpha() or text[end : end + 1].isalpha():
            return True
    return False


def mixed_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of words that mix alphabets."""
    if not text.isascii() and NOT_ASCII.search(text) and may_mix(text):
        for match in WORD.finditer(text):
            if is_mixed(match.group()):
                yield match.span()
