"""The parts of the book as ``docs/index.md`` lists them, and a chapter put among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOCTREE = re.compile(r"^```\{toctree\}\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
CAPTION = re.compile(r'^:caption: "?(?P<caption>[^"\n]*)"?$', re.MULTILINE)
CHAPTER = re.compile(r"^chapters/(?P<name>[\w-]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A numbered part: its caption, its chapters' names, and where the list ends in the text."""

    caption: str
    chapters: tuple[str, ...]
    start: int
    end: int


def parts_in(index: str) -> tuple[Part, ...]:
    """Return the numbered parts of the book in their order."""
    parts = []
    for toctree in TOCTREE.finditer(index):
        body = toctree["body"]
        caption = CAPTION.search(body)
        if ":numbered:" in body and caption:
            names = tuple(match["name"] for match in CHAPTER.finditer(body))
            parts.append(
                Part(caption["caption"], names, toctree.start("body"), toctree.end("body"))
            )
    return tuple(parts)


def part_named(parts: tuple[Part, ...], wanted: str) -> Part | None:
    """Return the part meant by ``II``, ``Part II``, ``2`` or words of its caption."""
    folded = wanted.casefold().removeprefix("part ").strip()
    if folded.isdigit() and 0 < int(folded) <= len(parts):
        return parts[int(folded) - 1]
    for part in parts:
        number, _, words = part.caption.casefold().removeprefix("part ").partition(":")
        if folded and (folded == number.strip() or folded in words):
            return part
    return None


def part_with(parts: tuple[Part, ...], chapter: str) -> Part | None:
    """Return the part that holds a chapter."""
    return next((part for part in parts if chapter in part.chapters), None)


def with_chapter(index: str, part: Part, name: str, after: str = "") -> str:
    """Return the index with a chapter behind another, or at the end of its part."""
    body = index[part.start : part.end]
    line = f"chapters/{name}\n"
    if after:
        before = f"chapters/{after}\n"
        body = body.replace(before, before + line, 1)
    else:
        body = f"{body.rstrip()}\n{line}"
    return index[: part.start] + body + index[part.end :]
