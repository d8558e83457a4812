"""Runs are measured with their children, and failures are told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from speechbook.bench.measure import Command, RunFailed, measure

if TYPE_CHECKING:
    from pathlib import Path

BURN = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
IN_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
FILL = "held = bytearray(200_000_000); held[::4096] = b'x' * len(held[::4096])"


def python(folder: Path, code: str) -> Command:
    return Command((sys.executable, "-c", code), folder, os.environ)


def test_cpu_of_a_child_is_counted(tmp_path: Path) -> None:
    usage = measure(python(tmp_path, IN_A_CHILD), tmp_path / "log", 60)
    assert 0.3 <= usage.cpu < 10
    assert usage.wall >= 0.3


def test_sleep_costs_wall_time_alone(tmp_path: Path) -> None:
    usage = measure(python(tmp_path, "import time; time.sleep(1)"), tmp_path / "log", 60)
    assert usage.wall >= 1
    assert usage.cpu < 0.8


def peak_told_by_a_small_process(folder: Path, code: str) -> int:
    """Measure in a Python of its own: a child's peak counts what its parent held at the fork."""
    program = (
        "import os, pathlib, sys\n"
        "from speechbook.bench.measure import Command, measure\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "command = Command((sys.executable, '-c', sys.argv[2]), folder, os.environ)\n"
        "print(measure(command, folder / 'log', 60).peak)\n"
    )
    command = [sys.executable, "-c", program, str(folder), code]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_peak_is_in_bytes(tmp_path: Path) -> None:
    assert 200_000_000 < peak_told_by_a_small_process(tmp_path, FILL) < 500_000_000


def test_bench_itself_is_too_small_to_show_in_a_peak(tmp_path: Path) -> None:
    code = (
        "import speechbook.bench.command, resource, sys\n"
        "assert not {'sphinx', 'docutils', 'typst', 'pybtex'} & sys.modules.keys()\n"
    )
    assert peak_told_by_a_small_process(tmp_path, code) < 60_000_000


def test_failure_tells_the_status_and_the_last_lines(tmp_path: Path) -> None:
    code = "import sys; print('first'); print('the cause', file=sys.stderr); sys.exit(3)"
    with pytest.raises(RunFailed, match=r"ended with 3\n(.*\n)?the cause|the cause\nfirst"):
        measure(python(tmp_path, code), tmp_path / "log", 60)


def test_signal_is_named(tmp_path: Path) -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    with pytest.raises(RunFailed, match="was killed by SIGTERM"):
        measure(python(tmp_path, code), tmp_path / "log", 60)


def test_run_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    mark = tmp_path / "late"
    child = f"import time; time.sleep(3); open({str(mark)!r}, 'w')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with pytest.raises(RunFailed, match="after the 1 s it may take"):
        measure(python(tmp_path, code), tmp_path / "log", 1)
    time.sleep(3)
    assert not mark.exists()


def test_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    command = Command(("no-such-program-anywhere",), tmp_path, os.environ)
    with pytest.raises(RunFailed, match="cannot be started"):
        measure(command, tmp_path / "log", 60)
