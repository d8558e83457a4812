r"""Field values as readers see them: LaTeX and HTML taken off, accents put on.

Sources: Donald Knuth, The TeXbook, chapter 9 (accents and letters); Crossref's titles hold
HTML ("face markup"), at times escaped twice.
"""

from __future__ import annotations

import html
import re
import unicodedata

from citelint.rules.slips import unbraced

#: TeX's accents and Unicode's combining characters.
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
LETTERS = {
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "i": "ı",
    "j": "ȷ",
    "dj": "đ",
    "DJ": "Đ",
    "th": "þ",
    "TH": "Þ",
    "dh": "ð",
    "DH": "Ð",
}
#: ``\"o``, ``\"{o}``, ``{\v c}``, ``\c{c}``, ``\'{\i}``; a letter as accent needs a space or brace.
ACCENTED = re.compile(
    r"\\(?:(?P<sign>[`'^~=.\"])\s*+|(?P<name>[uvHrdckb])(?:\s++|(?=\{)))"
    r"(?:\{\s*+(?P<braced>\\[ij]|[^\W\d_])\s*+\}|(?P<bare>\\[ij](?![A-Za-z])|[^\W\d_]))"
)
LETTER = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])\s*+(?:\{\})?+")
ESCAPED = re.compile(r"\\([&%$#_{}])")
OTHER_COMMAND = re.compile(r"\\(?:[A-Za-z]++\*?+\s*+|[^A-Za-z])")
TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
SPACES = re.compile(r"\s+")


def with_accent(match: re.Match[str]) -> str:
    """Return the letter of an accent's match with its combining character."""
    letter = match["braced"] or match["bare"]
    accent = ACCENTS[match["sign"] or match["name"]]
    return unicodedata.normalize("NFC", letter.removeprefix("\\") + accent)


def letter_of(match: re.Match[str]) -> str:
    r"""Return the letter that a command such as ``\ss`` stands for, else the command."""
    return LETTERS.get(match[1], match[0])


def without_latex(text: str) -> str:
    """Return a field's text without LaTeX's braces and commands."""
    if "\\" in text:
        text = ACCENTED.sub(with_accent, text)
        text = LETTER.sub(letter_of, text)
        text = ESCAPED.sub(r"\1", text)
        text = OTHER_COMMAND.sub("", text)
    text = text.replace("~", " ").replace("---", "—").replace("--", "–")
    return folded_spaces(unbraced(text))


def without_markup(text: str) -> str:
    """Return a registry's text without tags and entities."""
    return folded_spaces(TAG.sub("", html.unescape(html.unescape(text))))


def folded_spaces(text: str) -> str:
    """Return a text with single spaces and none at its ends."""
    return SPACES.sub(" ", text).strip()
