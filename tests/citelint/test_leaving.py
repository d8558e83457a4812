"""A program leaves without freeing its objects, and still pays what it owes to others."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from citelint.leaving import OUTPUT_LOST

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import atexit, sys, threading, time
from citelint.leaving import leave

class Thing:
    def __del__(self, write=sys.stderr.write):
        write("freed")

kept = Thing()
atexit.register(print, "registered")
{more}
print("printed")
leave({status})
"""


BROKEN = """
class Broken:
    def write(self, text): pass
    def flush(self): raise {error}("flush")

sys.stdout = Broken()
"""


def run(status: int, more: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program that leaves."""
    command = [sys.executable, "-c", PROGRAM.format(status=status, more=more)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("status", [0, 1, 3])
def test_output_and_status_arrive_and_nothing_is_freed(status: int) -> None:
    ended = run(status)
    assert ended.returncode == status
    assert ended.stdout == "printed\nregistered\n"
    assert ended.stderr == ""


def test_what_still_runs_is_waited_for() -> None:
    more = "threading.Thread(target=lambda: (time.sleep(0.5), print('done'))).start()"
    ended = run(0, more)
    assert ended.returncode == 0
    assert ended.stdout == "printed\ndone\nregistered\n"


@pytest.mark.parametrize(("error", "status"), [("OSError", OUTPUT_LOST), ("BrokenPipeError", 3)])
def test_lost_output_is_told_unless_its_reader_has_gone(error: str, status: int) -> None:
    assert run(3, BROKEN.format(error=error)).returncode == status


@pytest.mark.parametrize("package", ["citelint", "speechbook.cli"])
def test_programs_leave_with_the_status_of_the_command(package: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", package, "nothing-of-the-kind"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 2
    assert "invalid choice" in ended.stderr
