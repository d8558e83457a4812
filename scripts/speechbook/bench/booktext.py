"""The book's Markdown as values: its index page, its chapters in order, its other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INDEX = "index"
TOCTREE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{toctree\}\n(?P<body>.*?)^(?P=fence) *\n?", re.MULTILINE | re.DOTALL
)
CHAPTER_LINE = re.compile(r"^(?:[^\n<]*<)?(?P<docname>chapters/[^>\s]+)>? *$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One Markdown file: its docname (``chapters/17-leak``) and its text."""

    docname: str
    text: str


@dataclass(frozen=True)
class BookText:
    """All of the book's Markdown; the chapters stand in the order of the index's toctrees."""

    index: str
    chapters: tuple[Page, ...]
    others: tuple[Page, ...]

    def pages(self) -> Iterator[Page]:
        """Yield every page, the index first."""
        yield Page(INDEX, self.index)
        yield from self.others
        yield from self.chapters


def chapter_toctrees(index: str) -> list[re.Match[str]]:
    """Return the toctrees that list chapters, as matches of ``TOCTREE``."""
    return [tree for tree in TOCTREE.finditer(index) if CHAPTER_LINE.search(tree["body"])]


def chapter_names(body: str) -> list[str]:
    """Return the chapters' docnames in a toctree's body."""
    return [line["docname"] for line in CHAPTER_LINE.finditer(body)]


def read_page(docs: Path, docname: str) -> Page:
    """Read one page.

    Raises:
        BookError: the index names a chapter that is not there.

    """
    path = docs / f"{docname}.md"
    if not path.exists():
        raise BookError(
            f"The index names {docname!r}, and there is no such file",
            place=Place(docs / f"{INDEX}.md"),
            cure="write the chapter, or take its line out",
        )
    return Page(docname, path.read_text(encoding="utf-8"))


def read_book(docs: Path) -> BookText:
    """Read the Markdown below *docs*.

    Raises:
        BookError: the index lists no chapters, or one that is not there.

    """
    index = read_page(docs, INDEX).text
    names = [name for tree in chapter_toctrees(index) for name in chapter_names(tree["body"])]
    if not names:
        raise BookError(
            "The index lists no chapters",
            place=Place(docs / f"{INDEX}.md"),
            cure="name chapters/… in a toctree, or run the bench on another book",
        )
    found = {path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")}
    others = sorted(name for name in found - {INDEX} if not name.startswith("chapters/"))
    return BookText(
        index,
        tuple(read_page(docs, name) for name in names),
        tuple(read_page(docs, name) for name in others),
    )
