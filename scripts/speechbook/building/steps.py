"""Progress for people: a line a step, with its seconds."""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME_WIDTH = 46


@dataclass(frozen=True)
class Steps:
    """Writes each step's name when it starts and its seconds when it ends."""

    stream: TextIO = sys.stderr
    quiet: bool = False

    def say(self, text: str) -> None:
        """Write *text* at once, unless quiet."""
        if not self.quiet:
            self.stream.write(text)
            self.stream.flush()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what runs inside; a step that fails says so before the error is told."""
        self.say(f"{name + ' ':.<{NAME_WIDTH}} ")
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            self.say("stopped\n")
            raise
        self.say(f"{time.perf_counter() - start:5.1f} s\n")
