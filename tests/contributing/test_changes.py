"""The summary of a change: what is counted, and that contributed text stays text."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from speechbook.cli import main
from speechbook.contributing.changes import changes, code, literal
from speechbook.contributing.counting import Counts, counts_of, inventory
from speechbook.contributing.history import commit_of

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = "# One\n\nFour words stand here.[^a]\n\n[^a]: {cite:p}`one`.\n"
BIB = "@book{one,\n  title = {The First},\n  url = {https://a.example/x},\n}\n"
MORE = "\nAnd three more.[^b]\n\n[^b]: See <https://b.example/y>.\n"


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody."""
    who = ("-c", "user.name=n", "-c", "user.email=e@localhost")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with one commit and an uncommitted change."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "one.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "one")
    (tmp_path / "docs" / "one.md").write_text(CHAPTER + MORE, encoding="utf-8")
    more = "@book{two,\n  title = {Two | `three` <b>},\n}\n"
    (tmp_path / "references.bib").write_text(more, encoding="utf-8")
    return tmp_path


def test_words_and_notes_are_counted_without_markup() -> None:
    assert counts_of("one.md", CHAPTER) == Counts(words=5, notes=1)


def test_addresses_are_found_once_with_their_file() -> None:
    found = inventory({"docs/one.md": CHAPTER + MORE, "references.bib": BIB})
    assert found.addresses == {
        "https://b.example/y": "docs/one.md",
        "https://a.example/x": "references.bib",
    }


def test_page_tells_the_change_in_numbers_works_and_links(root: Path) -> None:
    page = changes(root, "main")
    assert "| Notes | 1 | 2 | +1 |" in page
    assert "| Works in the bibliography | 1 | 1 | – |" in page
    assert "| `docs/one.md` | +4 | +1 |" in page
    assert "### New works\n\n- `two` Two \\| \\`three\\` \\<b\\>\n" in page
    assert "### Works taken out\n\n- `one` The First\n" in page
    assert "### New links\n\n- `https://b.example/y` in `docs/one.md`\n" in page


def test_without_a_commit_to_compare_with_it_says_so(root: Path) -> None:
    for revision in ("", "0" * 40, "--output=x", "no-such-branch"):
        assert commit_of(root, revision) == ""
    page = changes(root, "no-such-branch")
    assert "No commit to compare with was found" in page
    assert "New works" not in page


def test_artefacts_are_listed_from_the_manifest(root: Path) -> None:
    files = [
        {"path": "html/index.html", "bytes": 400_000, "sha256": "0" * 64},
        {"path": "html/a.html", "bytes": 100_000, "sha256": "1" * 64},
        {"path": "secret-speech.pdf", "bytes": 1_500_000, "sha256": "abc" + "2" * 61},
    ]
    (root / "dist").mkdir()
    (root / "dist" / "manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    page = changes(root, "main")
    assert "| `secret-speech.pdf` | 1.5 MB | `abc222222222` |" in page
    assert "| the site, 2 files | 500 kB |" in page


def test_command_adds_to_github_s_summary(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = root / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["changes", "--root", str(root), "--base", "main"]) == 0
    assert summary.read_text(encoding="utf-8") == "before\n" + changes(root, "main")


def test_contributed_text_makes_no_markup() -> None:
    assert literal("[x](javascript:a)\n# b") == "\\[x\\]\\(javascript:a\\) \\# b"
    assert code("a`b|c\nd") == "`ab%7Cc d`"
