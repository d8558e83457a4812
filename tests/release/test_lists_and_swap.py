"""Manifest, checksums, and the swap that never loses the last good book."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from speechbook.release.commit import EARLIEST, Commit, current_commit
from speechbook.release.manifest import write_lists
from speechbook.release.swap import recover, swap_in

if TYPE_CHECKING:
    from pathlib import Path


def folder_with(path: Path, content: str) -> Path:
    """Make a folder with one file."""
    path.mkdir()
    (path / "book.txt").write_text(content, encoding="utf-8")
    return path


def test_manifest_lists_every_file_with_size_and_checksum(tmp_path: Path) -> None:
    folder_with(tmp_path / "html", "Хрущёв")
    write_lists(tmp_path, "0.1.0", Commit("abc", 0))
    document = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256("Хрущёв".encode()).hexdigest()
    assert document == {
        "version": "0.1.0",
        "commit": "abc",
        "date": "1970-01-01",
        "files": [{"path": "html/book.txt", "bytes": 12, "sha256": digest}],
    }


def test_checksums_are_what_sha256sum_reads(tmp_path: Path) -> None:
    folder_with(tmp_path / "html", "text")
    write_lists(tmp_path, "0.1.0", Commit("abc", 0))
    program = shutil.which("sha256sum")
    if program is None:
        lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        digest = hashlib.sha256(b"text").hexdigest()
        assert lines == [f"{digest}  html/book.txt"]
        return
    subprocess.run([program, "--check", "SHA256SUMS"], cwd=tmp_path, check=True)


def test_swap_replaces_the_old_folder(tmp_path: Path) -> None:
    folder_with(tmp_path / "dist", "old")
    swap_in(folder_with(tmp_path / "new", "new"), tmp_path / "dist")
    assert (tmp_path / "dist" / "book.txt").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_swap_cut_short_brings_the_old_folder_back(tmp_path: Path) -> None:
    folder_with(tmp_path / "dist.old", "old")
    recover(tmp_path / "dist")
    assert (tmp_path / "dist" / "book.txt").read_text(encoding="utf-8") == "old"


def test_swap_cut_short_after_the_new_one_keeps_the_new(tmp_path: Path) -> None:
    folder_with(tmp_path / "dist.old", "old")
    folder_with(tmp_path / "dist", "new")
    recover(tmp_path / "dist")
    assert (tmp_path / "dist" / "book.txt").read_text(encoding="utf-8") == "new"
    assert not (tmp_path / "dist.old").exists()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, EARLIEST), ({"SOURCE_DATE_EPOCH": "1456400000"}, 1456400000)],
)
def test_time_outside_a_repository(
    tmp_path: Path, environment: dict[str, str], expected: int
) -> None:
    commit = current_commit(tmp_path, environment)
    assert commit == Commit("unknown", expected)


def test_commit_of_a_repository(repository: Path) -> None:
    commit = current_commit(repository, {})
    assert len(commit.name) == 40
    assert commit.time > 1_700_000_000
