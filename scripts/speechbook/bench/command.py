"""Measure the book's build against stock Sphinx, at the real book and at made ones.

Everything is built in a temporary folder; the repository is only read.  As it stands
it takes about an hour on two cores; ``--chapters 12,100 --repeat 1`` takes about ten
minutes, ``--chapters 12 --repeat 1`` about one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.bench.comparisons import answers
from speechbook.bench.report import json_report, machine, text_report
from speechbook.bench.runs import PARTS, Wanted
from speechbook.bench.session import Session, Size
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

REAL = "real"
DEFAULT_SIZES = "real,12,100,500"
DEFAULT_REPEATS = 3
#: From this many chapters on, one run is long enough to drown what disturbs it.
LARGE, LARGE_REPEATS = 300, 1
STOPS = (signal.SIGINT, signal.SIGTERM)
TEX_PROGRAMS = ("latexmk", "xelatex")


def sizes_of(text: str) -> tuple[int | None, ...]:
    """Return the sizes named in ``real,12,100``; None stands for the real book.

    Raises:
        BookError: a size is neither ``real`` nor a whole number from 1.

    """
    found: list[int | None] = []
    for word in (part.strip() for part in text.split(",")):
        if word != REAL and not (word.isdecimal() and int(word) >= 1):
            cure = "write whole numbers from 1, or real, separated by commas"
            raise BookError(f"--chapters names {word!r}, which is no size of a book", cure=cure)
        found.append(None if word == REAL else int(word))
    return tuple(dict.fromkeys(found))


def parts_of(text: str) -> frozenset[str]:
    """Return the parts named in ``a,b``.

    Raises:
        BookError: a part is unknown.

    """
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if part not in PARTS:
            cure = f"write one or more of {', '.join(PARTS)}, separated by commas"
            raise BookError(f"--only names {part!r}, which is no part of the bench", cure=cure)
    return frozenset(parts)


def repeats_for(chapters: int | None, asked: int | None) -> int:
    """Return how often to run at a size: as asked, else three times, once where it is large.

    Raises:
        BookError: less than one run was asked for.

    """
    if asked is not None and asked < 1:
        raise BookError(f"--repeat {asked} measures nothing", cure="ask for at least 1")
    return asked or (LARGE_REPEATS if (chapters or 0) >= LARGE else DEFAULT_REPEATS)


def check_growth(parts: frozenset[str], chapters: Sequence[int | None]) -> None:
    """Refuse to measure growth alone with less than two made sizes.

    Raises:
        BookError: there is only one point, or none.

    """
    if parts == {"d"} and len([count for count in chapters if count]) < 2:  # noqa: PLR2004
        cure = "name two, as in --chapters 12,100"
        raise BookError("Growth (d) is measured between two sizes of --chapters", cure=cure)


def check_machine(json_file: Path | None) -> None:
    """Refuse, before anything long runs, what could only fail at its end.

    Raises:
        BookError: the system does not tell what a process took, or the JSON has no folder.

    """
    if not hasattr(os, "wait4"):
        what = "This system does not tell what a process tree took (os.wait4)"
        raise BookError(what, cure="run the bench on Linux or macOS")
    if json_file and not json_file.resolve().parent.is_dir():
        what = f"--json {json_file}: its folder is not there"
        raise BookError(what, cure="make the folder first")


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    arguments = argparse.ArgumentParser(prog="python -m speechbook.bench", description=__doc__)
    add = arguments.add_argument
    add("--chapters", default=DEFAULT_SIZES, help=f"sizes, real among them ({DEFAULT_SIZES})")
    add("--repeat", type=int, help=f"runs of each (3; {LARGE_REPEATS} from {LARGE} chapters on)")
    add("--only", default=",".join(PARTS), help="parts of the bench (a,b,c,d)")
    add("--json", type=Path, help="write everything measured to this file as well")
    add("--root", type=Path, default=Path.cwd(), help="the book's folder")
    add("--limit", type=float, default=60, help="minutes that one run may take (60)")
    return arguments


def say(text: str) -> None:
    """Show progress on the error stream, so that the report can be redirected."""
    sys.stderr.write(text)
    sys.stderr.flush()


class Stopper:
    """Ends the bench at a signal as at Ctrl+C: the run under way is ended, its folder removed.

    Python drops an exception that a signal's handler raises while an object is being finalised
    (https://docs.python.org/3/reference/datamodel.html#object.__del__); what was asked is
    therefore kept, and asked again when the bench next has something to say.
    """

    def __init__(self) -> None:
        self._was_asked = False

    def __call__(self, number: int, _frame: object) -> None:
        """Stop at a signal.

        Raises:
            KeyboardInterrupt: always.

        """
        self._was_asked = True
        raise KeyboardInterrupt(f"signal {number}")

    def say(self, text: str) -> None:
        """Show progress, unless the bench is to stop.

        Raises:
            KeyboardInterrupt: a signal has asked for it.

        """
        if self._was_asked:
            raise KeyboardInterrupt
        say(text)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to both signals meanwhile."""
        before = {number: signal.signal(number, self) for number in STOPS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def session_of(options: argparse.Namespace, tell: Callable[[str], None]) -> Session:
    """Return the session that the options ask for.

    Raises:
        BookError: they ask for something that makes no sense.

    """
    chapters, parts = sizes_of(options.chapters), parts_of(options.only)
    check_growth(parts, chapters)
    check_machine(options.json)
    sizes = tuple(Size(count, repeats_for(count, options.repeat)) for count in chapters)
    wanted = Wanted(parts, has_tex=all(map(shutil.which, TEX_PROGRAMS)))
    return Session(options.root.resolve(), sizes, wanted, options.limit * 60, tell)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 1 if a run failed, 2 for a refusal, 130 if stopped, else 0.

    Aims that are missed are told and change nothing here.
    """
    options, stopper = parser().parse_args(arguments), Stopper()
    try:
        session = session_of(options, stopper.say)
    except BookError as error:
        say(f"{error}\n")
        return 2
    try:
        with stopper.listening():
            outcome = session.run()
    except KeyboardInterrupt:
        say("stopped; what had been built is removed\n")
        return 130
    found = answers(outcome, [size.name for size in session.sizes], session.wanted)
    facts = machine(session.wanted)
    print(text_report(outcome, found, facts), end="")  # noqa: T201 - the command's output
    if options.json:
        options.json.write_text(json_report(outcome, found, facts), encoding="utf-8")
    return 1 if outcome.failures else 0
