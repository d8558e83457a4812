"""Whether each figure of the PDF is the picture that the EPUB shows under the same alternative.

Alternatives and captions are compared as words (:mod:`speechbook.audit.parity`); a drawing is
compared by its looks: what the page shows within the figure's bounds and what the EPUB's file
shows, both made small and grey, must resemble each other (ISO 32000-1, 14.8.4.5 illustrations).
"""

from __future__ import annotations

import io
import posixpath
import statistics
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
from lxml import etree
from PIL import Image

import typst
from speechbook.audit.tagged import kids_of, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

#: Pictures are compared at this many pixels a side, whatever their shape.
SIDE = 64
#: Of the book's figures each is like itself by 0.95 or more, like any other by 0.5 at most.
ALIKE = 0.9
POINTS_WIDE = 300
SHEET = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    f"#image(bytes(sys.inputs.drawing), width: {POINTS_WIDE}pt)"
)

Grey = tuple[int, ...]


@dataclass(frozen=True)
class Drawing:
    """A figure of the PDF: its page (from 1), its alternative, its looks."""

    page: int
    alternative: str
    grey: Grey


def grey(picture: Image.Image) -> Grey:
    """Return a picture's looks: SIDE × SIDE values from 0 (black) to 255, row by row."""
    small = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return tuple(small.tobytes())


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the correlation of two pictures' looks: 1 for the same; 0 if one is of one shade."""
    if len(set(one)) == 1 or len(set(other)) == 1:
        return float(set(one) == set(other))
    return statistics.correlation(one, other)


def differing(drawings: Sequence[Drawing], pictures: Mapping[str, Grey]) -> Iterator[str]:
    """Yield a sentence for each figure that looks otherwise than the picture of its alternative.

    A figure whose alternative no picture has is one that comparing the alternatives finds.
    """
    for drawing in drawings:
        expected = pictures.get(drawing.alternative)
        if expected is not None and likeness(drawing.grey, expected) < ALIKE:
            yield (
                f"page {drawing.page} of the PDF: the figure “{drawing.alternative[:60]}” does not "
                "look like the EPUB’s picture of that alternative; is another drawing in its place?"
            )


def figures_of(
    node: Any,  # noqa: ANN401 - pikepdf's
    pages: Mapping[Any, int],
    page: int = 0,
) -> Iterator[tuple[int, int, str]]:
    """Yield the page (from 0), the mark and the alternative of each figure of a structure tree."""
    page = pages[node["/Pg"].objgen] if "/Pg" in node else page
    for kid in kids_of(node):
        if isinstance(kid, int):
            if node.get("/S") == "/Figure":
                yield page, kid, str(node.get("/Alt", ""))
        elif "/S" in kid:
            yield from figures_of(kid, pages, page)


def looks(page: pypdfium2.PdfPage, mark: int) -> Grey:
    """Return what a page shows within the bounds of a mark."""
    bounds = [item.get_bounds() for item in page.get_objects(max_depth=1) if mark in marks_of(item)]
    left, bottom = min(b[0] for b in bounds), min(b[1] for b in bounds)
    right, top = max(b[2] for b in bounds), max(b[3] for b in bounds)
    width, height = page.get_size()
    margins = tuple(max(0, margin) for margin in (left, bottom, width - right, height - top))
    return grey(page.render(scale=2, crop=margins).to_pil())


def drawings_of(path: Path) -> list[Drawing]:
    """Read the figures of a tagged PDF."""
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        found = list(figures_of(pdf.Root["/StructTreeRoot"], pages))
    with pypdfium2.PdfDocument(path) as document:
        return [Drawing(page + 1, text, looks(document[page], mark)) for page, mark, text in found]


def picture(name: str, content: bytes) -> Grey:
    """Return the looks of a picture's file, drawn by Typst if it is an SVG."""
    if name.endswith(".svg"):
        inputs = {"drawing": content.decode("utf-8")}
        drawn: Any = typst.compile(SHEET.encode(), format="png", ppi=72, sys_inputs=inputs)
        content = drawn
    with Image.open(io.BytesIO(content)) as image:
        return grey(image)


def pictures_of(files: Mapping[str, bytes]) -> dict[str, Grey]:
    """Return the pictures of an EPUB's files by their alternatives."""
    found = {}
    for name, content in files.items():
        if name.endswith(".xhtml"):
            for image in etree.fromstring(content).iter("{*}img"):
                source = posixpath.join(posixpath.dirname(name), image.get("src", ""))
                path = posixpath.normpath(source)
                found[image.get("alt", "")] = picture(path, files[path])
    return found


def read_pictures(path: Path) -> dict[str, Grey]:
    """Return the pictures of an EPUB by their alternatives."""
    with zipfile.ZipFile(path) as archive:
        return pictures_of({name: archive.read(name) for name in archive.namelist()})
