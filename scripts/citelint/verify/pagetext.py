"""From an answer's bytes to the text that a reader sees.

Not with :mod:`html.parser`: in Python 3.11 it takes time that grows with the square of the
size on unclosed tags and comments (40,000 times ``<!--``: 8 seconds), and a page comes from
anywhere.  Reading one tag after the other with possessive patterns is linear on any text.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from citelint.myst.wording import words

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
#: How much of a page is looked through for its encoding (HTML Standard, 13.2.3.2).
HEAD = 2048
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What browsers make of these names (WHATWG Encoding Standard, 4.2).
BROWSERS_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}
MARKUP = re.compile(
    r"<!--(?:(?!-->).)*+(?:-->)?+"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)"
    r"(?:[^<>\"']++|\"[^\"<]*+\"?+|'[^'<]*+'?+)*+>?+"
    r"|<[!?][^>]*+>?+",
    re.DOTALL,
)
#: Elements whose content no reader sees as text.
UNSEEN = words("script style noscript template head svg math textarea select")
#: Elements that stand within a line, so that no space comes of them.
INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr"
)
#: Notes' marks as pages print them: figures, letters or signs, in brackets or not.
NOTE_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§]{1,3})\s*[\])]?\s*")
LONGEST_NOTE_MARK = 12
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def encoding_of(body: bytes, kind: str) -> str:
    """Return the encoding that a byte order mark, the header or the page itself names."""
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return name
    head = body[:HEAD].decode("latin-1")
    for text in (kind, head if "<" in head else ""):
        named = CHARSET.search(text)
        if named:
            name = named[1].lower()
            return BROWSERS_NAMES.get(name, name)
    return "utf-8"


def decoded(body: bytes, kind: str) -> str:
    """Return a body's text; what cannot be decoded is replaced, never an exception."""
    try:
        return body.decode(encoding_of(body, kind))
    except (UnicodeDecodeError, LookupError, ValueError):
        pass
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def is_note_mark(text: str) -> bool:
    """Say whether a superscript is a note's mark and no ordinal's ending (``20th``)."""
    return len(text) <= LONGEST_NOTE_MARK and NOTE_MARK.fullmatch(text) is not None


class Seen:
    """The pieces of a page's text, and which element hides what follows."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.hidden_by = ""
        self.raised_at = -1

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if text and not self.hidden_by:
            self.pieces.append(html.unescape(text))

    def tag(self, name: str, *, is_end: bool) -> None:
        """Take a tag: it may hide, show again, part lines or close a superscript."""
        if self.hidden_by:
            if is_end and name == self.hidden_by:
                self.hidden_by = ""
        elif name in UNSEEN and not is_end:
            self.hidden_by = name
        elif name == "sup":
            self.superscript(is_end=is_end)
        elif name == "body" or name not in INLINE:
            self.pieces.append("\n" if name not in {"td", "th", "img"} else " ")

    def superscript(self, *, is_end: bool) -> None:
        """Drop a superscript that is a note's mark."""
        if not is_end:
            self.raised_at = len(self.pieces)
            return
        raised = self.pieces[self.raised_at :] if self.raised_at >= 0 else []
        if raised and is_note_mark("".join(raised[:LONGEST_NOTE_MARK])):
            del self.pieces[self.raised_at :]
        self.raised_at = -1


def text_of_html(page: str) -> str:
    """Return a page's text: lines parted where its blocks are, notes' marks left out."""
    seen = Seen()
    position = 0
    for tag in MARKUP.finditer(page):
        seen.text(page[position : tag.start()])
        position = tag.end()
        name = (tag["name"] or "").lower()
        # A page may forget to close its head.
        if name == "body" and seen.hidden_by == "head":
            seen.hidden_by = ""
        if name:
            seen.tag(name, is_end=bool(tag["end"]))
    seen.text(page[position:])
    return "".join(seen.pieces)


def readable_text(text: str, kind: str) -> str | None:
    """Return what a reader sees of an answer, or ``None`` where it is no text.

    *kind* is the type of its content; ``text/html``, XHTML and plain text can be read.
    """
    name = kind.partition(";")[0].strip().lower()
    if name in {"text/html", "application/xhtml+xml"} or (not name and "<html" in text[:HEAD]):
        text = text_of_html(text)
    elif name not in {"text/plain", ""}:
        return None
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))
