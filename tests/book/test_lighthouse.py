"""Lighthouse's scores that no busy machine can change, on a share of the templates.

All templates, performance too: ``nox -s bench -- lighthouse``.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.browser import require_chromium
from speechbook.audit.lighthouse import CATEGORIES, run_lighthouse
from speechbook.audit.serving import serving
from speechbook.bench.lighthouse import PAGES

if TYPE_CHECKING:
    from speechbook.audit.npm import Packages
    from tests.book.conftest import BuiltBook

STEADY = tuple(name for name in CATEGORIES if name != "performance")
SHARE = random.Random(25021956).sample(PAGES, 3)  # noqa: S311 - the same share every time


@pytest.mark.parametrize("page", SHARE)
def test_scores_are_full(book: BuiltBook, packages: Packages, page: str) -> None:
    with serving(book.dist / "html") as address:
        found = run_lighthouse(packages, require_chromium(), f"{address}{page}.html", STEADY)
    assert found.scores == dict.fromkeys(STEADY, 100), found.faults
