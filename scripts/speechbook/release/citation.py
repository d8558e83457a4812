"""Who made the book and under which licence, as ``CITATION.cff`` says it.

The format: https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md
(1.2.0): an author is a person with ``family-names`` and ``given-names``, or a body with
``name``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = ("name-particle", "family-names")
GIVEN = ("given-names", "name-suffix")


@dataclass(frozen=True)
class Author:
    """A person, or a body such as "The Secret Speech contributors", which has no ``given``."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """Return the name in its natural order."""
        return " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True)
class Citation:
    """The authors, and the text's licence as an SPDX identifier ("" if none is named)."""

    authors: tuple[Author, ...]
    licence: str = ""


def author_in(row: dict[str, Any]) -> Author:
    """Return a person or a body; its ``family`` is empty if the row names nobody."""
    family = " ".join(str(row[part]) for part in FAMILY if row.get(part))
    given = " ".join(str(row[part]) for part in GIVEN if row.get(part))
    return Author(family, given) if family else Author(str(row.get("name") or row.get("alias", "")))


def citation_in(text: str) -> Citation:
    """Read the file's text; the licence is that of the book, not of its programs.

    Raises:
        yaml.YAMLError: it is not YAML.
        KeyError, TypeError, AttributeError: it is not a citation file.

    """
    document = yaml.safe_load(text)
    authors = tuple(author for author in map(author_in, document["authors"]) if author.family)
    preferred = document.get("preferred-citation", {})
    return Citation(authors, str(preferred.get("license", "")))


def read_citation(root: Path, fallback: str) -> Citation:
    """Return what the file says, else *fallback* as the only author.

    The tests check the file against its schema; the book is made all the same.
    """
    otherwise = Citation((Author(fallback),))
    path = root / "CITATION.cff"
    if not path.is_file():
        return otherwise
    try:
        found = citation_in(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        return otherwise
    return found if found.authors else Citation(otherwise.authors, found.licence)
