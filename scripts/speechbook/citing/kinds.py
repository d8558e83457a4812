"""What an entry's type means for the way its title is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pybtex.database import Entry

# Works that stand alone take italics; parts of works and unpublished ones take
# quotation marks (Chicago 8.163 and 8.177).
WHOLE_WORKS = frozenset({"book", "booklet", "collection", "manual", "proceedings"})


def is_whole_work(entry: Entry) -> bool:
    """Say whether the entry's own title is set in italics."""
    return entry.type in WHOLE_WORKS


def title_of(entry: Entry) -> str:
    """Return the full title, or the key in angle brackets where there is none."""
    return str(entry.fields.get("title", f"<{entry.key}>"))


def short_title_of(entry: Entry) -> str:
    """Return ``shorttitle``, else the title up to its first colon."""
    short = entry.fields.get("shorttitle")
    return str(short) if short else title_of(entry).split(":")[0]
