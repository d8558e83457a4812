"""What the tests of the reader share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citelint.myst.reader import read_chapter
from citelint.text import SourceText

if TYPE_CHECKING:
    from citelint.myst.model import Chapter, Span


def read(text: str) -> Chapter:
    """Read a chapter's text."""
    return read_chapter(SourceText(Path("chapter.md"), text))


def at(chapter: Chapter, span: Span | None) -> str:
    """Return the source's text at a span."""
    assert span is not None
    return chapter.source.text[span.start : span.end]


def citations(text: str) -> list[str]:
    """Return what stands at the spans of a text's citations."""
    chapter = read(text)
    return [at(chapter, citation.span) for citation in chapter.citations]


def places(text: str) -> list[tuple[int, int]]:
    """Return lines and columns of a text's citations."""
    chapter = read(text)
    return [chapter.source.place(citation.span.start) for citation in chapter.citations]
