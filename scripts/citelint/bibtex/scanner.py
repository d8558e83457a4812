"""A lossless scanner for .bib files: positions of everything, recovery after every fault.

Any text goes in and no exception comes out.  What pybtex reads without complaint is
read to the same entries (``tests/citelint/bibtex`` holds pybtex as the oracle); what
it objects to becomes a :class:`SyntaxFault` with the place of the reason, and reading
goes on at the next command that starts a line.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from citelint.bibtex import grammar
from citelint.bibtex.model import (
    BibFile,
    Entry,
    Field,
    Item,
    Part,
    Preamble,
    Remark,
    StringDefinition,
    SyntaxFault,
)

if TYPE_CHECKING:
    import re

    from citelint.text import SourceText

#: The rules in ``rules/syntax.py`` that the faults belong to.
UNREADABLE, UNCLOSED, NO_COMMA, NO_KEY, STRAY_SIGN = (f"BIB00{number}" for number in range(1, 6))


LONGEST_NAME = 40

#: Makes a named tuple without a call of its own ``__new__``, which takes twice as long.
made = tuple.__new__


class Fault(Exception):  # noqa: N818 - it steers the scanner and never leaves it
    """Reading stopped at *position*; the sentence says why and what to do.

    *start* is where the reason stands, if that is before the position.
    """

    def __init__(
        self, position: int, message: str, start: int | None = None, code: str = UNREADABLE
    ) -> None:
        super().__init__(message)
        self.position = position
        self.message = message
        self.start = position if start is None else start
        self.code = code


def end_of_braces(text: str, start: int) -> int:
    """Return the offset behind the brace that closes the one at *start*.

    Raises:
        Fault: it is never closed, or braces nest deeper than pybtex can read.

    """
    level = 0
    for brace in grammar.BRACE.finditer(text, start):
        level += 1 if brace.group() == "{" else -1
        if level == 0:
            return brace.end()
        if level > grammar.DEEPEST + 1:
            raise Fault(brace.start(), "braces nest too deeply here; take some out")
    raise Fault(start + 1, "this brace is never closed; add the missing '}'", start, UNCLOSED)


def end_of_quotes(text: str, start: int) -> int:
    """Return the offset behind the quotation mark that closes the one at *start*.

    Raises:
        Fault: it is never closed, or a brace within has no partner.

    """
    level = 0
    for mark in grammar.BRACE_OR_QUOTE.finditer(text, start + 1):
        if mark.group() == '"' and level == 0:
            return mark.end()
        if mark.group() != '"':
            level += 1 if mark.group() == "{" else -1
        if level < 0:
            message = "this quotation mark is not closed before a '}' that opens nothing; close it"
            raise Fault(mark.end(), message, start, UNCLOSED)
        if level > grammar.DEEPEST:
            raise Fault(mark.start(), "braces nest too deeply here; take some out")
    message = "this quotation mark is never closed; add the missing '\"'"
    raise Fault(start + 1, message, start, UNCLOSED)


def scan_part(text: str, position: int) -> Part:
    """Read one part of a value.

    Raises:
        Fault: none stands at *position*, or it has no end.

    """
    match = grammar.PART.match(text, position)
    if match is not None:
        return Part(match.lastgroup or "", position, match.end())
    opening = text[position : position + 1]
    if opening == "{":
        return Part("braces", position, end_of_braces(text, position))
    if opening == '"':
        return Part("quotes", position, end_of_quotes(text, position))
    raise Fault(position, 'a value is missing here; write {text}, "text", a number or a name')


def scan_value(text: str, position: int) -> tuple[Part, ...]:
    """Read parts joined by ``#``.

    Raises:
        Fault: a part is missing or has no end.

    """
    part = scan_part(text, position)
    joint = grammar.HASH.match(text, part.end)
    if joint is None:
        return (part,)
    parts = [part, scan_part(text, joint.end())]
    while joint := grammar.HASH.match(text, parts[-1].end):
        parts.append(scan_part(text, joint.end()))
    return tuple(parts)


def scan_field(text: str, position: int) -> Field | None:
    """Read ``name = value``; return nothing where no name stands.

    Raises:
        Fault: the equals sign or the value is missing.

    """
    start = grammar.FIELD_START.match(text, position)
    if start is None:
        name = grammar.FIELD_NAME.match(text, position)
        if name is None:
            return None
        raise nameless(text, name.start(1), name[1])
    parts = scan_value(text, start.end())
    return Field(sys.intern(start[1]), start.start(1), start.end(1), parts, parts[-1].end)


def nameless(text: str, start: int, name: str) -> Fault:
    """Return the fault of a name at *start* that no equals sign follows."""
    if name.startswith("@"):
        message = f"the entry before this {shortened(name)} is not closed; add the missing '}}'"
        return Fault(start, message, code=UNCLOSED)
    message = (
        f"{shortened(name)} is followed by no '='; a comma or a brace may be missing before it"
    )
    return Fault(skip_space(text, start + len(name)), message, start)


def shortened(name: str) -> str:
    """Return a name in quotation marks, cut where it is no name any more."""
    return repr(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…")


def skip_space(text: str, position: int) -> int:
    """Return the offset of the next character that is not white space."""
    match = grammar.SPACE.match(text, position)
    return match.end() if match else position


def whole_field(match: re.Match[str]) -> Field:
    """Return the field that one match of ``WHOLE_FIELD`` found."""
    start, end = match.span(match.lastindex or 0)
    part = made(Part, (match.lastgroup, start, end))
    return made(Field, (sys.intern(match[1]), *match.span(1), (part,), end))


def scan_fields(text: str, position: int, fields: list[Field], faults: list[SyntaxFault]) -> int:
    """Read fields and commas into *fields*; return where they end.

    As pybtex does, any number of commas may stand between fields.  Where one is missing
    between two fields, that is noted in *faults* and reading goes on.

    Raises:
        Fault: a field is broken off; those before it are in *fields*.

    """
    while True:
        while whole := grammar.WHOLE_FIELD.match(text, position):
            fields.append(whole_field(whole))
            position = whole.end()
        field = scan_field(text, position)
        if field is not None:
            fields.append(field)
            position = field.end
        comma = grammar.COMMA.match(text, position)
        if comma is not None:
            position = comma.end()
        elif field is not None and follows_field(text, position):
            message = f"a comma is missing behind the value of {shortened(field.name)}; add it"
            faults.append(SyntaxFault(NO_COMMA, position, position, message))
        else:
            return position


def follows_field(text: str, position: int) -> bool:
    """Say whether a field starts here (and no entry, whose ``@type`` could pass for a name)."""
    start = grammar.FIELD_START.match(text, position)
    return start is not None and not start[1].startswith("@")


def scan_close(text: str, position: int, closing: str) -> int:
    """Return the offset behind the closing delimiter.

    Raises:
        Fault: something else stands there.

    """
    position = skip_space(text, position)
    if text.startswith(closing, position):
        return position + 1
    if position == len(text):
        message = f"the file ends inside an entry; add the missing {closing!r}"
        raise Fault(position, message, code=UNCLOSED)
    if text[position] == "@":
        message = f"the entry before this '@' is not closed; add the missing {closing!r}"
        raise Fault(position, message, code=UNCLOSED)
    message = f"{text[position]!r} stands where a comma or {closing!r} is needed; take it out"
    raise Fault(position, message)


class Scan:
    """One pass over a text; collects items and faults."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[Item] = []
        self.faults: list[SyntaxFault] = []

    def run(self) -> None:
        """Read the whole text."""
        position = 0
        while position < len(self.text):
            at = self.text.find("@", position)
            if at < 0:
                self.remark(position, len(self.text))
                return
            self.remark(position, at)
            position = self.command(at)

    def remark(self, start: int, end: int, *, is_command: bool = False) -> None:
        """Keep text outside entries."""
        if end > start:
            self.items.append(Remark(start, end, is_command))

    def command(self, start: int) -> int:
        """Read the command at *start* and return where reading goes on."""
        match = grammar.COMMAND.match(self.text, start)
        if match is None:
            return self.stray(start)
        kind = match[1].lower()
        if kind == "comment":
            self.remark(start, match.end(), is_command=True)
            return match.end()
        closing = "}" if match[2] == "{" else ")"
        readers = {"string": self.string, "preamble": self.preamble}
        if kind in readers:
            return self.guarded(start, readers[kind], match.end(), closing)
        return self.entry(start, match[1], match.end(1), match.end(), closing)

    def stray(self, start: int) -> int:
        """Note an ``@`` that starts no entry; go on behind the name that follows it, as pybtex."""
        sign = grammar.SIGN_AND_NAME.match(self.text, start)
        end = sign.end() if sign else start + 1
        message = (
            "this '@' starts no entry, and BibTeX stops at it; write @type{key, …} or take it out"
        )
        self.faults.append(SyntaxFault(STRAY_SIGN, start, start + 1, message))
        self.remark(start, end)
        return end

    def guarded(self, start: int, reader: object, position: int, closing: str) -> int:
        """Run a reader; on a fault keep the text as a remark and find where to go on."""
        try:
            return reader(start, position, closing)  # type: ignore[operator, no-any-return]
        except Fault as fault:
            return self.recover(start, fault)

    def string(self, start: int, position: int, closing: str) -> int:
        """Read ``@string{name = value}`` from behind its delimiter."""
        field = scan_field(self.text, position)
        if field is None:
            place = skip_space(self.text, position)
            raise Fault(place, "an @string needs a name; write @string{name = {text}}")
        end = scan_close(self.text, field.end, closing)
        self.items.append(StringDefinition(start, field, end))
        return end

    def preamble(self, start: int, position: int, closing: str) -> int:
        """Read ``@preamble{value}`` from behind its delimiter."""
        parts = scan_value(self.text, skip_space(self.text, position))
        end = scan_close(self.text, parts[-1].end, closing)
        self.items.append(Preamble(start, parts, end))
        return end

    def entry(self, start: int, kind: str, kind_end: int, position: int, closing: str) -> int:
        """Read an entry from behind its delimiter; a broken one is kept as far as it goes."""
        pattern = grammar.KEY_IN_BRACES if closing == "}" else grammar.KEY_IN_PARENTHESES
        key = pattern.match(self.text, position)
        if key is None:
            message = "the entry has no key; write @type{key, …}"
            return self.recover(start, Fault(position, message, code=NO_KEY))
        fields: list[Field] = []
        is_closed = True
        try:
            position = scan_fields(self.text, key.end(), fields, self.faults)
            end = resume = scan_close(self.text, position, closing)
        except Fault as fault:
            is_closed = False
            end = fields[-1].end if fields else key.end()
            resume = self.recover(end, fault)
        span = (start, kind_end, key.start(1), key.end(1))
        entry = Entry(sys.intern(kind), key[1], *span, tuple(fields), end, is_closed)
        self.insert(entry)
        return resume

    def insert(self, entry: Entry) -> None:
        """Add an entry before the remark that recovery may have left behind it."""
        items = self.items
        at = len(items) - 1 if items and items[-1].start >= entry.end else len(items)
        items.insert(at, entry)

    def recover(self, start: int, fault: Fault) -> int:
        """Note the fault, keep the unread text, and return the next line-start command."""
        end = min(max(fault.position, fault.start + 1), len(self.text))
        self.faults.append(SyntaxFault(fault.code, fault.start, end, fault.message))
        line_start = self.text.rfind("\n", start, fault.start) + 1
        resume = grammar.RESUME.search(self.text, max(start + 1, line_start))
        end = resume.end() if resume else len(self.text)
        self.remark(start, end)
        return end


def scan(source: SourceText) -> BibFile:
    """Scan a file; the items' spans follow one another and cover the text but for space."""
    run = Scan(source.text)
    run.run()
    return BibFile(source, tuple(run.items), tuple(run.faults))
