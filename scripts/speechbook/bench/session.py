"""The running of the bench: size after size, run after run, nothing left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.bench.booktext import chapter_names, chapter_toctrees
from speechbook.bench.edit import edited
from speechbook.bench.measure import RunFailed, Usage, measure
from speechbook.bench.runs import (
    BOOK,
    EDITED,
    SITE,
    STOCK_HTML,
    STOCK_LATEX,
    STOCK_TEX,
    TITLES,
    Wanted,
    Workplace,
    run_environment,
)
from speechbook.bench.stock import hide_stemmer, warnings_in
from speechbook.bench.workplace import lay_out
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Callable

#: A run that must have succeeded just before another can start.
NEEDS = {EDITED: BOOK, STOCK_TEX: STOCK_LATEX}


@dataclass(frozen=True)
class Size:
    """A size to measure at: ``real`` (the book as it stands) or a count of chapters."""

    chapters: int | None
    repeats: int

    @property
    def name(self) -> str:
        """The size in one word."""
        return "real" if self.chapters is None else str(self.chapters)


@dataclass(frozen=True)
class Sample:
    """One run that succeeded; ``chapters`` is the count that was built."""

    size: str
    chapters: int
    kind: str
    usage: Usage


@dataclass(frozen=True)
class Failure:
    """One run that did not succeed, and why."""

    size: str
    kind: str
    message: str


@dataclass
class Outcome:
    """What a session has gathered: numbers, failures, and what else was seen, by size."""

    samples: list[Sample] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    stock_warnings: dict[tuple[str, str], int] = field(default_factory=dict)
    pages: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    stale: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sizes_of_files: dict[tuple[str, str], int] = field(default_factory=dict)

    def failed(self, size: str, kind: str) -> bool:
        """Say whether that run has failed at that size."""
        return any((each.size, each.kind) == (size, kind) for each in self.failures)


def html_pages(folder: Path) -> frozenset[str]:
    """Return the names of a site's pages; templates among the static files are none."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return frozenset(name for name in names if not name.startswith("_static/"))


def checksums(dist: Path) -> dict[str, str]:
    """Return the checksum of each file of a finished book, as its own list gives them."""
    lines = (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines)
    return {name: checksum for checksum, name in pairs}


