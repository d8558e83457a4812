"""Sphinx's warnings as problems: a place, a plain sentence, a cure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LINE = re.compile(
    r"^(?:(?P<path>[^\n]+?):(?:(?P<line>\d+):)? )?"
    r"(?P<level>WARNING|ERROR|CRITICAL): (?P<message>.*?)(?: \[(?P<type>[\w.]+)\])?$"
)
UNKNOWN_KEY = re.compile(r'could not find bibtex key "(?P<key>[^"]*)"')

#: What Sphinx and MyST say, and what a historian can do about it.
CURES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), cure)
    for pattern, cure in (
        (r"isn't included in any toctree", "add it to a part in docs/index.md, or delete the file"),
        (r"toctree contains reference to nonexisting document", "correct the name in the toctree"),
        (r"image file not readable", "put the picture there, or correct its path"),
        (r"text alternative", "say in ':alt:' what the picture shows"),
        (r"Unknown directive type", "check the spelling of the word in braces"),
        (r"Unknown interpreted text role", "check the spelling of the word in braces"),
        (r"undefined label", "check the spelling, or put (label)= above the heading that is meant"),
        (r"term not in glossary", "correct the term, or define it in docs/back/glossary.md"),
        (r"[Ff]ootnote", "give every [^mark] one definition '[^mark]: …' in the same file"),
        (r"duplicate label", "rename one of the two labels"),
        (r"toctree", "list each chapter once in docs/index.md"),
    )
)
#: Types of the warnings that our own extensions write.
OUR_TYPES = frozenset({"figures"})
ANY_CURE = "mend the source there"


@dataclass
class WarningCollector:
    """A text stream that Sphinx writes its warnings to."""

    chunks: list[str] = field(default_factory=list)

    def write(self, text: str) -> int:
        """Keep the text."""
        self.chunks.append(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: the text is kept in memory."""

    def isatty(self) -> bool:
        """Say that no terminal listens, so that no colours are written."""
        return False

    def lines(self) -> list[str]:
        """Return the non-empty lines written so far, without colours."""
        return [line for line in ANSI.sub("", "".join(self.chunks)).splitlines() if line.strip()]


def cure_for(message: str, citekeys: Iterable[str]) -> str:
    """Return what to do about a warning."""
    unknown = UNKNOWN_KEY.search(message)
    if unknown:
        near = difflib.get_close_matches(unknown["key"], list(citekeys), n=1, cutoff=0.6)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return f"correct the key{hint}, or add the work to references.bib"
    return next((cure for pattern, cure in CURES if pattern.search(message)), ANY_CURE)


def said_plainly(message: str) -> str:
    """Reword what Sphinx says in its own terms."""
    unknown = UNKNOWN_KEY.search(message)
    if unknown:
        return f"The work {unknown['key']!r} is cited but not in references.bib"
    if "isn't included in any toctree" in message:
        return "The chapter is in no table of contents"
    return message[:1].upper() + message[1:]


def place_of(path: str | None, line: str | None) -> Place | None:
    """Return the place a warning names, if it names one."""
    return Place(Path(path), int(line or 0)) if path else None


@dataclass(frozen=True)
class Warned:
    """One of Sphinx's warnings: where, what, and its type ("" where it names none)."""

    place: Place | None
    message: str
    kind: str

    def continued(self, line: str) -> Warned:
        """Return the warning with one more line of its message."""
        return Warned(self.place, f"{self.message} {line.strip()}", self.kind)

    def problem(self, citekeys: Iterable[str]) -> Problem:
        """Return the warning in plain words; our own extensions' name their cure themselves."""
        is_ours = self.kind.partition(".")[0] in OUR_TYPES
        cure = "" if is_ours else cure_for(self.message, citekeys)
        return Problem(said_plainly(self.message), self.place, cure)


def warned(lines: Iterable[str]) -> list[Warned]:
    """Read warning lines; a line that is no new warning joins the one before."""
    found: list[Warned] = []
    for line in lines:
        match = LINE.match(line)
        if match:
            place = place_of(match["path"], match["line"])
            found.append(Warned(place, match["message"], match["type"] or ""))
        elif found:
            found[-1] = found[-1].continued(line)
        else:
            found.append(Warned(None, line.strip(), ""))
    return found


def problems_of(lines: Iterable[str], citekeys: Iterable[str]) -> Iterator[Problem]:
    """Turn warning lines into problems, each once."""
    keys = list(citekeys)
    for each in dict.fromkeys(warned(lines)):
        yield each.problem(keys)
