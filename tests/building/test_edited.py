"""A book built again after edits is, file for file, the book that a first build makes.

Each edit changes what other pages show: sidebars, references, "cited in", the index, the
search; so a page that was wrongly left as it was is found here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths


def change(path: Path, *pairs: tuple[str, str]) -> None:
    """Put the second of each pair in the place of the first."""
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def cite_another_work(root: Path) -> None:
    """Change words, put in a note before all others, and an entry of the index."""
    entry = "```{index} single: Beria, Lavrentiy\n```\n"
    change(
        root / "docs" / "chapters" / "02-second.md",
        ("It went on.", f"{entry}\nIt went on and on.[^new] Then it ended."),
        ("[^on]: ", "[^new]: {cite:p}`tromly2004{711}`.\n[^on]: "),
    )


def rename_a_chapter_and_a_work(root: Path) -> None:
    """Change a title, and an entry of the bibliography."""
    change(root / "docs" / "chapters" / "02-second.md", ("# The second", "# The other"))
    change(root / "references.bib", ("Leningrad Affair}", "Leningrad Matter}"), ("{56}", "{57}"))


def change_template_and_data(root: Path) -> None:
    """Change a template of the site, its style, and what the evidence says of a locator."""
    change(root / "docs" / "_templates" / "book-colophon.html", ("<p", '<p data-new="yes"'))
    with (root / "docs" / "_static" / "book.css").open("a", encoding="utf-8") as styles:
        styles.write("\n.new { color: inherit; }\n")
    change(root / "docs" / "data" / "evidence.toml", ('seen = "article"', 'seen = "page"'))


def delete_a_chapter(root: Path) -> None:
    """Take a chapter out, with its part and the reference that leads to it."""
    (root / "docs" / "chapters" / "02-second.md").unlink()
    part = '```{toctree}\n:titlesonly:\n:numbered: 1\n:caption: "Part II: Second"\n\n'
    change(root / "docs" / "index.md", (f"{part}chapters/02-second\n```\n", ""))
    reference = "{ref}`The next chapter <ch-second>` says more about"
    change(root / "docs" / "chapters" / "01-first.md", (reference, "It spoke of"))


def add_a_section_and_drop_a_note(root: Path) -> None:
    """Put in a heading, and take out the note before another."""
    change(
        root / "docs" / "chapters" / "01-first.md",
        ("## A section", "## A new section\n\nIts text.\n\n## A section"),
        ("[^quiet]: {cite:p}`tromly2004{710}`.\n", ""),
        ("[^quiet]", ""),
    )


EDITS = (
    cite_another_work,
    add_a_section_and_drop_a_note,
    rename_a_chapter_and_a_work,
    change_template_and_data,
    delete_a_chapter,
)


def build(root: Path) -> dict[str, bytes]:
    """Build in a process of its own; return the finished files by name."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-m", "speechbook.cli", "build", "--quiet", "--root", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    dist = root / "dist"
    files = sorted(path for path in dist.rglob("*") if path.is_file())
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in files}


def test_edited_books_are_those_that_first_builds_make(
    tiny_book: BookPaths, tmp_path: Path
) -> None:
    """One edit after the other in one folder, since Sphinx reads all anew in another."""
    warm = tiny_book.root
    before = build(warm)
    for edit in EDITS:
        cold = tmp_path / edit.__name__
        edit(warm)
        shutil.copytree(warm, cold, ignore=shutil.ignore_patterns("build", "dist"))
        found, expected = build(warm), build(cold)
        assert [name for name in expected if found.get(name) != expected[name]] == []
        assert found.keys() == expected.keys()
        assert found["secret-speech.pdf"] != before["secret-speech.pdf"]
        before = found
