"""The corpus of hostile contributions: ``tests/hostile/<kind>/<slug>/``, a folder a case.

A case joins by adding its folder.  In it lie the contribution's files: ``chapter.md``,
``references.bib``, ``data.toml``, ``picture.svg`` or any other name, and ``expected.toml``:

``about``
    what it tries;
``code``
    the rule that refuses it, or ``harmless``;
``file``, ``line``
    where it is refused; the file only where the case brings several, or none of the above;
``shows``
    for a harmless one: texts that all three formats show as they stand;
``[[repeat]]`` (``file``, ``before``, ``text``, ``times``, ``after``)
    a file too large to keep, written when the case is laid out;
``[[link]]`` (``file``, ``to``)
    a symbolic link, which no checkout on Windows has.

``python -m tests.hostile.corpus`` prints the table: input, verdict, rule, place, time.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.building.safety import safety_problems
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechbook.building.paths import BookPaths
    from speechbook.problems import Problem

FOLDER = Path(__file__).resolve().parent
EXPECTED, HARMLESS = "expected.toml", "harmless"
#: Where a contribution's files go in a book, by their names in the case.
PLACES = {
    "chapter.md": "docs/chapters/{slug}.md",
    "references.bib": "docs/{slug}.bib",
    "data.toml": "docs/data/{slug}.toml",
}


@dataclass(frozen=True)
class Case:
    """One hostile contribution and what is expected of it; ``line`` is 0 where any will do."""

    folder: Path
    about: str
    code: str
    file: str = ""
    line: int = 0
    shows: tuple[str, ...] = ()
    repeats: tuple[dict[str, Any], ...] = ()
    links: tuple[dict[str, str], ...] = field(default=())

    @property
    def name(self) -> str:
        """Return kind and slug."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def is_harmless(self) -> bool:
        """Say whether it may go into a book."""
        return self.code == HARMLESS

    def place(self, name: str) -> str:
        """Return where a file of the case goes in a book."""
        if "/" in name:
            return name
        return PLACES.get(name, "docs/chapters/{name}").format(slug=self.folder.name, name=name)

    def files(self) -> list[str]:
        """Return where the contribution's files go, as findings name them."""
        own = [path.name for path in sorted(self.folder.iterdir()) if path.name != EXPECTED]
        names = [*own, *(each["file"] for each in self.repeats)]
        return [*map(self.place, names), *(link["file"] for link in self.links)]

    def lay(self, root: Path) -> None:
        """Write the contribution's files into a book."""
        for path in sorted(self.folder.iterdir()):
            if path.name != EXPECTED:
                write(root / self.place(path.name), path.read_bytes())
        for each in self.repeats:
            text = each["before"] + each["text"] * each["times"] + each["after"]
            write(root / self.place(each["file"]), text.encode())
        for link in self.links:
            (root / link["file"]).parent.mkdir(parents=True, exist_ok=True)
            (root / link["file"]).symlink_to(link["to"])


def write(path: Path, content: bytes) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def read_case(expected: Path) -> Case:
    """Read a case from its ``expected.toml``."""
    values = tomllib.loads(expected.read_text(encoding="utf-8"))
    return Case(
        folder=expected.parent,
        about=values["about"],
        code=values["code"],
        file=values.get("file", ""),
        line=values.get("line", 0),
        shows=tuple(values.get("shows", ())),
        repeats=tuple(values.get("repeat", ())),
        links=tuple(values.get("link", ())),
    )


def cases() -> list[Case]:
    """Return the whole corpus in the order of its folders."""
    return [read_case(path) for path in sorted(FOLDER.glob(f"*/*/{EXPECTED}"))]


def book_with(case: Case, folder: Path) -> BookPaths:
    """Return a tiny book with a contribution laid into it."""
    paths = make_tiny_book(folder)
    case.lay(paths.root)
    return paths


def told(problems: tuple[Problem, ...], case: Case, root: Path) -> list[str]:
    """Return the sentences that carry the case's code."""
    return [p.sentence(root) for p in problems if f"({case.code})" in p.what]


def rows() -> Iterator[str]:
    """Yield the table's lines, one a case, and the counts."""
    count = {"refused": 0, HARMLESS: 0, "WRONG": 0}
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            paths = book_with(case, Path(folder))
            start = time.perf_counter()
            problems = safety_problems(paths)
            seconds = time.perf_counter() - start
            sentences = told(problems, case, paths.root)
        is_right = not problems if case.is_harmless else bool(sentences)
        verdict = ("refused", HARMLESS)[case.is_harmless] if is_right else "WRONG"
        count[verdict] += 1
        place = sentences[0].partition(": ")[0] if sentences else "-"
        yield f"{case.name:<44} {verdict:<9} {case.code:<9} {seconds:6.2f} s  {place}"
    yield ", ".join(f"{number} {name}" for name, number in count.items())


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write(f"{row}\n")
