"""The lines that a change touches, so that a pull request hears only of its own links."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from speechbook.problems import Place

HUNK = re.compile(r"^@@ -\S+ \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")
FILE = "+++ b/"


def lines_of(diff: str) -> Iterator[tuple[str, int]]:
    """Yield the file and number of each line that a unified diff without context adds."""
    file = ""
    for line in diff.splitlines():
        hunk = HUNK.match(line)
        if line.startswith(FILE):
            file = line.removeprefix(FILE)
        elif hunk:
            start, count = int(hunk["start"]), int(hunk["count"] or 1)
            yield from ((file, number) for number in range(start, start + count))


def touched_lines(root: Path, since: str) -> frozenset[tuple[str, int]]:
    """Ask git which lines have come since a revision.

    Raises:
        BookError: git does not know the revision.

    """
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", "diff", "--unified=0"]
    command += ["--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/", "--end-of-options", since]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode != 0:
        raise BookError(
            f"Git cannot say what has changed since ‘{since}’: {result.stderr.strip()}",
            cure="name a revision that this repository has",
        )
    return frozenset(lines_of(result.stdout))


def touched_addresses(
    places: Mapping[str, tuple[Place, ...]], lines: frozenset[tuple[str, int]], root: Path
) -> frozenset[str]:
    """Return the addresses that stand on touched lines."""
    return frozenset(
        address
        for address, where in places.items()
        if any((p.path.relative_to(root).as_posix(), p.line) in lines for p in where)
    )
