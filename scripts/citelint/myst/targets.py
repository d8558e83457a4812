"""What stands within a citation role, read as sphinxcontrib-bibtex reads it, with positions.

The grammar is that of ``sphinxcontrib.bibtex.citation_target`` (2.7): targets separated
by commas, each ``{before}key{after}``.  A role may name its link's text first, as every
Sphinx reference may: ``text <targets>``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.myst.model import Citation, Span, Target

if TYPE_CHECKING:
    from citelint.myst.document import Passage

#: ``cite`` and ``footcite``, alone or with a style's own name (``cite:t``, ``footcite:ps``).
CITING = re.compile(r"(?:foot)?cite(?::[a-z]+)?", re.IGNORECASE)
#: sphinxcontrib.bibtex.citation_target, possessive so that no input makes it backtrack.
TARGET = re.compile(
    r"\s*+(?:\{(?P<before>[^{}]+)\})?+\s*+(?P<key>[^{}\s,]++)\s*+(?:\{(?P<after>[^{}]+)\})?+\s*+"
)

EMPTY = "the role names no work; write a key between the backticks"
NO_KEY = "no key stands where one is needed; write {before}key{after} for each work"
NO_COMMA = "works must be separated by commas, and a key holds no space"
DISABLED = "the exclamation mark keeps Sphinx from citing anything; take it out"


def is_citing(name: str) -> bool:
    """Say whether a role's name is one of sphinxcontrib-bibtex's."""
    return CITING.fullmatch(name) is not None


def titled_target(content: str) -> tuple[int, int]:
    """Return the span of the targets: all of the content, or what its angle brackets hold."""
    if not content.endswith(">") or "<" not in content[1:]:
        return 0, len(content)
    # Sphinx takes the first "<" that has a text before it.
    start = content.index("<", 1) + 1
    return start, len(content) - 1


def group_span(match: re.Match[str], name: str, absent: int) -> tuple[str, int, int]:
    """Return a group's text and span; where it is absent, nothing at *absent*."""
    text = match[name]
    if text is None:
        return "", absent, absent
    return text.replace("\n", " "), match.start(name), match.end(name)


def target_of(match: re.Match[str], passage: Passage) -> Target:
    """Make a target of a match within the passage's text."""
    key_start, key_end = match.span("key")
    before, before_start, before_end = group_span(match, "before", key_start)
    after, after_start, after_end = group_span(match, "after", key_end)
    return Target(
        match["key"],
        passage.span(key_start, key_end),
        before,
        passage.span(before_start, before_end),
        after,
        passage.span(after_start, after_end),
    )


def targets_between(passage: Passage, start: int, end: int) -> tuple[list[Target], str]:
    """Read targets separated by commas; the second value says what is wrong with them."""
    text = passage.text
    targets: list[Target] = []
    if not text[start:end].strip():
        return targets, EMPTY
    while True:
        match = TARGET.match(text, start, end)
        if match is None:
            return [], NO_KEY
        targets.append(target_of(match, passage))
        if match.end() == end:
            return targets, ""
        if text[match.end()] != ",":
            return [], NO_COMMA
        start = match.end() + 1


def citation(name: str, note: str, passage: Passage, outer: Span, inner: Span) -> Citation:
    """Make a citation of a role; *outer* and *inner* are spans in the passage's text."""
    content = passage.text[inner.start : inner.end]
    if name.lower().startswith("foot"):
        # It knows neither a link's text nor locators; a rule says what those do.
        targets, fault = targets_between(passage, inner.start, inner.end)
    elif content.startswith("!"):
        targets, fault = [], DISABLED
    else:
        first, last = titled_target(content)
        targets, fault = targets_between(passage, inner.start + first, inner.start + last)
    return Citation(
        name.lower(),
        passage.span(*outer),
        passage.span(*inner),
        tuple(targets),
        note,
        fault,
    )
