"""Which chapters are most like one another, by the people, places and works they share.

Each chapter is a set of traits: the people and places that it names and the works that it
cites.  A trait weighs the more the fewer chapters have it: log(chapters / chapters with
the trait), the inverse document frequency of Spärck Jones (1972,
https://doi.org/10.1108/eb026526).  The likeness of two chapters is the cosine of the angle
between their weighted sets, from 0 (nothing shared that not all have) to 1.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

HOW_MANY = 3
#: The weight of a trait that half of the chapters have: what is more common tells nothing.
TELLING = math.log(2)


class Trait(NamedTuple):
    """What chapters can share: ``kind`` is ``person``, ``place`` or ``work``."""

    kind: str
    name: str


@dataclass(frozen=True)
class Likeness:
    """Another chapter, how like it is, and what is shared, the rarest first."""

    chapter: str
    score: float
    shared: tuple[Trait, ...]


def weights_of(traits: Iterable[Collection[Trait]]) -> dict[Trait, float]:
    """Return the weight of each trait; one that all chapters have weighs nothing."""
    chapters = [set(each) for each in traits]
    counts = Counter(trait for chapter in chapters for trait in chapter)
    return {trait: math.log(len(chapters) / count) for trait, count in counts.items()}


def length_of(traits: Iterable[Trait], weights: Mapping[Trait, float]) -> float:
    """Return the Euclidean length of a weighted set; the sum is exact in any order."""
    return math.sqrt(math.fsum(weights[trait] ** 2 for trait in traits))


class Likenesses:
    """How like one another chapters are, given their *traits* in the order of the book."""

    def __init__(self, traits: Mapping[str, Collection[Trait]]) -> None:
        self._traits = {chapter: frozenset(each) for chapter, each in traits.items()}
        self._weights = weights_of(self._traits.values())
        self._lengths = {
            chapter: length_of(each, self._weights) for chapter, each in self._traits.items()
        }

    def __contains__(self, chapter: object) -> bool:
        """Say whether a chapter's traits are known."""
        return chapter in self._traits

    def likeness(self, one: str, other: str) -> float:
        """Return the cosine of two chapters' weighted sets, 0 where one of them weighs nothing."""
        lengths = self._lengths[one] * self._lengths[other]
        shared = self._traits[one] & self._traits[other]
        return length_of(shared, self._weights) ** 2 / lengths if lengths else 0.0

    def most_like(
        self, chapter: str, without: Collection[str] = (), how_many: int = HOW_MANY
    ) -> tuple[Likeness, ...]:
        """Return the chapters most like one, best first; equals in the order of the book.

        Those in *without* and those that share nothing telling are left out.
        """
        others = [each for each in self._traits if each != chapter and each not in without]
        scores = {other: self.likeness(chapter, other) for other in others}
        ranked = sorted(others, key=lambda other: -scores[other])
        found = (Likeness(other, scores[other], self._shared(chapter, other)) for other in ranked)
        return tuple(itertools.islice((each for each in found if each.shared), how_many))

    def neighbours(self, chapter: str) -> list[str]:
        """Return a chapter with the one before and the one after it."""
        order = list(self._traits)
        place = order.index(chapter)
        return order[max(0, place - 1) : place + 2]

    def _shared(self, one: str, other: str) -> tuple[Trait, ...]:
        return by_weight(self._traits[one] & self._traits[other], self._weights)


def by_weight(shared: Iterable[Trait], weights: Mapping[Trait, float]) -> tuple[Trait, ...]:
    """Return the telling traits, the heaviest first, equals by their names."""
    telling = [trait for trait in shared if weights[trait] >= TELLING]
    return tuple(sorted(telling, key=lambda trait: (-weights[trait], trait)))
