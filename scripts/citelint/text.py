"""Source files as text, and offsets in them as lines and columns."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: What ends a line for every editor: LF, CR LF and a lone CR (as ``str.splitlines``
#: would have it, but without form feeds and Unicode separators, which editors show).
LINE_END = re.compile(r"\r\n|\n|\r")
#: The same for texts without CR, found in half the time.
LINE_FEED = re.compile(r"\n")


@dataclass(frozen=True)
class SourceText:
    """A file's path and its decoded text; offsets count characters from 0."""

    path: Path
    text: str

    @functools.cached_property
    def shown(self) -> str:
        """Return the path as findings write it, with forward slashes.

        What cannot be printed is escaped: a name could write to the reader's terminal.
        """
        path = self.path.as_posix()
        return path if path.isprintable() else path.encode("unicode_escape").decode("ascii")

    @functools.cached_property
    def line_starts(self) -> list[int]:
        """Return the offset of each line's first character."""
        end = LINE_END if "\r" in self.text else LINE_FEED
        return [0, *(match.end() for match in end.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both from 1, columns in characters."""
        line = bisect.bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line's text without its end; *number* counts from 1."""
        start = self.line_starts[number - 1]
        end = LINE_END.search(self.text, start)
        return self.text[start : end.start() if end else len(self.text)]


def window(source: SourceText, line: int, first: int, width: int) -> str:
    """Return *width* characters of a line at most, from column *first* on (from 1)."""
    start = source.line_starts[line - 1] + first - 1
    return LINE_END.split(source.text[start : start + width], maxsplit=1)[0]


def decode(content: bytes) -> tuple[str, int | None]:
    """Decode any bytes; return the text and the offset of the first that is not UTF-8.

    Undecodable bytes become surrogates, so that encoding the text again with
    ``surrogateescape`` gives the same bytes (PEP 383).
    """
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        offset = len(content[: error.start].decode("utf-8"))
        return content.decode("utf-8", "surrogateescape"), offset


def encode(text: str) -> bytes:
    """Return the bytes that :func:`decode` took the text from."""
    return text.encode("utf-8", "surrogateescape")


#: How files begin that some program wrote for itself: PDF, PNG, JPEG, GIF, ZIP (EPUB,
#: DOCX), gzip, ELF and Windows programs, SQLite, old Office files.
SIGNATURES = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF",
    b"MZ\x90", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
#: Control characters other than tabulator, line feed, form feed, carriage return, escape.
CONTROLS = bytes(n for n in (*range(32), 127) if n not in b"\t\n\x0c\r\x1b")
SAMPLE, MOST_CONTROLS = 8192, 0.05


def is_binary(content: bytes) -> bool:
    """Say whether bytes are no text: a known signature, or many control characters.

    A text may have a stray NUL, and a text in UTF-16 is one whose every other byte is
    often NUL; both are read, and rules report them.
    """
    sample = content[:SAMPLE]
    if content.startswith(SIGNATURES):
        return True
    if content.startswith(UTF_16_MARKS) or is_utf_16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls > MOST_CONTROLS * len(sample)


def is_utf_16(sample: bytes) -> bool:
    """Say whether bytes look like UTF-16 without its mark: NUL often, in one half of the pairs."""
    halves = sample[::2].count(0), sample[1::2].count(0)
    return max(halves) > len(sample) // 6 and min(halves) * 8 < max(halves)
