"""Ace by DAISY, the accessibility checker for EPUB, run by the wheel's Node in our Chromium.

Its report is read and not its exit status, which is 0 whatever was found
(https://daisy.github.io/ace/docs/report-json/).
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.audit.npm import environment
from speechbook.problems import BookError

if TYPE_CHECKING:
    from speechbook.audit.npm import Packages

REPORT = "report.json"
#: Milliseconds until the browser must have started; Ace's own five seconds are few on a
#: machine that builds a book at the same time.
START = "120000"


@dataclass(frozen=True)
class AceViolation:
    """A violation: the file, the rule's name, how serious it is, and what is wrong."""

    file: str
    rule: str
    impact: str
    text: str


def violations_of(report: dict[str, Any]) -> tuple[AceViolation, ...]:
    """Read the violations of a JSON report, file by file."""
    return tuple(
        AceViolation(
            subject["earl:testSubject"]["url"],
            found["earl:test"]["dct:title"],
            found["earl:test"]["earl:impact"],
            found["earl:result"]["dct:description"],
        )
        for subject in report["assertions"]
        for found in subject["assertions"]
    )


def files_checked(report: dict[str, Any]) -> tuple[str, ...]:
    """Return the files that the report is about."""
    return tuple(subject["earl:testSubject"]["url"] for subject in report["assertions"])


def ace_report(epub: Path, packages: Packages, chromium: Path) -> dict[str, Any]:
    """Check one EPUB and return Ace's report.

    Raises:
        BookError: Ace did not run to its end.

    """
    surroundings = {
        **environment(),
        "PUPPETEER_EXECUTABLE_PATH": str(chromium),
        "ACE_TIMEOUT_INITIAL": START,
    }
    with tempfile.TemporaryDirectory() as folder:
        options = ["--force", "--silent", "--outdir", folder, str(epub)]
        result = subprocess.run(  # noqa: S603
            packages.command("ace-cli", options),
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        report = Path(folder) / REPORT
        if not report.exists():
            raise BookError(f"Ace made no report: {result.stdout}{result.stderr}")
        loaded: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return loaded
