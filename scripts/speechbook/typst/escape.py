"""Text of the book as Typst string literals, never as Typst markup.

Inside a string literal only the backslash, the quotation mark and line ends mean anything
(<https://typst.app/docs/reference/foundations/str/>), so that nothing an author writes can
become code, a label or a formula.
"""

from __future__ import annotations

import re

_WHITESPACE = re.compile(r"[ \t\r\n\f\v]+")
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029]')
_LONG_WORD = re.compile(r"\w{40,}")
_LONG_CODE = re.compile(r"\S{40,}")
_BREAK_EVERY = 8
_ZERO_WIDTH_SPACE = "\u200b"
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Write ``text`` as a Typst string literal that evaluates to the same characters."""
    return '"' + _SPECIAL.sub(_escape_character, text) + '"'


def _escape_character(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{{{ord(character):x}}}"


def collapse(text: str) -> str:
    """Make every run of ordinary white space one space; no-break spaces stay."""
    return _WHITESPACE.sub(" ", text)


def breakable(text: str, *, code: bool = False) -> str:
    """Let words that are longer than a line break anywhere, so that none leaves the page."""
    return (_LONG_CODE if code else _LONG_WORD).sub(_with_breaks, text)


def _with_breaks(match: re.Match[str]) -> str:
    word = match.group()
    starts = range(0, len(word), _BREAK_EVERY)
    return _ZERO_WIDTH_SPACE.join(word[start : start + _BREAK_EVERY] for start in starts)


def array(items: list[str]) -> str:
    """Write a Typst array of items that are already Typst code."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def dictionary(pairs: dict[str, str]) -> str:
    """Write a Typst dictionary; keys are plain strings, values already Typst code."""
    if not pairs:
        return "(:)"
    return "(" + ", ".join(f"{string(key)}: {value}" for key, value in pairs.items()) + ")"
