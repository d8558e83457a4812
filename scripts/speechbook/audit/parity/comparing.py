"""Two editions held against each other: every difference, with both places."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from speechbook.audit.parity.model import Chapter, Edition, Passage

#: How many letters of an entry's beginning tell it from the others.
TELLING = 25


@dataclass(frozen=True)
class Difference:
    """What two editions say differently: what it is about, and what each has where."""

    what: str
    chapter: str
    first: str
    second: str

    def sentence(self, first: str, second: str) -> str:
        """Return the difference as a sentence, given the editions' names."""
        return f"{self.chapter}: {self.what}: {first} has {self.first}; {second} has {self.second}."


@dataclass(frozen=True)
class Comparison:
    """Two editions under comparison."""

    first: Edition
    second: Edition

    def differences(self) -> Iterator[Difference]:
        """Yield every difference."""
        yield from lists("part", "the book", self.first.parts, self.second.parts)
        titles = [[c.title for c in edition.chapters] for edition in (self.first, self.second)]
        yield from lists("chapter", "the book", *titles)
        yield from lists("term of the index", "the index", self.first.index, self.second.index)
        others = {chapter.title: chapter for chapter in self.second.chapters}
        for chapter in self.first.chapters:
            if chapter.title in others:
                yield from of_chapters(chapter, others[chapter.title])


def of_chapters(first: Chapter, second: Chapter) -> Iterator[Difference]:
    """Compare one chapter in two editions."""
    yield from of_passages(first.title, first.passages, second.passages)
    yield from of_passages(first.title, first.notes, second.notes)
    yield from lists("alternative of a picture", first.title, first.pictures, second.pictures)
    if first.drawings and second.drawings:
        yield from lists("file of a picture", first.title, first.drawings, second.drawings)


def of_passages(
    chapter: str, first: Sequence[Passage], second: Sequence[Passage]
) -> Iterator[Difference]:
    """Align passages by their letters; compare what belongs together, tell what stands alone."""
    ours_all, theirs_all = [p.letters for p in first], [p.letters for p in second]
    matcher = SequenceMatcher(None, ours_all, theirs_all, autojunk=False)
    for tag, begin, end, begin_other, end_other in matcher.get_opcodes():
        ours, theirs = first[begin:end], second[begin_other:end_other]
        if tag == "equal":
            for one, other in zip(ours, theirs, strict=True):
                yield from of_passage(chapter, one, other)
        else:
            yield Difference("words", chapter, shown(ours), shown(theirs))


def shown(passages: Sequence[Passage]) -> str:
    """Return passages as a finding shows them."""
    if not passages:
        return "nothing"
    return ", ".join(f"“{passage.sample}” ({passage.place})" for passage in passages)


def of_passage(chapter: str, one: Passage, other: Passage) -> Iterator[Difference]:
    """Compare what two passages with the same letters carry."""
    carried = (
        ("kind", one.kind, other.kind),
        ("notes attached", one.marks, other.marks),
        ("emphasis", one.emphasis, other.emphasis),
        ("languages", one.languages, other.languages),
        ("links out of the book", sorted(one.addresses), sorted(other.addresses)),
    )
    for what, ours, theirs in carried:
        if ours != theirs:
            first, second = f"{ours} ({one.place})", f"{theirs} ({other.place})"
            yield Difference(f"{what} of “{one.sample}”", chapter, first, second)
    if not same_works(one.works, other.works):
        first, second = f"{list(one.works)} ({one.place})", f"{list(other.works)} ({other.place})"
        yield Difference(f"works reached from “{one.sample}”", chapter, first, second)


def same_works(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Say whether citations reach the same entries, told by how those begin.

    What was read at a place of a page can have parts of the line above before it.
    """
    return len(ours) == len(theirs) and all(
        one[:TELLING] in other or other[:TELLING] in one
        for one, other in zip(ours, theirs, strict=True)
    )


def lists(
    what: str, chapter: str, first: Sequence[str], second: Sequence[str]
) -> Iterator[Difference]:
    """Compare two lists of letters."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, begin, end, begin_other, end_other in matcher.get_opcodes():
        if tag != "equal":
            ours = ", ".join(first[begin:end]) or "nothing"
            theirs = ", ".join(second[begin_other:end_other]) or "nothing"
            yield Difference(what, chapter, ours, theirs)
