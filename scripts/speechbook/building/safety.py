"""What a book must not carry, found by citelint's family ``SEC`` before Sphinx reads anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.checking import check
from citelint.config import Settings, SettingsError, read_settings
from citelint.discovery import UnreadableError
from citelint.project import Project
from citelint.reading import SETTINGS_FILE, read_project
from citelint.rules import ALL_RULES
from citelint.safety.listing import listing
from speechbook.problems import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from citelint.findings import Finding
    from speechbook.building.paths import BookPaths

RULES = tuple(rule for rule in ALL_RULES if rule.family == "SEC")


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
    """Return what must not be in the sources; nothing means that Sphinx may read them.

    Names, links and sizes come first: what is too large is not even read here.
    """
    sources = tuple(path for path in (paths.docs, paths.bibliography) if path.exists())
    try:
        settings = settings_of(paths.root)
        found = listing_findings(paths, settings, sources)
        if not found:
            reading = read_project(paths.root, settings, sources, is_whole=True, keeps=True)
            found = check(reading.project, RULES)
    except (SettingsError, UnreadableError) as error:
        return (Problem(str(error)),)
    return tuple(problem_of(finding, paths.root) for finding in found)


def listing_findings(
    paths: BookPaths, settings: Settings, sources: tuple[Path, ...]
) -> list[Finding]:
    """Return what can be said of the files without reading them."""
    project = Project(
        root=paths.root,
        settings=settings,
        listing=listing(sources, paths.root),
        source_folder=paths.docs.relative_to(paths.root),
    )
    return check(project, [rule for rule in RULES if rule.scope == "listing"])
