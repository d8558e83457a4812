"""The drawn pictures of the book and its chapters, for sites that show a card of a link.

``social.typ`` is the drawing; all are set in one go, in the cover's typefaces and colours.
1200 by 630 pixels are what Facebook asks for
(https://developers.facebook.com/docs/sharing/webmasters/images) and others cut least of.
"""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from speechbook.digests import digest_of
from speechbook.epub.cover import FONTS

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWING = Path(__file__).with_name("social.typ")
WIDTH, HEIGHT = 1200, 630
#: Pixels an inch at which a point is a pixel.
PIXELS_AN_INCH = 72
#: The site's folder for them.
FOLDER = "_social"


@dataclass(frozen=True)
class Words:
    """What stands on a picture; the book's own has no ``number``, a chapter's no ``subtitle``."""

    book: str
    part: str
    number: str
    title: str
    subtitle: str


@functools.cache
def tools() -> str:
    """Return a digest of what draws besides this module: the drawing, typefaces, compiler."""
    return digest_of(["typst"], {path.name: path for path in (DRAWING, *FONTS.iterdir())})


def draw(pictures: Sequence[Words]) -> tuple[bytes, ...]:
    """Return a PNG of 1200 by 630 pixels for each."""
    if not pictures:
        return ()
    drawn = typst.compile(
        str(DRAWING),
        format="png",
        ppi=PIXELS_AN_INCH,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"pictures": json.dumps([asdict(words) for words in pictures])},
        timestamp=0,
    )
    return tuple(drawn) if isinstance(drawn, list) else (drawn,)


def alternative_text(words: Words) -> str:
    """Say what a picture shows."""
    said = ". ".join(part for part in (words.number, words.title, words.subtitle) if part)
    return f"{said.rstrip('.')}. Below, lines of blotted-out words, one of them in dark red."


def picture_path(page: str) -> str:
    """Return where a page's picture lies on the site.

    >>> picture_path("chapters/05-session")
    '_social/05-session.png'
    """
    return f"{FOLDER}/{page.rpartition('/')[2]}.png"
