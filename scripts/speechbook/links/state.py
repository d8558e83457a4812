"""What is remembered between runs: each address's verdict, since when, and when it was asked.

A JSON file ``{"addresses": {address: {"kind", "why", "since", "asked", "looked", "runs"}}}``
with times in whole seconds since 1970.  One that is broken is put aside and begun anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from citelint.cachefolder import write_whole
from speechbook.links.verdicts import BROKEN, PASSING, Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAY = 86_400
#: A good address is asked again after a week, its page looked at again after a month.
FRESH, FRESH_LOOK = 6 * DAY, 30 * DAY
#: What may pass counts as broken after so many runs over so many days.
LASTING_RUNS, LASTING_TIME = 3, 7 * DAY


@dataclass(frozen=True)
class Memory:
    """What is known of one address; ``runs`` counts the runs with this kind of verdict."""

    kind: str
    why: str
    since: int
    asked: int
    looked: int = 0
    runs: int = 1

    @property
    def verdict(self) -> Verdict:
        """Return the verdict remembered."""
        return Verdict(Kind(self.kind), self.why)

    def is_fresh(self, now: int) -> bool:
        """Say whether a good address need not be asked again."""
        return self.kind == Kind.GOOD and 0 <= now - self.asked < FRESH

    def has_fresh_look(self, now: int) -> bool:
        """Say whether its page need not be looked at again."""
        return 0 <= now - self.looked < FRESH_LOOK

    @property
    def is_broken(self) -> bool:
        """Say whether a reader cannot follow the link, now or for long."""
        lasts = self.runs >= LASTING_RUNS and self.asked - self.since >= LASTING_TIME
        return self.kind in BROKEN or (self.kind in PASSING and lasts)


def remembered(before: Memory | None, verdict: Verdict, now: int, *, looked: bool) -> Memory:
    """Return what is to be remembered after an address was asked."""
    seen = now if looked else (before.looked if before else 0)
    if before and before.kind == verdict.kind:
        return replace(before, why=verdict.why, asked=now, looked=seen, runs=before.runs + 1)
    return Memory(verdict.kind, verdict.why, now, now, seen)


def load(path: Path) -> dict[str, Memory]:
    """Read the state; without a file, or with a broken one, nothing is remembered."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        memories = {address: Memory(**row) for address, row in document["addresses"].items()}
        for memory in memories.values():
            Kind(memory.kind)
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        path.replace(path.with_suffix(".broken"))
        return {}
    return memories


def save(path: Path, memories: Mapping[str, Memory]) -> None:
    """Write the state whole, sorted."""
    rows = {address: asdict(memories[address]) for address in sorted(memories)}
    text = json.dumps({"addresses": rows}, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text.encode())
