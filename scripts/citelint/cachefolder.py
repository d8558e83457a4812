"""Where citelint keeps what it need not find out twice, and how it is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def default_folder(environment: Mapping[str, str]) -> Path:
    """Return ``CITELINT_CACHE``, else the place for caches (XDG Base Directory Specification)."""
    if environment.get("CITELINT_CACHE"):
        return Path(environment["CITELINT_CACHE"])
    if sys.platform == "win32" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"]) / "citelint"
    caches = environment.get("XDG_CACHE_HOME", "")
    # Relative paths there are to be ignored, says the specification.
    return (Path(caches) if caches.startswith("/") else Path.home() / ".cache") / "citelint"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never half written.

    Raises:
        OSError: it cannot be written.

    """
    import tempfile  # noqa: PLC0415 - most runs write nothing

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
        try:
            temporary.write(content)
        except OSError:
            Path(temporary.name).unlink(missing_ok=True)
            raise
    os.replace(temporary.name, path)  # noqa: PTH105 - Path.replace has no advantage here
