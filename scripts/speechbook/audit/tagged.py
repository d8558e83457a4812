"""What a tagged PDF says to a screen reader: its structure tree with the text of each element.

The tree is read with pikepdf, the text of marked content with pdfium
(ISO 32000-1, 14.7.2 structure hierarchy, 14.7.4 structure content, 14.6 marked content).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UTF_16 = "utf-16-le"
ARTIFACT = "Artifact"


@dataclass(frozen=True)
class Run:
    """Marked text: its page (from 0), its language ("" for the book's), colour and words."""

    page: int
    language: str
    text: str
    colour: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class Link:
    """Where a link leads: an address of the web, or a page (from 0) with the height on it."""

    address: str = ""
    page: int = -1
    top: float = 0.0


@dataclass(frozen=True)
class Element:
    """An element of the structure tree; ``scope`` is that of a table's head cell."""

    tag: str
    alternative: str
    scope: str
    children: tuple[Element | Run | Link, ...]

    def elements(self) -> Iterator[Element]:
        """Yield this element and those within it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def named(self, *tags: str) -> Iterator[Element]:
        """Yield the elements with one of these tags."""
        return (element for element in self.elements() if element.tag in tags)

    def runs(self, without: frozenset[str] = frozenset()) -> Iterator[Run]:
        """Yield the text within, passing by the elements with tags in *without*."""
        for child in self.children:
            if isinstance(child, Run):
                yield child
            elif isinstance(child, Element) and child.tag not in without:
                yield from child.runs(without)

    def links(self) -> Iterator[Link]:
        """Yield the links within."""
        for element in self.elements():
            yield from (child for child in element.children if isinstance(child, Link))

    def text(self, without: frozenset[str] = frozenset()) -> str:
        """Return the text within."""
        return "".join(run.text for run in self.runs(without))


@dataclass(frozen=True)
class Tagged:
    """A tagged PDF: its tree, and the text on each page that is in no element.

    ``artifacts`` are marked as such (running heads, page numbers); ``unmarked`` should be empty.
    """

    root: Element
    artifacts: tuple[str, ...]
    unmarked: tuple[str, ...]


@dataclass(frozen=True)
class _Marked:
    """A piece of text on a page: its mark's number, -1 without one, whether an artifact."""

    identifier: int
    is_artifact: bool
    language: str
    colour: tuple[int, int, int]
    text: str


def _text(call: Any) -> str:  # noqa: ANN401 - a function of pdfium
    """Read a text of unknown length: ask for the length, then for the text."""
    length = call(None, 0)
    buffer = ctypes.create_string_buffer(length + 2)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:length].decode(UTF_16, "replace").rstrip("\0")


