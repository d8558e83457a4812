"""BIB06–BIB08: encoding, characters that should not be there, and LaTeX that prints as it is."""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata
from typing import TYPE_CHECKING

from citelint.bibtex.places import about_piece, is_literal, literal_span, shortened
from citelint.bibtex.vocabulary import PRINTED, VERBATIM
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule
from citelint.text import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citelint.bibtex.entries import Record, Value
    from citelint.bibtex.model import BibFile
    from citelint.project import Project
    from citelint.rules.base import Complaints

MARK = "\ufeff"
UNDECODED = re.compile(r"[\udc80-\udcff]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")
#: What UTF-8 looks like when it was read as Latin-1 or Windows-1252, and what is left when
#: a character could not be read at all.
MANGLED = re.compile(
    r"[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2039\u203a]"
    r"|â€[\u0080-\u00bf™œ\u009d“”˜¢¦]|\ufffd"
)
DECOMPOSED = re.compile(r"[\u0300-\u036f]")
ENTITY = re.compile(r"\\?&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
PER_CENT = re.compile(r"(?<!\\)(?:\\\\)*%")
SPECIAL = re.compile(r"(?<!\\)[&#_^]")
#: Commands that pybtex does not decode (``tests/citelint/bibtex`` asks pybtex itself).
COMMANDS = (
    "url href emph textit textbf textsc texttt textrm textsf textsl textup textnormal "
    "textsuperscript textsubscript mbox hbox enquote mkbibquote mkbibemph noopsort em it bf sc "
    "tt rm sl sf LaTeX TeX BibTeX relax protect ensuremath cite citet citep textcite autocite "
    "footnote newline linebreak uppercase lowercase MakeUppercase MakeLowercase underline nocite"
)
COMMAND = re.compile(rf"\\(?:{'|'.join(COMMANDS.split())})(?![A-Za-z])")
ADVICE = {
    "url": "put the address into the field url",
    "href": "put the address into the field url",
}


def is_encodable(text: str) -> bool:
    """Say whether every character has a form in UTF-8; many times faster than a search."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@rule("BIB060", "file-is-utf-8", scope="file", severity=Severity.ERROR)
def file_is_utf_8(bib_file: BibFile, _project: Project) -> Complaints:
    r"""The file's bytes are UTF-8.

    Why: sphinxcontrib-bibtex reads UTF-8 and stops at the first byte that is not.

    Bad:
        author = {Dvo\xf8\xe1k, Anton}  (bytes of Latin-2)

    Good:
        author = {Dvořák, Anton}

    Cure: Save the file as UTF-8.
    """
    if is_encodable(bib_file.source.text):
        return
    for found in UNDECODED.finditer(bib_file.source.text):
        codes = " ".join(f"{ord(character) - 0xDC00:02X}" for character in found.group()[:4])
        message = f"these bytes ({codes}) are no UTF-8; save the file as UTF-8"
        yield Complaint(found.start(), found.end(), message)
        return


@rule("BIB061", "file-has-no-byte-order-mark", scope="file", severity=Severity.NOTE)
def file_has_no_byte_order_mark(bib_file: BibFile, _project: Project) -> Complaints:
    r"""No byte order mark stands in the file.

    Why: UTF-8 needs none, and BibTeX, diff and many other tools take it for text.

    Bad:
        \ufeff@book{taubman2003, …}

    Good:
        @book{taubman2003, …}

    Cure: Take it out; `citelint fix` does it.
    """
    text = bib_file.source.text
    at = text.find(MARK)
    while at >= 0:
        yield Complaint(at, at + 1, "a byte order mark; take it out", (Edit(at, at + 1, ""),))
        at = text.find(MARK, at + 1)


@rule("BIB062", "file-has-no-control-characters", scope="file", severity=Severity.ERROR)
def file_has_no_control_characters(bib_file: BibFile, _project: Project) -> Complaints:
    r"""No NUL or other control character stands in the file.

    Why: They come from broken copies and binary files, are invisible, and make invalid
        pages: XML, and so EPUB, forbids them.

    Bad:
        title = {Khrushchev\x00},

    Good:
        title = {Khrushchev},

    Cure: Take them out, and compare the text around them with the source.
    """
    content = encode(bib_file.source.text)
    if len(content) == len(content.translate(None, CONTROLS)):
        return
    for found in CONTROL.finditer(bib_file.source.text):
        code = ord(found.group()[0])
        message = f"a control character (U+{code:04X}) stands here; take it out"
        yield Complaint(found.start(), found.end(), message)


@rule("BIB063", "text-is-not-mangled", scope="file")
def text_is_not_mangled(bib_file: BibFile, _project: Project) -> Complaints:
    """No text was read in the wrong encoding.

    Why: A reader sees DvoÅ™Ã¡k for Dvořák, and a search for the name finds nothing.

    Bad:
        author = {GuÃ©rin, Daniel},

    Good:
        author = {Guérin, Daniel},

    Cure: Type the characters anew, or take the record again from its source.
    """
    text = bib_file.source.text
    if not any(first in text for first in "ÃÂâ\ufffd"):
        return
    for found in MANGLED.finditer(text):
        message = f"{found.group()!r} is a character read in the wrong encoding; type it anew"
        yield Complaint(found.start(), found.end(), message)


@rule("BIB064", "text-is-composed", scope="file", severity=Severity.NOTE)
def text_is_composed(bib_file: BibFile, _project: Project) -> Complaints:
    r"""Letters with accents are single characters where Unicode has them (form NFC).

    Why: é can be one character or e and an accent: they look alike, but neither a search
        nor a sort nor a comparison of names finds the other.

    Bad:
        author = {Gue\u0301rin, Daniel},

    Good:
        author = {Gu\u00e9rin, Daniel},

    Cure: Compose them; `citelint fix` does it.
    """
    text = bib_file.source.text
    if text.isascii():
        return
    for found in DECOMPOSED.finditer(text):
        start = max(0, found.start() - 1)
        pair = text[start : found.end()]
        composed = unicodedata.normalize("NFC", pair)
        if composed != pair:
            message = f"write {composed!r} as one character, not as a letter and an accent"
            yield Complaint(start, found.end(), message, (Edit(start, found.end(), composed),))


def printed_values(record: Record) -> Iterator[tuple[str, Value]]:
    """Yield the fields whose text is printed."""
    for name, value in record.values.items():
        if name in PRINTED:
            yield name, value


def replacement_of(entity: str, *, is_address: bool) -> str | None:
    """Return the character that an entity stands for, escaped for LaTeX; nothing if it is none."""
    character = html.unescape(entity.lstrip("\\"))
    if len(character) != 1 or character == "\ufffd":
        return None
    return f"\\{character}" if character in {"&", "%", "#"} and not is_address else character


@rule("BIB070", "text-has-no-html-entities", scope="entry", mark="&")
def text_has_no_html_entities(record: Record, _project: Project) -> Complaints:
    r"""A field holds characters, not HTML's names for them.

    Why: The reader sees &amp; or &#8217; as it stands, and an address with &amp; leads
        elsewhere.

    Bad:
        publisher = {Faber &amp; Faber},

    Good:
        publisher = {Faber \& Faber},

    Cure: Type the character; `citelint fix` does it.
    """
    for name, value in record.values.items():
        if "&" not in value.text or ";" not in value.text:
            continue
        is_address = name in VERBATIM
        if not is_address and name not in PRINTED:
            continue
        for found in ENTITY.finditer(value.text):
            if is_address and found.group() != "&amp;":
                continue
            character = replacement_of(found.group(), is_address=is_address)
            if character is not None:
                message = f"{found.group()} prints as it stands; write {character}"
                yield about_piece(record, value, *found.span(), message, character)


@rule("BIB071", "per-cent-sign-is-escaped", scope="entry", mark="%")
def per_cent_sign_is_escaped(record: Record, _project: Project) -> Complaints:
    r"""A per cent sign in text has a backslash before it.

    Why: It starts a comment in LaTeX: pybtex drops the sign and all that follows it in
        the field, without a word.

    Bad:
        title = {Why 90% of the Delegates Kept Silent},

    Good:
        title = {Why 90\% of the Delegates Kept Silent},

    Cure: Write \%; `citelint fix` does it.
    """
    for name, value in printed_values(record):
        if "%" in value.text:
            for found in PER_CENT.finditer(value.text):
                place = (found.end() - 1, found.end())
                message = f"the {name} breaks off at this per cent sign; write \\%"
                yield about_piece(record, value, *place, message, "\\%")


@rule("BIB072", "commands-can-be-printed", scope="entry", mark="\\")
def commands_can_be_printed(record: Record, _project: Project) -> Complaints:
    r"""Printed fields have no LaTeX command that pybtex does not know.

    Why: pybtex decodes accents and symbols; \emph, \url, \textit and the like are printed
        as they stand, backslash and all.

    Bad:
        howpublished = {\url{https://www.marxists.org/}},

    Good:
        url = {https://www.marxists.org/},

    Cure: Put addresses into the field url, and take the other commands out.
    """
    for name, value in printed_values(record):
        if "\\" in value.text:
            for found in COMMAND.finditer(value.text):
                command = found.group()
                advice = ADVICE.get(command[1:], "take it out")
                message = f"{command} prints as it stands in the {name}; {advice}"
                yield about_piece(record, value, *found.span(), message)


@rule("BIB073", "latex-specials-are-escaped", scope="entry", default=False)
def latex_specials_are_escaped(record: Record, _project: Project) -> Complaints:
    r"""The characters & # _ ^ have a backslash before them outside formulas.

    Why: pybtex prints them, but LaTeX stops at them: the file cannot be used in a paper.

    Bad:
        publisher = {Faber & Faber},

    Good:
        publisher = {Faber \& Faber},

    Cure: Write a backslash before the character; `citelint fix` does it.
    """
    for _name, value in printed_values(record):
        if "$" in value.text or ("\\" in value.text and "{" in value.text):
            continue
        for found in SPECIAL.finditer(value.text):
            message = f"LaTeX stops at this {found.group()}; write \\{found.group()}"
            yield about_piece(record, value, *found.span(), message, f"\\{found.group()}")


@rule("BIB074", "hash-signs-are-even", scope="entry", default=False, mark="#")
def hash_signs_are_even(record: Record, _project: Project) -> Complaints:
    r"""Text has no odd number of unescaped hash signs.

    Why: JabRef takes text between two hash signs for the name of a string, and cannot save
        an entry where one is left over.

    Bad:
        note = {Item #5},

    Good:
        note = {Item \#5},

    Cure: Write a backslash before the sign.
    """
    for name, value in record.values.items():
        if "#" in value.text and name not in VERBATIM and is_literal(value):
            count = value.text.count("#") - value.text.count("\\#")
            if count % 2:
                start, end = literal_span(value)
                message = f"{shortened(name)} has an odd number of hash signs; write \\#"
                yield Complaint(start, end, message)


DOLLAR = re.compile(r"(?<!\\)\$")


@rule("BIB075", "formulas-are-closed", scope="entry", mark="$")
def formulas_are_closed(record: Record, _project: Project) -> Complaints:
    r"""A dollar sign in text has a backslash before it, or a partner that closes its formula.

    Why: It opens a formula: LaTeX sets what follows without spaces and stops at its end.

    Bad:
        note = {Sold for $5 in 1956},

    Good:
        note = {Sold for \$5 in 1956},

    Cure: Write \$, or close the formula.
    """
    for _, value in printed_values(record):
        signs = list(DOLLAR.finditer(value.text)) if "$" in value.text else []
        if len(signs) % 2:
            message = "this dollar sign opens a formula that nothing closes; write \\$"
            yield about_piece(record, value, *signs[-1].span(), message)


RULES = (
    file_is_utf_8,
    file_has_no_byte_order_mark,
    file_has_no_control_characters,
    text_is_not_mangled,
    text_is_composed,
    text_has_no_html_entities,
    per_cent_sign_is_escaped,
    commands_can_be_printed,
    latex_specials_are_escaped,
    hash_signs_are_even,
    formulas_are_closed,
)
