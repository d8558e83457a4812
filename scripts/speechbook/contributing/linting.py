"""The citation linter over the whole book, as ``citelint check`` runs it without arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.checking import check, is_selected
from citelint.config import SettingsError
from citelint.discovery import UnreadableError, default_paths
from citelint.reading import read_project, settings_for
from citelint.rules import ALL_RULES
from speechbook.problems import BookError

if TYPE_CHECKING:
    from pathlib import Path

    from citelint.findings import Finding
    from citelint.reading import Reading
    from citelint.rules.base import Rule

#: The family of rules about what a book must not carry.
UNSAFE = "SEC"


@dataclass(frozen=True)
class Linted:
    """What the linter read, with which rules, and what it found."""

    reading: Reading
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]

    @property
    def is_unsafe(self) -> bool:
        """Say whether something was found that Sphinx must not read."""
        return any(finding.code.startswith(UNSAFE) for finding in self.findings)


def lint(root: Path) -> Linted:
    """Run the linter as ``citelint check`` does without arguments.

    Raises:
        BookError: the settings or a file cannot be read.

    """
    try:
        root, settings = settings_for(root, None)
        paths = tuple(root / path for path in settings.paths) or default_paths(root)
        reading = read_project(root, settings, paths, is_whole=True)
    except (SettingsError, UnreadableError) as error:
        raise BookError(str(error)) from error
    rules = tuple(r for r in ALL_RULES if is_selected(r, settings.select, settings.ignore))
    return Linted(reading, rules, tuple(check(reading.project, rules)))
