"""The tiny book's site, built once for the tests that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from tests.conftest import make_tiny_book
from tests.sphinxext.story_book import write_story

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny book's site and return its folder."""
    paths = make_tiny_book(tmp_path_factory.mktemp("site"))
    return prepare(paths, Steps(quiet=True)).html()


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a tiny book with a story and return its folder."""
    paths = make_tiny_book(tmp_path_factory.mktemp("story"))
    write_story(paths)
    return prepare(paths, Steps(quiet=True)).html()
