"""``speechbook counts``: words, notes, works and locators, read from the sources.

The chapters are read by the linter's reader and not by Sphinx, so that these counts and
those of the page "About the evidence" check each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.config import SettingsError
from citelint.discovery import UnreadableError
from citelint.reading import read_project, settings_for
from speechbook.evidence import read_evidence
from speechbook.problems import BookError
from speechbook.story.counts import Counts, count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from citelint.myst.model import Chapter
    from citelint.project import Project
    from speechbook.building.paths import BookPaths

UNPRINTED = re.compile(r"\[\^[^\]]*\]|\{cite:[a-z]+\}`[^`]*`")
ROLE = re.compile(r"\{[\w:-]+\}`(?P<words>[^`<]*?)(?:\s*<[^>`]*>)?`")
WORD = re.compile(r"[^\W_]+(?:[’'.,–-][^\W_]+)*")
CHAPTERS = "chapters"


class ChapterWords(NamedTuple):
    """A chapter's file name without its ending, and the words of its running text."""

    name: str
    words: int


def words_in(text: str) -> int:
    """Count the words of Markdown text; notes and citations are none, titles of links are."""
    return len(WORD.findall(ROLE.sub(r"\g<words>", UNPRINTED.sub(" ", text))))


def words_of(chapter: Chapter) -> int:
    """Count the words of a chapter's paragraphs, list items and cells, notes left out."""
    text = chapter.source.text
    bodies = (text[p.span.start : p.span.end] for p in chapter.paragraphs if not p.note)
    return sum(map(words_in, bodies))


def is_chapter(chapter: Chapter) -> bool:
    """Say whether a file is one of the numbered chapters."""
    return chapter.source.path.parent.name == CHAPTERS


def counts_of(project: Project, evidence: Path) -> Counts:
    """Count what was read."""
    return count(
        chapters=sum(map(is_chapter, project.chapters)),
        notes=sum(len(chapter.notes) for chapter in project.chapters),
        works=project.cited,
        locators=project.locators,
        evidence=read_evidence(evidence),
    )


def lines_of(words: list[ChapterWords], counts: Counts) -> Iterator[str]:
    """Yield the report's lines."""
    for chapter in words:
        yield f"{chapter.words:>8,}  {chapter.name}"
    yield f"{sum(chapter.words for chapter in words):>8,}  words in all chapters"
    yield ""
    for name, number in counts.rows():
        yield f"{number:>8,}  {name}"


def report(paths: BookPaths) -> str:
    """Return the counts as lines of text.

    Raises:
        BookError: a source cannot be read.

    """
    try:
        root, settings = settings_for(paths.root, None)
        files = (paths.docs, paths.bibliography)
        project = read_project(root, settings, files, is_whole=True).project
    except (SettingsError, UnreadableError) as error:
        raise BookError(str(error)) from error
    chapters = [chapter for chapter in project.chapters if is_chapter(chapter)]
    words = [ChapterWords(c.source.path.stem, words_of(c)) for c in chapters]
    counts = counts_of(project, paths.docs / "data" / "evidence.toml")
    return "\n".join(lines_of(words, counts))
