"""Ten thousand spoilt contributions; the campaign runs four times as many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.campaign.hostile_fuzz import run

if TYPE_CHECKING:
    from pathlib import Path

COUNT, SLICE, FIRST = 10_000, 2_500, 1_000_000


@pytest.mark.parametrize("start", range(FIRST, FIRST + COUNT, SLICE))
def test_spoilt_contributions_end_in_findings(start: int, tmp_path: Path) -> None:
    assert run(range(start, start + SLICE), tmp_path) == SLICE
