"""A tiny book with everything that an EPUB can get wrong, built once for all tests here."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.building.paths import BookPaths

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "opf": "http://www.idpf.org/2007/opf",
}
EPUB_TYPE = f"{{{NAMESPACES['epub']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPOCH = "1790000000"

RICHER = """
```{index} single: Stalin, Joseph
```

The mass is $m < 2$, and the same note again.[^more]

```{figure} map.svg
:alt: A square

A map.
```

> A quotation without a name.

{ref}`The glossary <glossary>` knows more, as does [a page](https://example.org/page?a=1&b=2#c).

```{index} see: Koba; Stalin, Joseph
```
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)
PREFACE = "(preface)=\n# Preface\n\n```{index} single: Stalin, Joseph\n```\n\nWhy.\n"
PREFACE_TOCTREE = """```{toctree}
:caption: Before you read

front/preface
```

"""


def make_rich_book(folder: Path) -> BookPaths:
    """Make the tiny book with a preface, a figure, a formula, an external link and more notes."""
    paths = make_tiny_book(folder)
    first = paths.docs / "chapters" / "01-first.md"
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("\n[^met]:", f"{RICHER}\n[^met]:", 1), encoding="utf-8")
    (paths.docs / "chapters" / "map.svg").write_text(PICTURE, encoding="utf-8")
    (paths.docs / "front").mkdir()
    (paths.docs / "front" / "preface.md").write_text(PREFACE, encoding="utf-8")
    index = paths.docs / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("```{toctree}", PREFACE_TOCTREE + "```{toctree}", 1), "utf-8")
    return paths


def build(paths: BookPaths, **environment: str) -> bytes:
    """Build the EPUB in a process of its own and return the file's bytes."""
    command = [sys.executable, "-m", "speechbook.cli", "epub", "--root", str(paths.root)]
    values = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=values)
    assert result.returncode == 0, result.stderr
    return (paths.build / "epub" / "secret-speech.epub").read_bytes()


@dataclass(frozen=True)
class Epub:
    """A finished EPUB: its file and what is in it."""

    path: Path

    @cached_property
    def members(self) -> dict[str, bytes]:
        """Return the archive's files in their order."""
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def xml(self, name: str) -> etree._Element:
        """Return a parsed file."""
        return etree.fromstring(self.members[name])

    def find(self, name: str, path: str) -> list[Any]:
        """Return what an XPath finds in a file."""
        return select(self.xml(name), path)

    @cached_property
    def pages(self) -> list[str]:
        """Return the names of the XHTML files."""
        return [name for name in self.members if name.endswith(".xhtml")]

    @cached_property
    def manifest(self) -> dict[str, dict[str, str]]:
        """Return the manifest's items' attributes by href."""
        items = self.find("content.opf", "//opf:item")
        return {item.attrib["href"]: dict(item.attrib) for item in items}

    @cached_property
    def spine(self) -> list[str]:
        """Return the hrefs in reading order."""
        hrefs = {item["id"]: href for href, item in self.manifest.items()}
        return [hrefs[ref.attrib["idref"]] for ref in self.find("content.opf", "//opf:itemref")]

    def meta(self, name: str) -> list[str]:
        """Return the texts of a metadata property."""
        return [e.text or "" for e in self.find("content.opf", f"//opf:meta[@property='{name}']")]


def select(element: etree._Element, path: str) -> list[Any]:
    """Return what an XPath finds from an element on; prefixes as in ``NAMESPACES``."""
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return found


def text_of(element: etree._Element) -> str:
    """Return an element's text with single spaces."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())


def resolve(page: str, address: str) -> tuple[str, str]:
    """Return the file and the fragment that an address on a page leads to."""
    file, _, fragment = address.partition("#")
    folders = [*PurePosixPath(page).parent.parts, *PurePosixPath(file).parts] if file else []
    path: list[str] = []
    for folder in folders:
        path = path[:-1] if folder == ".." else [*path, folder]
    return "/".join(path) if file else page, fragment


@pytest.fixture(scope="session")
def rich_book(tmp_path_factory: pytest.TempPathFactory) -> BookPaths:
    """Return the richer tiny book, its EPUB built."""
    paths = make_rich_book(tmp_path_factory.mktemp("rich"))
    build(paths)
    return paths


@pytest.fixture(scope="session")
def epub(rich_book: BookPaths) -> Epub:
    """Return the finished EPUB."""
    return Epub(rich_book.build / "epub" / "secret-speech.epub")
