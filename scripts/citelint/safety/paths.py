"""Whether a path that a chapter names stays within the project."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from citelint.safety.schemes import undisguised

if TYPE_CHECKING:
    from pathlib import Path

WEB = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?)")
OWN_SCHEME = re.compile(r"(?:path|project):(?://)?", re.IGNORECASE)
#: Names with a dot before them that hide nothing.
OPEN = frozenset({".", "..", ".github", ".gitlab", ".well-known"})
DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\|~")


def local_path(target: str) -> str:
    """Return the path in a link's target, "" where it leads to the web or into the page.

    MyST writes some with a scheme: ``path:../data.csv``.
    """
    plain = undisguised(target)
    plain = OWN_SCHEME.sub("", plain, count=1)
    if WEB.match(plain) and not DRIVE.match(plain):
        return ""
    return unquote(plain.partition("#")[0].partition("?")[0])


def objection(path: str, folder: Path, source_folder: Path, steps_up: int) -> str:
    """Say why a path is none of the project's; "" where it is one.

    *folder* is the chapter's and *source_folder* the one that ``/`` stands for, both as
    seen from the project's root; *steps_up* is how far the project reaches above that.
    """
    if "\0" in path:
        return "holds a NUL byte"
    if DRIVE.match(path) or "\\" in path:
        return "is a path of one machine"
    base = source_folder if path.startswith("/") else folder
    plain = posixpath.normpath(posixpath.join(base.as_posix(), path.lstrip("/")))
    parts = plain.split("/")
    if parts.count("..") > steps_up:
        return "lies outside the project"
    if any(part.startswith(".") and part not in OPEN for part in parts):
        return "is hidden, and hidden files hold settings and secrets"
    return ""
