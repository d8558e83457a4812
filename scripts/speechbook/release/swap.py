"""Put a finished folder in the place of the last one, and never leave half of one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def recover(target: Path) -> None:
    """Finish or undo a swap that was cut short: the last good folder comes back."""
    old = target.with_name(f"{target.name}.old")
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def swap_in(finished: Path, target: Path) -> None:
    """Rename *finished* to *target*; both must lie on one file system."""
    recover(target)
    old = target.with_name(f"{target.name}.old")
    if target.exists():
        target.rename(old)
    finished.rename(target)
    shutil.rmtree(old, ignore_errors=True)
