"""What reading without a network needs: the service worker's list, and the web app manifest.

https://www.w3.org/TR/service-workers/ and https://www.w3.org/TR/appmanifest/.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: Too large to be fetched unasked, or nothing that a page shows.
NOT_KEPT = (
    *(".pdf", ".epub", ".zip", ".inv", ".xml", ".txt", ".conf", ".md"),
    *(".bib", ".ris", ".csl.json"),
)
#: Pictures that other sites show of a link.
NOT_KEPT_FOLDERS = ("_social/",)
NOT_KEPT_NAMES = frozenset({"service-worker.js", "_headers", "_redirects", "pygments.css"})
LENGTH_OF_A_VERSION = 16


def kept_offline(folder: Path, stubs: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the paths that a service worker keeps, sorted; *stubs* are left out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in files)
    left_out = frozenset(stubs)
    return tuple(sorted(name for name in names if is_kept(name) and name not in left_out))


def is_kept(name: str) -> bool:
    """Say whether a path of the site belongs to reading it."""
    last = name.rpartition("/")[2]
    is_left_out = last.startswith(".") or last in NOT_KEPT_NAMES or last.endswith(NOT_KEPT)
    return not is_left_out and not name.startswith(NOT_KEPT_FOLDERS)


def version_of(folder: Path, names: Iterable[str]) -> str:
    """Return a version that changes whenever a kept file does."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:LENGTH_OF_A_VERSION]


def service_worker(source: str, version: str, names: Iterable[str]) -> str:
    """Return the worker: its version and list, then *source*."""
    files = json.dumps(list(names), ensure_ascii=False, indent=0)
    return f'const VERSION = "{version}";\nconst FILES = {files};\n{source}'


def manifest(title: str, description: str) -> str:
    """Return the web app manifest; its addresses are relative to itself."""
    icon = {"src": "_static/favicon.svg", "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": title,
        "short_name": title,
        "description": description,
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fffdfa",
        "theme_color": "#fffdfa",
        "icons": [icon],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
