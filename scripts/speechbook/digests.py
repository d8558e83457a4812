"""Digests of what decides how something is made, so that it can be kept until that changes."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def digest_of(packages: Iterable[str], files: Mapping[str, Path]) -> str:
    """Return a digest (SHA-256, hexadecimal) of packages' versions, and of files by their names.

    Raises:
        importlib.metadata.PackageNotFoundError: a package is not installed.

    """
    digest = hashlib.sha256(repr([version(name) for name in packages]).encode())
    for name in sorted(files):
        digest.update(name.encode())
        digest.update(hashlib.sha256(files[name].read_bytes()).digest())
    return digest.hexdigest()


def files_below(folder: Path, endings: Iterable[str]) -> dict[str, Path]:
    """Return the files in a folder and its folders that end so, by their names as seen from it."""
    found = (path for path in folder.rglob("*") if path.suffix in endings)
    return {path.relative_to(folder).as_posix(): path for path in found}
