"""Text of the book as Typst string literals, never as Typst markup.

Inside a string literal only the backslash, the quotation mark and line ends mean anything
(<https://typst.app/docs/reference/foundations/str/>), so that nothing an author writes can
become code, a label or a formula.
"""

from __future__ import annotations

import re

_WHITESPACE = re.compile(r"[ \t\r\n\f\v]+")
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029]')
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


def array(items: list[str]) -> str:
    """Write a Typst array of items that are already Typst code."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def dictionary(pairs: dict[str, str]) -> str:
    """Write a Typst dictionary; keys are plain strings, values already Typst code."""
    if not pairs:
        return "(:)"
    return "(" + ", ".join(f"{string(key)}: {value}" for key, value in pairs.items()) + ")"
