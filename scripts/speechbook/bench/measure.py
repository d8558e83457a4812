"""Run a command and count what it took: CPU of its whole tree, wall time, peak memory.

``os.wait4`` gives the resources of a process with those of all its descendants
that were waited for (https://man7.org/linux/man-pages/man2/getrusage.2.html):
the times are summed, the peak is that of the largest single process.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LINES_SHOWN = 8
#: ``ru_maxrss`` is in kilobytes on Linux and in bytes on macOS (the same manual page).
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Usage:
    """What a run took: CPU and wall in seconds, the peak resident memory in bytes."""

    cpu: float
    wall: float
    peak: int


@dataclass(frozen=True)
class Command:
    """A program with its arguments, the folder it runs in and its whole environment.

    ``allowed`` are the exit codes that a run that went well may end with.
    """

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    allowed: tuple[int, ...] = (0,)

    @property
    def shown(self) -> str:
        """The command's end, enough to know it by."""
        return " ".join(self.arguments[-6:])


class RunFailed(Exception):  # noqa: N818 - reads as what happened
    """A command ended with an error; the message says which, how, and its last lines."""


def combined(usages: Iterable[Usage]) -> Usage:
    """Return several runs as one: times summed, the highest peak.

    Raises:
        ValueError: there is no run to combine.

    """
    each = list(usages)
    peak = max(usage.peak for usage in each)
    return Usage(sum(u.cpu for u in each), sum(u.wall for u in each), peak)


def ending_of(status: int) -> str:
    """Say how a process ended, from what ``wait4`` says."""
    code = os.waitstatus_to_exitcode(status)
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"


def last_lines(log: Path) -> str:
    """Return the end of what a run printed."""
    text = log.read_text(encoding="utf-8", errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines[-LINES_SHOWN:])


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that we started, and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def waited(process: subprocess.Popen[bytes], limit: float) -> tuple[int, Usage]:
    """Wait for a process, at most *limit* seconds; return its status and what it took."""
    start = time.perf_counter()
    alarm = threading.Timer(limit, kill_group, [process])
    try:
        alarm.start()
        _pid, status, used = os.wait4(process.pid, 0)
    except BaseException:
        kill_group(process)
        process.wait()
        raise
    finally:
        alarm.cancel()
    wall = time.perf_counter() - start
    return status, Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * PEAK_UNIT)


def measure(command: Command, log: Path, limit: float) -> Usage:
    """Run a command to its end and return what it took; what it prints goes to *log*.

    Raises:
        RunFailed: it cannot be started, ends with an error, or takes over *limit* seconds.

    """
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                command.arguments,
                cwd=command.folder,
                env=dict(command.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise RunFailed(f"{command.shown}: cannot be started: {error}") from error
        status, usage = waited(process, limit)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.allowed:
        late = f" after the {limit:.0f} s it may take" if usage.wall >= limit else ""
        raise RunFailed(f"{command.shown}: {ending_of(status)}{late}\n{last_lines(log)}")
    return usage
