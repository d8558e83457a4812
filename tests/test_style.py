"""Ruff, ruff's format and mypy at its strictest, as ``nox -s style`` runs them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

CODE = ("scripts", "tests", "noxfile.py", "docs/conf.py")
COMMANDS = {
    "ruff": ("ruff", "check", "--no-cache", *CODE),
    "format": ("ruff", "format", "--no-cache", "--check", *CODE),
    "mypy": ("mypy",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_code_is_clean(name: str, repository: Path) -> None:
    command = [sys.executable, "-m", *COMMANDS[name]]
    result = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_registry_and_no_path_of_a_machine_stands_in_any_file(repository: Path) -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com"]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout
    # Links are among the hostile fixtures; what they name is no file of ours.
    files = [n for n in listed.split("\0") if n and not (repository / n).is_symlink()]
    texts = {name: (repository / name).read_bytes() for name in files}
    found = [
        f"{name}: {words}"
        for name, content in texts.items()
        for words in [*hosts, str(repository) + "/"]
        if words.encode() in content
    ]
    assert found == []
