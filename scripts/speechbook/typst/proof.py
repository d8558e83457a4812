"""Proofreading: whether the finished PDF shows all the text that was given to the compiler.

Typst 0.15 can lose lines without a word, for one where a block breaks over a page to whose head
a figure floats. So the text of the pages is read back and compared, letters and digits alone,
in windows of a few words. A window may straddle the foot of a page, where notes and the next
running head come between; two windows in a row that are nowhere are text that was lost.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_CALL = re.compile(r'\b(?:t|raw|code-block)\("((?:[^"\\]|\\.)*)"\)')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_OTHER = re.compile(r"[\W_]+")
_WINDOW = 16
# How far around the last find a window is looked for before the whole book is.
_BEFORE, _AFTER = 8_000, 30_000
_LOST_IN_A_ROW = 2
_SHOWN = 80


@dataclass(frozen=True)
class Passage:
    """Text given to the compiler, and the line of the sheet that gave it, from 1."""

    line: int
    text: str


def passages(lines: Iterable[str]) -> Iterator[Passage]:
    """Yield the texts in the lines of a sheet."""
    for number, line in enumerate(lines, start=1):
        for match in _CALL.finditer(line):
            yield Passage(number, _ESCAPE.sub(_unescaped, match[1]))


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return {"n": "\n", "r": "\r", "t": "\t"}.get(match[2], match[2])


def letters(text: str) -> str:
    """Give the letters and digits of a text, ligatures and the like taken apart."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", text))


def page_texts(pdf: bytes) -> list[str]:
    """Give the text of each page of a PDF, line by line from its head."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def keep_texts(pdf: Path, texts: Sequence[str]) -> None:
    """Keep what the pages of a PDF say beside it, for whoever reads them next.

    Reading them takes a fifth of the time of setting them.
    """
    kept = json.dumps([_digest(pdf.read_bytes()), list(texts)], ensure_ascii=False)
    _texts_file(pdf).write_text(kept, encoding="utf-8")


def texts_of(pdf: Path) -> list[str]:
    """Give the text of each page of a PDF: what was kept of this very file, else read now."""
    content = pdf.read_bytes()
    try:
        digest, texts = json.loads(_texts_file(pdf).read_bytes())
    except (OSError, ValueError, TypeError):
        digest, texts = "", []
    return list(texts) if digest == _digest(content) else page_texts(content)


def _texts_file(pdf: Path) -> Path:
    return pdf.with_suffix(".pages.json")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Proof:
    """The text of printed pages, to look up passages in."""

    def __init__(self, pages: Iterable[str]) -> None:
        self._text = "".join(letters(page) for page in pages)
        self._cursor = 0

    def lost(self, given: Sequence[Passage]) -> list[Passage]:
        """Give the passages of a sheet, in their order, of which something is nowhere."""
        lost: list[Passage] = []
        row: list[Passage] = []
        for passage in given:
            for window in _windows(letters(passage.text)):
                row = [] if self._finds(window) else [*row, passage]
                if len(row) >= _LOST_IN_A_ROW:
                    lost += row
        return list(dict.fromkeys(lost))

    def _finds(self, window: str) -> bool:
        start = max(0, self._cursor - _BEFORE)
        found = self._text.find(window, start, self._cursor + _AFTER)
        if found < 0:
            found = self._text.find(window)
        if found >= 0:
            self._cursor = found
        return found >= 0


def _windows(text: str) -> Iterator[str]:
    """Cut a text into windows; a short rest belongs to the last one."""
    starts = range(0, max(len(text) - _WINDOW // 2, 1), _WINDOW)
    for start in starts:
        is_last = start == starts[-1]
        window = text[start:] if is_last else text[start : start + _WINDOW]
        if window:
            yield window


def sentence(passage: Passage) -> str:
    """Say that a passage is not in the PDF."""
    text = " ".join(passage.text.split())
    shown = text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return (
        f"The text ‘{shown}’ is not on the pages of the PDF: the compiler lost it; "
        "change the passage a little or move what floats near it."
    )
