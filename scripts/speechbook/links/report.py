"""Findings about links: for people, and for GitHub's lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.reporters.machine import escaped
from speechbook.links.verdicts import CURES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from speechbook.links.state import Memory
    from speechbook.problems import Place

#: Nothing is to be said of these.
SILENT = frozenset({Kind.GOOD})


@dataclass(frozen=True)
class LinkFinding:
    """What is to be said of one address: where it is written, what is wrong, what to do."""

    address: str
    memory: Memory
    place: Place | None
    page: str
    archived: str = ""

    @property
    def sentence(self) -> str:
        """Return the finding as a sentence, without its place."""
        kind = self.memory.verdict.kind
        cure = CURES[kind]
        if self.archived and kind in {Kind.DEAD, Kind.SOFT, Kind.CERTIFICATE}:
            cure = f"link the archived copy that is recorded, {self.archived}, or {cure}"
        lasting = f", for {self.memory.runs} runs" if self.memory.runs > 1 else ""
        return f"{kind}: {self.address} {self.memory.why}{lasting}; {cure}."

    def line(self, root: Path) -> str:
        """Return the finding as a line for people."""
        where = str(self.place.relative_to(root)) if self.place else self.page
        return f"{where}: {self.sentence}"

    def annotation(self, root: Path) -> str:
        """Return the finding as a workflow command of GitHub’s, which marks the line.

        Source: GitHub’s documentation, “Workflow commands”, setting an error message.
        """
        level = "error" if self.memory.is_broken else "warning"
        if self.place is None:
            return f"::{level} title=Link::{escaped(self.line(root))}"
        place = self.place.relative_to(root)
        where = f"file={place.path.as_posix()},line={place.line},col={place.column}"
        return f"::{level} {where},title=Link::{escaped(self.sentence)}"


def worth_saying(findings: Iterable[LinkFinding]) -> list[LinkFinding]:
    """Return the findings that are one, the broken first, then by place."""
    said = [finding for finding in findings if finding.memory.kind not in SILENT]
    return sorted(said, key=lambda f: (not f.memory.is_broken, str(f.place), f.address))


def summary(memories: Sequence[Memory]) -> str:
    """Count the verdicts in one line."""
    counted = Counter(memory.kind for memory in memories)
    parts = [f"{counted[kind]} {kind}" for kind in Kind if counted[kind]]
    return f"{len(memories)} addresses outside the book: {', '.join(parts) or 'none'}."
