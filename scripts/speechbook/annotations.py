"""Problems as GitHub shows them: at their lines.

Source: GitHub's documentation, "Workflow commands", setting an error message.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from citelint.reporters.machine import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from speechbook.problems import Problem


def is_on_github(environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether this runs in a GitHub workflow, which shows findings at their lines."""
    return environment.get("GITHUB_ACTIONS") == "true"


def annotation(problem: Problem, root: Path) -> str:
    """Return a problem as the workflow command that shows it at its line."""
    place = problem.place.relative_to(root) if problem.place else None
    where = f" file={escaped(place.path.as_posix(), is_property=True)}" if place else ""
    where += f",line={place.line}" if place and place.line else ""
    text = f"{problem.what.rstrip('.')}{'; ' if problem.cure else ''}{problem.cure}."
    return f"::error{where}::{escaped(text)}\n"
