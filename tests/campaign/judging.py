"""Spoil a file for each of many seeds and judge it; the seed and the file are told on failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: How much of a file a failure shows.
LONGEST_SHOWN = 2000


def judged(
    seeds: range, spoilt: Callable[[int], bytes], judge: Callable[[bytes], int]
) -> Iterator[int]:
    """Yield what *judge* says of each seed's file, which is its number of findings.

    Raises:
        AssertionError: a file was not read as it must be; whatever was raised is the cause.

    """
    for seed in seeds:
        content = spoilt(seed)
        try:
            yield judge(content)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {content[:LONGEST_SHOWN]!r}") from error
