"""How the time of every reader of contributed texts grows with their size.

``nox -s bench -- growth`` prints a line a text: its family, its name, the CPU seconds of
the smaller and the larger size, and how many times the larger is the smaller.  Four times
the size takes about four times as long; a square would take sixteen.  It ends with 1 where
a text takes more than ``MOST_GROWTH`` times as long.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.checking import check
from citelint.rules import ALL_RULES
from citelint.text import SourceText
from citelint.verify.pagetext import text_of_html
from citelint.verify.passages import nearest
from citelint.verify.wording import Words, find, pieces_of
from tests.campaign import citelint_chapters, hostile_fuzz, texts
from tests.campaign.citelint_mutations import found_in
from tests.citelint.myst.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Texts = dict[str, Callable[[int], str]]

TIMES, MOST_GROWTH, RUNS = 4, 10.0, 3
#: Seconds below which a time says nothing.
LEAST = 0.02


@dataclass(frozen=True)
class Family:
    """Texts, what reads them, and the smaller of their two sizes in characters."""

    title: str
    read: Callable[[str], object]
    size: int
    texts: Texts


@dataclass(frozen=True)
class Growth:
    """The CPU seconds that a text took at its smaller and at its larger size."""

    small: float
    large: float

    @property
    def times(self) -> float:
        """How many times as long the larger took; small times count as ``LEAST``."""
        return self.large / max(LEAST, self.small)


def growth(seconds: Callable[[int], float], size: int) -> Growth:
    """Measure a text at a size and at four times it; the least of some runs each."""
    small, large = (min(seconds(each) for _ in range(RUNS)) for each in (size, TIMES * size))
    return Growth(small, large)


def seconds_of(family: Family, make: Callable[[int], str]) -> Callable[[int], float]:
    """Return what measures the reading of a text of a size."""

    def seconds(size: int) -> float:
        text = make(size)
        begin = time.process_time()
        family.read(text)
        return time.process_time() - begin

    return seconds


def sought(quotation: str, source: Words) -> None:
    """Look for a quotation in a source."""
    find(quotation, pieces_of(quotation, 0, len(quotation)), source)


def sought_in_short(text: str) -> None:
    """Look for a text in a source of one sentence."""
    sought(text, Words(texts.SENTENCE))


def sought_long(text: str) -> None:
    """Look for a quotation that is not there in a source."""
    source = Words(text)
    sought(texts.MISSING, source)
    nearest(Words(texts.MISSING), source)


def secured(kind: str) -> Callable[[str], object]:
    """Return what reads a source of a kind for the family SEC."""

    def read_kind(text: str) -> None:
        source = SourceText(Path(f"x{kind}"), text)
        check(hostile_fuzz.project_of(kind, source), hostile_fuzz.RULES)

    return read_kind


def drawn(text: str) -> None:
    """Read and draw a map's ground."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.geojson"
        path.write_text(text, encoding="utf-8")
        hostile_fuzz.ends_in_a_sentence(lambda: hostile_fuzz.drawn(path))


def ruled(text: str) -> None:
    """Run every rule over a chapter."""
    check(citelint_chapters.project_of(text), ALL_RULES)


FAMILIES = (
    Family("SEC, chapters", secured(".md"), 20_000, texts.CHAPTERS),
    Family("SEC, .bib", secured(".bib"), 20_000, texts.BIBLIOGRAPHIES),
    Family("SEC, tables", secured(".toml"), 20_000, texts.TABLES),
    Family("SEC, drawings", secured(".svg"), 20_000, texts.DRAWINGS),
    Family("grounds of maps", drawn, 20_000, texts.GROUNDS),
    Family("all rules, .bib", found_in, 250_000, texts.BIBLIOGRAPHIES),
    Family("all rules, chapters", ruled, 50_000, texts.CITING_CHAPTERS),
    Family("all rules, said over", ruled, 10_000, texts.RULED),
    Family("reading chapters", read, 15_000, texts.READ),
    Family("pages of the web", text_of_html, 250_000, texts.PAGES),
    Family(
        "quotations", lambda text: sought(text, Words(texts.SENTENCE)), 25_000, texts.QUOTATIONS
    ),
    Family("sources", sought_long, 150_000, texts.SOURCES),
)


def rows(families: tuple[Family, ...]) -> Iterator[tuple[str, bool]]:
    """Yield a line a text, and whether its time grows no more than it may."""
    for family in families:
        for name, make in family.texts.items():
            found = growth(seconds_of(family, make), family.size)
            is_well = found.times < MOST_GROWTH
            verdict = "" if is_well else f"  GROWS TOO MUCH (at most {MOST_GROWTH:g})"
            title = f"{family.title}: {name!r}"[:60]
            yield (
                f"{title:<60} {found.small:7.3f} s {found.large:7.3f} s"
                f" {found.times:5.1f} times{verdict}",
                is_well,
            )


def main() -> int:
    """Print every line; return 1 where a time grows too much."""
    # The collector's looks depend on all that a program holds, not on the text that is read.
    gc.disable()
    worst = 0
    for line, is_well in rows(FAMILIES):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        worst |= not is_well
    return worst


if __name__ == "__main__":
    sys.exit(main())
