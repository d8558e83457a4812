"""Where sentences end, in text whose constructs are masked by the fillers below.

A sentence takes along what closes it: quotation marks, brackets, note marks, and
parenthetical citations that stand behind its full stop.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.myst.model import Span
from citelint.myst.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What stands for constructs in masked text, character by character (private-use letters):
#: a parenthetical citation, a note mark, a textual citation, any other role, and what is
#: no prose at all (code, formulas, addresses, tags).
CITED, NOTED, NAMED, OTHER, NO_PROSE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
FILLERS = f"{CITED}-{NO_PROSE}"

CLOSERS = rf"[\"'”’“»«›\)\]\}}*_{CITED}{NOTED}{NO_PROSE}]"
#: A full stop with all that closes its sentence, up to white space or the end.
STOP = re.compile(
    rf"(?P<stop>[.!?…]++)(?P<closers>{CLOSERS}*+)(?P<behind>(?:\s*+{CITED}++[.,;]?)*+)(?=\s|\Z)"
    r"|[。！？]++[”’」』]*+"
)
WORD_BEFORE = re.compile(r"([^\W\d_]+)\Z")
NEXT = re.compile(r"\s*+[\"'“‘„«‚\[(*_]*+(\w?)")

#: Words whose full stop ends no sentence, in lower case.
ABBREVIATIONS = words(
    """
    al approx art arts bd bde bzw ca cap capt cf ch chap chs cit col cols comp comps ct dept
    diss doc docs dr ed eds eg esp est et etc ff fig figs fn fol fols fos gen gov hg hon hrsg
    ibid ie id inc jan feb mar apr jun jul aug sep sept oct nov dec jr lieut ll loc lt ltd  maj
    messrs mm mme mlle mr mrs ms mt no nn nos nr op orig pl pp pres prof proc pt pts pub  publ
    rep repr rept rev sect sen sens ser sgt sr st ste supp suppl tr trans univ usw ver  vgl viz
    vol vols vs z
    """
)


def is_abbreviation(text: str, stop: int) -> bool:
    """Say whether the full stop at *stop* belongs to the word before it.

    Single letters are initials ("N. S. Khrushchev") or abbreviations ("p. 12").
    """
    word = WORD_BEFORE.search(text, max(0, stop - 12), stop)
    if word is None:
        return False
    return len(word[1]) == 1 or word[1].lower() in ABBREVIATIONS


def goes_on(text: str, match: re.Match[str]) -> bool:
    """Say whether a sentence goes on behind a full stop."""
    following = NEXT.match(text, match.end())
    letter = following[1] if following else ""
    if letter.islower():
        return True
    stop = match["stop"] or ""
    return stop == "." and bool(letter) and is_abbreviation(text, match.start())


def sentences(text: str) -> Iterator[Span]:
    """Yield the spans of a masked text's sentences; white space between them is left out."""
    start = 0
    for match in STOP.finditer(text):
        if goes_on(text, match):
            continue
        yield trimmed(text, start, match.end())
        start = match.end()
    if text[start:].strip():
        yield trimmed(text, start, len(text))


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without white space at its ends."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, max(start + lead, start + len(piece.rstrip())))
