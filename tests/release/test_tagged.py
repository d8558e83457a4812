"""A release is laid out only where tag, version, CITATION.cff and changelog agree."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from speechbook.problems import BookError
from speechbook.release.tagged import FILES, notes_of, prepare_release

if TYPE_CHECKING:
    from pathlib import Path

CHANGELOG = """# Changelog

## 1.1.0 – unreleased

- Not yet.

## 1.0.0 – 1 March 2027

- All of it.

## 0.9.0 – 2026-12-01

- Most of it.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a book that has been built and may be released as 1.0.0."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text("version: 1.0.0\n", encoding="utf-8")
    (tmp_path / "dist").mkdir()
    for name in FILES:
        (tmp_path / "dist" / name).write_bytes(name.encode())
    return tmp_path


def test_release_carries_files_checksums_and_notes(root: Path) -> None:
    folder = prepare_release(root, "v1.0.0", "1.0.0")
    files = {path.name: path.read_bytes() for path in (folder / "files").iterdir()}
    listed = files.pop("SHA256SUMS").decode().splitlines()
    assert files == {name: name.encode() for name in FILES}
    assert listed == [f"{hashlib.sha256(files[n]).hexdigest()}  {n}" for n in sorted(files)]
    assert (folder / "notes.md").read_text(encoding="utf-8") == "- All of it.\n"


def test_last_section_of_the_changelog_ends_with_the_file() -> None:
    assert notes_of(CHANGELOG, "0.9.0") == "- Most of it.\n"


@pytest.mark.parametrize(
    ("tag", "version", "reason"),
    [
        ("v1.0.1", "1.0.0", "tag 'v1.0.1' is not of version 1.0.0"),
        ("v1.1.0", "1.1.0", "CITATION.cff names version 1.0.0"),
        ("", "1.0.0", "tag '' is not"),
    ],
)
def test_what_disagrees_stops_the_release(root: Path, tag: str, version: str, reason: str) -> None:
    with pytest.raises(BookError, match=reason):
        prepare_release(root, tag, version)


def test_version_without_a_day_is_not_released(root: Path) -> None:
    (root / "CITATION.cff").write_text("version: 1.1.0\n", encoding="utf-8")
    with pytest.raises(BookError, match=r"CHANGELOG.md.*has no day of release"):
        prepare_release(root, "v1.1.0", "1.1.0")


def test_missing_file_stops_the_release(root: Path) -> None:
    (root / "dist" / "secret-speech.epub").unlink()
    with pytest.raises(BookError, match=r"holds no secret-speech.epub"):
        prepare_release(root, "v1.0.0", "1.0.0")
