"""Where a text names people and places: every form of every name, the longest first."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Named(NamedTuple):
    """What a name stands for: ``kind`` is ``person`` or ``place``."""

    kind: str
    slug: str

    @property
    def identifier(self) -> str:
        """The row's identifier on its page, such as ``person-khrushchev``."""
        return f"{self.kind}-{self.slug}"


class Mention(NamedTuple):
    """A name in a text, from *start* to *end* (exclusive)."""

    start: int
    end: int
    named: Named


class NamedRow(Protocol):
    """What the finder needs of a person or a place."""

    @property
    def slug(self) -> str: ...  # noqa: D102
    @property
    def mentions(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def apart(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def line(self) -> int: ...  # noqa: D102


class Table(NamedTuple):
    """The rows of one kind and the file that they are from."""

    kind: str
    path: Path
    rows: tuple[NamedRow, ...]


class Finder:
    """Finds names; words in which a name means something else are passed by."""

    def __init__(self, forms: dict[str, Named], apart: frozenset[str]) -> None:
        self._forms = forms
        words = sorted({*forms, *apart}, key=lambda form: (-len(form), form))
        pattern = "|".join(map(re.escape, words)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the names in *text* in their order."""
        for match in self._pattern.finditer(text):
            named = self._forms.get(match.group())
            if named is not None:
                yield Mention(*match.span(), named)


def forms_of(tables: tuple[Table, ...]) -> dict[str, Named]:
    """Return what each form stands for.

    Raises:
        BookError: two rows claim the same form.

    """
    forms: dict[str, Named] = {}
    for table in tables:
        for row in table.rows:
            named = Named(table.kind, row.slug)
            for form in row.mentions:
                if forms.setdefault(form, named) != named:
                    raise BookError(
                        f"The {table.kind} {row.slug!r} and the {' '.join(forms[form])!r} are both "
                        f"named {form!r}",
                        place=Place(table.path, row.line),
                        cure="take the form out of one row and use {person} or {place} for it",
                    )
    return forms


@functools.lru_cache(maxsize=4)
def finder_of(tables: tuple[Table, ...]) -> Finder:
    """Return what finds the names of all tables."""
    apart = frozenset(form for table in tables for row in table.rows for form in row.apart)
    return Finder(forms_of(tables), apart)
