"""Whether an SVG drawing keeps to itself: no scripts, nothing from outside the file.

A drawing may show only what it holds. A link to a file would print that file, one to the web
would make the build depend on the network; both can come with a contribution.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from pathlib import Path

_CSS_URL = re.compile(r"""url\(\s*['"]?\s*(?P<target>[^'")\s]*)""", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_FORBIDDEN = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler"})
_MAX_BYTES = 20_000_000


def fault_of(path: Path) -> str | None:
    """Say what makes the drawing unfit for print, or None if nothing does.

    The answer is the end of a sentence that begins with “The drawing … ”.
    """
    content = path.read_bytes()
    if len(content) > _MAX_BYTES:
        return f"is larger than {_MAX_BYTES // 1_000_000} MB"
    if _DECLARATION.search(content):
        return "has a document type, an entity or a stylesheet declaration"
    try:
        # Entities were refused above, which is what makes this parser unsafe elsewhere.
        root = ET.fromstring(content)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError, RecursionError) as error:
        # The last three where it names an encoding that expat does not have, or nests deeply.
        return f"is not well-formed XML ({error})"
    return next(filter(None, map(_fault_of_element, root.iter())), None)


def _fault_of_element(element: ET.Element) -> str | None:
    name = _local(element.tag)
    if name in _FORBIDDEN:
        return f"holds a <{name}> element"
    if name == "style":
        return _fault_of_css(element.text or "")
    return next(
        filter(None, (_fault_of_attribute(_local(k), v) for k, v in element.attrib.items())), None
    )


def _fault_of_attribute(name: str, value: str) -> str | None:
    if name in {"href", "src"} and not _stays_inside(value):
        return f"links to ‘{value[:80]}’, outside itself"
    if name.startswith("on"):
        return f"holds the event attribute ‘{name}’"
    return _fault_of_css(value) if "url(" in value.lower() or name == "style" else None


def _fault_of_css(text: str) -> str | None:
    if "@import" in text.lower() or "\\" in text:
        return "has a style that imports or escapes"
    for match in _CSS_URL.finditer(text):
        if not _stays_inside(match["target"]):
            return f"links to ‘{match['target'][:80]}’, outside itself"
    return None


def _stays_inside(target: str) -> bool:
    stripped = target.strip()
    return stripped.startswith("#") or bool(_EMBEDDED.match(stripped))


def _local(name: object) -> str:
    """Drop the namespace of a tag or attribute name; comments have no name."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
