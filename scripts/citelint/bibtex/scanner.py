"""A lossless scanner for .bib files: positions of everything, recovery after every fault.

Any text goes in and no exception comes out.  What pybtex reads without complaint is
read to the same entries (``tests/citelint/bibtex`` holds pybtex as the oracle); what
it objects to becomes a :class:`SyntaxFault` with the place of the reason, and reading
goes on at the next command that starts a line.
"""

from __future__ import annotations

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
    from citelint.text import SourceText

FAULT = "BIB001"


class Fault(Exception):  # noqa: N818 - it steers the scanner and never leaves it
    """Reading stopped at *position*; the sentence says why and what to do."""

    def __init__(self, position: int, message: str, position_of_start: int = -1) -> None:
        super().__init__(message)
        self.position = position
        self.message = message
        self.start = position_of_start if position_of_start >= 0 else position


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
    raise Fault(len(text), "this brace is never closed; add the missing '}'", start)


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
            raise Fault(mark.start(), "this brace closes nothing; take it out or add its '{'")
        if level > grammar.DEEPEST:
            raise Fault(mark.start(), "braces nest too deeply here; take some out")
    raise Fault(len(text), "this quotation mark is never closed; add the missing '\"'", start)


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
    parts = [scan_part(text, position)]
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
        message = f"{name[1]!r} is followed by no '='; a comma or a brace may be missing before it"
        raise Fault(skip_space(text, name.end()), message, name.start(1))
    parts = scan_value(text, start.end())
    return Field(start[1], start.start(1), start.end(1), parts, parts[-1].end)


def skip_space(text: str, position: int) -> int:
    """Return the offset of the next character that is not white space."""
    match = grammar.SPACE.match(text, position)
    return match.end() if match else position


def scan_fields(text: str, position: int, fields: list[Field]) -> int:
    """Read fields and commas into *fields*; return where they end.

    As pybtex does, any number of commas may stand between fields.

    Raises:
        Fault: a field is broken off; those before it are in *fields*.

    """
    while True:
        field = scan_field(text, position)
        if field is not None:
            fields.append(field)
            position = field.end
        comma = grammar.COMMA.match(text, position)
        if comma is None:
            return position
        position = comma.end()


def scan_close(text: str, position: int, closing: str) -> int:
    """Return the offset behind the closing delimiter.

    Raises:
        Fault: something else stands there.

    """
    position = skip_space(text, position)
    if text.startswith(closing, position):
        return position + 1
    if position == len(text):
        raise Fault(position, f"the file ends inside an entry; add the missing {closing!r}")
    found = text[position]
    message = f"{found!r} stands where a comma or {closing!r} is needed"
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
            self.fault(
                start, start + 1, "this '@' starts no entry; write @type{key, …} or take it out"
            )
            self.remark(start, start + 1)
            return start + 1
        kind = match[1].lower()
        if kind == "comment":
            self.remark(start, match.end(), is_command=True)
            return match.end()
        closing = "}" if match[2] == "{" else ")"
        readers = {"string": self.string, "preamble": self.preamble}
        if kind in readers:
            return self.guarded(start, readers[kind], match.end(), closing)
        return self.entry(start, match[1], match.end(1), match.end(), closing)

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
            place = skip_space(self.text, position)
            return self.recover(start, Fault(place, "the entry has no key; write @type{key, …}"))
        fields: list[Field] = []
        is_closed = True
        try:
            position = scan_fields(self.text, key.end(), fields)
            end = resume = scan_close(self.text, position, closing)
        except Fault as fault:
            is_closed = False
            end = fields[-1].end if fields else key.end()
            resume = self.recover(end, fault)
        span = (start, kind_end, key.start(1), key.end(1))
        entry = Entry(kind, key[1], *span, tuple(fields), end, is_closed)
        self.insert(entry)
        return resume

    def insert(self, entry: Entry) -> None:
        """Add an entry before the remark that recovery may have left behind it."""
        items = self.items
        at = len(items) - 1 if items and items[-1].start >= entry.end else len(items)
        items.insert(at, entry)

    def fault(self, start: int, end: int, message: str) -> None:
        """Note a fault."""
        self.faults.append(SyntaxFault(FAULT, start, end, message))

    def recover(self, start: int, fault: Fault) -> int:
        """Note the fault, keep the unread text, and return the next line-start command."""
        self.fault(fault.start, max(fault.position, fault.start + 1), fault.message)
        behind = max(start + 1, min(fault.start, fault.position))
        resume = grammar.RESUME.search(self.text, behind)
        end = resume.end() if resume else len(self.text)
        self.remark(start, end)
        return end


def scan(source: SourceText) -> BibFile:
    """Scan a file; the items' spans follow one another and cover the text but for space."""
    run = Scan(source.text)
    run.run()
    return BibFile(source, tuple(run.items), tuple(run.faults))
