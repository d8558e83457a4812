"""Hold the last two lines of a paragraph together where a note tears them apart.

Typst keeps widows from the top of a page, but not where the last line carries the mark of a
note for which the page has no room left: that line then goes over alone with its note
(<https://github.com/typst/typst/issues/1294> tells of notes and lines that part in the same
way).  Such lines are found on the finished pages.  The note is then tied to a place in the
line before, invisibly, so that both lines go over; its mark stays where it was.  Where the
note still finds room there and the last line does not, the note is made taller, so that it
goes over with both.

All functions are pure.  Lines are those of a sheet (``sheets.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NOTE = re.compile(r'^note\((?P<name>"(?:[^"\\]|\\.)*"), "(?P<number>\d+)", \{\[\]$')
TEXT = re.compile(r'^t\("(?P<text>(?:[^"\\]|\\.)*)"\)$')
TIED = re.compile(
    r'^\}\); t\("(?P<text>(?:[^"\\]|\\.)*)"\); note-again\("(?:[^"\\]|\\.)*", "(?P<number>\d+)"\)$'
)
EARLY, TALL = "early-note(", "tall-note("
LETTERS = re.compile(r"[\W_]+")

#: The running head is the first line of a page on which a paragraph goes on.
LINES_ABOVE = 1

#: How far into the line before the last the note is tied, in characters.
REACH = 25


@dataclass(frozen=True)
class Ending:
    """A last sentence with a note: the line of its text, the note's name and number."""

    line: int
    text: str
    name: str
    number: str

    @property
    def letters(self) -> str:
        """Return the sentence's letters with the note's number, as a page shows them."""
        return letters_of(self.text) + self.number


def letters_of(text: str) -> str:
    """Return letters and digits alone, in lower case."""
    return LETTERS.sub("", text).casefold()


def endings(lines: Sequence[str]) -> Iterator[Ending]:
    """Yield every piece of text that is followed by a note at once."""
    for index in range(1, len(lines)):
        note, text = NOTE.match(lines[index]), TEXT.match(lines[index - 1])
        if note and text:
            yield Ending(index - 1, text["text"], note["name"], note["number"])


def first_lines(pages: Iterable[str]) -> list[str]:
    """Return, of each page with a running head, the letters of its first line of text."""
    heads = (text.splitlines()[LINES_ABOVE : LINES_ABOVE + 1] for text in pages)
    return [letters_of(line) for lines in heads for line in lines]


def torn(ending: Ending, tops: Iterable[str]) -> int:
    """Return how many letters of an ending stand alone at the top of a page; 0 if none."""
    letters = ending.letters
    lengths = (
        len(top) - len(ending.number)
        for top in tops
        if len(ending.number) < len(top) < len(letters) and letters.endswith(top)
    )
    return max(lengths, default=0)


def place_of_split(text: str, letters: int) -> int | None:
    """Return the offset of a word in the line before the last, whose letters are counted.

    It is the word that stands *letters* (with their spaces) and a reach before the end, the
    first word where the text is shorter; nothing where all of the text is on the last line.
    """
    last_line = letters + letters // 4
    if len(text) <= last_line:
        return None
    return text.rfind(" ", 0, max(0, len(text) - last_line - REACH)) + 1


def end_of_note(lines: Sequence[str], start: int) -> int:
    """Return the line that closes the note which opens on line *start*."""
    depth = 0
    for index in range(start, len(lines)):
        line = lines[index]
        depth -= line.startswith("}")
        depth += line.endswith("{[]")
        if depth == 0:
            return index
    raise ValueError(f"the note on line {start + 1} has no end")


def held(lines: Sequence[str], ending: Ending, letters: int) -> list[str] | None:
    """Return the lines with the note tied earlier, as many as before; nothing if it cannot be."""
    split = place_of_split(ending.text, letters)
    if split is None:
        return None
    changed = list(lines)
    last = end_of_note(lines, ending.line + 1)
    changed[ending.line] = f't("{ending.text[:split]}")'
    changed[ending.line + 1] = "early-" + lines[ending.line + 1]
    again = f't("{ending.text[split:]}"); note-again({ending.name}, "{ending.number}")'
    changed[last] = f"{lines[last]}; {again}"
    return changed


def made_taller(lines: Sequence[str], tops: Sequence[str]) -> list[str]:
    """Return the lines with tied notes made taller where their last line is torn off still."""
    changed = list(lines)
    for index, line in enumerate(lines):
        if line.startswith(EARLY):
            tied = TIED.match(lines[end_of_note(lines, index)])
            if tied and torn(Ending(index, tied["text"], "", tied["number"]), tops):
                changed[index] = TALL + line.removeprefix(EARLY)
    return changed


def hold(lines: Sequence[str], tops: Sequence[str]) -> list[str] | None:
    """Return a sheet's lines with every torn ending held; nothing if there is none."""
    current = made_taller(lines, tops)
    for ending in list(endings(lines)):
        letters = torn(ending, tops)
        changed = held(current, ending, letters) if letters else None
        current = changed or current
    return current if current != list(lines) else None
