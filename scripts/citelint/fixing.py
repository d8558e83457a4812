"""Apply fixes to files, again and again until none is left to apply."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.checking import check
from citelint.fixes import apply, compatible, difference
from citelint.text import SourceText, encode

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from citelint.findings import Finding
    from citelint.reading import Reading
    from citelint.rules.base import Rule

#: A fix may uncover another (a renamed field that then stands out of order); a file
#: that is not at rest after this many rounds has two rules that undo each other.
MOST_ROUNDS = 10


def mended(source: SourceText, findings: Iterable[Finding]) -> str:
    """Return a source's text with the compatible edits of its findings."""
    own = [each for each in findings if each.fixable and each.path == source.path.as_posix()]
    return apply(source.text, compatible(own))


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and rename it there, so that it is never half written."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        temporary.write(encode(text))
    mode = path.stat().st_mode
    Path(temporary.name).chmod(mode)
    os.replace(temporary.name, path)  # noqa: PTH105 - Path.replace has no advantage here


def round_of_changes(reading: Reading, rules: Sequence[Rule]) -> dict[str, tuple[str, str]]:
    """Return before and after of each file that this round changes, by its shown path."""
    findings = check(reading.project, rules)
    changes = {}
    for shown, source in reading.sources.items():
        after = mended(source, findings)
        if after != source.text:
            changes[shown] = (source.text, after)
    return changes


def fix_files(
    read: Callable[[], Reading],
    choose: Callable[[Reading], list[Rule]],
    options: argparse.Namespace,
) -> str:
    """Mend the files and say which, or return the diff if that was asked for."""
    changed: dict[str, None] = {}
    for _ in range(MOST_ROUNDS):
        reading = read()
        changes = round_of_changes(reading, choose(reading))
        if options.diff:
            return "".join(difference(name, *pair) for name, pair in changes.items())
        if not changes:
            break
        for shown, (_, after) in changes.items():
            write_whole(reading.project.root / shown, after)
            changed[shown] = None
    count = len(changed)
    names = "".join(f"mended {name}\n" for name in changed)
    return f"{names}{count} file{'s' if count != 1 else ''} changed.\n"
