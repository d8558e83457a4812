"""The largest chapter that is accepted, and one byte more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.cli import CLEAN, FOUND, main
from citelint.config import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LIMIT = Settings().max_file_bytes
SENTENCE = "The delegates heard the speech in closed session, and nobody asked anything.\n\n"


def chapter_of(size: int) -> str:
    """Return a chapter of so many bytes."""
    text = "# The largest chapter\n\n" + SENTENCE * (size // len(SENTENCE))
    return text[: size - 1].rstrip().ljust(size - 1, ".") + "\n"


def test_the_limit_is_the_one_that_contributors_are_told() -> None:
    assert LIMIT == 1_000_000


def test_the_largest_chapter_is_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chapter.md"
    path.write_text(chapter_of(LIMIT), encoding="utf-8")
    assert path.stat().st_size == LIMIT
    assert main(["check", "--select", "SEC", str(path)]) == CLEAN, capsys.readouterr().out


def test_one_byte_more_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chapter.md"
    path.write_text(chapter_of(LIMIT + 1), encoding="utf-8")
    assert main(["check", "--select", "SEC", str(path)]) == FOUND
    said = capsys.readouterr().out
    assert "SEC001" in said
    assert "this file has 1,000,001 bytes and may have 1,000,000; split it" in said
