"""A build that takes too much ends in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from speechbook.building.limits import MEMORY, TIME, limit_of
from speechbook.problems import BookError

#: The command, its work replaced by something that never has enough.
PROGRAM = """
import sys
from speechbook import cli

def too_much(*_):
    {work}

cli.run = too_much
sys.argv = ["speechbook", "html"]
sys.exit(cli.main())
"""


def run(work: str, **limits: str) -> subprocess.CompletedProcess[str]:
    """Run the command with bounds in the environment."""
    command = [sys.executable, "-c", PROGRAM.format(work=work)]
    environment = {**os.environ, **limits}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_too_much_memory_is_told() -> None:
    result = run("return len(bytearray(2**33))", BOOK_MEMORY_LIMIT="4096")
    assert result.returncode == 1
    assert "more memory than it may have" in result.stderr
    assert "Traceback" not in result.stderr


def test_too_much_time_is_told() -> None:
    # Above what the imports before it take.
    result = run("while True: pass", BOOK_TIME_LIMIT="8")
    assert result.returncode == 1
    assert "more than 8 seconds of processor time" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("value", ["", "0", "-1", "much"])
def test_a_bound_is_a_number(value: str) -> None:
    with pytest.raises(BookError, match=TIME):
        limit_of(TIME, {TIME: value})
    assert limit_of(MEMORY, {MEMORY: "7"}) == 7
