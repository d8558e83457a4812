"""The rules about chapters on mutated chapters and on text made to slow them down."""

from __future__ import annotations

import time

import pytest

from citelint.rules import ALL_RULES
from tests.campaign.citelint_chapters import project_of, run

RULES = [rule for rule in ALL_RULES if rule.scope == "chapter"]
SHARE, FIRST = 300, 1_000_000
#: Seconds of processor time for 40 kB; a tenth is usual.
MOST = 3.0
PIECES = (
    "A (1998) {cite:p}`a{1-2}` ", "A (1998) {cite:p}`a`. ", "{cite:p}`" + "a{1}," * 20 + "a` ",
    "a[^a]. ", "[^a]", "a [^b] ", "[^a]: Ibid. “a b c d e f g h i” quoted in {cite}`a`\n\n",
    "“a b c d e f g h i j” said A. ", "> a b c d e f g h i j\n\nfoo\n\n", "http://a.b/c ",
    "# a[^b] {cite}`a`\n\n", "{cite:t}`a` A ", "(A 1999) ", "TODO ??? [check x] ", "(A, ",
    "- a {cite}`a`\n- “b\n", "*a ", "_a ", "{cite}`a{" + "1-2," * 50 + "}` ",
    "{cite}`a{" + "i" * 200 + "-}` ", '{attribution="a {b}"}\n> c\n\n', "a" + " " * 300 + "[^b]",
)  # fmt: skip


def test_spoilt_chapters() -> None:
    assert len(list(run(range(FIRST, FIRST + SHARE)))) == SHARE


@pytest.mark.parametrize("piece", PIECES)
def test_no_rule_takes_more_than_its_time(piece: str) -> None:
    project = project_of((piece * (40_000 // len(piece) + 1))[:40_000])
    start = time.process_time()
    for rule in RULES:
        for _ in rule.check(project.chapters[0], project):
            pass
    assert time.process_time() - start < MOST
