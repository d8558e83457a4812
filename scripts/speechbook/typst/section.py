"""One section of the book: set, its torn lines held, its proofs read, kept for the next build.

A long book is one section a chapter: setting them one by one takes half the time of setting the
book whole and a third of the memory, and an edit sets little more than its own chapter again.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechbook.typst import compile as compiler
from speechbook.typst import kept, proof, widows
from speechbook.typst.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Holding one torn line can tear another further on; three rounds are more than were ever needed.
_MOST_ROUNDS = 3
_FIXED = {"figures": "fixed"}


@dataclass(frozen=True)
class Section:
    """What one section is made of.

    ``main`` is its main file, written already; ``sheets`` are the files of its documents as
    Typst names them, in order, of ``size`` bytes together; ``inputs`` is what it is told.
    ``opens`` says that it begins the book; ``provisional`` that it will be told more, so that
    only its pages matter now.
    """

    main: Path
    sheets: Sequence[str]
    inputs: Mapping[str, str]
    size: int
    opens: bool = True
    provisional: bool = False


@dataclass(frozen=True)
class Failed:
    """Why a section could not be set."""

    problems: list[Problem]


@dataclass(frozen=True)
class _Attempt:
    """A section as it was set last, what its pages say, and the texts that were lost from them."""

    set: compiler.Result
    texts: Sequence[str] = ()
    lost: list[Problem] = field(default_factory=list)


@dataclass
class Setter:
    """Sets sections one after the other.

    A section depends on what it is made of alone, not on what was set before it: torn lines
    are looked for anew, from the sheets as the documents gave them.
    """

    job: compiler.Job
    press: compiler.Press
    shelf: kept.Shelf
    _given: dict[str, bytes] = field(default_factory=dict)

    def finish(self, section: Section) -> kept.Finished | Failed:
        """Give a section as it is printed, from the shelf if it stands there."""
        self._restore(section)
        key = self._key(section)
        found = self.shelf.find(key)
        if found is not None:
            return found
        result = self._attempt(section, {})
        if result.lost and self.job.has_floats:
            self._restore(section)
            result = self._attempt(section, _FIXED)
        problems = result.set.problems or result.lost
        if problems:
            return Failed(problems)
        pdf = b"" if section.provisional else result.set.pdf
        return self.shelf.keep(key, result.set.pages, result.set.report, pdf, result.texts)

    def _key(self, section: Section) -> str:
        texts = [section.main.read_bytes(), *(self._sheet(name) for name in section.sheets)]
        inputs = {**self.job.inputs, **section.inputs}
        time = self.job.timestamp.isoformat() if section.opens else ""
        facts = [inputs, list(section.sheets), section.opens, section.provisional, time]
        return kept.key_of(self.job.root, texts, [*facts, self.job.has_floats])

    # Torn lines

    def _attempt(self, section: Section, inputs: Mapping[str, str]) -> _Attempt:
        """Set a section until no note tears a paragraph's last line off, and read its proofs."""
        told = {**section.inputs, **inputs}
        if section.provisional and not section.opens:
            return _Attempt(self.press.measure(section.main, told, size=section.size))
        for turn in itertools.count(1):
            result = self.press.set(section.main, told, opens=section.opens, size=section.size)
            if result.problems or section.provisional:
                break
            pages = proof.page_texts(result.pdf)
            if turn > _MOST_ROUNDS or not self._hold(section, pages):
                return _Attempt(result, pages, self._lost(section, pages))
        return _Attempt(result)

    def _hold(self, section: Section, pages: Sequence[str]) -> bool:
        """Tie notes that tear a paragraph's last line off; say whether there were any."""
        tops = widows.first_lines(pages)
        held = False
        for name in section.sheets:
            given = self._sheet(name)
            lines = widows.hold(given.decode().split("\n")[:-1], tops)
            if lines is not None:
                self._given.setdefault(name, given)
                self._path(name).write_bytes("\n".join([*lines, ""]).encode())
                held = True
        return held

    def _restore(self, section: Section) -> None:
        """Bring back the sheets as the documents gave them."""
        for name in section.sheets:
            if name in self._given:
                self._path(name).write_bytes(self._given.pop(name))

    def _sheet(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def _path(self, name: str) -> Path:
        return self.job.root / name.lstrip("/")

    # Proofs

    def _lost(self, section: Section, pages: Sequence[str]) -> list[Problem]:
        """Tell of text that is in a sheet but not on the pages."""
        printed = proof.Proof(pages)
        problems = []
        for file in section.sheets:
            name = file.lstrip("/")
            if name in self.job.unproved:
                continue
            lines = self._sheet(name).decode().split("\n")
            for passage in printed.lost(list(proof.passages(lines))):
                place = self.job.place(name, passage.line) or Place(name, passage.line)
                problems.append(Problem(place, proof.sentence(passage)))
        return problems
