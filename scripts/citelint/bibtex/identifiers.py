"""Identifiers of works and people: what they look like and whether their check digits hold."""

from __future__ import annotations

import re

#: DOI Handbook 2.2: the prefix is "10." and a registrant's code, the suffix any printed text.
DOI = re.compile(r"10\.[0-9]{3,9}(?:\.[0-9]+)*/[!-~\u00a1-\uffff]+")
#: What people put before a DOI.
DOI_PREFIX = re.compile(
    r"(?:https?://(?:www\.)?(?:dx\.)?doi\.org/|(?:dx\.)?doi\.org/|doi:\s*|doi\s+)", re.IGNORECASE
)
DOI_ADDRESS = re.compile(r"https?://(?:www\.|dx\.)?doi\.org/(10\.[^\s]+)", re.IGNORECASE)
SHORT_DOI = re.compile(r"10/[a-z0-9]+", re.IGNORECASE)

ISBN_LENGTHS = (10, 13)
ISBN = re.compile(r"[0-9][0-9 \u2010-\u2015-]{8,20}[0-9Xx]")
ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")

NOT_DIGITS = re.compile(r"[^0-9Xx]")


def digits_of(text: str) -> str:
    """Return digits and X's alone, X in upper case."""
    return NOT_DIGITS.sub("", text).upper()


def value_of(digit: str) -> int:
    """Return a digit's value; X is ten."""
    return 10 if digit == "X" else int(digit)


def isbn10_holds(digits: str) -> bool:
    """Say whether an ISBN of ten digits is right (ISO 2108:1992): weights 10 to 1, modulo 11."""
    if "X" in digits[:-1]:
        return False
    total = sum(weight * value_of(d) for weight, d in zip(range(10, 0, -1), digits, strict=True))
    return total % 11 == 0


def isbn13_holds(digits: str) -> bool:
    """Say whether an ISBN of thirteen digits is right (ISO 2108:2017): weights 1 and 3."""
    if not digits.isdigit() or not digits.startswith(("978", "979")):
        return False
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0


def isbn_holds(digits: str) -> bool:
    """Say whether the check digit of an ISBN of 10 or 13 digits is right."""
    return isbn10_holds(digits) if len(digits) == ISBN_LENGTHS[0] else isbn13_holds(digits)


def issn_holds(digits: str) -> bool:
    """Say whether an ISSN's eight digits are right (ISO 3297): weights 8 to 1, modulo 11."""
    if "X" in digits[:-1]:
        return False
    total = sum(weight * value_of(d) for weight, d in zip(range(8, 0, -1), digits, strict=True))
    return total % 11 == 0


def orcid_holds(orcid: str) -> bool:
    """Say whether an ORCID's last character is right (ISO 7064, MOD 11-2)."""
    digits = digits_of(orcid)
    total = 0
    for digit in digits[:-1]:
        total = (total + value_of(digit)) * 2
    return (12 - total % 11) % 11 == value_of(digits[-1])
