"""From what a reader of a format meets, one thing after another, to passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechbook.audit.parity.model import Passage, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REACH = 30
STRONG_BY_ITSELF = frozenset({"head cell", "term", "heading"})


@dataclass(frozen=True)
class Open:
    """A passage begins."""

    kind: str
    place: str


@dataclass(frozen=True)
class Close:
    """The passage that began last ends."""


@dataclass(frozen=True)
class Words:
    """Text, whether it is emphasised, and its language where that is not the book's."""

    text: str
    emphasised: bool = False
    language: str = ""


@dataclass(frozen=True)
class Mark:
    """The mark of a note."""

    number: str


@dataclass(frozen=True)
class Work:
    """A citation: how the entry begins that it leads to."""

    beginning: str


@dataclass(frozen=True)
class Address:
    """A link out of the book."""

    address: str


Event = Open | Close | Words | Mark | Work | Address


@dataclass
class _Draft:
    """A passage in the making."""

    kind: str
    place: str
    words: list[Words] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)

    @property
    def emphasis(self) -> tuple[str, ...]:
        """The emphasised letters; a term, a head cell or a heading is strong by itself."""
        if self.kind in STRONG_BY_ITSELF:
            return ()
        return tuple(text for _, text in joined((w.emphasised, w.text) for w in self.words))

    def passage(self) -> Passage:
        return Passage(
            self.kind,
            self.text,
            self.place,
            tuple(self.marks),
            self.emphasis,
            tuple(
                (str(tag), text) for tag, text in joined((w.language, w.text) for w in self.words)
            ),
            tuple(self.works),
            tuple(self.addresses),
        )


def joined(pieces: Iterable[tuple[object, str]]) -> Iterator[tuple[object, str]]:
    """Yield the letters of neighbouring pieces with the same flag, where the flag says yes."""
    flag_before: object = None
    letters = ""
    for flag, text in pieces:
        found = letters_of(text)
        if not found:
            continue
        if flag != flag_before:
            if flag_before and letters:
                yield flag_before, letters
            flag_before, letters = flag, ""
        letters += found
    if flag_before and letters:
        yield flag_before, letters


def passages(events: Iterable[Event]) -> tuple[Passage, ...]:
    """Assemble the passages, in the order in which they begin; empty ones fall away."""
    begun: list[_Draft] = []
    opened: list[_Draft] = []
    for event in events:
        if isinstance(event, Open):
            opened.append(_Draft(event.kind, event.place))
            begun.append(opened[-1])
        elif isinstance(event, Close):
            opened.pop()
        elif opened:
            take(opened[-1], event)
    drafts = (draft.passage() for draft in begun)
    return tuple(passage for passage in drafts if passage.letters)


def take(draft: _Draft, event: Words | Mark | Work | Address) -> None:
    """Add what is met to the passage that is open."""
    if isinstance(event, Words):
        draft.words.append(event)
    elif isinstance(event, Mark):
        draft.marks.append((letters_of(draft.text)[-REACH:], event.number))
    elif isinstance(event, Work):
        draft.works.append(event.beginning)
    elif event.address not in draft.addresses:
        draft.addresses.append(event.address)
