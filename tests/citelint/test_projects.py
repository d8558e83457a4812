"""Projects of other people's shapes: each is read whole without a word of configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from citelint.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = "# One\n\nAs {cite:p}`known` and {cite:p}`unknown` say.\n"
BOOK = "@misc{known,\n  title = {One},\n}\n"

#: Each shape's files beside ``CHAPTER`` and ``BOOK``, whose places are named.
SHAPES: dict[str, tuple[str, str, dict[str, str]]] = {
    "sphinx with docs": (
        "docs/one.md",
        "docs/refs.bib",
        {"docs/conf.py": 'bibtex_bibfiles = ["refs.bib"]\n'},
    ),
    "sphinx, bibliography elsewhere": (
        "docs/parts/one.md",
        "lists/refs.bib",
        {"docs/conf.py": "bibtex_bibfiles = [\n    '../lists/refs.bib',\n]\n"},
    ),
    "sphinx, source and build": (
        "source/one.md",
        "source/refs.bib",
        {"source/conf.py": "", "build/html/two.md": CHAPTER, "Makefile": ""},
    ),
    "jupyter book": (
        "one.md",
        "references.bib",
        {
            "_config.yml": "title: One\nbibtex_bibfiles:\n  - references.bib\n",
            "_toc.yml": "format: jb-book\nroot: one\n",
            "_build/jupyter_execute/one.md": CHAPTER,
            "venv/lib/python3/site-packages/other/README.md": CHAPTER,
        },
    ),
    "jupyter book, bibliography above": (
        "docs/one.md",
        "bib/all.bib",
        {"docs/_config.yml": 'sphinx: {}\nbibtex_bibfiles:  # all of them\n  - "../bib/all.bib"\n'},
    ),
    "mystmd": (
        "one.md",
        "refs/all.bib",
        {"myst.yml": "version: 1\nproject:\n  bibliography: [refs/all.bib]\n"},
    ),
    "files side by side": ("one.md", "one.bib", {"node_modules/other/README.md": CHAPTER}),
}


def lay(folder: Path, files: dict[str, str]) -> None:
    """Write files with the folders above them."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_project_is_read_without_configuration(
    shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter, book, others = SHAPES[shape]
    lay(tmp_path, {chapter: CHAPTER, book: BOOK, **others})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["files"] == 2
    found = [(f["path"], f["line"], f["column"], f["code"]) for f in report["findings"]]
    assert found == [(chapter, 3, 33, "USE001")]


def test_a_package_around_a_book_lends_it_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(tmp_path, {"pyproject.toml": "[project]\n", "README.md": CHAPTER})
    lay(tmp_path / "book", {"one.md": "# One\n", "one.bib": BOOK})
    monkeypatch.chdir(tmp_path / "book")
    assert main(["check", "--ignore", "USE002"]) == 0
    assert capsys.readouterr().out == "No findings in 2 files.\n"


def test_settings_above_hold_for_the_folders_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, {"pyproject.toml": '[tool.citelint]\nignore = ["USE"]\n'})
    lay(tmp_path / "docs", {"one.md": CHAPTER, "one.bib": BOOK})
    monkeypatch.chdir(tmp_path / "docs")
    assert main(["check"]) == 0
