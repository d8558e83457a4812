"""The ``citelint`` command: check, fix, rules, explain, verify."""

from __future__ import annotations

import argparse
import functools
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from citelint import __version__
from citelint.checking import check, is_selected
from citelint.config import SettingsError
from citelint.discovery import UnreadableError, default_paths
from citelint.explaining import explanation, rule_table
from citelint.leaving import leave
from citelint.reading import Reading, read_project, settings_for
from citelint.reporters.text import report
from citelint.rules import ALL_RULES
from citelint.verify.options import add_asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citelint.findings import Finding
    from citelint.rules.base import Rule

CLEAN, FOUND, USAGE, UNREADABLE = 0, 1, 2, 3
FORMATS = ("text", "json", "sarif", "github")


def known_rules() -> tuple[Rule, ...]:
    """Return all rules; those of ``verify`` are imported where they are asked for alone."""
    from citelint.verify.catalogue import VERIFY_RULES  # noqa: PLC0415 - most runs need none

    return (*ALL_RULES, *VERIFY_RULES)


def is_known(code: str) -> bool:
    """Say whether a code, a family or ``ALL`` names any rule."""
    wanted = code.upper()
    if wanted == "ALL" or any(rule.code.startswith(wanted) for rule in ALL_RULES):
        return True
    return any(rule.code.startswith(wanted) for rule in known_rules())


class Arguments(argparse.ArgumentParser):
    """Arguments whose help is 80 columns wide; for asking the terminal, archivers are imported."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - what argparse takes
        narrow = functools.partial(argparse.HelpFormatter, width=80)
        super().__init__(formatter_class=narrow, **settings)


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    arguments = Arguments(prog="citelint", description=__doc__)
    arguments.add_argument("--version", action="version", version=f"citelint {__version__}")
    verbs = arguments.add_subparsers(dest="verb", required=True)
    checking = verbs.add_parser("check", help="read the bibliography and the chapters and report")
    add_reading(checking)
    checking.add_argument("--format", choices=FORMATS, default="text", help="how to report")
    fixing = verbs.add_parser("fix", help="mend what can be mended without losing anything")
    add_reading(fixing)
    for command in (checking, fixing):
        command.add_argument("--no-cache", action="store_true", help="read every chapter anew")
    fixing.add_argument("--diff", action="store_true", help="show the changes, make none")
    verbs.add_parser("rules", help="list all rules")
    explaining = verbs.add_parser("explain", help="say what a rule wants, why, and the cure")
    explaining.add_argument("code", help="a rule's code or name, such as QUO001")
    verifying = verbs.add_parser("verify", help="compare entries and quotations with the web")
    add_reading(verifying)
    verifying.add_argument("--format", choices=FORMATS, default="text", help="how to report")
    add_asking(verifying)
    return arguments


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add what every verb that reads files takes."""
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    command.add_argument("--select", action="append", default=[], metavar="CODES")
    command.add_argument("--ignore", action="append", default=[], metavar="CODES")
    command.add_argument("--config", type=Path, metavar="FILE")


def codes(values: Sequence[str]) -> tuple[str, ...]:
    """Split ``QUO,NOT001`` and repeated options into codes."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def read(options: argparse.Namespace) -> Reading:
    """Read what the arguments name, else what the settings name, else the defaults."""
    root, settings = settings_for(Path.cwd(), options.config)
    configured = tuple(root / path for path in settings.paths)
    paths = tuple(options.paths) or configured or default_paths(root)
    keeps = not options.no_cache
    return read_project(root, settings, paths, is_whole=not options.paths, keeps=keeps)


def chosen_rules(options: argparse.Namespace, reading: Reading) -> list[Rule]:
    """Return the rules that run, the command line over the settings.

    Raises:
        SettingsError: a code names no rule.

    """
    settings = reading.project.settings
    select = codes(options.select) or settings.select
    ignore = (*settings.ignore, *codes(options.ignore))
    for code in (*select, *ignore, *settings.extend_select):
        if not is_known(code):
            raise SettingsError(f"no rule or family is called {code!r}; see citelint rules")
    extra = () if select else settings.extend_select
    return [
        rule
        for rule in ALL_RULES
        if is_selected(rule, select, ignore) or (extra and is_selected(rule, extra, ignore))
    ]


def written(findings: Sequence[Finding], reading: Reading, rules: Sequence[Rule], form: str) -> str:
    """Return the report in the format asked for."""
    files = len(reading.sources)
    if form == "text":
        return report(findings, reading.sources, files, colour=sys.stdout.isatty())
    from citelint.reporters.machine import (  # noqa: PLC0415 - a person's report needs none
        as_github,
        as_json,
        as_sarif,
    )

    if form == "json":
        return as_json(findings, files)
    if form == "sarif":
        return as_sarif(findings, rules)
    return as_github(findings)


def run_check(options: argparse.Namespace) -> int:
    """Check, report, and say by the exit code whether anything was found."""
    reading = read(options)
    rules = chosen_rules(options, reading)
    findings = check(reading.project, rules)
    sys.stdout.write(written(findings, reading, rules, options.format))
    return FOUND if findings else CLEAN


def run_fix(options: argparse.Namespace) -> int:
    """Mend files, or show how they would be mended."""
    from citelint.fixing import fix_files  # noqa: PLC0415 - no other verb writes

    sys.stdout.write(fix_files(lambda: read(options), lambda r: chosen_rules(options, r), options))
    return CLEAN


def run_explain(options: argparse.Namespace) -> int:
    """Print a rule's page.

    Raises:
        SettingsError: there is no such rule.

    """
    wanted = options.code
    for rule in known_rules():
        if wanted.upper() == rule.code or wanted == rule.name:
            sys.stdout.write(explanation(rule))
            return CLEAN
    raise SettingsError(f"no rule is called {wanted!r}; see citelint rules")


def run_rules(_options: argparse.Namespace) -> int:
    """Print the table of rules."""
    sys.stdout.write(rule_table(known_rules()))
    return CLEAN


def run_verify(options: argparse.Namespace) -> int:
    """Compare with Crossref, Open Library and open texts; imports the network only here."""
    from citelint.verify import verify  # noqa: PLC0415 - no other verb touches the network

    return verify(read(options), sys.stdout, options)


RUNS = {
    "check": run_check,
    "fix": run_fix,
    "rules": run_rules,
    "explain": run_explain,
    "verify": run_verify,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command: 0 clean, 1 findings, 2 usage, 3 a file that cannot be read."""
    # What is read lives until the end, and the collector would walk over it again and
    # again: without it a large file takes half the time.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        return run(parser().parse_args(arguments))
    finally:
        if was_collecting:
            gc.enable()


def run(options: argparse.Namespace) -> int:
    """Run one verb and say in a sentence what stopped it."""
    try:
        return RUNS[options.verb](options)
    except SettingsError as error:
        print(f"citelint: {error}.", file=sys.stderr)  # noqa: T201
        return USAGE
    except UnreadableError as error:
        print(f"citelint: {error}.", file=sys.stderr)  # noqa: T201
        return UNREADABLE
    except BrokenPipeError:
        return CLEAN


def program() -> NoReturn:
    """Run the command as a program of its own."""
    leave(main())


if __name__ == "__main__":
    program()
