"""Zip files that come out the same, byte for byte, wherever and whenever they are made."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

REGULAR_FILE_READABLE_BY_ALL = 0o100644
UNIX = 3
#: Files that are packed already: to pack them again takes time and saves nothing.
PACKED = (".epub", ".pdf", ".png", ".woff2")


def zip_entry(name: str, seconds: int, *, stored: bool) -> zipfile.ZipInfo:
    """Return an entry's header: fixed time (UTC), permissions and system."""
    entry = zipfile.ZipInfo(name, time.gmtime(seconds)[:6])
    entry.external_attr = REGULAR_FILE_READABLE_BY_ALL << 16
    entry.create_system = UNIX
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


def write_archive(
    target: Path, members: Iterable[tuple[str, bytes]], seconds: int, stored: Sequence[str] = ()
) -> None:
    """Write (name, content) pairs in the order given; what ends as *stored* says, uncompressed."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            entry = zip_entry(name, seconds, stored=name.endswith(tuple(stored)))
            archive.writestr(entry, content, compresslevel=9)


def folder_members(folder: Path, prefix: str = "") -> Iterable[tuple[str, bytes]]:
    """Yield the files below *folder*, sorted by name, named below *prefix*."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        yield prefix + path.relative_to(folder).as_posix(), path.read_bytes()
