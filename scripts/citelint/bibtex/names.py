"""Names in ``author`` and ``editor``, split and taken apart as pybtex does it.

Source: pybtex 0.26, ``pybtex/bibtex/utils.py`` (``split_tex_string``) and
``pybtex/database/__init__.py`` (``Person._parse_string``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AND = re.compile(r" [Aa][Nn][Dd] ")
COMMA = re.compile(r",")
#: "\ " is a space, "~" is one too unless it is the accent "\~".
SPACE = re.compile(r"(?:\\ |\s|(?<!\\)~)+")
BRACE = re.compile(r"[{}]")

MOST_PARTS = 3


class Person(NamedTuple):
    """A name's parts, each a tuple of words as written."""

    first: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    prelast: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    lineage: tuple[str, ...] = ()


class Name(NamedTuple):
    """One name of a list: its text and where it stands in the field's text."""

    text: str
    start: int
    end: int


def closing_of(text: str, start: int) -> int:
    """Return the offset behind the brace that closes the one at *start*.

    As in pybtex, one that is never closed reaches to the last brace, or to the end
    where none follows.
    """
    level, end = 0, len(text)
    for brace in BRACE.finditer(text, start):
        level += 1 if brace.group() == "{" else -1
        if brace.start() > start:
            end = brace.end()
        if level == 0:
            break
    return end


def outside_braces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of *text* that no braces enclose, empty ones left out."""
    position = 0
    while (opening := text.find("{", position)) >= 0:
        if opening > position:
            yield position, opening
        position = closing_of(text, opening)
    if position < len(text):
        yield position, len(text)


def separators(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a separator's matches outside braces."""
    if "{" not in text:
        for match in pattern.finditer(text):
            yield match.span()
        return
    for start, end in outside_braces(text):
        for match in pattern.finditer(text[start:end]):
            yield start + match.start(), start + match.end()


def pieces(text: str, pattern: re.Pattern[str]) -> list[Name]:
    """Split at a separator outside braces; pieces are stripped and may be empty."""
    if not text:
        return []
    found: list[Name] = []
    position = 0
    for start, end in separators(text, pattern):
        found.append(stripped(text, position, start))
        position = end
    found.append(stripped(text, position, len(text)))
    return found


def stripped(text: str, start: int, end: int) -> Name:
    """Return a piece without the white space around it."""
    piece = text[start:end]
    bare = piece.strip()
    offset = start + len(piece) - len(piece.lstrip()) if bare else start
    return Name(bare, offset, offset + len(bare))


def split_names(text: str) -> list[Name]:
    """Split a list of names at ``and`` outside braces; the text is folded already."""
    return pieces(text, AND)


def words(text: str) -> tuple[str, ...]:
    """Split a name's part at spaces and ties outside braces."""
    return tuple(piece.text for piece in pieces(text, SPACE) if piece.text)


def is_von(word: str) -> bool:
    r"""Say whether a word begins with a small letter, looking into ``{\\v c}`` as BibTeX does."""
    if word[0].isupper():
        return False
    if word[0].islower():
        return True
    return first_case(word) == "lower"


def first_case(word: str) -> str:
    """Return ``lower`` or ``upper`` of the first letter outside braces or in a special one."""
    position = 0
    while position < len(word):
        character = word[position]
        if character == "{":
            end = closing_of(word, position)
            if word.startswith("\\", position + 1):
                return special_case(word[position + 1 : end])
            if has_shallow_backslash(word[position + 1 : end]):
                return ""
            position = end
        elif character.isalpha():
            return "lower" if character.islower() else "upper"
        else:
            position += 1
    return ""


def has_shallow_backslash(group: str) -> bool:
    """Say whether a group has a backslash outside inner braces, where pybtex stops looking."""
    level = 0
    for character in group:
        if character == "\\" and level == 0:
            return True
        level += {"{": 1, "}": -1}.get(character, 0)
    return False


def special_case(special: str) -> str:
    r"""Return the case of the letter that a control sequence such as ``\\v c`` applies to."""
    is_control = True
    for character in special[1:]:
        if is_control:
            is_control = character.isalpha()
        elif character.isalpha():
            return "lower" if character.islower() else "upper"
    return ""


def von_and_last(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split "von Last": the last word is never von, nor is any behind the last von."""
    at = len(names) - 1
    while at > 0 and not is_von(names[at - 1]):
        at -= 1
    at = max(at, 0)
    return tuple(names[:at]), tuple(names[at:])


def parse_name(text: str) -> Person:
    """Take a name apart; with more than two commas the rest counts as first names."""
    parts = [piece.text for piece in pieces(text, COMMA)]
    if len(parts) > MOST_PARTS:
        parts = [*parts[:2], " ".join(parts[2:])]
    if len(parts) == 1:
        return first_von_last(words(text))
    if not parts:
        return Person()
    prelast, last = von_and_last(words(parts[0]))
    lineage = words(parts[1]) if len(parts) == MOST_PARTS else ()
    given = words(parts[-1])
    return Person(given[:1], given[1:], prelast, last, lineage)


def first_von_last(names: Sequence[str]) -> Person:
    """Take "First von Last" apart."""
    at = next((place for place, word in enumerate(names) if is_von(word)), len(names))
    at = min(at, max(len(names) - 1, 0))
    given = tuple(names[:at])
    prelast, last = von_and_last(names[at:])
    return Person(given[:1], given[1:], prelast, last)


def comma_count(text: str) -> int:
    """Return how many commas stand outside braces."""
    return sum(1 for _ in separators(text, COMMA))
