"""What an SVG drawing holds besides lines: programs, and what it fetches from elsewhere.

Scripts: https://www.w3.org/TR/SVG2/interact.html; what may be loaded:
https://www.w3.org/TR/SVG2/conform.html#secure-static-mode.  The parser is expat, as strict
as a browser's; it loads nothing, and what an entity stands for is never put in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from citelint.myst.wording import words
from citelint.safety.schemes import RASTER, is_running, undisguised
from citelint.text import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROGRAM, OUTSIDE, ENTITY, DOCTYPE, BROKEN = "program", "outside", "entity", "doctype", "broken"

#: Elements that run something or hold a document of another kind.
PROGRAMS = words(
    """
    script foreignobject iframe embed object audio video handler listener canvas applet meta
    base link
    """
)
LINKS = frozenset({"href", "src", "action", "formaction", "data", "from", "to", "values", "by"})
#: Elements that put a value into an attribute of another.
ANIMATIONS = frozenset({"set", "animate", "animatetransform", "animatemotion", "discard"})
CSS_URL = re.compile(r"""url\(\s*['"]?\s*(?P<target>[^'")\s]*)""", re.IGNORECASE)
CSS_IMPORT = re.compile(r"@import|\\|expression\s*\(|-moz-binding", re.IGNORECASE)
ENTITY_NAMED = re.compile(r"[&%][\w#]")
#: Elements that only point somewhere when a reader follows them.
POINTING = frozenset({"a"})


class Trait(NamedTuple):
    """Something that a drawing holds: its kind, where (in bytes), and a word for it."""

    kind: str
    offset: int
    what: str


class DrawingReader:
    """Collects traits while expat reads."""

    def __init__(self) -> None:
        self.found: list[Trait] = []
        self.style = False
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.entity
        # Without this a reference to an entity would be expanded while it is read.
        self.parser.DefaultHandler = lambda _text: None

    def note(self, kind: str, what: str) -> None:
        """Keep a trait."""
        self.found.append(Trait(kind, max(self.parser.CurrentByteIndex, 0), what))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Look at an element."""
        name = tag.rpartition("}")[2].lower()
        self.style = name == "style"
        if name in PROGRAMS:
            self.note(PROGRAM, f"the element <{name}>")
        for key, value in attributes.items():
            self.attribute(name, key.rpartition("}")[2].lower(), value)

    def attribute(self, element: str, name: str, value: str) -> None:
        """Look at an attribute."""
        if name.startswith("on"):
            self.note(PROGRAM, f"the event attribute {name}")
        elif name == "base":
            self.note(OUTSIDE, "an address that all others start from")
        elif name in LINKS and is_running(value, is_picture=element in {"image", "feimage"}):
            self.note(PROGRAM, f"the address {value[:40]!r}")
        elif element in ANIMATIONS and name == "attributename" and value.lower().endswith("href"):
            self.note(PROGRAM, "an animation that changes an address")
        elif name in {"href", "src"} and element not in POINTING:
            self.target(value)
        elif "url(" in value.lower() or name == "style":
            self.css(value)

    def target(self, value: str) -> None:
        """Look at an address that is loaded when the drawing is shown."""
        plain = undisguised(value)
        if plain and not plain.startswith("#") and not RASTER.match(plain):
            self.note(OUTSIDE, f"the address {value[:60]!r}")

    def css(self, text: str) -> None:
        """Look at style rules."""
        if CSS_IMPORT.search(text):
            self.note(OUTSIDE, "a style that imports or escapes")
        for match in CSS_URL.finditer(text):
            self.target(match["target"])

    def text(self, data: str) -> None:
        """Look at the text of a style element."""
        if self.style:
            self.css(data)

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self.style = False

    def instruction(self, target: str, _data: str) -> None:
        """Look at a processing instruction."""
        if target.lower() == "xml-stylesheet":
            self.note(OUTSIDE, "a style sheet of another file")

    def doctype(self, _name: str, _system: str | None, _public: str | None, _own: int) -> None:
        """Note a document type."""
        self.note(DOCTYPE, "a document type")

    def entity(
        self,
        name: str,
        is_parameter: int,
        value: str | None,
        _base: str | None,
        system: str | None,
        _public: str | None,
        _notation: str | None,
    ) -> None:
        """Look at an entity's declaration."""
        if system or is_parameter or ENTITY_NAMED.search(value or ""):
            self.note(ENTITY, f"the entity {name[:40]!r}, which leads to others or to a file")

    def read(self, content: bytes) -> None:
        """Read a whole drawing."""
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            self.found.append(
                Trait(BROKEN, max(self.parser.ErrorByteIndex, 0), str(error).partition(":")[0])
            )


def traits(text: str) -> Iterator[Trait]:
    """Yield what a drawing holds, offsets counted in characters."""
    content = encode(text)
    reader = DrawingReader()
    reader.read(content)
    for trait in reader.found:
        offset = len(content[: trait.offset].decode("utf-8", "surrogateescape"))
        yield trait._replace(offset=offset)
