"""Run every program over files of every size, by turns, and over the whole book."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.bench.bibliographies import bibliography
from speechbook.bench.linting.tools import CITELINT, MOST_ENTRIES, TITLES, Tools, environment
from speechbook.bench.measure import Command, RunFailed, Usage, measure
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTY, BOOK_RUNS = 0.05, 3


@dataclass
class Measured:
    """What a session found: usages by size and kind, and why a kind has none.

    ``book`` are runs over the whole book as one edits it, ``anew`` those that read every
    chapter and keep nothing.
    """

    usages: dict[tuple[int, str], list[Usage]] = field(default_factory=dict)
    missing: dict[tuple[int, str], str] = field(default_factory=dict)
    book: list[Usage] = field(default_factory=list)
    anew: list[Usage] = field(default_factory=list)


def made_file(folder: Path, entries: int) -> Path:
    """Write a bibliography of so many entries, one in twenty with a fault."""
    path = folder / f"made{entries}.bib"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(bibliography(entries, faulty=FAULTY))
    return path


@dataclass(frozen=True)
class Session:
    """One bench; ``repeats`` counts runs of each program at each size, ``limit`` is in seconds."""

    root: Path
    sizes: tuple[int, ...]
    repeats: int
    limit: float
    say: Callable[[str], None]

    def run(self) -> Measured:
        """Measure everything in a temporary folder that is gone afterwards."""
        measured = Measured()
        with tempfile.TemporaryDirectory(prefix="citelint-bench-") as name:
            folder = Path(name)
            self._book(measured, folder)
            for entries in self.sizes:
                self._size(entries, measured, folder)
        return measured

    def _book(self, measured: Measured, folder: Path) -> None:
        kept = environment(folder) | {"CITELINT_CACHE": str(folder / "kept")}
        checking = (sys.executable, "-m", "citelint.cli", "check")
        again = Command(checking, self.root, kept, (0, 1))
        anew = Command((*checking, "--no-cache"), self.root, kept, (0, 1))
        measure(again, folder / "log", self.limit)
        for _ in range(BOOK_RUNS):
            measured.book.append(measure(again, folder / "log", self.limit))
            measured.anew.append(measure(anew, folder / "log", self.limit))

    def _size(self, entries: int, measured: Measured, folder: Path) -> None:
        """Run all programs by turns, so that what else the machine does falls on all alike."""
        file = made_file(folder, entries)
        for repeat in range(self.repeats):
            for kind in TITLES:
                if (entries, kind) not in measured.missing:
                    self.say(f"{entries} entries, {TITLES[kind]}, run {repeat + 1}\n")
                    self._one(entries, kind, file, measured)
        file.unlink()

    def _one(self, entries: int, kind: str, file: Path, measured: Measured) -> None:
        if entries > MOST_ENTRIES.get(kind, entries):
            why = f"not run over more than {MOST_ENTRIES[kind]} entries, as it would take too long"
            measured.missing[entries, kind] = why
            return
        try:
            usage = measure(
                Tools(self.root).command(kind, file), file.with_suffix(".log"), self.limit
            )
        except (BookError, RunFailed) as error:
            if kind == CITELINT and isinstance(error, RunFailed):
                raise
            measured.missing[entries, kind] = str(error)
            return
        measured.usages.setdefault((entries, kind), []).append(usage)
