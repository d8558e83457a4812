"""The strings of a TOML file with their places, which ``tomllib`` does not give.

The grammar is that of https://toml.io/en/v1.0.0#string and of comments; a file that is no
TOML gives what can be found.
"""

from __future__ import annotations

import functools
import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LITERAL = re.compile(
    r"#[^\n]*"
    r'|"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
AT_PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
#: Deeper brackets are no data of a book; tomllib reads each level by a call of its own.
DEEPEST = 50
#: So many parts of one dotted key; tomllib takes time with their number's square.
DOTTED = re.compile(
    rf"""(?:(?:[A-Za-z0-9_-]++|"[^"\\\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{DEEPEST}}}"""
)
NESTING = re.compile(
    rf"(?P<dotted>{DOTTED.pattern})|{LITERAL.pattern}|[A-Za-z0-9_-]++|[\[\]{{}}]", re.DOTALL
)


class Literal(NamedTuple):
    """A string: where it stands, quotation marks included, and what it says."""

    start: int
    end: int
    value: str


class Unreadable(NamedTuple):
    """Why a file is no TOML, and the offset where reading stopped."""

    offset: int
    reason: str


def literals(text: str) -> Iterator[Literal]:
    """Yield a file's strings, keys in quotation marks included."""
    for match in LITERAL.finditer(text):
        if not match.group().startswith("#"):
            yield Literal(*match.span(), meaning(match.group()))


def meaning(literal: str) -> str:
    """Return what a string in quotation marks says, itself where it says nothing."""
    if "\\" not in literal:
        return literal.strip(literal[0])
    try:
        return str(tomllib.loads(f"a = {literal}")["a"])
    except (ValueError, RecursionError):
        return literal


def deepest_nest(text: str) -> int:
    """Return the offset of the first bracket or key that nests too deeply, -1 where none does."""
    level = 0
    for match in NESTING.finditer(text):
        if match["dotted"]:
            return match.start()
        if match.group() in {"[", "{"}:
            level += 1
            if level > DEEPEST:
                return match.start()
        elif match.group() in {"]", "}"}:
            level = max(level - 1, 0)
    return -1


@functools.lru_cache(maxsize=64)
def read(text: str) -> dict[str, Any]:
    """Return what a text of TOML holds, read once; whoever asks changes nothing in it.

    Raises:
        ValueError: the text is none, or a number in it is out of all proportion.
        RecursionError: brackets nest too deeply.

    """
    return tomllib.loads(text)


def trouble_of(text: str) -> Unreadable | None:
    """Say why a file cannot be read; nothing where it can."""
    deep = deepest_nest(text)
    if deep >= 0:
        return Unreadable(deep, "brackets or keys nest too deeply here")
    try:
        read(text)
    except tomllib.TOMLDecodeError as error:
        return Unreadable(offset_of(text, str(error)), AT_PLACE.sub("", str(error)).strip())
    except (ValueError, RecursionError):
        # A number of thousands of digits is a ValueError of int itself.
        return Unreadable(0, "a number or a key in it is out of all proportion")
    return None


def offset_of(text: str, message: str) -> int:
    """Return the offset that tomllib's message names, the text's end where it names none."""
    place = AT_PLACE.search(message)
    if place is None:
        return len(text)
    lines = text.replace("\r\n", "\n ").split("\n")
    before = sum(len(line) + 1 for line in lines[: int(place["line"]) - 1])
    return min(before + int(place["column"]) - 1, len(text))
