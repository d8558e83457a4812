"""A plain scan for text that is too long, or too odd, for the Markdown parser.

Roles, note marks and code spans are found as the parser finds them; links are not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from citelint.myst.parser import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSTRUCT = re.compile(
    r"\\[!-/:-@\[-`{-~]"
    r"|\{(?P<name>[a-zA-Z0-9_\-+:]+)\}(?P<ticks>`+)"
    r"|\[\^(?P<label>[^\] \n]{1,255})\]"
    r"|(?P<code>`+)"
)
TICKS = re.compile(r"`+")


class Runs:
    """The runs of backticks in a text, by length; each question moves forward only."""

    def __init__(self, text: str) -> None:
        self.places: dict[int, list[int]] = defaultdict(list)
        for match in TICKS.finditer(text):
            self.places[match.end() - match.start()].append(match.start())
        for places in self.places.values():
            places.reverse()

    def next(self, length: int, position: int) -> int:
        """Return where the next run of a length begins at or behind *position*, or -1."""
        places = self.places.get(length, [])
        while places and places[-1] < position:
            places.pop()
        return places[-1] if places else -1


def role_event(text: str, match: re.Match[str]) -> Event | None:
    """Return the role that begins at a match, if its backticks are closed."""
    ticks = match["ticks"]
    close = text.find(ticks, match.end() + 1)
    if close < 0:
        return None
    start, end = match.start(), close + len(ticks)
    return Event("role", start, end, match.end(), close, match["name"])


def scan(text: str) -> Iterator[Event]:
    """Yield roles, note marks and code spans in their order."""
    runs = Runs(text)
    position = 0
    hopeless: set[str] = set()
    while match := CONSTRUCT.search(text, position):
        position = match.end()
        event = None
        if match["label"]:
            event = Event("note", *match.span(), *match.span("label"), match["label"])
        elif match["ticks"] and match["ticks"] not in hopeless:
            event = role_event(text, match)
            if event is None:
                hopeless.add(match["ticks"])
        elif match["code"]:
            length = len(match["code"])
            close = runs.next(length, match.end())
            if close >= 0:
                end = close + length
                event = Event("code", match.start(), end, match.start(), end, "")
        if event is not None:
            position = event.end
            yield event
