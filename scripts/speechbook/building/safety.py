"""What a book must not carry, found by citelint's family ``SEC`` before Sphinx reads anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.checking import check
from citelint.config import Settings, SettingsError, read_settings
from citelint.discovery import UnreadableError
from citelint.reading import SETTINGS_FILE, read_project
from citelint.rules import ALL_RULES
from speechbook.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from citelint.findings import Finding
    from speechbook.building.paths import BookPaths

FAMILY = "SEC"


def settings_of(root: Path) -> Settings:
    """Return the bounds that the book sets itself, the usual ones where it sets none.

    Its choice of rules does not matter here: the whole family runs.

    Raises:
        SettingsError: the settings cannot be used.

    """
    path = root / SETTINGS_FILE
    return read_settings(path) if path.is_file() else Settings()


def problem_of(finding: Finding, root: Path) -> Problem:
    """Turn a finding into a problem; what stands behind the semicolon is the cure."""
    what, _, cure = finding.message.rpartition("; ")
    what = what or cure
    place = Place(root / finding.path, finding.line, finding.column)
    return Problem(f"{what[:1].upper()}{what[1:]} ({finding.code})", place, cure)


def safety_problems(paths: BookPaths) -> tuple[Problem, ...]:
    """Return what must not be in the sources; nothing means that Sphinx may read them."""
    sources = tuple(path for path in (paths.docs, paths.bibliography) if path.exists())
    rules = [rule for rule in ALL_RULES if rule.family == FAMILY]
    try:
        settings = settings_of(paths.root)
        reading = read_project(paths.root, settings, sources, is_whole=True)
    except (SettingsError, UnreadableError) as error:
        return (Problem(str(error)),)
    return tuple(problem_of(finding, paths.root) for finding in check(reading.project, rules))
