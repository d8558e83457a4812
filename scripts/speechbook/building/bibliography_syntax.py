"""What pybtex, and so sphinxcontrib-bibtex, cannot read in a .bib file."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import pybtex.errors
from pybtex.database import BibliographyDataError, InvalidNameString
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from speechbook.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pybtex.database import BibliographyData

NAME_IN_MESSAGE = re.compile(r"^Too many commas in ")
KEY_IN_MESSAGE = re.compile(r"repeated bibliography entry: (?P<key>\S+)")


def line_of(text: str, fragment: str, occurrence: int = 1) -> int:
    """Return the line (from 1) of a fragment's n-th occurrence, 0 if it is not there."""
    position = -1
    for _ in range(occurrence):
        position = text.find(fragment, position + 1)
        if position < 0:
            return 0
    return text.count("\n", 0, position) + 1


def problem_of(path: Path, text: str, error: Exception) -> Problem:
    """Turn one of pybtex's errors into a sentence with its place."""
    message = " ".join(str(error).split())
    if isinstance(error, PybtexSyntaxError):
        line = error.lineno or 0
        cure = "look for a missing brace, comma or quotation mark there or in the entry above"
        return Problem(f"The bibliography has a syntax error: {message}", Place(path, line), cure)
    if isinstance(error, InvalidNameString):
        name = NAME_IN_MESSAGE.sub("", message).strip("'\"")
        cure = 'write each name as "Family, Given" and join names with " and "'
        place = Place(path, line_of(text, name))
        return Problem(f"The name {name!r} has too many commas", place, cure)
    repeated = KEY_IN_MESSAGE.search(message)
    if isinstance(error, BibliographyDataError) and repeated:
        place = Place(path, line_of(text, f"{{{repeated['key']},", occurrence=2))
        cure = "give one of the two another key, or merge them"
        return Problem(f"The key {repeated['key']!r} stands twice", place, cure)
    return Problem(f"The bibliography cannot be read: {message}", Place(path), "mend the entry")


@functools.lru_cache(maxsize=1)
def parsed(text: str) -> tuple[BibliographyData, tuple[Exception, ...]]:
    """Return what pybtex reads in a .bib file's text, and what it objects to.

    A build asks twice, for what is wrong and for the works.
    """
    parser = Parser()
    with pybtex.errors.capture() as objections:
        try:
            parser.parse_string(text)
        except PybtexError as error:
            objections.append(error)
    return parser.data, tuple(objections)


def bibliography_problems(path: Path, text: str) -> Iterator[Problem]:
    """Yield what pybtex objects to; nothing means that Sphinx will read the file."""
    _, objections = parsed(text)
    yield from (problem_of(path, text, error) for error in objections)
