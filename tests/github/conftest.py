"""The workflows as they are read, and a clean clone to run their commands in."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))


@dataclass(frozen=True)
class Step:
    """A step of a workflow's job."""

    workflow: str
    job: str
    content: dict[str, Any]

    @property
    def run(self) -> str:
        """Return its command, "" where it uses an action."""
        return str(self.content.get("run", ""))


def read(path: Path) -> dict[str, Any]:
    """Read a workflow; YAML 1.1 reads the key ``on`` as true."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document


def steps() -> Iterator[Step]:
    """Yield every step of every workflow."""
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            for content in job["steps"]:
                yield Step(path.stem, name, content)


def surroundings(**changes: str) -> dict[str, str]:
    """Return the surroundings of a command: our programs first, no CI's variables."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "BOOK_", "CI"))}
    programs = str(Path(sys.executable).parent)
    return {**mine, "PATH": os.pathsep.join([programs, mine["PATH"]]), **changes}


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of the repository with what stands in the folder, as a checkout has it."""
    folder = tmp_path_factory.mktemp("runner") / "work"
    cloning = ["git", "clone", "--quiet", str(REPOSITORY), str(folder)]
    subprocess.run(cloning, check=True, capture_output=True)
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    names = listed.stdout
    for name in filter(None, names.split("\0")):
        source, place = REPOSITORY / name, folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.is_file():
            place.write_bytes(source.read_bytes())
        else:
            place.unlink(missing_ok=True)
    return folder
