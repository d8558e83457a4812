"""One style sheet and one script, joined from small pieces and named by what they hold.

A page of many small files would cost a request each; joined, minified and named by a
hash of their content, they are two requests once and none while they stay as they are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import rcssmin
import rjsmin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

STYLES, SCRIPTS = "styles", "scripts"
#: The one script that runs before the first paint and stays by itself.
SETTINGS = "settings.js"
ICON = "favicon.svg"
LENGTH_OF_A_HASH = 10


@dataclass(frozen=True)
class Asset:
    """A file of ``_static/``: its name and its bytes."""

    name: str
    content: bytes

    @property
    def path(self) -> str:
        """Return its path from the site's root."""
        return f"_static/{self.name}"


@dataclass(frozen=True)
class Assets:
    """What every page loads; ``icon`` is a ``data:`` address."""

    style: Asset
    settings: Asset
    script: Asset
    icon: str

    @property
    def all(self) -> tuple[Asset, ...]:
        """Return the three in the order in which a page asks for them."""
        return (self.style, self.settings, self.script)


def named_by_content(stem: str, ending: str, content: bytes) -> Asset:
    """Return an asset whose name changes with its content and with nothing else."""
    digest = hashlib.sha256(content).hexdigest()[:LENGTH_OF_A_HASH]
    return Asset(f"{stem}-{digest}.{ending}", content)


def joined(pieces: Iterable[Path], minify: Callable[[str], str]) -> bytes:
    """Return the pieces' text, minified, one after another (UTF-8)."""
    return "\n".join(minify(piece.read_text(encoding="utf-8")) for piece in pieces).encode()


def minified_script(text: str) -> str:
    """Return a script without comments and spare white space."""
    return str(rjsmin.jsmin(text))


def minified_style(text: str) -> str:
    """Return a style sheet without comments and spare white space."""
    return str(rcssmin.cssmin(text))


def data_address(drawing: Path) -> str:
    """Return an SVG as a ``data:`` address (https://www.rfc-editor.org/rfc/rfc2397)."""
    return f"data:image/svg+xml,{quote(drawing.read_text(encoding='utf-8').strip())}"


def read_assets(folder: Path) -> Assets:
    """Join the pieces of *folder* (``docs/_static``), in the order of their names."""
    styles = sorted((folder / STYLES).glob("*.css"))
    settings = folder / SCRIPTS / SETTINGS
    scripts = [piece for piece in sorted((folder / SCRIPTS).glob("*.js")) if piece != settings]
    return Assets(
        named_by_content("book", "css", joined(styles, minified_style)),
        named_by_content("settings", "js", joined([settings], minified_script)),
        named_by_content("book", "js", joined(scripts, minified_script)),
        data_address(folder / ICON),
    )
