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
    from difflib import Match

    from citelint.verify.wording import Words

#: Longer quotations are compared by their first words.
MOST_WORDS = 300
#: A window is this much longer than the quotation, for words that it leaves out.
STRETCH = 1.5
SLACK = 6
#: Words of a passage that are shown.
SHOWN_WORDS = 40


class Nearest(NamedTuple):
    """A passage: what of the quotation stands in it in order, and its text.

    ``matched`` counts words; ``share`` is from 0 to 1, rare words counting more.
    ``word`` is the index of the quotation's first word that differs; ``ours`` and
    ``theirs`` are what the two have there, either may be empty.
    """

    matched: int
    share: float
    passage: str
    word: int
    ours: str
    theirs: str


def weights(words: Sequence[str], source: Words) -> dict[str, float]:
    """Return how telling each word of a quotation is: the rarer in the source the more."""
    wanted = set(words)
    counts = Counter(form for form in source.forms if form in wanted)
    total = len(source.forms) + 1
    return {word: math.log(total / (counts[word] + 0.5)) + 1 for word in wanted}


def best_window(words: Sequence[str], source: Words, telling: dict[str, float]) -> tuple[int, int]:
    """Return the window of source words that shares most with the quotation, by weight."""
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
    telling = weights(words, source)
    window = best_window(words, source, telling)
    blocks = close_blocks(blocks_of(words, source.forms[slice(*window)]))
    if not blocks:
        return Nearest(0, 0.0, "", 0, "", "")
    # What the source has before and behind the words that match belongs to the passage
    # only as far as the quotation has words there too.
    begin = max(window[0] + blocks[0].b - blocks[0].a, 0)
    missing = len(words) - blocks[-1].a - blocks[-1].size
    end = min(window[0] + blocks[-1].b + blocks[-1].size + missing, len(source.forms))
    within = blocks_of(words, source.forms[begin:end])
    matched = [word for block in within for word in words[block.a : block.a + block.size]]
    share = sum(telling[word] for word in matched) / sum(telling[word] for word in words)
    passage = source.excerpt(begin, min(end, begin + SHOWN_WORDS))
    passage += "…" if end > begin + SHOWN_WORDS else ""
    difference = first_difference(quotation, source, begin, end)
    return Nearest(len(matched), share, passage, *difference)


def blocks_of(ours: Sequence[str], theirs: Sequence[str]) -> list[Match]:
    """Return the runs of words that two texts have in the same order."""
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [block for block in blocks if block.size]


def close_blocks(blocks: list[Match]) -> list[Match]:
    """Return matching blocks without small ones at the ends that stand far off by chance."""
    first, last = 0, len(blocks) - 1
    while first < last and is_far(blocks[first], blocks[first + 1], blocks[first].size):
        first += 1
    while first < last and is_far(blocks[last - 1], blocks[last], blocks[last].size):
        last -= 1
    return blocks[first : last + 1]


def is_far(one: Match, other: Match, size: int) -> bool:
    """Say whether the source has more between two blocks than the quotation, and than *size*."""
    between = other.b - one.b - one.size
    return between > other.a - one.a - one.size + size


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
