"""The scheme of an address, seen through every disguise that Markdown and browsers take off.

A browser drops white space and control characters before and within a scheme
(https://url.spec.whatwg.org/#concept-basic-url-parser); Markdown takes backslashes off
punctuation and resolves entities in a link's target
(https://spec.commonmark.org/0.31.2/#link-destination).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Schemes that run a program, show what the address itself holds, or open the reader's files.
RUNNING = frozenset(
    ("about", "blob", "chrome", "data", "file", "filesystem", "jar", "javascript", "jscript")
) | {"livescript", "mocha", "resource", "vbscript", "view-source"}
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: A picture of pixels, written out in the address: it can run nothing.
RASTER = re.compile(r"data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
#: In text an address shows itself by what follows at once: "JavaScript: The Good Parts" is none.
IN_TEXT = re.compile(
    r"\b(?:javascript|vbscript|livescript):(?=[^\s:}\"'’”)])|\bdata:[a-z]+/[a-z0-9.+-]+[;,]",
    re.IGNORECASE,
)
IN_TARGET = re.compile(r"<(?P<target>[^<>]+)>\s*$")


def undisguised(address: str) -> str:
    """Return an address as a browser will read it."""
    return IGNORED.sub("", html.unescape(ESCAPED.sub(r"\1", address)))


def scheme_of(address: str) -> str:
    """Return an address's scheme in small letters, "" where it has none."""
    match = SCHEME.match(undisguised(address))
    return match[1].lower() if match else ""


def is_running(address: str, *, is_picture: bool = False) -> bool:
    """Say whether an address runs or holds something; a picture may hold its pixels."""
    if scheme_of(address) not in RUNNING:
        return False
    return not (is_picture and RASTER.match(undisguised(address)))


def may_run_in_text(text: str) -> bool:
    """Say at once whether :data:`IN_TEXT` can find anything; mostly it cannot."""
    lower = text.lower()
    return "script:" in lower or "data:" in lower


def running_in_text(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of such addresses within a text."""
    for match in IN_TEXT.finditer(text):
        yield match.span()


def target_in_title(text: str) -> str:
    """Return what stands in the angle brackets of ``title <target>``, else the text."""
    match = IN_TARGET.search(text)
    return match["target"] if match else text
