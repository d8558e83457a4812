"""The passage of a source that is nearest to a quotation, and where the two part.

The window that shares the most telling words with the quotation is found in one walk over
the source; only that window is aligned with it word by word.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citelint.verify.wording import Words

#: Longer quotations are compared by their first words.
MOST_WORDS = 300
#: A window is this much longer than the quotation, for words that it leaves out.
STRETCH = 1.5
SLACK = 6
#: Words of a passage that are shown.
SHOWN_WORDS = 40


class Nearest(NamedTuple):
    """A passage: the share of the quotation's words that stand in it in order, and its text.

    ``word`` is the index of the quotation's first word that differs; ``ours`` and
    ``theirs`` are what the two have there, either may be empty.
    """

    share: float
    passage: str
    word: int
    ours: str
    theirs: str


def weights(words: Sequence[str], source: Words) -> dict[str, float]:
    """Return how telling each word of a quotation is: the rarer in the source the more."""
    counts = Counter(source.forms)
    total = len(source.forms) + 1
    return {word: math.log(total / (counts[word] + 0.5)) for word in set(words) if counts[word]}


def best_window(words: Sequence[str], source: Words) -> tuple[int, int]:
    """Return the window of source words that shares most with the quotation, by weight."""
    telling = weights(words, source)
    wanted = Counter(words)
    length = int(len(words) * STRETCH) + SLACK
    inside: Counter[str] = Counter()
    held: deque[tuple[int, str]] = deque()
    score, best, place = 0.0, 0.0, 0
    for index, word in enumerate(source.forms):
        if word not in telling:
            continue
        held.append((index, word))
        inside[word] += 1
        score += telling[word] * (inside[word] <= wanted[word])
        while held[0][0] <= index - length:
            gone = held.popleft()[1]
            score -= telling[gone] * (inside[gone] <= wanted[gone])
            inside[gone] -= 1
        if score > best + 1e-9:
            best, place = score, held[0][0]
    return max(place - SLACK, 0), min(place + length + SLACK, len(source.forms))


def shared_vocabulary(words: Sequence[str], source: Words) -> float:
    """Return the share of a quotation's distinct words that the source has anywhere."""
    distinct = set(words)
    known = distinct & set(source.forms)
    return len(known) / len(distinct) if distinct else 0.0


def nearest(quotation: Words, source: Words) -> Nearest:
    """Find the nearest passage and the first difference."""
    words = quotation.forms[:MOST_WORDS]
    first, last = best_window(words, source)
    matcher = SequenceMatcher(None, words, source.forms[first:last], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return Nearest(0.0, "", 0, "", "")
    share = sum(block.size for block in blocks) / len(words)
    # What the source has before and behind the words that match belongs to the passage
    # only as far as the quotation has words there too.
    begin = max(first + blocks[0].b - blocks[0].a, 0)
    missing = len(words) - blocks[-1].a - blocks[-1].size
    end = min(first + blocks[-1].b + blocks[-1].size + missing, len(source.forms))
    passage = source.excerpt(begin, min(end, begin + SHOWN_WORDS))
    passage += "…" if end > begin + SHOWN_WORDS else ""
    return Nearest(share, passage, *first_difference(quotation, source, begin, end))


def first_difference(quotation: Words, source: Words, begin: int, end: int) -> tuple[int, str, str]:
    """Return the first word that differs, and what the quotation and the source have there."""
    ours, theirs = quotation.forms[:MOST_WORDS], source.forms[begin:end]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, our_first, our_last, their_first, their_last in matcher.get_opcodes():
        if kind != "equal":
            shown = quotation.excerpt(our_first, min(our_last, our_first + SHOWN_WORDS // 4))
            last = min(their_last, their_first + SHOWN_WORDS // 4)
            there = source.excerpt(begin + their_first, begin + last)
            return min(our_first, len(ours) - 1), shown, there
    return 0, "", ""
