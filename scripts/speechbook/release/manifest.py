"""The list of what was made: ``manifest.json`` and ``SHA256SUMS``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from speechbook.release.commit import Commit

MANIFEST, CHECKSUMS = "manifest.json", "SHA256SUMS"


@dataclass(frozen=True)
class ListedFile:
    """A file of the release: path below ``dist/`` with slashes, size, checksum in hex."""

    path: str
    bytes: int
    sha256: str


def listed(folder: Path) -> tuple[ListedFile, ...]:
    """List every file below *folder*, sorted by path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(
        ListedFile(
            path.relative_to(folder).as_posix(),
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in paths
    )


def manifest(files: Sequence[ListedFile], version: str, commit: Commit) -> str:
    """Return the manifest as JSON: version, commit, date and the files."""
    document = {
        "version": version,
        "commit": commit.name,
        "date": commit.date,
        "files": [asdict(file) for file in files],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def checksums(files: Sequence[ListedFile]) -> str:
    """Return lines that ``sha256sum --check`` reads."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)


def write_lists(folder: Path, version: str, commit: Commit) -> tuple[ListedFile, ...]:
    """Write both lists into *folder* and return the files they list."""
    files = listed(folder)
    (folder / MANIFEST).write_text(manifest(files, version, commit), encoding="utf-8")
    (folder / CHECKSUMS).write_text(checksums(files), encoding="utf-8")
    return files
