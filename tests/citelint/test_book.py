"""The book keeps every rule, opinions included, but for four that are against its own way."""

from __future__ import annotations

import re
from pathlib import Path

from citelint.checking import check, is_selected
from citelint.reading import read_project, settings_for
from citelint.rules import ALL_RULES

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_book_has_no_finding() -> None:
    root, settings = settings_for(REPOSITORY, None)
    assert settings.paths
    paths = tuple(root / path for path in settings.paths)
    reading = read_project(root, settings, paths, is_whole=True)
    assert len(reading.project.chapters) > 30
    assert len(reading.project.records) > 400
    found = check(
        reading.project,
        [rule for rule in ALL_RULES if is_selected(rule, settings.select, settings.ignore)],
    )
    assert not found, "\n".join(
        f"{f.path}:{f.line}:{f.column}: {f.code} {f.message}" for f in found
    )


def test_every_rule_is_on_but_for_four_opinions() -> None:
    _, settings = settings_for(REPOSITORY, None)
    off = [rule for rule in ALL_RULES if not is_selected(rule, settings.select, settings.ignore)]
    assert {rule.code for rule in off} == {"BIB065", "PRO008", "TTL006", "TTL010"}
    assert not any(rule.default for rule in off)


def test_lint_asks_for_nothing_less() -> None:
    noxfile = (REPOSITORY / "noxfile.py").read_text(encoding="utf-8")
    assert re.search(r'session\.run\("citelint", "check", \*session\.posargs\)', noxfile)
