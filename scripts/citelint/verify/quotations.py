"""QUO9: quotations word for word against the open texts of the works that they cite.

These rules run in ``citelint verify`` alone; each looks at what the comparison brought.
"""
# ruff: noqa: D401 - a rule's docstring is its page and says what holds.

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.verify import passages
from citelint.verify.wording import NOTE, Words, find, pieces_of, printed_alike

if TYPE_CHECKING:
    from citelint.rules.base import Complaints
    from citelint.verify.passages import Nearest
    from citelint.verify.sought import Sought
    from citelint.verify.wording import Find, Piece

#: Shorter quotations are as often terms and titles, so that nothing is said if they are missing.
FEWEST_WORDS = 6
#: From so many words, and this share by weight, in one passage on, a quotation is taken to
#: come from there.
FEWEST_TO_BE_NEAR = 4
ENOUGH_TO_BE_NEAR = 0.6
#: A text of fewer words may be one page or the abstract of a longer one.
FEWEST_OF_A_TEXT = 1000
#: Below this share of words known anywhere, a text is in another language, or not the work's.
ENOUGH_TO_COMPARE = 0.5


#: Notes' figures that plain text has run together with words: "the speech24", "in 195725",
#: "coward.”20 The".
STRAY_FIGURES = re.compile(
    r"(?<=[^\W\d_]{2})[0-9]{1,3}(?!\w)|(?<=(?<!\d)1\d\d\d)\d{1,2}(?!\w)"
    r"|(?<=[.,;:!?”“»\"’')])[0-9]{1,3}(?=\s|\Z)"
)


class Source(NamedTuple):
    """A work's open text: as it is, and if that differs without the figures of notes."""

    key: str
    url: str
    readings: tuple[Words, ...]


class Outcome(NamedTuple):
    """How a quotation compares with one source.

    ``words`` is the reading of the source.  ``found`` is where the pieces stand; else
    ``nearest`` is the passage nearest to the first piece that has no place, and
    ``word_span`` that piece's first differing word.
    """

    sought: Sought
    source: Source
    words: Words
    pieces: tuple[Piece, ...] = ()
    found: Find | None = None
    nearest: Nearest | None = None
    word_span: tuple[int, int] = (0, 0)

    @property
    def rank(self) -> tuple[bool, float]:
        """Return what orders outcomes: one that is found is the best, then the nearest."""
        return self.found is not None, self.nearest.share if self.nearest else 0.0

    @property
    def is_near(self) -> bool:
        """Say whether the nearest passage is near enough to be where the quotation is from."""
        nearest = self.nearest
        return (
            nearest is not None
            and nearest.matched >= FEWEST_TO_BE_NEAR
            and nearest.share >= ENOUGH_TO_BE_NEAR
        )


def source_of(key: str, url: str, text: str) -> Source:
    """Make a source of a text, whose notes' marks in brackets are left out."""
    text = NOTE.sub(" ", text)
    unnumbered = STRAY_FIGURES.sub("", text)
    readings = (text,) if unnumbered == text else (text, unnumbered)
    return Source(key, url, tuple(map(Words, readings)))


def text_of(sought: Sought) -> str:
    """Return the text that the span of a quotation is of, constructs masked where known."""
    return sought.chapter.prose or sought.chapter.source.text


def compare(sought: Sought, source: Source) -> Outcome:
    """Look a quotation up in a source, in the reading that suits it best."""
    outcomes = []
    for words in source.readings:
        outcomes.append(compare_reading(sought, source, words))
        if outcomes[-1].found:
            break
    return max(outcomes, key=lambda each: each.rank)


def compare_reading(sought: Sought, source: Source, words: Words) -> Outcome:
    """Look a quotation up in one reading of a source."""
    text = text_of(sought)
    pieces = tuple(pieces_of(text, *sought.span))
    found = find(text, pieces, words)
    if found or not pieces:
        return Outcome(sought, source, words, pieces, found)
    counts = range(1, len(pieces) + 1)
    failed = next(n for n in counts if not find(text, pieces[:n], words)) - 1
    quotation = Words(text, pieces[failed].start, pieces[failed].end)
    nearest = passages.nearest(quotation, words)
    word_span = quotation.spans[nearest.word]
    return Outcome(sought, source, words, pieces, None, nearest, word_span)


def word_count(outcome: Outcome) -> int:
    """Return how many words a quotation has."""
    text = text_of(outcome.sought)
    return sum(len(Words(text, piece.start, piece.end).forms) for piece in outcome.pieces)


