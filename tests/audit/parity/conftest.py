"""A small book with everything that a format can lose, built once in all three formats."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.parity.pages import epub, read_pages, site
from speechbook.audit.parity.portable import read_portable
from speechbook.cli import main
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from speechbook.audit.parity.model import Edition
    from speechbook.building.paths import BookPaths

RICHER = """
A word is *stressed*, one is `code`, another is **strong**.
And [a page](https://archive.example/page) is linked.

- The first item.
- The second item, with a note.[^item]

```{index} single: Stalin, Joseph; and the hall
```

```{figure} map.svg
:alt: A map of the hall

The hall as it was.
```

```{figure} plan.svg
:alt: A plan of the seats

The seats.
```

The last paragraph of the section.[^last]
"""
NOTES = """
[^item]: A note on the item: {cite:p}`tromly2004{715}`.
[^last]: A note at the end: {cite:p}`taubman2003{275}`.
"""
ROW = """
[[locator]]
citekey = "{}"
locator = "{}"
seen = "page"
where = "a shelf"
on = "2026-11-23"
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><{shape}/></svg>'
SHAPES = {"map": 'rect width="9" height="9"', "plan": 'circle cx="4" cy="4" r="3"'}


@dataclass(frozen=True)
class Made:
    """A book that was built, and its formats as they were read."""

    paths: BookPaths
    site_files: Mapping[str, bytes]
    epub_files: Mapping[str, bytes]
    site: Edition
    epub: Edition
    pdf: Edition


def make_rich_book(folder: Path) -> BookPaths:
    """Make the sources of the small book."""
    paths = make_tiny_book(folder)
    first = paths.docs / "chapters" / "01-first.md"
    text = first.read_text(encoding="utf-8")
    text = text.replace("\n[^met]:", f"{RICHER}\n[^met]:", 1) + NOTES
    first.write_text(text, encoding="utf-8")
    for name, shape in SHAPES.items():
        drawing = DRAWING.format(shape=shape)
        (paths.docs / "chapters" / f"{name}.svg").write_text(drawing, encoding="utf-8")
    evidence = paths.docs / "data" / "evidence.toml"
    rows = ROW.format("taubman2003", "275") + ROW.format("tromly2004", "715")
    evidence.write_text(evidence.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return paths


def built(paths: BookPaths, verb: str) -> Path:
    """Build what a verb makes and return the folder of results."""
    assert main([verb, "--quiet", "--root", str(paths.root)]) == 0
    return paths.dist if verb == "build" else paths.build / "typst"


def pdf_with(folder: Path, file: str, old: str, new: str) -> Edition:
    """Build the PDF of the small book with one change in its sources, and read it."""
    paths = make_rich_book(folder)
    path = paths.docs / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return read_portable(built(paths, "pdf") / "secret-speech.pdf")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    paths = make_rich_book(tmp_path_factory.mktemp("parity"))
    dist = built(paths, "build")
    folder = dist / "html"
    pages = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    with zipfile.ZipFile(dist / "secret-speech.epub") as archive:
        documents = {name: archive.read(name) for name in archive.namelist()}
    editions = (read_pages(site(pages)), read_pages(epub(documents)))
    pdf = read_portable(dist / "secret-speech.pdf")
    shutil.rmtree(paths.build)
    return Made(paths, pages, documents, *editions, pdf)
