"""The book is the same, byte for byte, whichever Python builds it.

Run by ``nox -s campaign``.  Each build has an environment of its own, a folder, a time zone
and a hash seed; a Python that this machine lacks fails the campaign.  The share of it that
runs with the other tests is ``tests/book/test_dist.py``: two builds by one Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.book.conftest import FIXED_TIME
from tests.conftest import REPOSITORY

VERSIONS = ("3.11", "3.12", "3.13")
ZONES = ("UTC", "Asia/Vladivostok", "America/New_York")


def interpreter(version: str) -> Path:
    """Return a Python of this version: on the PATH, or among pyenv's."""
    found = shutil.which(f"python{version}")
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python{version}"))
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        return Path(sys.executable)
    if kept or found:
        return kept[-1] if kept else Path(str(found))
    pytest.fail(f"There is no Python {version} on this machine; install it to run the campaign.")


def run(command: list[str], folder: Path, **surroundings: str) -> None:
    """Run a command; fail with what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**kept, **surroundings}
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def built_by(version: str, zone: str, folder: Path) -> str:
    """Build the book in an environment of its own and return its checksums."""
    sources = folder / "a folder" / version
    run(["git", "clone", "--quiet", str(REPOSITORY), str(sources)], folder)
    python = folder / "environment" / "bin" / "python"
    run([str(interpreter(version)), "-m", "venv", str(python.parent.parent)], folder)
    install = [str(python), "-m", "pip", "install", "--quiet"]
    run([*install, "--require-hashes", "--requirement", ".lock/book.txt"], sources)
    run([*install, "--no-build-isolation", "--no-deps", "--editable", "."], sources)
    seed = version.replace(".", "")
    build = [str(python), "-m", "speechbook.cli", "build"]
    run(build, sources, SOURCE_DATE_EPOCH=FIXED_TIME, TZ=zone, PYTHONHASHSEED=seed)
    return (sources / "dist" / "SHA256SUMS").read_text(encoding="utf-8")


def test_three_pythons_make_the_same_book(tmp_path: Path) -> None:
    sums = {}
    for version, zone in zip(VERSIONS, ZONES, strict=True):
        folder = tmp_path / version
        folder.mkdir()
        sums[version] = set(built_by(version, zone, folder).splitlines())
        print(f"Python {version}: {len(sums[version])} files")  # noqa: T201
    different = sums["3.11"] ^ sums["3.12"] | sums["3.11"] ^ sums["3.13"]
    assert sorted(different) == []
