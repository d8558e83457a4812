"""What a book's evidence comes to: notes, works, and how each locator is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from speechbook.evidence import SEEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from speechbook.evidence import LocatorEvidence

#: How the kinds of evidence are called, in the order of their worth.
KINDS = {
    "page": "locators seen on the page itself",
    "excerpt": "locators seen in an excerpt or a copy",
    "article": "locators that rest on the article alone",
    "none": "locators that nobody saw",
}

#: A work and a place in it: (citekey, locator).
Locator = tuple[str, str]


class Counts(NamedTuple):
    """The counts of a book; ``seen`` has every kind of :data:`KINDS`."""

    chapters: int
    notes: int
    works: int
    locators: int
    seen: dict[str, int]

    def rows(self) -> tuple[tuple[str, int], ...]:
        """Return what is counted, in words, with its number."""
        kinds = tuple((words, self.seen[kind]) for kind, words in KINDS.items())
        heads = (
            ("chapters", self.chapters),
            ("notes", self.notes),
            ("works cited", self.works),
            ("different locators in these works", self.locators),
        )
        return (*heads, *kinds)


def locators_by_kind(
    cited: Iterable[Locator], evidence: Iterable[LocatorEvidence]
) -> dict[str, list[Locator]]:
    """Return the locators in use by how they are known; one without a row is ``none``."""
    known = {(row.citekey, row.locator): row.seen for row in evidence}
    found: dict[str, list[Locator]] = {kind: [] for kind in SEEN}
    for locator in sorted(set(cited)):
        found[known.get(locator, "none")].append(locator)
    return found


def count(
    *,
    chapters: int,
    notes: int,
    works: Iterable[str],
    locators: Iterable[Locator],
    evidence: Iterable[LocatorEvidence],
) -> Counts:
    """Return the counts of a book."""
    by_kind = locators_by_kind(locators, evidence)
    seen = {kind: len(found) for kind, found in by_kind.items()}
    return Counts(chapters, notes, len(set(works)), sum(seen.values()), seen)