def _parameter(mark: Any, name: bytes) -> str:  # noqa: ANN401 - pdfium's
    """Return a mark's text parameter, "" if it has none."""
    length = ctypes.c_ulong()
    raw.FPDFPageObjMark_GetParamStringValue(mark, name, None, 0, length)
    buffer = (ctypes.c_ushort * (length.value // 2 + 1))()
    raw.FPDFPageObjMark_GetParamStringValue(mark, name, buffer, length.value, length)
    return bytes(buffer)[: length.value].decode(UTF_16, "replace").rstrip("\0")


def _name(mark: Any) -> str:  # noqa: ANN401 - pdfium's
    """Return a mark's tag."""
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer)[: length.value].decode(UTF_16).rstrip("\0")


def _number(mark: Any) -> int:  # noqa: ANN401 - pdfium's
    """Return a mark's MCID, -1 if it has none."""
    value = ctypes.c_int(-1)
    raw.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", value)
    return value.value


def marks_of(item: Any) -> list[int]:  # noqa: ANN401 - an object of a page
    """Return the numbers of the marks around an object of a page, from outside in."""
    count = raw.FPDFPageObj_CountMarks(item.raw)
    numbers = (_number(raw.FPDFPageObj_GetMark(item.raw, at)) for at in range(count))
    return [number for number in numbers if number >= 0]


def _colour(item: Any) -> tuple[int, int, int]:  # noqa: ANN401 - an object of a page
    """Return the colour that an object is filled with: red, green, blue from 0 to 255."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item.raw, red, green, blue, opacity)
    return red.value, green.value, blue.value


def _marked(page: pypdfium2.PdfPage) -> Iterator[_Marked]:
    """Yield the texts of a page with their marks, in the order of the content."""
    text_page = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        count = raw.FPDFPageObj_CountMarks(item.raw)
        marks = [raw.FPDFPageObj_GetMark(item.raw, number) for number in range(count)]
        numbers = marks_of(item)
        languages = [found for mark in marks if (found := _parameter(mark, b"Lang"))]
        yield _Marked(
            numbers[-1] if numbers else -1,
            ARTIFACT in map(_name, marks),
            languages[-1] if languages else "",
            _colour(item),
            _text(lambda b, n, at=item.raw: raw.FPDFTextObj_GetText(at, text_page.raw, b, n)),
        )


class _Reader:
    """Builds elements from pikepdf's objects and the texts by page and mark."""

    def __init__(self, pdf: pikepdf.Pdf, texts: dict[tuple[int, int], list[_Marked]]) -> None:
        self._texts = texts
        self._pages: dict[Any, int] = {p.objgen: number for number, p in enumerate(pdf.pages)}
        self._names = _destinations(pdf)

    def element(self, node: Any, page: int) -> Element:  # noqa: ANN401 - pikepdf's
        """Read an element; *page* is that of the element around it."""
        page = self._pages[node["/Pg"].objgen] if "/Pg" in node else page
        return Element(
            str(node.get("/S", "/Root"))[1:],
            str(node.get("/Alt", "")),
            _scope_of(node),
            tuple(child for kid in kids_of(node) for child in self._child(kid, page)),
        )

    def _child(self, kid: Any, page: int) -> Iterator[Element | Run | Link]:  # noqa: ANN401
        if isinstance(kid, int):
            yield from self._runs(page, kid)
        elif "/S" in kid:
            yield self.element(kid, page)
        elif kid.get("/Type") == "/MCR":
            at = self._pages[kid["/Pg"].objgen] if "/Pg" in kid else page
            yield from self._runs(at, int(kid["/MCID"]))
        elif kid.get("/Type") == "/OBJR":
            yield self._link(kid["/Obj"])

    def _runs(self, page: int, identifier: int) -> Iterator[Run]:
        for found in self._texts.get((page, identifier), ()):
            yield Run(page, found.language, found.text, found.colour)

    def _link(self, annotation: pikepdf.Dictionary) -> Link:
        action = annotation.get("/A", pikepdf.Dictionary())
        if "/URI" in action:
            return Link(str(action["/URI"]))
        target = annotation.get("/Dest", action.get("/D"))
        place = self._names.get(str(target)) if isinstance(target, pikepdf.String) else target
        if place is None:
            return Link()
        return Link(page=self._pages[place[0].objgen], top=float(place[3] or 0))


def kids_of(node: pikepdf.Dictionary) -> list[Any]:
    """Return what an element or a tree holds, in order (ISO 32000-1, table 323, K)."""
    kids: Any = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _scope_of(node: pikepdf.Dictionary) -> str:
    """Return the scope that an element's attributes give, "" without."""
    owners: Any = node.get("/A", [])
    owners = list(owners) if isinstance(owners, pikepdf.Array) else [owners]
    found = (owner["/Scope"] for owner in owners if "/Scope" in owner)
    return str(next(found, "/"))[1:]


def _destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Return the places that links lead to by name."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root["/Names"]:
        return {}
    tree = pikepdf.NameTree(pdf.Root["/Names"]["/Dests"])
    places: Any = tree.items()
    return {
        str(name): at["/D"] if isinstance(at, pikepdf.Dictionary) else at for name, at in places
    }


def read_tagged(path: Path) -> Tagged:
    """Read a tagged PDF.

    Raises:
        KeyError: it has no structure tree.

    """
    texts: dict[tuple[int, int], list[_Marked]] = {}
    artifacts, unmarked = [], []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            found = list(_marked(page))
            for text in found:
                if text.identifier >= 0 and not text.is_artifact:
                    texts.setdefault((number, text.identifier), []).append(text)
            artifacts.append("".join(text.text for text in found if text.is_artifact))
            loose = (t.text for t in found if t.identifier < 0 and not t.is_artifact)
            unmarked.append("".join(loose).strip())
    with pikepdf.open(path) as pdf:
        root = _Reader(pdf, texts).element(pdf.Root["/StructTreeRoot"], 0)
    return Tagged(root, tuple(artifacts), tuple(unmarked))
