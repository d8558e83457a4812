"""The rules about chapters on mutated chapters and on text made to slow them down."""

from __future__ import annotations

import pytest

from citelint.checking import check
from citelint.rules import ALL_RULES
from tests.campaign.citelint_chapters import project_of, run
from tests.campaign.citelint_mutations import assert_places
from tests.campaign.texts import CITING_CHAPTERS, RULED

RULES = [rule for rule in ALL_RULES if rule.scope == "chapter"]
SHARE, FIRST = 300, 1_000_000
SIZE = 40_000
HARD = {**CITING_CHAPTERS, **RULED}


def test_spoilt_chapters() -> None:
    assert len(list(run(range(FIRST, FIRST + SHARE)))) == SHARE


@pytest.mark.parametrize("name", HARD)
def test_every_rule_comes_to_its_end(name: str) -> None:
    project = project_of(HARD[name](SIZE))
    assert_places(check(project, RULES), project.chapters[0].source)
