"""A seeded share of the campaign against spoilt files, and files made to be hard to read."""

from __future__ import annotations

import pytest

from citelint.checking import check
from citelint.rules import ALL_RULES
from tests.campaign.citelint_mutations import found_in, run
from tests.campaign.texts import BIBLIOGRAPHIES

SHARE, FIRST = 1_000, 1_000_000
SMALL = 20_000


def test_spoilt_files() -> None:
    assert len(list(run(range(FIRST, FIRST + SHARE)))) == SHARE


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_hostile_files_come_to_an_end(name: str) -> None:
    findings, project = found_in(BIBLIOGRAPHIES[name](SMALL))
    assert findings == check(project, ALL_RULES)


def test_a_line_of_ten_megabytes() -> None:
    findings, _ = found_in("@book{a, title = {" + "word " * 2_000_000 + "}\nyear = 1956}")
    assert "BIB003" in {finding.code for finding in findings}


def test_ten_thousand_braces() -> None:
    findings, _ = found_in("@book{a, title = " + "{" * 10_000 + "}" * 10_000 + "}\n")
    assert [f.line for f in findings if f.code == "BIB001"] == [1]
