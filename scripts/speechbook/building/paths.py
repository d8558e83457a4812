"""Where things stand in the repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class BookPaths:
    """The folders of one book, all below *root* unless told otherwise."""

    root: Path

    @property
    def docs(self) -> Path:
        """The sources."""
        return self.root / "docs"

    @property
    def bibliography(self) -> Path:
        """The one .bib file."""
        return self.root / "references.bib"

    @property
    def lock(self) -> Path:
        """The packages that the build installs."""
        return self.root / ".lock" / "book.txt"

    @property
    def build(self) -> Path:
        """What may be thrown away at any time."""
        return self.root / "build"

    @property
    def doctrees(self) -> Path:
        """The environment that the three builders share."""
        return self.build / "doctrees"

    @property
    def dist(self) -> Path:
        """The finished formats."""
        return self.root / "dist"
