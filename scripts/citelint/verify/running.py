"""Ask everything that can be asked, compare, report."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING, TextIO

from citelint.checking import PLACE, is_selected
from citelint.config import SettingsError
from citelint.exceptions import applied
from citelint.reporters.machine import as_github, as_json, as_sarif
from citelint.reporters.text import report
from citelint.rules import ALL_RULES
from citelint.verify.addresses import Gate
from citelint.verify.asking import Client, Manners, Unanswered
from citelint.verify.cache import Cache
from citelint.verify.catalogue import VERIFY_RULES
from citelint.verify.comparing import Comparison
from citelint.verify.library import Library
from citelint.verify.options import CROSSREF, OPEN_LIBRARY, setup_from
from citelint.verify.transport import Limits

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from citelint.findings import Finding
    from citelint.reading import Reading
    from citelint.rules.base import Rule
    from citelint.verify.comparing import Task
    from citelint.verify.options import Setup

AGREED, DIFFERING, UNASKED = 0, 1, 3
#: How many entries are named of those that met the same trouble.
SHOWN = 8


def library_for(setup: Setup) -> Library:
    """Return what asks, as set up; only addresses that the person gave may be private."""
    given = {setup.crossref, setup.openlibrary} - {CROSSREF, OPEN_LIBRARY}
    manners = Manners(
        setup.agent,
        setup.pause,
        setup.tries,
        setup.longest_wait,
        setup.first_wait,
        setup.whole,
    )
    limits = Limits(wait=setup.wait, whole=3 * setup.wait)
    client = Client(Gate(given), manners, limits, setup.proxies)
    return Library(client, Cache(setup.cache))


def chosen(options: argparse.Namespace | None, reading: Reading) -> list[Rule]:
    """Return the rules that run: those selected on the command line, less those ignored.

    ``select`` in the settings is for ``check`` and says nothing here.

    Raises:
        SettingsError: a code names no rule.

    """
    select = split(getattr(options, "select", []))
    ignore = (*reading.project.settings.ignore, *split(getattr(options, "ignore", [])))
    for code in (*select, *ignore):
        known = any(rule.code.startswith(code.upper()) for rule in (*ALL_RULES, *VERIFY_RULES))
        if code.upper() != "ALL" and not known:
            raise SettingsError(f"no rule or family is called {code!r}; see citelint rules")
    return [rule for rule in VERIFY_RULES if is_selected(rule, select, ignore)]


def split(values: Sequence[str]) -> tuple[str, ...]:
    """Split ``IDN903,QUO`` and repeated options into codes."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def in_turn(queues: Sequence[Sequence[Task]]) -> Iterator[Task]:
    """Yield tasks of several hosts in turn, so that the pauses of one serve the others."""
    for row in itertools.zip_longest(*queues):
        yield from filter(None, row)


def run_tasks(comparison: Comparison, progress: TextIO | None) -> None:
    """Ask everything; when stopped by hand, what was asked until then counts."""
    queues = comparison.queues()
    total = sum(map(len, queues))
    try:
        for done, task in enumerate(in_turn(queues), start=1):
            if progress:
                progress.write(f"\r\x1b[Kcitelint verify: {done}/{total} {task.subject}")
                progress.flush()
            try:
                task.do()
            except Unanswered as trouble:
                comparison.remark(str(trouble), task.subject)
    except KeyboardInterrupt:
        comparison.remark("stopped by hand; what was answered is kept", "the rest")
    finally:
        if progress:
            progress.write("\r\x1b[K")
    comparison.compare_quotations()


def remarks_of(comparison: Comparison) -> Iterator[str]:
    """Yield a line for each thing that was not compared, and why."""
    for reason, subjects in comparison.remarks.items():
        named = list(dict.fromkeys(subjects))
        more = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
        yield f"Not compared: {', '.join(named[:SHOWN])}{more}: {reason}.\n"


def written(
    findings: Sequence[Finding], reading: Reading, rules: Sequence[Rule], form: str, *, colour: bool
) -> str:
    """Return the report in the format asked for."""
    files = len(reading.sources)
    if form == "json":
        return as_json(findings, files)
    if form == "sarif":
        return as_sarif(findings, rules)
    if form == "github":
        return as_github(findings)
    return report(findings, reading.sources, files, colour=colour)


def run(reading: Reading, stream: TextIO, options: argparse.Namespace | None) -> int:
    """Read the options and run; see :func:`citelint.verify.verify`."""
    form = getattr(options, "format", None) or "text"
    return run_with(reading, stream, setup_from(options), chosen(options, reading), form)


def run_with(
    reading: Reading, stream: TextIO, setup: Setup, rules: Sequence[Rule], form: str = "text"
) -> int:
    """Ask, compare and report; return the exit code."""
    beside = stream if form == "text" else sys.stderr
    library = library_for(setup)
    comparison = Comparison(reading.project, library, setup, rules)
    wanted = sum(map(len, comparison.queues()))
    run_tasks(comparison, sys.stderr if sys.stderr.isatty() else None)
    if wanted and not library.answered:
        reason = next(iter(library.unanswered), "stopped by hand")
        beside.write(
            f"Nothing could be asked ({reason}); nothing is lost, run citelint verify again "
            "when the network is back.\n"
        )
        return UNASKED
    findings = sorted(applied(reading.project, comparison.findings, rules), key=PLACE)
    stream.write(written(findings, reading, rules, form, colour=stream.isatty()))
    if library.cache.trouble:
        comparison.remark(library.cache.trouble, "the cache")
    beside.writelines([*remarks_of(comparison), comparison.tally()])
    return DIFFERING if findings else AGREED
