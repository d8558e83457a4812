"""What stops a build, told as a sentence: what, where, why, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A place in a source file; line and column count from 1, 0 meaning unknown."""

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file``, ``file:line`` or ``file:line:column``."""
        numbers = [number for number in (self.line, self.column) if number]
        return ":".join([self.path.as_posix(), *map(str, numbers)])

    def relative_to(self, root: Path) -> Place:
        """Return the same place with its path as seen from *root*, if it lies within."""
        if not self.path.is_relative_to(root):
            return self
        return Place(self.path.relative_to(root), self.line, self.column)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the sources: what it is, where, and what to do about it."""

    what: str
    place: Place | None = None
    cure: str = ""

    def sentence(self, root: Path) -> str:
        """Return the problem as one line, paths as seen from *root*."""
        where = f"{self.place.relative_to(root)}: " if self.place else ""
        cure = f"; {self.cure}" if self.cure else ""
        return f"{where}{self.what.rstrip('.')}{cure}."


class BookError(Exception):
    """The book cannot be built; carries the problems found, at least one."""

    def __init__(self, what: str, *, place: Place | None = None, cure: str = "") -> None:
        super().__init__(what)
        self.problems: tuple[Problem, ...] = (Problem(what, place, cure),)

    @classmethod
    def of(cls, problems: tuple[Problem, ...]) -> BookError:
        """Return an error that carries all of *problems*."""
        error = cls(problems[0].what)
        error.problems = problems
        return error

    def __str__(self) -> str:
        """Return all problems, a line each."""
        return "\n".join(problem.sentence(Path.cwd()) for problem in self.problems)
