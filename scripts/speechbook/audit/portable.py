"""What a finished PDF holds, read with pikepdf (structure) and pdfium (text)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What the PDF adds to a cross-reference and no other format has.
PAGE_REFERENCE = re.compile(r"\(p\.\s*[ivxlcdm\d]+\)")
LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Portable:
    """A PDF's outline titles, structure tags in reading order, text and broken links."""

    pages: int
    outline: tuple[str, ...]
    tags: tuple[str, ...]
    alternatives: tuple[str, ...]
    letters: str
    broken_links: tuple[str, ...]


def letters_of(text: str) -> str:
    """Return letters and digits alone: line breaks, hyphens and spacing fall away."""
    return LETTERS.sub("", text).casefold()


def outline_titles(items: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's outline items
    """Yield the bookmarks' titles, depth first."""
    for item in items:
        yield str(item.title)
        yield from outline_titles(item.children)


def structure_elements(root: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Yield the elements of the structure tree in reading order.

    Source: ISO 32000-1, 14.7.2 (structure hierarchy).
    """
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, pikepdf.Array):
            pending.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                pending.append(node["/K"])


def named_destinations(pdf: pikepdf.Pdf) -> frozenset[str]:
    """Return the names that links may lead to."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root["/Names"]:
        return frozenset()
    return frozenset(map(str, pikepdf.NameTree(pdf.Root["/Names"]["/Dests"]).keys()))


def leads_somewhere(pdf: pikepdf.Pdf, target: Any, names: frozenset[str]) -> bool:  # noqa: ANN401
    """Say whether a destination names a page of this PDF, directly or by name."""
    if isinstance(target, pikepdf.String):
        return str(target) in names
    pages = {page.objgen for page in pdf.pages}
    return isinstance(target, pikepdf.Array) and target[0].objgen in pages


def broken_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield a description of each link annotation that leads nowhere."""
    names = named_destinations(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.get("/Annots", []):
            action = annotation.get("/A", pikepdf.Dictionary())
            target = annotation.get("/Dest", action.get("/D"))
            if "/URI" not in action and not leads_somewhere(pdf, target, names):
                yield f"page {number}: {target!r}"


def text_letters(path: Path) -> str:
    """Return the letters of all pages in order."""
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return letters_of(PAGE_REFERENCE.sub("", "".join(texts)))


def read_pdf(path: Path) -> Portable:
    """Read a tagged PDF.

    Raises:
        KeyError: it has no structure tree.

    """
    with pikepdf.open(path) as pdf:
        elements = list(structure_elements(pdf.Root["/StructTreeRoot"]))
        with pdf.open_outline() as outline:
            titles = tuple(outline_titles(outline.root))
        return Portable(
            pages=len(pdf.pages),
            outline=titles,
            tags=tuple(str(element["/S"]).lstrip("/") for element in elements),
            alternatives=tuple(str(e["/Alt"]) for e in elements if "/Alt" in e),
            letters=text_letters(path),
            broken_links=tuple(broken_links(pdf)),
        )
