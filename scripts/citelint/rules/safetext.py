"""SEC001–SEC007: files, lines and characters that a reader or a program could be fooled by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.rules.characters import UNDECODED
from citelint.safety.characters import (
    CLOSING,
    CONTROL,
    OPENING,
    OVERRIDES,
    hidden_marks,
    turning_marks,
)
from citelint.safety.scripts import mixed_words

if TYPE_CHECKING:
    from citelint.project import Project
    from citelint.rules.base import Complaints
    from citelint.safety.listing import Listed
    from citelint.text import SourceText

LINE = re.compile(r"[^\r\n]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
BIBLIOGRAPHY = ".bib"


def is_bibliography(source: SourceText) -> bool:
    """Say whether a source is a .bib file, which has rules of its own for characters."""
    return source.path.suffix == BIBLIOGRAPHY


@rule("SEC001", "file-has-a-bearable-size", scope="listing", severity=Severity.ERROR)
def file_has_a_bearable_size(listed: Listed, project: Project) -> Complaints:
    """A chapter, table or drawing is no larger than ``max-file-bytes``.

    A .bib file may be ten times as large, a photograph twenty times.

    Why: The time of a build grows with the largest file, for some markup with its square.

    Bad:
        chapters/01-session.md (4,194,304 bytes)

    Good:
        chapters/01-session.md (40,960 bytes)

    Cure: Split the chapter, or keep the data out of the book and link to it.
    """
    most = project.settings.max_file_bytes * TIMES.get(listed.path.suffix.lower(), 0)
    if most and listed.size > most:
        message = f"this file has {listed.size:,} bytes and may have {most:,}; split it"
        yield Complaint(0, 0, message)


#: How many times ``max-file-bytes`` a file of a kind may have; others are not limited.
TIMES = {".md": 1, ".toml": 1, ".svg": 2, ".geojson": 2, ".bib": 10} | dict.fromkeys(
    (".png", ".jpg", ".jpeg", ".gif", ".webp"), 20
)


@rule("SEC002", "lines-have-a-bearable-length", scope="text", severity=Severity.ERROR)
def lines_have_a_bearable_length(source: SourceText, project: Project) -> Complaints:
    """No line of a chapter or table is longer than ``max-line-length``.

    Why: Nobody can review it, and what reads Markdown takes long over it.

    Bad:
        ![](data:image/png;base64,iVBORw0KGgo… (a megabyte)

    Good:
        ![The hall](hall.png)

    Cure: Break the line after each sentence; keep pictures in files.
    """
    most = project.settings.max_line_length
    if source.path.suffix == ".svg" or max(map(len, source.text.split("\n"))) <= most:
        return
    for line in LINE.finditer(source.text):
        length = line.end() - line.start()
        if length > most:
            message = f"this line has {length:,} characters and may have {most:,}; break it"
            yield Complaint(line.start(), line.start() + 1, message)


@rule("SEC003", "text-is-read-in-its-order", scope="text", severity=Severity.ERROR)
def text_is_read_in_its_order(source: SourceText, _project: Project) -> Complaints:
    r"""No character turns the order in which text is shown.

    Let through are marks around Hebrew or Arabic that are closed within their line.

    Why: With them a reviewer sees another text than the one that is printed
        (https://trojansource.codes).

    Bad:
        He signed\u202e ton dluow\u202c.

    Good:
        He would not sign.

    Cure: Take the characters out.
    """
    if not any(mark in source.text for mark in OPENING | CLOSING | OVERRIDES):
        return
    for line in LINE.finditer(source.text):
        for start, end in turning_marks(line.group()):
            code = ord(line.group()[start])
            message = f"U+{code:04X} turns the order of what is shown here; take it out"
            yield Complaint(line.start() + start, line.start() + end, message)


@rule("SEC004", "text-is-seen", scope="text", severity=Severity.ERROR)
def text_is_seen(source: SourceText, _project: Project) -> Complaints:
    r"""No invisible characters stand between letters.

    Let through are those that scripts and emoji need.

    Why: Two words that look alike are not the same: searching misses one, a quotation no
        longer agrees with its source, and text can be hidden from reviewers.

    Bad:
        Khru\u200bshchev

    Good:
        Khrushchev

    Cure: Take the character out.
    """
    if not NOT_ASCII.search(source.text):
        return
    for start, end in hidden_marks(source.text):
        code = ord(source.text[start])
        message = f"the invisible character U+{code:04X} stands here; take it out"
        yield Complaint(start, end, message)


@rule("SEC005", "text-has-no-control-characters", scope="text", severity=Severity.ERROR)
def text_has_no_control_characters(source: SourceText, _project: Project) -> Complaints:
    r"""No NUL, escape or other control character stands in a chapter, table or drawing.

    Why: They can write to a reviewer's terminal, and make the EPUB invalid: XML forbids them.

    Bad:
        \x1b[2J

    Good:
        A text without them.

    Cure: Take them out.
    """
    if is_bibliography(source):
        return
    for found in CONTROL.finditer(source.text):
        code = ord(found.group())
        yield Complaint(*found.span(), f"the control character U+{code:04X}; take it out")


@rule("SEC006", "text-is-utf-8", scope="text", severity=Severity.ERROR)
def text_is_utf_8(source: SourceText, _project: Project) -> Complaints:
    r"""A chapter, table or drawing is UTF-8.

    Why: Sphinx stops at other bytes, or two programs read two different texts.

    Bad:
        Pozna\xf1

    Good:
        Poznań

    Cure: Save the file as UTF-8, which every editor offers.
    """
    found = None if is_bibliography(source) else UNDECODED.search(source.text)
    if found:
        codes = " ".join(f"0x{ord(character) - 0xDC00:02X}" for character in found.group()[:4])
        message = f"the file is not UTF-8 text ({codes}); save it in the encoding UTF-8"
        yield Complaint(*found.span(), message)


@rule("SEC007", "words-are-in-one-alphabet", scope="text", severity=Severity.ERROR)
def words_are_in_one_alphabet(source: SourceText, _project: Project) -> Complaints:
    """No word mixes letters of two alphabets that look alike.

    Let through are words whose letters show their alphabet, such as Δx or IT-отдел.

    Why: The word is found by no search, and a link or a key can be made to look like another.

    Bad:
        Тaubman (the first letter is Cyrillic)

    Good:
        Taubman

    Cure: Type the word anew.
    """
    for start, end in mixed_words(source.text):
        word = source.text[start:end]
        message = f"'{word[:40]}' mixes alphabets that look alike; type it anew"
        yield Complaint(start, end, message)


RULES = (
    file_has_a_bearable_size,
    lines_have_a_bearable_length,
    text_is_read_in_its_order,
    text_is_seen,
    text_has_no_control_characters,
    text_is_utf_8,
    words_are_in_one_alphabet,
)
