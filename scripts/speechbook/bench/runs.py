"""What can be run over a book, and what each part of the bench needs."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.bench.measure import Command
from speechbook.bench.stock import TEX_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PARTS = ("a", "b", "c", "d")

BOOK, SITE, EDITED = "book", "site", "edited"
#: As the Makefile that Sphinx writes beside its LaTeX text has them; its latexmkrc reads them.
XINDY_OPTIONS = "-L english -C utf8 -M sphinx.xdy"
STOCK_HTML, STOCK_EPUB, STOCK_LATEX, STOCK_TEX = (
    "stock-html",
    "stock-epub",
    "stock-latex",
    "stock-tex",
)
TITLES = {
    BOOK: "ours: speechbook build (3 formats)",
    EDITED: "ours: the same, one chapter edited",
    SITE: "ours: speechbook html",
    STOCK_HTML: "stock: sphinx-build -b html",
    STOCK_EPUB: "stock: sphinx-build -b epub",
    STOCK_LATEX: "stock: sphinx-build -b latex",
    STOCK_TEX: "stock: latexmk -xelatex",
}

#: A moment that all runs share, so that a second build can be compared byte for byte.
SOURCE_DATE_EPOCH = "1700000000"


@dataclass(frozen=True)
class Wanted:
    """What was asked for: parts of the bench, and whether TeX was found."""

    parts: frozenset[str]
    has_tex: bool

    def stock_formats(self) -> tuple[str, ...]:
        """Return the stock runs that stand against our three formats."""
        formats = (STOCK_HTML, STOCK_EPUB, STOCK_LATEX)
        return (*formats, STOCK_TEX) if self.has_tex else formats

    def kinds(self, *, for_growth: bool) -> tuple[str, ...]:
        """Return the runs a size needs; *for_growth* says whether (d) counts it.

        The order is that of running: stock and ours in turn, so that a
        machine that slows down slows both.
        """
        growth = for_growth and "d" in self.parts
        wanted: dict[str, bool] = {
            BOOK: bool(self.parts & {"a", "c"}) or growth,
            EDITED: "c" in self.parts,
            STOCK_HTML: bool(self.parts & {"a", "b"}),
            SITE: "b" in self.parts or growth,
        }
        for kind in self.stock_formats()[1:]:
            wanted[kind] = "a" in self.parts
        return tuple(kind for kind, is_wanted in wanted.items() if is_wanted)


@dataclass(frozen=True)
class Workplace:
    """The folders of one size: our book and the stock one, side by side."""

    folder: Path
    hidden_stemmer: Path
    environment: Mapping[str, str]

    @property
    def ours(self) -> Path:
        """The root of the book that ``speechbook`` builds."""
        return self.folder / "ours"

    @property
    def stock(self) -> Path:
        """The root of the book that stock Sphinx builds."""
        return self.folder / "stock"

    @property
    def cache(self) -> Path:
        """The folder in which our runs, and nobody else's, keep what they have read."""
        return self.folder / "cache"

    def output(self, kind: str) -> Path:
        """Return the folder that a stock run writes."""
        return self.stock / "build" / kind

    def command(self, kind: str) -> Command:
        """Return the command of a kind of run."""
        if kind in {BOOK, EDITED, SITE}:
            verb = "html" if kind == SITE else "build"
            ours = (sys.executable, "-m", "speechbook.cli", verb, "--quiet", "--root")
            environment = {**self.environment, "CITELINT_CACHE": str(self.cache)}
            return Command((*ours, str(self.ours)), self.ours, environment)
        environment = stock_environment(self.environment, self.hidden_stemmer)
        if kind == STOCK_TEX:
            tex = ("latexmk", "-xelatex", "-dvi-", "-ps-", "-interaction=nonstopmode")
            environment |= {"XINDYOPTS": XINDY_OPTIONS}
            return Command((*tex, TEX_NAME), self.output(STOCK_LATEX), environment)
        words = (sys.executable, "-m", "sphinx", "-q", "-b", kind.removeprefix("stock-"))
        folders = (str(self.stock / "docs"), str(self.output(kind)))
        return Command((*words, *folders), self.stock, environment)


def run_environment(environment: Mapping[str, str], bytecode: Path) -> dict[str, str]:
    """Return the environment of all runs: the caller's, a fixed time, a place for bytecode.

    Where the caller forbids Python to keep its bytecode, every run would compile
    all modules anew; here it is kept in a folder of the bench's own
    (https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPYCACHEPREFIX).
    """
    kept = {name: text for name, text in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": str(bytecode),
        "SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH,
    }


def stock_environment(environment: Mapping[str, str], hidden_stemmer: Path) -> dict[str, str]:
    """Return the environment of stock runs: the same, with PyStemmer hidden."""
    paths = [str(hidden_stemmer), environment.get("PYTHONPATH", "")]
    joined = os.pathsep.join(path for path in paths if path)
    return {**environment, "PYTHONPATH": joined}
