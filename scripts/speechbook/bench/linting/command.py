"""Measure citelint over made bibliographies and the whole book, others over the same files.

As it stands it takes about five minutes on two cores; ``--entries 1000`` takes seconds
(a minute where biber is installed).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.bench.linting.report import text_report
from speechbook.bench.linting.session import Session
from speechbook.bench.measure import RunFailed
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_ENTRIES = "1000,10000,100000"


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    name = "python -m speechbook.bench linting"
    arguments = argparse.ArgumentParser(prog=name, description=__doc__)
    add = arguments.add_argument
    add("--entries", default=DEFAULT_ENTRIES, help=f"sizes of bibliographies ({DEFAULT_ENTRIES})")
    add("--repeat", type=int, default=1, help="runs of each program at each size (1)")
    add("--root", type=Path, default=Path.cwd(), help="the repository's folder")
    add("--limit", type=float, default=10, help="minutes that one run may take (10)")
    return arguments


def sizes_of(text: str) -> tuple[int, ...]:
    """Return the sizes named in ``1000,10000``, from small to large.

    Raises:
        BookError: a size is no whole number from 1.

    """
    words = [word.strip() for word in text.split(",")]
    for word in words:
        if not word.isdecimal() or int(word) < 1:
            cure = "write whole numbers from 1, separated by commas"
            raise BookError(f"--entries names {word!r}, which is no size", cure=cure)
    return tuple(sorted({int(word) for word in words}))


def session_of(options: argparse.Namespace) -> Session:
    """Return the session that the options ask for.

    Raises:
        BookError: they ask for something that makes no sense.

    """
    if options.repeat < 1:
        raise BookError(f"--repeat {options.repeat} measures nothing", cure="ask for at least 1")
    sizes, limit = sizes_of(options.entries), options.limit * 60
    return Session(options.root.resolve(), sizes, options.repeat, limit, say)


def say(text: str) -> None:
    """Show progress on the error stream, so that the report can be redirected."""
    sys.stderr.write(text)
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 1 if citelint failed, 2 for a refusal, else 0; missed aims are told."""
    options = parser().parse_args(arguments)
    try:
        session = session_of(options)
    except BookError as error:
        say(f"{error}\n")
        return 2
    try:
        sys.stdout.write(text_report(session.run()))
    except RunFailed as error:
        say(f"The bench stopped: {error}\n")
        return 1
    return 0
