"""PDF files as Typst writes them: read into numbered objects, written back packed.

Typst leaves every object by itself and uncompressed; packed into object streams a tagged book
has a third of the size (ISO 32000-1, 7.5.7 and 7.5.8; PDF/A-2 allows them). Only what Typst
writes is understood: a classic cross-reference table, direct stream lengths, generation 0.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_XREF_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_TRAILER = re.compile(rb"trailer\s*(<<.*>>)\s*startxref", re.DOTALL)
_HEADER = re.compile(rb"(\d+) 0 obj\s*")
_REFERENCE = re.compile(rb"(?<![\d.])(\d+) 0 R(?![A-Za-z])")
# What changes in an object that is moved, so that it is looked for in one go.
_MOVING = re.compile(_REFERENCE.pattern + rb"|(?P<key>/StructParents?) (?P<parent>\d+)")
_PLAIN_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_STREAM = b"stream\n"
_PACK = 200


class PdfFormatError(ValueError):
    """The file is not built as Typst builds its files."""


def read(data: bytes) -> tuple[dict[int, bytes], bytes]:
    """Give the bodies of all objects by number, and the trailer dictionary.

    Raises:
        PdfFormatError: the file has another structure than Typst's files.

    """
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    trailer = _TRAILER.search(data, start)
    if trailer is None or not data.startswith(b"xref", start):
        raise PdfFormatError("a classic cross-reference table and a trailer are expected")
    table = _XREF_ENTRY.findall(data, start, trailer.start())
    offsets = sorted(int(offset) for offset, _generation, kind in table if kind == b"n")
    objects = {}
    for offset, end in zip(offsets, [*offsets[1:], start], strict=True):
        number, body = _object(data, offset, end)
        objects[number] = body
    return objects, trailer.group(1)


def _object(data: bytes, offset: int, end: int) -> tuple[int, bytes]:
    header = _HEADER.match(data, offset)
    finish = data.rfind(b"endobj", offset, end)
    if header is None or finish < 0:
        raise PdfFormatError(f"no object begins at byte {offset}")
    return int(header.group(1)), data[header.end() : finish].rstrip(b"\r\n")


def split_stream(body: bytes) -> tuple[bytes, bytes]:
    """Part an object into what may hold references and the raw stream, empty without one."""
    if not body.endswith(b"endstream"):
        return body, b""
    start = body.index(b">>\nstream\n") + 3 if b">>\nstream\n" in body else body.index(_STREAM)
    return body[:start], body[start:]


def pieces(code: bytes) -> Iterator[tuple[bool, bytes]]:
    """Cut code into literal strings (True) and what stands between them."""
    position = 0
    while (start := code.find(b"(", position)) >= 0:
        yield False, code[position:start]
        position = _string_end(code, start)
        yield True, code[start:position]
    yield False, code[position:]


def _string_end(code: bytes, start: int) -> int:
    """Find the end of a literal string; parentheses nest, a backslash escapes one byte."""
    plain = _PLAIN_STRING.match(code, start)
    if plain:
        return plain.end()
    depth, position = 0, start
    while position < len(code):
        byte = code[position : position + 1]
        position += 2 if byte == b"\\" else 1
        depth += {b"(": 1, b")": -1}.get(byte, 0)
        if depth == 0:
            return position
    raise PdfFormatError("a string does not end")


def substitute(
    body: bytes, pattern: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """Replace ``pattern`` in an object, but in no literal string and not in its stream."""
    code, stream = split_stream(body)
    if b"(" not in code:
        return pattern.sub(change, code) + stream
    changed = (text if is_string else pattern.sub(change, text) for is_string, text in pieces(code))
    return b"".join(changed) + stream


def renumber(body: bytes, change: Callable[[int], int], parents: int = 0) -> bytes:
    """Give an object with all its references changed.

    Where it stands in the tree of structure's parents (ISO 32000-1, 14.7.4.4) becomes higher by
    ``parents``.
    """

    def moved(match: re.Match[bytes]) -> bytes:
        if match["key"]:
            return b"%s %d" % (match["key"], int(match["parent"]) + parents)
        return b"%d 0 R" % change(int(match[1]))

    return substitute(body, _MOVING, moved)


def reference(code: bytes, key: str) -> int:
    """Give the object that the entry ``key`` of a dictionary refers to.

    Raises:
        PdfFormatError: there is no such entry.

    """
    found = re.search(rb"/%s (\d+) 0 R" % key.encode(), code)
    if found is None:
        raise PdfFormatError(f"‘{key}’ is missing")
    return int(found[1])


def array(code: bytes, key: str) -> bytes:
    """Give what is between the brackets of the entry ``key``; no array may be within it."""
    found = re.search(rb"/%s\[([^\]]*)\]" % key.encode(), code)
    return found[1] if found else b""


def references(code: bytes) -> list[int]:
    """Give the numbers of all references in ``code``."""
    return [int(number) for number in _REFERENCE.findall(code)]


def literal(text: str) -> bytes:
    """Write text as a literal string of its UTF-8 bytes, as Typst names destinations."""
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode()) + b")"


@dataclass
class Writer:
    """Writes objects as they come, packing all but streams; needs no more than one pack.

    ``out`` gets the file; object numbers may come in any order, each once.
    """

    out: BinaryIO
    _position: int = 0
    _places: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    _pack: list[tuple[int, bytes]] = field(default_factory=list)
    _packs: list[tuple[bytes, list[int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._write(b"%PDF-1.7\n%\x80\x80\x80\x80\n")

    def _write(self, data: bytes) -> None:
        self.out.write(data)
        self._position += len(data)

    def add(self, number: int, body: bytes) -> None:
        """Write an object, now or with the next pack."""
        if body.endswith(b"endstream"):
            self._places[number] = (1, self._position, 0)
            self._write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
            return
        self._pack.append((number, body))
        if len(self._pack) == _PACK:
            self._close_pack()

    def _close_pack(self) -> None:
        if not self._pack:
            return
        head, bodies = b"", b""
        for number, body in self._pack:
            head += b"%d %d " % (number, len(bodies))
            bodies += body + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self._pack), len(head))
        self._packs.append((_flate(entries, head + bodies), [number for number, _ in self._pack]))
        self._pack = []

    def finish(self, entries: bytes) -> None:
        """Write the packs and the cross-reference stream; ``entries`` go into its dictionary."""
        self._close_pack()
        number = max([0, *self._places, *(n for _, numbers in self._packs for n in numbers)])
        for body, members in self._packs:
            number += 1
            for index, member in enumerate(members):
                self._places[member] = (2, number, index)
            self.add(number, body)
        start = self._position
        self._places[number + 1] = (1, start, 0)
        self._write(b"%d 0 obj\n" % (number + 1) + self._table(number + 2, entries))
        self._write(b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _table(self, size: int, entries: bytes) -> bytes:
        rows = [self._places.get(number, (0, 0, 0)) for number in range(size)]
        data = b"".join(
            bytes([kind]) + first.to_bytes(5, "big") + second.to_bytes(2, "big")
            for kind, first, second in rows
        )
        return _flate(b"/Type/XRef/Size %d/W[1 5 2]" % size + entries, data)


def _flate(entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    head = b"<<" + entries + b"/Filter/FlateDecode/Length %d>>" % len(packed)
    return head + b"\nstream\n" + packed + b"\nendstream"
