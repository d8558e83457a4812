"""The audit as a command: what it prints, what it leaves, and that it names the source's line."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.__main__ import REPORT, main

if TYPE_CHECKING:
    from pathlib import Path

    from tests.audit.parity.conftest import Made

COMPARED = "the three formats compared"
LOST = "The last paragraph of the section."


@pytest.fixture
def spoilt(made: Made, tmp_path: Path) -> Path:
    """Return a copy of the finished book whose EPUB lacks a paragraph."""
    dist = tmp_path / "dist"
    shutil.copytree(made.paths.dist, dist)
    with zipfile.ZipFile(dist / "secret-speech.epub", "w") as archive:
        for name, content in made.epub_files.items():
            archive.writestr(name, content.replace(LOST.encode(), b""))
    return dist


def run(made: Made, dist: Path, way: str) -> int:
    """Run the comparison over a finished book."""
    where = ["--root", str(made.paths.root), "--dist", str(dist)]
    return main([*where, "--only", COMPARED, "--format", way])


def line_of(made: Made) -> int:
    """Return the line of the source that holds the lost paragraph."""
    text = (made.paths.docs / "chapters" / "01-first.md").read_text(encoding="utf-8")
    return 1 + text[: text.index(LOST)].count("\n")


def test_sound_book_has_nothing_and_leaves_an_empty_report(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, made.paths.dist, "text") == 0
    assert capsys.readouterr().out == f"{COMPARED}: nothing found\n"
    assert json.loads((made.paths.root / REPORT).read_text(encoding="utf-8")) == []


def test_lost_paragraph_is_told_with_its_line(
    made: Made, spoilt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, spoilt, "text") == 1
    said = capsys.readouterr().out
    assert f"docs/chapters/01-first.md:{line_of(made)}: " in said
    assert LOST in said


def test_json_names_audit_path_and_line(
    made: Made, spoilt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, spoilt, "json") == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert row["audit"] == COMPARED
    assert (row["path"], row["line"]) == ("docs/chapters/01-first.md", line_of(made))
    assert LOST in row["what"]


def test_github_marks_the_line(
    made: Made, spoilt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, spoilt, "github") == 1
    wanted = f"::error file=docs/chapters/01-first.md,line={line_of(made)}::"
    assert wanted in capsys.readouterr().out


def test_missing_book_is_told_in_a_sentence(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--root", str(made.paths.root), "--dist", str(tmp_path)]
    assert main([*where, "--only", "links inside the formats"]) == 2
    assert "run nox -s book first" in capsys.readouterr().err