def differing(one: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """Return the files whose checksums differ, or that only one of the two has."""
    names = sorted(one.keys() | other.keys())
    return tuple(name for name in names if one.get(name) != other.get(name))


@dataclass(frozen=True)
class SizeRun:
    """All runs of one size, over books that are laid out already."""

    size: Size
    place: Workplace
    outcome: Outcome
    limit: float
    say: Callable[[str], None]

    @property
    def chapters(self) -> list[str]:
        """The chapters' docnames in our book."""
        index = (self.place.ours / "docs" / "index.md").read_text(encoding="utf-8")
        return [name for tree in chapter_toctrees(index) for name in chapter_names(tree["body"])]

    def clear(self, kind: str) -> None:
        """Remove what the last run of this kind left, so that the next one is cold."""
        if kind in {BOOK, SITE}:
            shutil.rmtree(self.place.ours / "build", ignore_errors=True)
            shutil.rmtree(self.place.ours / "dist", ignore_errors=True)
            shutil.rmtree(self.place.cache, ignore_errors=True)
        elif kind not in {EDITED, STOCK_TEX}:
            shutil.rmtree(self.place.output(kind), ignore_errors=True)

    def attempt(self, kind: str) -> bool:
        """Run once and keep the numbers, or the failure; say whether it succeeded."""
        self.say(f"{self.size.name:>5} {TITLES[kind]} … ")
        log = self.place.folder / f"{kind}.log"
        try:
            self.clear(kind)
            usage = measure(self.place.command(kind), log, self.limit)
            self._look_at(kind, log)
        except (RunFailed, OSError, ValueError) as error:
            self.say("failed\n")
            self.outcome.failures.append(Failure(self.size.name, kind, str(error)))
            return False
        self.say(f"{usage.cpu:.1f} s CPU\n")
        sample = Sample(self.size.name, len(self.chapters), kind, usage)
        self.outcome.samples.append(sample)
        return True

    def attempt_edited(self, repeat: int) -> None:
        """Edit the middle chapter, build again, and take the edit back.

        After the last repeat the edited book is built from nothing as well: what
        differs between the two was stale.
        """
        names = self.chapters
        chapter = self.place.ours / "docs" / f"{names[len(names) // 2]}.md"
        before = chapter.read_text(encoding="utf-8")
        try:
            chapter.write_text(edited(before, repeat + 1), encoding="utf-8")
        except ValueError as error:
            self.outcome.failures.append(Failure(self.size.name, EDITED, f"{chapter}: {error}"))
            return
        if self.attempt(EDITED) and repeat == self.size.repeats - 1:
            warm = checksums(self.place.ours / "dist")
            if self.attempt(BOOK):
                stale = differing(warm, checksums(self.place.ours / "dist"))
                self.outcome.stale[self.size.name] = stale
        chapter.write_text(before, encoding="utf-8")

    def _look_at(self, kind: str, log: Path) -> None:
        """Keep what else a run shows: its pages, its warnings, its files."""
        key = (self.size.name, kind)
        if kind in {SITE, STOCK_HTML}:
            folder = self.place.ours / "build" / "html"
            self.outcome.pages[key] = html_pages(
                folder if kind == SITE else self.place.output(kind)
            )
        if kind == BOOK:
            for path in sorted((self.place.ours / "dist").glob("*.pdf")):
                self.outcome.sizes_of_files[self.size.name, path.name] = path.stat().st_size
        if kind.startswith("stock-") and kind != STOCK_TEX:
            text = log.read_text(encoding="utf-8", errors="replace")
            self.outcome.stock_warnings[key] = warnings_in(text)

    def warm_up(self, kinds: tuple[str, ...]) -> None:
        """Run every kind once without counting, so that the first counted run is like the rest.

        What fails here will fail again where it counts, and is told there.
        """
        for kind in kinds:
            self.clear(kind)
            with contextlib.suppress(RunFailed):
                command = self.place.command(kind)
                measure(command, self.place.folder / f"{kind}.log", self.limit)

    def is_possible(self, kind: str) -> bool:
        """Say whether a run can start: nothing that failed is tried again, or built upon."""
        if self.outcome.failed(self.size.name, kind):
            return False
        needed = NEEDS.get(kind, kind)
        if self.outcome.failed(self.size.name, needed):
            why = f"not run, since “{TITLES[needed]}” failed"
            self.outcome.failures.append(Failure(self.size.name, kind, why))
            return False
        return True

    def run(self, kinds: tuple[str, ...]) -> None:
        """Run every kind as often as the size says."""
        for repeat in range(self.size.repeats):
            for kind in kinds:
                if not self.is_possible(kind):
                    continue
                if kind == EDITED:
                    self.attempt_edited(repeat)
                else:
                    self.attempt(kind)


@dataclass(frozen=True)
class Session:
    """One bench over one book."""

    root: Path
    sizes: tuple[Size, ...]
    wanted: Wanted
    limit: float
    say: Callable[[str], None]

    def run(self) -> Outcome:
        """Measure everything in a temporary folder that is gone afterwards."""
        outcome = Outcome()
        with tempfile.TemporaryDirectory(prefix="speechbook-bench-") as name:
            folder = Path(name)
            hide_stemmer(folder / "hidden")
            self._warm_up(folder)
            for size in self.sizes:
                self._run_size(size, folder, outcome)
        return outcome

    def _size_run(self, size: Size, folder: Path, outcome: Outcome) -> SizeRun:
        environment = run_environment(os.environ, folder / "bytecode")
        place = Workplace(folder / size.name, folder / "hidden", environment)
        lay_out(self.root, place, size.chapters)
        return SizeRun(size, place, outcome, self.limit, self.say)

    def _run_size(self, size: Size, folder: Path, outcome: Outcome) -> None:
        try:
            runs = self._size_run(size, folder, outcome)
        except (BookError, OSError) as error:
            outcome.failures.append(Failure(size.name, "sources", str(error)))
            return
        runs.run(self.wanted.kinds(for_growth=size.chapters is not None))
        shutil.rmtree(runs.place.folder, ignore_errors=True)

    def _warm_up(self, folder: Path) -> None:
        """Fill the caches with a book of one chapter."""
        self.say("      warming up … ")
        with contextlib.suppress(BookError, OSError):
            runs = self._size_run(Size(1, 1), folder, Outcome())
            kinds = self.wanted.kinds(for_growth=True)
            runs.warm_up(tuple(kind for kind in kinds if kind != EDITED))
            shutil.rmtree(runs.place.folder, ignore_errors=True)
        self.say("done\n")
