"""The words of quotations and sources, and how a quotation is found in a source.

Both become a string of letters and digits alone, in small letters and without accents, so
that quotation marks, dashes, white space, line breaks and hyphens are free.  A find must
begin and end where words do.  Marks between figures stay: 1.5 is not 15.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from citelint.myst.sentences import CITED, NAMED, NO_PROSE, NOTED, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A word, with combining characters and what is invisible in it; marks between figures.
WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060]|(?<=[0-9])[.,:](?=[0-9]))*+"
)
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060])
UNPARTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
#: From here on (CJK) words are not parted by spaces, so any place may begin one.
UNSPACED = "\u2e80"

#: What parts a quotation: an omission ("…", "...", ". . .", in brackets or not), an editor's
#: insertion, or a role whose printed text is not known.
OMISSION = r"(?:…|(?<!\.)\.(?:[ \u00a0]?\.){2,3}(?!\.))"
PARTING = re.compile(
    rf"\\?[\[(]\s*{OMISSION}\s*\\?[\])]|{OMISSION}"
    rf"|(?P<insertion>\\?\[[^\[\]{CITED}-{NO_PROSE}]*\\?\]|[{OTHER}{NO_PROSE}]++)"
)
#: Marks of citations and notes within a quotation, which belong to the chapter.
MARKS = re.compile(rf"[{CITED}{NOTED}{NAMED}]")
#: How many letters an editor's insertion may stand for, beyond its own length.
INSERTED = 40


class Words:
    """The words of a text: their spans, their folded forms, and all of these joined."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        end = len(text) if end is None else end
        self.spans = [match.span() for match in WORD.finditer(text, start, end)]
        seen: dict[str, str] = {}
        self.forms = [folded_once(text[a:b], seen) for a, b in self.spans]
        self.joined = "".join(self.forms)
        self.starts = list(itertools.accumulate(map(len, self.forms), initial=0))

    def word_at(self, offset: int) -> int:
        """Return the index of the word that an offset in the joined text lies in."""
        return bisect.bisect_right(self.starts, offset) - 1

    def is_edge(self, offset: int) -> bool:
        """Say whether an offset in the joined text is where a word begins or ends."""
        index = bisect.bisect_left(self.starts, offset)
        if index < len(self.starts) and self.starts[index] == offset:
            return True
        return self.joined[offset] >= UNSPACED

    def excerpt(self, first: int, last: int) -> str:
        """Return the text from one word to another (exclusive), with single spaces."""
        if first >= last:
            return ""
        return " ".join(self.text[self.spans[first][0] : self.spans[last - 1][1]].split())


def folded_once(word: str, seen: dict[str, str]) -> str:
    """Return a word's folded form, kept in *seen*."""
    form = seen.get(word)
    if form is None:
        form = seen[word] = fold_word(word)
    return form


def fold_word(word: str) -> str:
    """Return a word in small letters, without accents and ligatures."""
    small = word.translate(INVISIBLE).casefold().translate(UNPARTED)
    if small.isascii():
        return small
    parted = unicodedata.normalize("NFKD", small)
    return "".join(c for c in parted if not unicodedata.combining(c))


class Piece(NamedTuple):
    """A run of a quotation's text that must stand in the source as it is.

    ``gap`` is how many letters may stand before it in the source, -1 for any number;
    ``is_open_before`` and ``is_open_behind`` that an insertion goes on within the word.
    """

    start: int
    end: int
    gap: int
    is_open_before: bool
    is_open_behind: bool


def pieces_of(text: str, start: int, end: int) -> list[Piece]:
    """Part a quotation's text at omissions and insertions; pieces without a word are left out."""
    found: list[Piece] = []
    position, gap, is_open = start, 0, False
    for parting in PARTING.finditer(text, start, end):
        is_insertion = parting["insertion"] is not None
        cuts_before = is_insertion and within_word(text, parting.start() - 1, start, end)
        piece = Piece(position, parting.start(), gap, is_open, cuts_before)
        if WORD.search(text, piece.start, piece.end):
            found.append(piece)
            gap = 0
        position = parting.end()
        is_open = is_insertion and within_word(text, position, start, end)
        gap = widened(gap, len(parting.group()) if is_insertion else -1)
    last = Piece(position, end, gap, is_open, is_open_behind=False)
    return [*found, last] if WORD.search(text, position, end) else found


