"""The rules about chapters on mutated chapters and on text made to slow them down."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.myst.reader import read_chapter
from citelint.project import PersonRow, Project
from citelint.rules import ALL_RULES
from citelint.text import SourceText, decode
from tests.citelint.myst.test_hostile import CHAPTERS, mutated

RULES = [rule for rule in ALL_RULES if rule.scope == "chapter"]
BIB = "@book{a, author = {A, B}, title = {T}, year = {1999}, publisher = {P}, pages = {1--3}}\n"
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


def project_of(text: str) -> Project:
    """Return a project of one chapter."""
    chapter = read_chapter(SourceText(Path("chapter.md"), text))
    bib_file = scan(SourceText(Path("references.bib"), BIB))
    return Project(
        root=Path(),
        bib_files=(bib_file,),
        records=tuple(records_of(bib_file)),
        chapters=(chapter,),
        people=(PersonRow("Khrushchev, Nikita", ("Chruschtschow",)),),
        evidence_source=chapter.source,
    )


def test_no_rule_stumbles_over_mutated_chapters() -> None:
    chance = random.Random(1953)  # noqa: S311 - repeatable, not secret
    contents = [path.read_bytes() for path in CHAPTERS]
    for _ in range(200):
        content = chance.choice(contents)
        start = chance.randrange(max(1, len(content) - 3000))
        project = project_of(decode(mutated(content[start : start + 3000], chance))[0])
        length = len(project.chapters[0].source.text)
        for rule in RULES:
            for complaint in rule.check(project.chapters[0], project):
                assert 0 <= complaint.start <= complaint.end <= length, rule.code


@pytest.mark.parametrize("piece", PIECES)
def test_no_rule_takes_more_than_its_time(piece: str) -> None:
    project = project_of((piece * (40_000 // len(piece) + 1))[:40_000])
    start = time.process_time()
    for rule in RULES:
        for _ in rule.check(project.chapters[0], project):
            pass
    assert time.process_time() - start < MOST
