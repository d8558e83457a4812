"""What can be wrong with a book on its way to print, and how it is told.

A problem is one sentence with a place. Problems are gathered over the whole book and
raised together, so that a person mends them in one round.
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes


@dataclass(frozen=True, order=True)
class Place:
    """A line of a source file; line 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that keeps the PDF from being made: where, and a sentence."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class BookProblemsError(SphinxError):
    """The PDF was not made; ``problems`` says why, each with its place."""

    category = "The PDF was not made"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Ledger:
    """Where the problems of one build are gathered until they are raised together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def __len__(self) -> int:
        return len(self._problems)

    def add(self, place: Place, sentence: str) -> None:
        """Remember a problem; the build goes on to look for others."""
        self._problems.append(Problem(place, sentence))

    def problems(self) -> list[Problem]:
        """Give what was gathered so far."""
        return list(self._problems)

    def settle(self) -> None:
        """End the build if anything was gathered.

        Raises:
            BookProblemsError: at least one problem was added.

        """
        if self._problems:
            raise BookProblemsError(self._problems)


def shown_path(path: str | Path) -> str:
    """Give ``path`` as a person in the current folder would write it."""
    return _shown(str(path), os.getcwd())  # noqa: PTH109 - asked for every line of the book


@functools.lru_cache(maxsize=4096)
def _shown(path: str, folder: str) -> str:
    try:
        return Path(path).relative_to(folder).as_posix()
    except ValueError:
        return path


def place_of(node: nodes.Node, default: Place) -> Place:
    """Find the source line of ``node``: its own, or that of its nearest ancestor with one.

    Docutils gives a line to most block nodes and to few inline ones.
    """
    current: nodes.Node | None = node
    while current is not None:
        if current.line:
            return Place(_source_of(current, default), current.line)
        current = current.parent
    return default


def _source_of(node: nodes.Node, default: Place) -> str:
    """Give the file of ``node``; MyST leaves out ``source`` here and there."""
    if not node.source or str(node.source).startswith("<"):
        return default.path
    return shown_path(str(node.source).partition(":<")[0])