def trouble_with(outcome: Outcome) -> str:
    """Say why nothing can be said of a quotation that is not found, "" if something can."""
    if outcome.found or outcome.is_near:
        return ""
    key = outcome.source.key
    if word_count(outcome) < FEWEST_WORDS:
        return f"it is not in the text of {key}, but too short to say more"
    text = text_of(outcome.sought)
    forms = [form for p in outcome.pieces for form in Words(text, p.start, p.end).forms]
    if passages.shared_vocabulary(forms, outcome.words) < ENOUGH_TO_COMPARE:
        return (
            f"the text of {key} at {outcome.source.url} has too few of its "
            "words; it is in another language, or not the whole work"
        )
    if len(outcome.words.forms) < FEWEST_OF_A_TEXT:
        return f"it is not in the text of {key}, which may not be the whole work, being short"
    return ""


@rule("QUO901", "quotation-agrees-with-its-source", scope="verify-quotation")
def quotation_agrees(outcome: Outcome, _project: object) -> Complaints:
    """A quotation has the words of the passage that it is taken from.

    Why: Quotation marks promise the source's own words. Typographic marks, the first letter,
    omissions ("…") and an editor's brackets are free; every other word counts.

    Bad:
        He called it “the personality cult and its consequences”.{cite:p}`bmj2002`

    Good:
        He called it “the cult of personality and its consequences”.{cite:p}`bmj2002`

    Cure: Copy the words from the source, or mark what is left out or changed: […], [his].
    """
    nearest = outcome.nearest
    if nearest is None or not outcome.is_near:
        return
    place = f"the text of {outcome.source.key} at {outcome.source.url}"
    if not nearest.ours and not nearest.theirs:
        message = f"{place} has these words, but not in this order; check the omissions"
    else:
        theirs = f"‘{nearest.theirs}’" if nearest.theirs else "nothing"
        ours = f"‘{nearest.ours}’" if nearest.ours else "nothing"
        message = (
            f"{place} has {theirs} where the quotation has {ours}: ‘{nearest.passage}’; "
            "quote it word for word, or mark the change"
        )
    yield Complaint(*outcome.word_span, message)


@rule("QUO902", "quotation-is-in-its-source", scope="verify-quotation")
def quotation_is_in_its_source(outcome: Outcome, _project: object) -> Complaints:
    """A quotation stands in the text of the work that it cites.

    Why: A quotation that its source does not have is the worst fault of a book of history.
    A quotation of fewer than six words, one in another language than the text, one whose
    note cites works without ``fulltexturl`` as well, and texts of a page are passed over.

    Bad:
        He had “never heard of any such order”.{cite:p}`bmj2002`

    Good:
        He had “learned of it only from the paper”.{cite:p}`bmj2002`

    Cure: Find where the words come from and cite that, or take the quotation out.
    """
    if not outcome.found and not outcome.is_near:
        message = (
            f"the text of {outcome.source.key} at {outcome.source.url} has nothing like this "
            "quotation; find where it comes from"
        )
        yield Complaint(*outcome.sought.span, message)


@rule(
    "QUO903",
    "quotation-keeps-capitals-and-punctuation",
    scope="verify-quotation",
    severity=Severity.NOTE,
    default=False,
)
def quotation_keeps_punctuation(outcome: Outcome, _project: object) -> Complaints:
    """A quotation has the capitals and punctuation of its source.

    Why: A comma may change the sense. Off by default, for texts on the web are often
    transcripts that differ in such things among themselves.

    Bad:
        “The Party, and the state.”

    Good:
        “The party and the state.”

    Cure: Copy the passage as it is printed.
    """
    spans = outcome.found.spans if outcome.found else ()
    text, words = text_of(outcome.sought), outcome.words
    for piece, span in zip(outcome.pieces, spans, strict=False):
        if not printed_alike(text, piece, words, span):
            first, last = words.word_at(span[0]), words.word_at(span[1] - 1) + 1
            theirs = words.excerpt(first, last)
            message = (
                f"the text of {outcome.source.key} at {outcome.source.url} has other capitals or "
                f"punctuation here: ‘{theirs[:300]}’; copy them"
            )
            ends = Words(text, piece.start, piece.end).spans
            yield Complaint(ends[0][0], ends[-1][1], message)


QUOTATION_RULES = (quotation_agrees, quotation_is_in_its_source, quotation_keeps_punctuation)
