"""What the tests share: the repository, and a tiny book to build and to break."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from speechbook.audit.browser import FLAGS, require_chromium
from speechbook.audit.npm import Packages, packages_of
from speechbook.building.paths import BookPaths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).resolve().parent.parent
# How long an example takes is no test's business, least of all on a busy machine.
settings.register_profile("book", deadline=None)
settings.load_profile("book")
TINY = REPOSITORY / "tests" / "roots" / "tiny"


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the repository's folder."""
    return REPOSITORY


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, once for all tests: Playwright bears no second one beside it."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
        yield started
        started.close()


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
