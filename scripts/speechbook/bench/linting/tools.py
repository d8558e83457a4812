"""The programs that are measured: citelint with its default rules, and what others do.

None of the others checks what citelint checks; each does less, so a ratio below one
says that all of citelint's rules cost less than that part of another's work.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from speechbook.audit.npm import packages_of
from speechbook.bench.measure import Command
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CITELINT, TIDY, PYBTEX, BIBTEXPARSER, BIBER = (
    "citelint", "bibtex-tidy", "pybtex", "bibtexparser", "biber",
)  # fmt: skip
TITLES = {
    CITELINT: "citelint check, every default rule",
    TIDY: "bibtex-tidy --duplicates",
    PYBTEX: "pybtex, parse",
    BIBTEXPARSER: "bibtexparser 2, parse",
    BIBER: "biber --tool --validate-datamodel",
}
#: biber takes some ten milliseconds an entry; a run of a quarter of an hour tells nothing more.
MOST_ENTRIES = {BIBER: 10_000}
PARSE = {
    PYBTEX: "import sys, pybtex.database; pybtex.database.parse_file(sys.argv[1])",
    BIBTEXPARSER: "import sys, bibtexparser; bibtexparser.parse_file(sys.argv[1])",
}


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a program that is installed: Python keeps its bytecode.

    An installer compiles what it installs; where ``PYTHONDONTWRITEBYTECODE`` is set, each run
    would compile every module anew, which no user waits for.
    """
    kept = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


@dataclass(frozen=True)
class Tools:
    """The programs of one machine; ``root`` is the repository, with what npm installed."""

    root: Path

    def command(self, kind: str, file: Path) -> Command:
        """Return the command that runs a program over one file.

        Raises:
            BookError: the program is missing, or the file is larger than it is given.

        """
        makers: dict[str, Callable[[Path], list[str]]] = {
            CITELINT: self._citelint,
            TIDY: self._tidy,
            BIBER: self._biber,
        }
        arguments = makers[kind](file) if kind in makers else self._parse(kind, file)
        allowed = (0, 1) if kind == CITELINT else (0,)
        return Command(tuple(arguments), file.parent, environment(file.parent), allowed)

    def _citelint(self, file: Path) -> list[str]:
        return [sys.executable, "-m", "citelint.cli", "check", file.name]

    def _tidy(self, file: Path) -> list[str]:
        # Modifying is its default, and printing what it made would be measured with it.
        output = file.with_suffix(".tidied")
        arguments = [file.name, "--duplicates", "--quiet", f"--output={output.name}"]
        return packages_of(self.root).command("bibtex-tidy", arguments)

    def _parse(self, kind: str, file: Path) -> list[str]:
        try:
            version(kind)
        except PackageNotFoundError as error:
            raise BookError(
                f"{kind} is missing", cure="run nox -s bench, which installs it"
            ) from error
        return [sys.executable, "-c", PARSE[kind], file.name]

    def _biber(self, file: Path) -> list[str]:
        biber = shutil.which("biber")
        if biber is None:
            raise BookError("biber is missing", cure="install it, on Debian as the package biber")
        output = file.with_suffix(".biber").name
        return [
            biber,
            "--tool",
            "--validate-datamodel",
            "--quiet",
            f"--output-file={output}",
            file.name,
        ]


def versions() -> dict[str, str]:
    """Return the Python packages' versions."""
    return {name: version(name) for name in (PYBTEX, BIBTEXPARSER)}
