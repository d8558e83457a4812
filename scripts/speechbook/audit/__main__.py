"""``python -m speechbook.audit``: what validators and comparisons say of the book in ``dist/``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.annotations import annotation, is_on_github
from speechbook.audit.every import AUDITS, Finished
from speechbook.audit.locating import place_of, read_documents
from speechbook.problems import BookError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Beside the linter's report; the three ways of telling are words, this, and GitHub's lines.
REPORT = Path("build/reports/audit.json")


def run(book: Finished, only: Sequence[str]) -> dict[str, list[Problem]]:
    """Run audits and say what each found, with the place in the sources where it is known.

    Raises:
        BookError: the book has not been made, or a checker cannot be had.

    """
    documents = read_documents(book.root / "docs")
    found = {}
    for name, audit in AUDITS.items():
        if not only or name in only:
            start = time.monotonic()
            found[name] = [Problem(said, place_of(said, documents)) for said in audit(book)]
            sys.stderr.write(f"{name} ({time.monotonic() - start:.1f} s)\n")
    return found


def as_words(found: dict[str, list[Problem]], root: Path) -> str:
    """Return a line an audit, and one for each thing that it found."""
    lines = []
    for name, problems in found.items():
        lines.append(f"{name}: {len(problems) or 'nothing'} found")
        lines += [f"  {problem.sentence(root)}" for problem in problems]
    return "".join(f"{line}\n" for line in lines)


def as_json(found: dict[str, list[Problem]], root: Path) -> str:
    """Return ``[{"audit", "what", "path", "line"}]``; path "" and line 0 where not known."""
    rows = []
    for name, problems in found.items():
        for problem in problems:
            place = problem.place.relative_to(root) if problem.place else None
            path, line = (place.path.as_posix(), place.line) if place else ("", 0)
            rows.append({"audit": name, "what": problem.what, "path": path, "line": line})
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def tell(found: dict[str, list[Problem]], root: Path, way: str) -> None:
    """Print what was found, and leave it as JSON."""
    (root / REPORT).parent.mkdir(parents=True, exist_ok=True)
    (root / REPORT).write_text(as_json(found, root), encoding="utf-8")
    said = as_json(found, root) if way == "json" else as_words(found, root)
    sys.stdout.write(said)
    if way == "github" or (way == "text" and is_on_github()):
        for problems in found.values():
            sys.stdout.writelines(annotation(problem, root) for problem in problems)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every audit and print what it found: 0 nothing, 1 something, 2 it could not be run."""
    parser = argparse.ArgumentParser(prog="speechbook.audit", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the repository")
    parser.add_argument("--dist", type=Path, default=Path("dist"), help="the finished book")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--only", action="append", choices=list(AUDITS), default=[])
    options = parser.parse_args(arguments)
    try:
        found = run(Finished(options.root, options.root / options.dist), options.only)
    except BookError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    tell(found, options.root, options.format)
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main())
