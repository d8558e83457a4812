"""``speechbook links``: every link of the site, the PDF and the EPUB in ``dist/``.

Links inside the formats are checked offline and must all be sound.  Links out of them are
asked over the network unless ``--offline`` is given.
"""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pybtex.database import parse_string

from speechbook.links.asking import Asker
from speechbook.links.exceptions import needless, read_exceptions
from speechbook.links.finished import read_formats
from speechbook.links.lychee import Manners
from speechbook.links.outward import Outward, places
from speechbook.links.report import LinkFinding, summary, worth_saying
from speechbook.links.state import Memory, load, remembered, save
from speechbook.links.touched import touched_addresses, touched_lines
from speechbook.links.verdicts import Kind
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from speechbook.building.paths import BookPaths
    from speechbook.problems import Place

SOURCES = ("**/*.md", "data/*.toml")


def archived_copies(bibliography: Path) -> dict[str, str]:
    """Return the archived copy of each entry's address, where one is recorded."""
    data = parse_string(bibliography.read_text(encoding="utf-8"), "bibtex")
    fields = [entry.fields for entry in data.entries.values()]
    return {f["url"]: f["archiveurl"] for f in fields if "url" in f and "archiveurl" in f}


@dataclass(frozen=True)
class Options:
    """What was asked for; without ``since`` every address counts."""

    offline: bool = False
    advisory: bool = False
    since: str = ""
    minutes: float = 30.0
    annotations: bool = False
    manners: Manners = field(default_factory=Manners)
    named: tuple[str, ...] = ()


@dataclass
class Check:
    """One run over a finished book."""

    paths: BookPaths
    options: Options
    say: Callable[[str], None]
    now: Callable[[], float] = time.time

    @property
    def state(self) -> Path:
        """Return the file of what is remembered between runs."""
        return self.paths.build / "links" / "state.json"

    def run(self) -> bool:
        """Check everything and say what was found; true if nothing forbids publishing.

        Raises:
            BookError: the book is not made, or a tool or setting fails.

        """
        formats = read_formats(self.paths.dist)
        inside = formats.broken_inside()
        for sentence in inside:
            self.say(sentence)
        self.say(f"{len(inside)} broken links inside the book.")
        sound = self.options.offline or self.outside(formats.outward())
        return not inside and (sound or self.options.advisory)

    def outside(self, links: tuple[Outward, ...]) -> bool:
        """Ask the addresses and report; true if none is broken."""
        written = places(self.source_files())
        pages = {link.address: link.page for link in links}
        wanted = self.wanted(sorted(pages), written)
        memories = self.asked(wanted)
        archived = archived_copies(self.paths.bibliography)
        findings = [
            LinkFinding(
                address,
                memories[address],
                next(iter(written.get(address, ())), None),
                pages[address],
                archived.get(address, ""),
            )
            for address in wanted
        ]
        return self.told(findings, [memories[address] for address in wanted])

    def source_files(self) -> list[Path]:
        """Return the files in which people write addresses."""
        found = [p for pattern in SOURCES for p in sorted(self.paths.docs.glob(pattern))]
        return [self.paths.bibliography, *found]

    def wanted(self, addresses: list[str], written: dict[str, tuple[Place, ...]]) -> list[str]:
        """Return the addresses to be checked: all, or those on the lines of a change."""
        if not self.options.since:
            return addresses
        lines = touched_lines(self.paths.root, self.options.since)
        touched = touched_addresses(written, lines, self.paths.root)
        return [address for address in addresses if address in touched]

    def asked(self, addresses: list[str]) -> dict[str, Memory]:
        """Ask what is not freshly known, and remember it.

        Raises:
            BookError: nothing could be reached.

        """
        before, now = load(self.state), int(self.now())
        stale = [a for a in addresses if not (a in before and before[a].is_fresh(now))]
        unlooked = [a for a in stale if not (a in before and before[a].has_fresh_look(now))]
        asker = Asker(self.options.manners, self.options.minutes * 60, self.options.named)
        asked = asker.ask(stale, unlooked)
        if asked and not any(each.reached for each in asked.values()):
            raise BookError(
                f"None of {len(asked)} addresses could be reached, so nothing is known of them",
                cure="see that this machine is online, or use --offline",
            )
        after = dict(before)
        for address, each in asked.items():
            if each.verdict.kind is not Kind.UNASKED or address not in before:
                after[address] = remembered(
                    before.get(address), each.verdict, now, looked=each.looked
                )
        save(self.state, after)
        return {address: after[address] for address in addresses}

    def told(self, findings: list[LinkFinding], memories: list[Memory]) -> bool:
        """Say what was found, exceptions heeded; true if nothing is broken."""
        exceptions = read_exceptions(self.paths.root / "pyproject.toml")
        today = datetime.datetime.fromtimestamp(self.now(), datetime.UTC).date()
        broken = {f.address for f in findings if f.memory.is_broken}
        excused = {e.address for e in exceptions if e.until >= today}
        for finding in worth_saying(f for f in findings if f.address not in excused & broken):
            root = self.paths.root
            self.say(finding.annotation(root) if self.options.annotations else finding.line(root))
        needless_ones = [] if self.options.since else needless(exceptions, broken, today)
        for sentence in needless_ones:
            self.say(f"pyproject.toml: {sentence}.")
        self.say(summary(memories))
        return not (broken - excused) and not needless_ones
