"""Answers kept on disk, one file each, so that nothing is asked twice.

A file is written beside its place and renamed there; one that is broken counts as absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def default_folder(environment: Mapping[str, str]) -> Path:
    """Return ``CITELINT_CACHE``, else the place for caches (XDG Base Directory Specification)."""
    if environment.get("CITELINT_CACHE"):
        return Path(environment["CITELINT_CACHE"])
    if sys.platform == "win32" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"]) / "citelint"
    caches = environment.get("XDG_CACHE_HOME", "")
    # Relative paths there are to be ignored, says the specification.
    return (Path(caches) if caches.startswith("/") else Path.home() / ".cache") / "citelint"


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
            write_whole(path, json.dumps(document, ensure_ascii=False))
        except OSError as error:
            self.trouble = f"answers cannot be kept in {path.parent} ({error.strerror})"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is never half written.

    Raises:
        OSError: it cannot be written.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode("utf-8", "surrogatepass")
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        try:
            temporary.write(content)
        except OSError:
            Path(temporary.name).unlink(missing_ok=True)
            raise
    os.replace(temporary.name, path)  # noqa: PTH105 - Path.replace has no advantage here
