"""Bounds on the process that builds: memory and processor time, with a sentence when one is hit.

They lie far above what the book needs.  What citelint's family SEC lets through is meant to
stay below them; they are for what nobody thought of.
Source: https://docs.python.org/3/library/resource.html and setrlimit(2).
"""

from __future__ import annotations

import resource
import signal
from typing import TYPE_CHECKING

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEMORY, TIME = "BOOK_MEMORY_LIMIT", "BOOK_TIME_LIMIT"
#: Address space in MiB, and seconds of processor time; the book takes a tenth of each.
DEFAULTS = {MEMORY: 16_384, TIME: 3_600}
MIB = 2**20
#: Seconds after which a process that does not end by itself is ended.
GRACE = 60


def limit_of(name: str, environment: Mapping[str, str]) -> int:
    """Return a bound: what the environment says, else the usual.

    Raises:
        BookError: the environment's value is no number above zero.

    """
    value = environment.get(name, str(DEFAULTS[name]))
    if not value.isdecimal() or not int(value):
        raise BookError(f"{name} is {value!r}", cure="write a whole number above zero")
    return int(value)


def lowered(kind: int, soft: int, hard: int) -> None:
    """Set a bound, never above one that holds already."""
    held = resource.getrlimit(kind)[1]
    most = hard if held == resource.RLIM_INFINITY else min(hard, held)
    resource.setrlimit(kind, (min(soft, most), most))


def bound(environment: Mapping[str, str]) -> None:
    """Bound this process.

    Too much memory becomes a ``MemoryError``; too much time a :class:`BookError`, and where
    that cannot be raised the process is ended a minute later.

    Raises:
        BookError: a bound in the environment is no number.

    """
    memory, seconds = limit_of(MEMORY, environment) * MIB, limit_of(TIME, environment)

    def stop(_signal: int, _frame: object) -> None:
        what = f"The build took more than {seconds:,} seconds of processor time and was stopped"
        raise BookError(what, cure=f"look for what is too large, or raise {TIME}")

    signal.signal(signal.SIGXCPU, stop)
    lowered(resource.RLIMIT_AS, memory, memory)
    lowered(resource.RLIMIT_CPU, seconds, seconds + GRACE)
