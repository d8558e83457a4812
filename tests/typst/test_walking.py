"""A document is translated again where, and only where, something of it has changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from speechbook.typst import walking
from speechbook.typst.problems import BookProblemsError
from tests.typst import conftest
from tests.typst.editing import change, redraw, reword

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.typst.conftest import Built

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>'


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the names of the documents that are translated."""
    names: list[str] = []
    walk = walking.walk

    def counted(builder: Any, document: Any, division: Any, shelf: Any) -> walking.Walked:  # noqa: ANN401
        names.append(division.docname)
        return walk(builder, document, division, shelf)

    monkeypatch.setattr(walking, "walk", counted)
    return names


def build(source: Path, out: Path) -> Built:
    """Build a book as the whole build does: documents that have not changed are not read."""
    extensions = ["myst_parser", "speechbook.typst", "speechbook.sphinxext.shared_resolution"]
    return conftest.build(source, out, anew=False, extensions=extensions)


def reorder(source: Path) -> None:
    """Let the second chapter be the first."""
    change(source / "index.md", "chapters/one\nchapters/two\n", "chapters/two\nchapters/one\n")


def test_nothing_is_translated_twice(source: Path, tmp_path: Path, walks: list[str]) -> None:
    first = build(source, tmp_path / "out").path.read_bytes()
    assert len(walks) == len(set(walks)) > 4
    # Of what documents show of others the first build has the original, later ones a copy.
    build(source, tmp_path / "out")
    walks.clear()
    assert build(source, tmp_path / "out").path.read_bytes() == first
    assert walks == []


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (reword, {"chapters/three"}),
        # Numbers of sections and figures are no part of a document.
        (reorder, {"chapters/one", "chapters/two"}),
        (redraw, {"chapters/two"}),
    ],
)
def test_what_has_changed_is_translated(
    source: Path,
    tmp_path: Path,
    walks: list[str],
    edit: Callable[[Path], None],
    changed: set[str],
) -> None:
    build(source, tmp_path / "out")
    walks.clear()
    edit(source)
    warm = build(source, tmp_path / "out").path.read_bytes()
    assert changed <= set(walks)
    assert len(walks) < 5
    assert warm == build(source, tmp_path / "cold").path.read_bytes()


def test_another_code_translates_all(
    source: Path, tmp_path: Path, walks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(source, tmp_path / "out")
    first = sorted(walks)
    walks.clear()
    monkeypatch.setattr("speechbook.building.kept_pages.code", lambda: "other code")
    build(source, tmp_path / "out")
    assert sorted(walks) == first


def test_a_problem_is_told_again_until_it_is_mended(
    source: Path, tmp_path: Path, walks: list[str]
) -> None:
    change(source / "chapters" / "three.md", "An abbreviation", "![A picture](no.png) An")
    told = []
    for _ in range(2):
        with pytest.raises(BookProblemsError) as caught:
            build(source, tmp_path / "out")
        told.append(str(caught.value))
    assert "no.png" in told[0]
    assert told[0] == told[1]
    assert walks.count("chapters/three") == 1
    change(source / "chapters" / "three.md", "no.png", "no.svg")
    (source / "chapters" / "no.svg").write_text(DRAWING, encoding="utf-8")
    assert build(source, tmp_path / "out").pages
    assert walks.count("chapters/three") == 2


def test_a_picture_that_came_to_lie_elsewhere_is_looked_at_again(
    source: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.svg"
    outside.write_text(DRAWING, encoding="utf-8")
    shutil.copy(outside, source / "chapters" / "here.svg")
    change(source / "chapters" / "three.md", "An abbreviation", "![A picture](here.svg) An")
    build(source, tmp_path / "out")
    (source / "chapters" / "here.svg").unlink()
    (source / "chapters" / "here.svg").symlink_to(outside)
    with pytest.raises(BookProblemsError, match="outside the book’s folders"):
        build(source, tmp_path / "out")
