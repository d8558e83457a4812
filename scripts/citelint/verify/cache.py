"""Answers kept on disk, one file each, so that nothing is asked twice.

A file is written beside its place and renamed there; one that is broken counts as absent.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, NamedTuple

from citelint.cachefolder import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = 86_400.0
#: How long answers are good for: records change seldom; what is missing may come.
KEPT = 30 * DAY
KEPT_ABSENT = 7 * DAY
FOUND = 200


class Answer(NamedTuple):
    """What an address answered: its status, the type of its content, its text."""

    status: int
    kind: str
    text: str


class Cache:
    """Answers by address; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.now = now
        self.trouble = ""

    def place(self, url: str) -> Path | None:
        """Return the file of an address."""
        name = hashlib.sha256(url.encode()).hexdigest()[:40]
        return self.folder / f"{name}.json" if self.folder else None

    def get(self, url: str) -> Answer | None:
        """Return the answer that is kept and not too old."""
        path = self.place(url)
        try:
            kept = json.loads(path.read_bytes()) if path else None
            answer = Answer(kept["status"], kept["kind"], kept["text"]) if kept else None
            age = self.now() - kept["asked"] if kept else 0.0
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if answer is None or not all(map(isinstance, answer, (int, str, str))):
            return None
        longest = KEPT if answer.status == FOUND else KEPT_ABSENT
        return answer if 0 <= age < longest else None

    def put(self, url: str, answer: Answer) -> None:
        """Keep an answer; where that fails, remember why and go on."""
        path = self.place(url)
        if path is None or self.trouble:
            return
        document = {"url": url, "asked": self.now(), **answer._asdict()}
        try:
            text = json.dumps(document, ensure_ascii=False)
            write_whole(path, text.encode("utf-8", "surrogatepass"))
        except OSError as error:
            self.trouble = f"answers cannot be kept in {path.parent} ({error.strerror})"
