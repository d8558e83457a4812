"""Which commit is being built, and when it was made."""

from __future__ import annotations

import datetime
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: The first moment that a zip file can record; used where neither git nor the
#: environment tells the time (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.6).
EARLIEST = 315532800
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Commit:
    """A commit's name and its time in seconds since 1970, UTC."""

    name: str
    time: int

    @property
    def date(self) -> str:
        """Return the day as ``2026-11-23``."""
        return datetime.datetime.fromtimestamp(self.time, datetime.UTC).date().isoformat()


def git_commit(folder: Path) -> Commit | None:
    """Return git's HEAD, or nothing outside a repository."""
    command = ["git", "-C", str(folder), "log", "-1", "--format=%H %ct"]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return None
    name, _, seconds = result.stdout.strip().partition(" ")
    return Commit(name, int(seconds)) if result.returncode == 0 and seconds else None


def current_commit(folder: Path, environment: Mapping[str, str] = os.environ) -> Commit:
    """Return the commit, its time overruled by ``SOURCE_DATE_EPOCH``.

    Source: https://reproducible-builds.org/specs/source-date-epoch/
    """
    commit = git_commit(folder) or Commit(UNKNOWN, EARLIEST)
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    return Commit(commit.name, max(int(epoch), EARLIEST)) if epoch.isdigit() else commit
