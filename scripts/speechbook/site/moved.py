"""Pages that have moved, from ``docs/data/redirects.toml``, and what leads on from them.

A ``[[moved]]`` row has ``from`` and ``to``, both names of pages as Sphinx has them
("chapters/05-session").  The file may have no row, or not be there at all.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from speechbook.figures.rows import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from speechbook.figures.rows import Row

PAGE_NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")


class Moved(NamedTuple):
    """A page's old name and its new one."""

    old: str
    new: str


def moved_in(row: Row, pages: Collection[str]) -> Moved:
    """Read a row and see that it leads from no page to one.

    Raises:
        BookError: a name is no page's name, the old page is still there or the new one is not.

    """
    moved = Moved(row.text("from"), row.text("to"))
    for column, name in zip(("from", "to"), moved, strict=True):
        if not PAGE_NAME.fullmatch(name):
            cure = 'write it as "chapters/05-session", without .html'
            raise row.fault(f"has {column} = {name!r}", cure, column)
    if moved.old in pages:
        cure = "take the row out, or give the page another name"
        raise row.fault(f"leads away from {moved.old}, which is a page", cure, "from")
    if moved.new not in pages:
        cure = "name the page where the text stands today"
        raise row.fault(f"leads to {moved.new}, which is no page", cure, "to")
    return moved


def read_moved(path: Path, pages: Collection[str]) -> tuple[Moved, ...]:
    """Read the table; *pages* are the names of the site's pages.

    Raises:
        BookError: the file is not TOML, a row is not as it should be, or two rows
            start from one page.

    """
    if not path.is_file():
        return ()
    data = parse(path, path.read_text(encoding="utf-8"), "The list of moved pages")
    rows = data.rows("moved") if "moved" in data.values else ()
    seen: dict[str, Moved] = {}
    for row in rows:
        moved = moved_in(row, pages)
        if moved.old in seen:
            raise row.fault(f"leads from {moved.old} a second time", "keep one of the rows", "from")
        seen[moved.old] = moved
    return tuple(seen.values())


STUB = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>This page has moved</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<main><h1>This page has moved</h1><p>It is now at <a href="{address}">{words}</a>.</p></main>
</body>
</html>
"""


def relative(old: str, new: str) -> str:
    """Return the address of *new* as seen from *old*; both are page names.

    >>> relative("chapters/05-hall", "chapters/05-session")
    '../chapters/05-session.html'
    """
    return "../" * old.count("/") + f"{new}.html"


def stub(moved: Moved, base: str) -> str:
    """Return the page that leads on; *base* is the site's address or nothing."""
    address = escape(relative(moved.old, moved.new))
    canonical = escape(f"{base}{moved.new}.html") if base else address
    return STUB.format(address=address, canonical=canonical, words=escape(moved.new))


def redirect_lines(moved: Collection[Moved]) -> Iterator[str]:
    """Yield the lines of ``_redirects``: from, to and status, as Netlify and Cloudflare read it."""
    for old, new in moved:
        yield f"/{old}.html /{new}.html 301"
        yield f"/{old} /{new}.html 301"
