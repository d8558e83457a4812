"""Chapters that are kept between runs: never out of date, never anybody else's."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint import kept, reading
from citelint.cli import main
from citelint.config import Settings
from citelint.kept import Kept, place_for
from citelint.reading import read_chapter, read_project
from citelint.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable

    from citelint.myst.model import Chapter

TEXT = """---
orphan: true
---

# Heading

He said “no word of it” there {cite:p}`{see}taubman2003{273}`.[^note]

[^note]: {cite:p}`naumov1998`, [more](javascript:alert(1)).

:::{epigraph}
A quotation

-- Somebody
:::

% remark
"""
SOURCE = SourceText(Path("one.md"), TEXT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file in which the chapter is kept."""
    file = tmp_path / "cache" / "one.kept"
    first = Kept(file)
    read_chapter(SOURCE, first)
    first.save(is_whole=True)
    return file


def rewritten(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change what a file holds and give it the digest that belongs to it."""
    payload = change(file.read_bytes()[32:])
    file.write_bytes(hashlib.sha256(payload).digest() + payload)


def test_a_kept_chapter_is_the_one_that_was_read(file: Path) -> None:
    again = SourceText(Path("moved.md"), TEXT)
    chapter = Kept(file).chapter(again)
    assert chapter == read_chapter(again)
    assert chapter is not None
    assert chapter.source is again


def test_another_text_is_another_chapter(file: Path) -> None:
    assert Kept(file).chapter(SourceText(Path("one.md"), TEXT + "\n")) is None


@pytest.mark.parametrize("length", [0, 5, 32, 40, 400])
def test_a_broken_file_counts_as_none(file: Path, length: int) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:length] + bytes([content[length] ^ 1]) + content[length + 1 :])
    assert Kept(file).before == {}
    file.write_bytes(content[:length])
    assert Kept(file).before == {}


def test_what_another_program_kept_is_not_used(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Kept(file).before
    monkeypatch.setattr(kept, "__version__", "0.0.0")
    assert Kept(file).before == {}


def test_a_change_of_the_parser_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "markdown_it").mkdir()
    module = tmp_path / "markdown_it" / "main.py"
    module.write_text("one")
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    before = kept.readers_mark()
    module.write_text("three")
    assert kept.readers_mark() != before


class Planted:
    """What runs a program when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        """Have a module's file written."""
        return (Path.touch, (Path("planted"),))  # type: ignore[return-value]


@pytest.mark.parametrize("place", ["mark", "chapter"])
def test_nothing_that_is_kept_can_run(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    evil = pickle.dumps(Planted())
    chapters = {kept.digest(TEXT): evil}
    if place == "mark":
        rewritten(file, lambda _: evil)
    else:
        rewritten(file, lambda _: pickle.dumps((kept.readers_mark(), chapters)))
    assert Kept(file).chapter(SOURCE) is None
    assert not (tmp_path / "planted").exists()


@pytest.mark.parametrize("parts", [(), ("too", "few"), 5, {"a": 1}])
def test_a_chapter_in_pieces_is_read_anew(file: Path, parts: object) -> None:
    chapters = {kept.digest(TEXT): pickle.dumps(parts)}
    rewritten(file, lambda _: pickle.dumps((kept.readers_mark(), chapters)))
    assert read_chapter(SOURCE, Kept(file)) == read_chapter(SOURCE)


def test_a_file_that_others_may_write_is_not_used(file: Path) -> None:
    file.chmod(0o666)
    assert Kept(file).before == {}


def test_nothing_is_kept_in_the_project(tmp_path: Path) -> None:
    inside = {"CITELINT_CACHE": str(tmp_path / "book" / "cache")}
    outside = {"CITELINT_CACHE": str(tmp_path / "caches")}
    assert place_for(tmp_path / "book", inside) is None
    place = place_for(tmp_path / "book", outside)
    assert place is not None
    assert place.is_relative_to(tmp_path / "caches")
    assert place != place_for(tmp_path / "other-book", outside)


def test_a_link_to_the_project_is_no_way_out(tmp_path: Path) -> None:
    (tmp_path / "book" / "cache").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "book" / "cache")
    environment = {"CITELINT_CACHE": str(tmp_path / "link")}
    assert place_for(tmp_path / "book", environment) is None


def test_a_part_of_the_project_leaves_the_rest(file: Path) -> None:
    other = SourceText(Path("two.md"), "# Two\n")
    part = Kept(file)
    read_chapter(other, part)
    part.save(is_whole=False)
    assert len(Kept(file).before) == 2
    whole = Kept(file)
    read_chapter(SourceText(Path("three.md"), "# Three\n"), whole)
    whole.save(is_whole=True)
    assert len(Kept(file).before) == 1


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    nowhere = Kept(tmp_path / "file" / "one.kept")
    read_chapter(SOURCE, nowhere)
    nowhere.save(is_whole=True)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the chapters noted that are really read."""
    from citelint.myst import reader  # noqa: PLC0415

    read: list[str] = []
    original = reader.read_chapter

    def noting(source: SourceText) -> Chapter:
        read.append(source.shown)
        return original(source)

    monkeypatch.setattr(reader, "read_chapter", noting)
    return read


def test_a_project_reads_what_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITELINT_CACHE", str(tmp_path / "caches"))
    monkeypatch.setattr(reading, "SMALLEST", 10)
    book = tmp_path / "book"
    book.mkdir()
    for name in ("one", "two"):
        (book / f"{name}.md").write_text(TEXT.replace("Heading", name), encoding="utf-8")
    read = counted(monkeypatch)

    def again(*, keeps: bool = True) -> list[str]:
        read.clear()
        read_project(book, Settings(), (book,), is_whole=True, keeps=keeps)
        return list(read)

    assert again() == ["one.md", "two.md"]
    assert again() == []
    (book / "two.md").write_text(TEXT, encoding="utf-8")
    assert again() == ["two.md"]
    assert again(keeps=False) == ["one.md", "two.md"]


def test_findings_are_the_same_and_safety_is_asked_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CITELINT_CACHE", str(tmp_path / "caches"))
    monkeypatch.setattr(reading, "SMALLEST", 10)
    (tmp_path / "book").mkdir()
    monkeypatch.chdir(tmp_path / "book")
    Path("one.md").write_text(TEXT, encoding="utf-8")
    reports = []
    for options in (["--no-cache"], [], []):
        assert main(["check", *options]) == 1
        reports.append(capsys.readouterr().out)
    assert len(list((tmp_path / "caches" / "chapters").iterdir())) == 1
    assert "SEC010" in reports[0]
    assert reports[0] == reports[1] == reports[2]
