"""What a rule is: a small object that carries its check and its own documentation.

A rule is a generator function with a decorator.  The function's docstring is the
rule's page (``citelint explain``): a first line that says what holds when the rule
is kept, then the paragraphs ``Why:``, ``Bad:``, ``Good:`` and ``Cure:``.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from citelint.findings import Complaint, Severity

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.bibtex.model import BibFile
    from citelint.myst.model import Chapter
    from citelint.project import Project

SECTION = re.compile(r"^(Why|Bad|Good|Cure):[ \n]", re.MULTILINE)
SECTIONS = ("Why", "Bad", "Good", "Cure")

Complaints = Iterator[Complaint]
EntryCheck = Callable[["Record", "Project"], Complaints]
FileCheck = Callable[["BibFile", "Project"], Complaints]
ChapterCheck = Callable[["Chapter", "Project"], Complaints]
Check = TypeVar("Check", bound=Callable[..., Any])


@dataclass(frozen=True)
class Page:
    """A rule's documentation, from its function's docstring."""

    summary: str
    why: str
    bad: str
    good: str
    cure: str


@dataclass(frozen=True)
class Rule:
    """A rule: ``scope`` is ``entry``, ``file`` (one .bib), ``chapter`` or one of SEC's.

    Those are ``markup`` (chapters and strings of data), ``text`` (any text), ``data``,
    ``drawing`` and ``listing`` (one file or link in a folder).

    ``entry-exception`` and ``prose-exception`` are for rules about exceptions.

    ``fields`` narrows an entry rule to entries that have one of these fields (lower
    case); empty means every entry.  ``concerns`` narrows it by an entry's type and fields,
    and is asked once for all entries that are alike in these.  ``mark`` narrows it further to
    entries whose values hold this text, ``needs`` to those of which this holds; both are
    asked once for all rules that share them.  ``default`` says whether it runs unless
    selected.
    """

    code: str
    name: str
    severity: Severity
    scope: str
    default: bool
    fields: frozenset[str]
    check: Callable[..., Complaints]
    mark: str = ""
    needs: Callable[[Record], object] | None = None
    concerns: Callable[[str, tuple[str, ...]], object] | None = None

    @functools.cached_property
    def page(self) -> Page:
        """Return the rule's documentation.

        Raises:
            ValueError: a section is missing.

        """
        return read_page(self.check.__doc__)

    @functools.cached_property
    def naming(self) -> tuple[str, str, str]:
        """Return what its findings say of it: code, name and severity."""
        return self.code, self.name, self.severity.value

    @property
    def family(self) -> str:
        """Return the code's three letters."""
        return self.code[:3]


def read_page(docstring: str | None) -> Page:
    """Split a rule's docstring into its sections.

    Raises:
        ValueError: a section is missing.

    """
    pieces = SECTION.split(inspect.cleandoc(docstring or ""))
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    missing = [name for name in SECTIONS if not sections.get(name, "").strip()]
    if missing:
        raise ValueError(f"a rule's docstring lacks {', '.join(missing)}")
    texts = {name.lower(): inspect.cleandoc(text) for name, text in sections.items()}
    return Page(summary=" ".join(pieces[0].split()), **texts)


def rule(  # noqa: PLR0913 - what a rule says of itself, all by name
    code: str,
    name: str,
    *,
    scope: str,
    severity: Severity = Severity.WARNING,
    default: bool = True,
    fields: tuple[str, ...] = (),
    mark: str = "",
    needs: Callable[[Record], object] | None = None,
    concerns: Callable[[str, tuple[str, ...]], object] | None = None,
) -> Callable[[Callable[..., Complaints]], Rule]:
    """Make a :class:`Rule` of a generator function."""

    def made(check: Callable[..., Complaints]) -> Rule:
        return Rule(
            code, name, severity, scope, default, frozenset(fields), check, mark, needs, concerns
        )

    return made
