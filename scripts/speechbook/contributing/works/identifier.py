"""What a contributor names a work by: a DOI, an ISBN or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from citelint.bibtex import identifiers
from speechbook.problems import BookError

ISBN_MARK = re.compile(r"(?:urn:)?isbn(?:-1[03])?[:\s]*", re.IGNORECASE)
ISBN_13_LENGTH = 13
CURE = (
    "give a DOI (10.1136/bmj.325.7378.1487), an ISBN (978-0-19-516581-4) or an address (https://…)"
)


@dataclass(frozen=True)
class Identifier:
    """``kind`` is ``doi``, ``isbn`` or ``url``; ``value`` the bare identifier."""

    kind: str
    value: str


def doi_in(text: str) -> str:
    """Return the bare DOI that a text is, however it is written; "" where it is none."""
    bare = identifiers.DOI_PREFIX.sub("", text, count=1)
    bare = unquote(bare) if bare != text and "%" in bare else bare
    return bare if identifiers.DOI.fullmatch(bare) else ""


def isbn_13(digits: str) -> str:
    """Return the ISBN of thirteen digits for one of ten (ISO 2108:2017, annex A)."""
    if len(digits) == ISBN_13_LENGTH:
        return digits
    first = f"978{digits[:9]}"
    total = sum(map(int, first[::2])) + 3 * sum(map(int, first[1::2]))
    return f"{first}{-total % 10}"


def isbn_in(text: str) -> str:
    """Return the digits of the ISBN that a text is; "" where it is none.

    Raises:
        BookError: it has the length of an ISBN and a wrong check digit.

    """
    bare = ISBN_MARK.sub("", text, count=1)
    digits = identifiers.digits_of(bare)
    if not identifiers.ISBN.fullmatch(bare) or len(digits) not in identifiers.ISBN_LENGTHS:
        return ""
    if not identifiers.isbn_holds(digits):
        raise BookError(
            f"The check digit of ISBN {text} does not hold",
            cure="compare it with the book; one of its digits is wrong",
        )
    return digits


def identify(text: str) -> Identifier:
    """Say what a contributor gave.

    Raises:
        BookError: it is none of the three.

    """
    text = text.strip()
    doi = doi_in(text)
    if doi:
        return Identifier("doi", doi)
    isbn = isbn_in(text)
    if isbn:
        return Identifier("isbn", isbn)
    if re.match(r"https?://", text, re.IGNORECASE) and urlsplit(text).hostname:
        return Identifier("url", text)
    raise BookError(f"{text!r} is neither a DOI nor an ISBN nor an address", cure=CURE)