def widened(gap: int, more: int) -> int:
    """Return a gap together with another's."""
    return -1 if gap < 0 or more < 0 else gap + more + INSERTED


def within_word(text: str, place: int, start: int, end: int) -> bool:
    """Say whether a letter stands at a place between *start* and *end*."""
    return start <= place < end and text[place].isalnum()


class Find(NamedTuple):
    """Where a quotation's pieces stand in a source: spans of its joined text, in order."""

    spans: tuple[tuple[int, int], ...]


def occurrences(piece: Piece, form: str, source: Words, first: int, limit: int) -> Iterator[int]:
    """Yield where a piece's folded *form* stands in the source, whole words kept."""
    at = source.joined.find(form, first, limit)
    while at >= 0:
        begins = piece.is_open_before or source.is_edge(at)
        if begins and (piece.is_open_behind or source.is_edge(at + len(form))):
            yield at
        at = source.joined.find(form, at + 1, limit)


def find(text: str, pieces: Sequence[Piece], source: Words) -> Find | None:
    """Find a quotation's pieces in their order, the first place that holds all of them."""
    forms = [Words(text, piece.start, piece.end).joined for piece in pieces]
    spans: list[tuple[int, int]] = []
    position = 0
    for chain in chains(pieces):
        placed = place_chain([(pieces[i], forms[i]) for i in chain], source, position)
        if placed is None:
            return None
        spans += placed
        position = placed[-1][1]
    return Find(tuple(spans)) if spans else None


def chains(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Yield runs of pieces that stand close together; omissions part them."""
    chain: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.gap < 0 and chain:
            yield chain
            chain = []
        chain.append(index)
    if chain:
        yield chain


def place_chain(
    chain: Sequence[tuple[Piece, str]], source: Words, position: int
) -> list[tuple[int, int]] | None:
    """Place pieces that only insertions part, the first from *position* on."""
    piece, form = chain[0]
    for at in occurrences(piece, form, source, position, len(source.joined)):
        spans = [(at, at + len(form))]
        for other, other_form in chain[1:]:
            end = spans[-1][1]
            limit = min(end + other.gap + len(other_form), len(source.joined))
            following = next(occurrences(other, other_form, source, end, limit), -1)
            if following < 0:
                break
            spans.append((following, following + len(other_form)))
        else:
            return spans
    return None


#: What the finer comparison takes off or evens out; see ``as_printed``.
BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*[\r\n]\s*(?=[^\W\d_])")
EMPHASIS_AND_MARKS = re.compile(r"[*_\\'\"“”„‟«»‹›‘’‚‛`´′″\u00ad\u200b-\u200d\u2060\ufeff]")
DASH = re.compile(r"\s*(?:--+|[-–—‒―−‐‑])+\s*")
NOTE = re.compile(r"\[(?:p\. ?)?\d{1,4}\]")
ENDS = re.compile(r"^[\W_]+|[\W_]+$")
SPACES = re.compile(r"\s+")


def as_printed(text: str) -> str:
    """Return a text with capitals and punctuation, all that is merely typographic evened out."""
    text = NOTE.sub("", MARKS.sub("", BROKEN.sub("", text)))
    text = DASH.sub("-", EMPHASIS_AND_MARKS.sub("", unicodedata.normalize("NFKC", text)))
    text = ENDS.sub("", SPACES.sub(" ", text))
    return text[:1].lower() + text[1:]


def printed_alike(text: str, piece: Piece, source: Words, span: tuple[int, int]) -> bool:
    """Say whether a piece that was found has the source's capitals and punctuation."""
    first, last = source.word_at(span[0]), source.word_at(span[1] - 1)
    theirs = source.text[source.spans[first][0] : source.spans[last][1]]
    if piece.is_open_before or piece.is_open_behind:
        return True
    return as_printed(text[piece.start : piece.end]) == as_printed(theirs)
