"""Pictures of the book: from allowed folders only, checked, copied beside the Typst sources."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.typst import svg

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Picture:
    """A picture ready for print: ``path`` is absolute in the root that Typst sees."""

    path: str
    source: Path


class ImageFaultError(Exception):
    """A picture that must not or cannot be printed; the message is a whole sentence."""


class ImageShelf:
    """Copies pictures into ``folder`` and gives the path by which Typst reads them.

    ``roots`` are the folders from which pictures may come; links in the file system are
    followed before the comparison.
    """

    def __init__(self, folder: Path, roots: list[Path]) -> None:
        self._folder = folder
        self._roots = [root.resolve() for root in roots]
        self._pictures: dict[Path, Picture] = {}

    def take(self, uri: str, srcdir: Path) -> Picture:
        """Check the picture at ``uri``, relative to ``srcdir``, and copy it once.

        Raises:
            ImageFaultError: it is remote, outside the allowed folders, missing or unsafe.

        """
        if "://" in uri or uri.startswith(("data:", "//")):
            raise ImageFaultError(
                f"The picture ‘{uri[:80]}’ is not a file of the book; "
                "put the file beside the chapters and name it."
            )
        source = (srcdir / uri).resolve()
        if source not in self._pictures:
            self._pictures[source] = self._add(source, uri)
        return self._pictures[source]

    def _add(self, source: Path, uri: str) -> Picture:
        self._check(source, uri)
        digest = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
        name = f"{source.stem}-{digest}{source.suffix.lower()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, self._folder / name)
        return Picture(f"/{self._folder.name}/{name}", source)

    def _check(self, source: Path, uri: str) -> None:
        if not any(source.is_relative_to(root) for root in self._roots):
            raise ImageFaultError(
                f"The picture ‘{uri}’ lies outside the book’s folders; move it into them."
            )
        if not source.is_file():
            raise ImageFaultError(f"The picture ‘{uri}’ is not there; check its name.")
        if source.suffix.lower() == ".svg" and (fault := svg.fault_of(source)):
            raise ImageFaultError(f"The drawing ‘{uri}’ {fault}; take that out.")

    def drawings(self) -> list[Path]:
        """Give the sources of all drawings taken so far."""
        return sorted(path for path in self._pictures if path.suffix.lower() == ".svg")
