"""The checkers from npm: locked without a registry's name, run by the wheel's Node."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.npm import Packages, node, packages_of
from speechbook.problems import BookError

if TYPE_CHECKING:
    from pathlib import Path


def test_every_locked_package_has_a_hash_and_no_registry(repository: Path) -> None:
    lock = json.loads((repository / ".lock" / "npm" / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in entry for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_an_installed_program_runs_under_the_wheels_node(repository: Path) -> None:
    packages = packages_of(repository)
    packages.install()
    command = packages.command("bibtex-tidy", ["--version"])
    assert command[0] == str(node())
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    wanted = json.loads((packages.folder / "package.json").read_text("utf-8"))["dependencies"]
    assert result.stdout.strip() == f"v{wanted['bibtex-tidy']}"


def test_another_lock_is_not_what_is_installed(tmp_path: Path) -> None:
    packages = Packages(tmp_path)
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules" / ".installed-lock.json").write_text("{}")
    assert packages.installed
    (tmp_path / "package-lock.json").write_text('{"packages": {}}')
    assert not packages.installed


def test_a_broken_lock_ends_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text("no lock")
    with pytest.raises(BookError, match="could not be installed"):
        Packages(tmp_path).install()


def test_a_missing_program_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"no \.bin/ace-cli; run"):
        Packages(tmp_path).command("ace-cli", [])
