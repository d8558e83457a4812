"""What the search reads in the browser: the engine, and the book's passages and names.

``search-index.js`` is a script that sets ``book.searchData``, since browsers fetch nothing
from a disk.  MiniSearch (https://lucaong.github.io/minisearch/) makes its index of that on
the reader's device, in less time than an index would take to be sent.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import sphinx.search

from speechbook.site.assets import Asset, joined, minified_script, named_by_content
from speechbook.story.tables import rows_in, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from speechbook.site.passages import Passage
    from speechbook.story.people import Person
    from speechbook.story.places import StoryPlace

#: The folder of the engine's pieces in ``_static/``.
PIECES = "search"
INDEX = "_static/search-index.js"
#: Licence of MiniSearch, which its copies must carry.
LICENCE = "minisearch-licence.txt"
#: Snowball's English stemmer, as Sphinx ships it for its own search.
STEMMERS = ("base-stemmer.js", "english-stemmer.js")

#: What the book writes, and what it does not.
OtherNames = tuple[str, tuple[str, ...]]

LISTS = frozenset(
    f"back/{name}" for name in ("article-notes", "bibliography", "colophon", "errata", "evidence")
)


class SearchedPage(NamedTuple):
    """A page: its address from the site's root, its title, its kind and its passages."""

    address: str
    title: str
    kind: str
    passages: tuple[Passage, ...]


def kind_of(docname: str) -> str:
    """Return what a page is to a reader who searches; chapters come first."""
    if docname.startswith("chapters/"):
        return "chapter"
    if docname.startswith("contributing/"):
        return "contributing"
    if docname.startswith("front/"):
        return "front"
    return "list" if docname in LISTS else "reference"


def words_in(path: Path, source: str) -> tuple[OtherNames, ...]:
    """Read ``search-words.toml``: words that readers look for where the book has another.

    A ``[[word]]`` row has ``used`` (the book's word) and ``sought`` (a list of others).

    Raises:
        BookError: the text is not TOML, or a row is not as it should be.

    """
    rows = rows_in(path, source, "word")
    return tuple((row.text("used"), texts(row, "sought")) for row in rows)


def other_names(row: Person | StoryPlace) -> OtherNames:
    """Return the shortest form by which the book names a row, and the forms it does not use."""
    shortest = min(row.mentions or (row.name,), key=lambda form: (form.count(" "), len(form)))
    natives = tuple(native.words for native in row.natives)
    return shortest, (*row.other_names, *natives)


def search_index(pages: Iterable[SearchedPage], names: Iterable[OtherNames]) -> str:
    """Return ``search-index.js``; its shape is what ``search/20-index.js`` reads."""
    listed = [
        [
            page.address,
            page.title,
            page.kind,
            [[p.anchor, p.sort, "\n".join(p.lines)] for p in page.passages],
        ]
        for page in sorted(pages, key=lambda page: (page.kind != "chapter", page.address))
    ]
    data = {"pages": listed, "names": sorted(pair for pair in names if pair[1])}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"book.searchData={text};\n"


def engine(static: Path) -> Asset:
    """Join the engine: MiniSearch with its licence, the stemmer, and our own pieces."""
    folder = static / PIECES
    stemmers = Path(sphinx.search.__file__).parent / "minified-js"
    library, *ours = sorted(folder.glob("*.js"))
    licence = (folder / LICENCE).read_text(encoding="utf-8").strip()
    pieces = (library, *(stemmers / name for name in STEMMERS), *ours)
    return named_by_content(
        "search", "js", f"/*! {licence} */\n".encode() + joined(pieces, minified_script)
    )
