"""The hooks for pre-commit, run by pre-commit itself in a repository of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HOOKS = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
PROGRAMS = Path(sys.executable).parent
BAD = "@book{a,\n  author = {One, A.},\n  title = {T},\n  publisher = {P},\n  year = {1956},\n"
IDENTITY = {
    f"GIT_{who}_{what}": "test@example.org"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with this Python's programs found first."""
    path = os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])
    surroundings = {
        **os.environ,
        **IDENTITY,
        "PATH": path,
        "PRE_COMMIT_HOME": str(folder / ".home"),
    }
    return subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )


def hooks() -> list[dict[str, Any]]:
    """Return the hooks that other repositories get."""
    listed: list[dict[str, Any]] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    return listed


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository that uses the hooks, with one file that has something to mend."""
    local = [{**hook, "language": "system"} for hook in hooks()]
    settings = {"repos": [{"repo": "local", "hooks": local}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (tmp_path / "a.bib").write_text(f"{BAD}  pages = {{1-9}},\n}}\n", encoding="utf-8")
    for command in (["init", "--quiet"], ["add", "."]):
        assert run(tmp_path, "git", *command).returncode == 0
    return tmp_path


def test_pre_commit_accepts_the_list_of_hooks(tmp_path: Path) -> None:
    result = run(tmp_path, sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS))
    assert result.returncode == 0, result.stdout


def test_a_finding_stops_the_commit_and_its_mending_lets_it_pass(repository: Path) -> None:
    pre_commit = (sys.executable, "-m", "pre_commit", "run")
    stopped = run(repository, *pre_commit, "citelint")
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "a.bib:6:" in stopped.stdout
    assert "FLD070" in stopped.stdout
    mended = run(repository, *pre_commit, "citelint-fix")
    assert "files were modified by this hook" in mended.stdout
    assert "pages = {1--9}" in (repository / "a.bib").read_text(encoding="utf-8")
    assert run(repository, "git", "add", "a.bib").returncode == 0
    passed = run(repository, *pre_commit, "citelint")
    assert passed.returncode == 0, passed.stdout


def test_files_of_another_kind_call_for_no_hook(repository: Path) -> None:
    assert run(repository, "git", "rm", "--quiet", "--cached", "-r", ".").returncode == 0
    (repository / "a.txt").write_text("", encoding="utf-8")
    assert run(repository, "git", "add", "a.txt", ".pre-commit-config.yaml").returncode == 0
    result = run(repository, sys.executable, "-m", "pre_commit", "run", "citelint")
    assert "no files to check" in result.stdout.lower()
