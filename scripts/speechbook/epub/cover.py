"""The book's cover, drawn once for all formats.

``templates/cover.typ`` is the drawing; Typst, which sets the PDF anyway, turns it
into a picture of any kind with the book's own typefaces, letters as outlines.
The EPUB takes a PNG: EPUB allows SVG covers, but most libraries and e-ink readers
show none as a thumbnail.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typst

PACKAGE = Path(__file__).parent
DRAWING = PACKAGE / "templates" / "cover.typ"
FONTS = PACKAGE / "static" / "fonts"

#: The page is 400 by 640 points; 4 pixels a point give the 1600 by 2560 that shops ask for.
PIXELS_A_POINT = 4
POINTS_AN_INCH = 72

Format = Literal["png", "svg", "pdf"]


def draw_cover(title: str, subtitle: str, author: str, form: Format = "png") -> bytes:
    """Return the cover as a PNG (1600 by 2560 pixels), an SVG or a PDF page."""
    drawn = typst.compile(
        str(DRAWING),
        format=form,
        ppi=PIXELS_A_POINT * POINTS_AN_INCH,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"title": title, "subtitle": subtitle, "author": author},
        timestamp=0,
    )
    if not isinstance(drawn, bytes):
        raise TypeError("the cover has more than one page: its title or subtitle is too long")
    return drawn


def alternative_text(title: str, subtitle: str) -> str:
    """Say in words what the cover shows."""
    words = f"{title}. {subtitle}" if subtitle else title
    return (
        f"Cover of the book, with the words: {words}. Below, a page of blotted-out words, "
        "a few of them in dark red."
    )
