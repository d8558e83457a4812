"""Copy the book into a temporary folder, at its real size or multiplied, ours and stock."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from speechbook.bench.booktext import read_book
from speechbook.bench.multiply import multiplied_table, multiply
from speechbook.bench.stock import make_stock

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.bench.booktext import BookText
    from speechbook.bench.runs import Workplace

NOT_COPIED = shutil.ignore_patterns("__pycache__")


def copy_book(root: Path, target: Path) -> None:
    """Copy a book's sources: ``docs/`` and the files beside it, no other folder."""
    shutil.copytree(root / "docs", target / "docs", ignore=NOT_COPIED)
    for path in root.iterdir():
        if path.is_file():
            shutil.copyfile(path, target / path.name)


def write_markdown(docs: Path, book: BookText) -> None:
    """Put *book*'s pages in the place of all Markdown below *docs*."""
    for path in docs.rglob("*.md"):
        path.unlink()
    for page in book.pages():
        path = docs / f"{page.docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")


def rewrite_tables(docs: Path, book: BookText, count: int) -> None:
    """Let the tables of data name chapters that the made book has."""
    for path in sorted((docs / "data").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(multiplied_table(text, book, count), encoding="utf-8")


def lay_out(root: Path, place: Workplace, chapters: int | None) -> None:
    """Make both books of one size; *chapters* is None for the real book as it stands.

    Raises:
        BookError: the book cannot be read or multiplied.

    """
    copy_book(root, place.ours)
    if chapters is not None:
        book = read_book(root / "docs")
        write_markdown(place.ours / "docs", multiply(book, chapters))
        rewrite_tables(place.ours / "docs", book, chapters)
    copy_book(place.ours, place.stock)
    make_stock(place.stock / "docs")
