"""What the tests share: the repository, and a tiny book to build and to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from speechbook.building.paths import BookPaths

REPOSITORY = Path(__file__).resolve().parent.parent
TINY = REPOSITORY / "tests" / "roots" / "tiny"


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the repository's folder."""
    return REPOSITORY


@pytest.fixture
def tiny_book(tmp_path: Path) -> BookPaths:
    """Return a book of two chapters with the real book's settings, templates and styles."""
    root = tmp_path / "tiny"
    shutil.copytree(TINY, root / "docs")
    (root / "docs" / "references.bib").rename(root / "references.bib")
    shutil.copy(REPOSITORY / "docs" / "conf.py", root / "docs" / "conf.py")
    for folder in ("_templates", "_static"):
        shutil.copytree(REPOSITORY / "docs" / folder, root / "docs" / folder)
    return BookPaths(root)
