"""What the tests share: the repository, and a tiny book to build and to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from speechbook.audit.npm import Packages, packages_of
from speechbook.building.paths import BookPaths

REPOSITORY = Path(__file__).resolve().parent.parent
# How long an example takes is no test's business, least of all on a busy machine.
settings.register_profile("book", deadline=None)
settings.load_profile("book")
TINY = REPOSITORY / "tests" / "roots" / "tiny"


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the repository's folder."""
    return REPOSITORY


def make_tiny_book(folder: Path) -> BookPaths:
    """Make a book of two chapters with the real book's settings, templates and styles."""
    root = folder / "tiny"
    shutil.copytree(TINY, root / "docs")
    (root / "docs" / "references.bib").rename(root / "references.bib")
    shutil.copy(REPOSITORY / "docs" / "conf.py", root / "docs" / "conf.py")
    for name in ("_templates", "_static"):
        shutil.copytree(REPOSITORY / "docs" / name, root / "docs" / name)
    return BookPaths(root)


@pytest.fixture
def tiny_book(tmp_path: Path) -> BookPaths:
    """Return a fresh tiny book to build and to break."""
    return make_tiny_book(tmp_path)


@pytest.fixture(scope="session")
def packages() -> Packages:
    """Return the checkers from npm, installed if need be."""
    found = packages_of(REPOSITORY)
    found.install()
    return found
