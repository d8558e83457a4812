"""Characters that are not seen, or that change the order in which others are seen.

Sources: https://www.unicode.org/reports/tr9/ (the bidirectional algorithm),
https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing and
https://trojansource.codes (Boucher and Anderson).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.spans import Covering

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Embeddings, overrides, isolates and what ends them.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
OVERRIDES = frozenset("\u202d\u202e")
OPENING, CLOSING = frozenset("\u202a\u202b\u2066\u2067\u2068"), frozenset("\u202c\u2069")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
#: Fillers, deprecated format characters, invisible operators, tags, and variation selectors
#: beyond those of emoji; spaces of no width and joiners only between letters that need none.
HIDDEN = re.compile(
    "[\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2060-\u2064\u206a-\u206f\u3164\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
    "|(?<=[A-Za-zÀ-ɏͰ-ԯ])[\u200b-\u200d\ufeff](?=[A-Za-zÀ-ɏͰ-ԯ])"
    "|[\u200b\u200c\u200d]{2,}"
    "|(?<=.)\ufeff"
)
#: Whatever :data:`HIDDEN` may begin with; one class is searched for many times faster.
PERHAPS_HIDDEN = re.compile(
    "[\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
#: Flags of regions: a black flag and the tags that name it.
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


def turning_marks(line: str) -> Iterator[tuple[int, int]]:
    """Yield the marks in a line that turn the order of what is read.

    Marks that a text in Hebrew or Arabic needs are let through: opened and closed within
    the line, with letters of such a script between them.
    """
    marks = list(TURNING.finditer(line))
    is_needed = RIGHT_TO_LEFT.search(line) is not None and is_closed("".join(m[0] for m in marks))
    if not is_needed:
        yield from (mark.span() for mark in marks)


def is_closed(marks: str) -> bool:
    """Say whether every mark is closed and none overrides."""
    level = 0
    for mark in marks:
        if mark in OVERRIDES:
            return False
        level += 1 if mark in OPENING else -1
        if level < 0:
            return False
    return level == 0


def hidden_marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of characters that nobody sees."""
    flags = Covering(match.span() for match in FLAG.finditer(text))
    last = 0
    for perhaps in PERHAPS_HIDDEN.finditer(text):
        match = HIDDEN.match(text, perhaps.start()) if perhaps.start() >= last else None
        if match is None:
            continue
        last = match.end()
        if match.start() not in flags:
            yield match.span()
