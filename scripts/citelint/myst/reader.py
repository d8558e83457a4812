"""Read a chapter: any text in, never an exception, in time that grows with its size.

The way: the block parser gives paragraphs, lists, notes, directives; each run of text in
them goes through the inline parser, whose rules tell where they matched; every offset is
led back to the source line by line, through as many directives as enclose it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.myst.blocks import BlockReader
from citelint.myst.collecting import Collection
from citelint.myst.document import root
from citelint.myst.model import NoteDefinition, Span
from citelint.myst.parser import parser

if TYPE_CHECKING:
    from citelint.myst.model import Chapter
    from citelint.text import SourceText

NOTE_LINE = re.compile(r"^\[\^([^\] \r\n]+)\]:[ \t]*([^\r\n]*)", re.MULTILINE)


def read_chapter(source: SourceText) -> Chapter:
    """Read a chapter's text; where the parser fails, roles and notes are found plainly."""
    document = root(source)
    collection = Collection()
    try:
        BlockReader(source, parser(), collection).document(document, "", 0)
    except Exception:  # whatever a plugin stumbles over, the chapter is read
        collection = Collection()
        BlockReader(source, parser(), collection).plainly(document, "")
        collection.notes += [
            NoteDefinition(match[1], Span(*match.span()), Span(*match.span(2)))
            for match in NOTE_LINE.finditer(source.text)
        ]
    return collection.chapter(source)
