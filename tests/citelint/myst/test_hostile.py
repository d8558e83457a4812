"""Any text in, never an exception, in time that grows with its size."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from citelint.myst import reader
from citelint.myst.blocks import BlockReader
from citelint.text import decode
from tests.campaign.texts import READ
from tests.citelint.myst.reading import citations, read
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from citelint.myst.model import Chapter

CHAPTERS = sorted((REPOSITORY / "docs").rglob("*.md"))
BYTES = (
    b"\0",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\r",
    b"\xe9",
    b"`",
    b"{",
    b"|",
    b">",
    b"    ",
    b":::",
    b"[^",
)
SIZE = 60_000


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a chapter with bytes dropped, doubled, swapped or put in."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(data) - 1)
        kind = chance.randrange(4)
        if kind == 0:
            del data[place : place + chance.randint(1, 40)]
        elif kind == 1:
            data[place:place] = data[place : place + chance.randint(1, 200)]
        elif kind == 2:
            data[place], data[place + 1] = data[place + 1], data[place]
        else:
            data[place:place] = chance.choice(BYTES)
    return bytes(data)


def assert_whole(chapter: Chapter) -> None:
    """All of a chapter is read, and its citations stand where they are said to."""
    text = chapter.source.text
    assert len(chapter.prose) == len(text)
    for citation in chapter.citations:
        assert text[citation.span.start] == "{"
        assert text[citation.span.end - 1] == "`"


def test_mutated_chapters_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    falls = []
    plainly = BlockReader.plainly

    def counted(self: BlockReader, *arguments: object) -> None:
        falls.append(arguments)
        plainly(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(BlockReader, "plainly", counted)
    chance = random.Random(1956)  # noqa: S311 - repeatable, not secret
    contents = [path.read_bytes() for path in CHAPTERS]
    for _ in range(1000):
        content = chance.choice(contents)
        start = chance.randrange(max(1, len(content) - 3000))
        text, _ = decode(mutated(content[start : start + 3000], chance))
        assert_whole(read(text))
    assert falls == []


def test_where_the_parser_fails_the_chapter_is_read_plainly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(reader.BlockReader, "document", failing)
    chapter = read("a {cite}`b` `{cite}`c`` [^n]\r\n\r\n[^n]: d {cite}`e`\r\n")
    assert [c.targets[0].key for c in chapter.citations] == ["b", "e"]
    assert [note.slug for note in chapter.notes] == ["n"]


@pytest.mark.parametrize("piece", READ)
def test_a_text_that_is_hard_to_read_is_read_to_its_end(piece: str) -> None:
    assert_whole(read(READ[piece](SIZE)))


@pytest.mark.parametrize("piece", ["a ", "[", "“a ", "{cite}`a` ", "`a` "])
def test_a_line_of_megabytes_hides_nothing_behind_it(piece: str) -> None:
    line = (piece * (500_000 // len(piece) + 1))[:500_000]
    found = citations(f"{line} {{cite}}`x`\n\nb {{cite}}`y`\n")
    assert found[-2:] == ["{cite}`x`", "{cite}`y`"]


@pytest.mark.parametrize("opening", ["> ", "- ", "[", "*", "(", ":::{note}\n", "{", "- > 1. "])
def test_ten_thousand_levels_are_no_recursion(opening: str) -> None:
    read(opening * 10_000 + "a {cite}`b`")


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "\0", "\r", "> % a\n>", "\udce9 {cite}`a`", "[a](\udce9)"]
)
def test_odd_texts_are_read(text: str) -> None:
    assert len(read(text).prose) == len(text)
