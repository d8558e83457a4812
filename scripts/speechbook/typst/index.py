"""The index at the end of the book, in Sphinx's own order, for the template to set.

The template looks up the page of every place in one go; here is only what to look up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _

from speechbook.typst import escape
from speechbook.typst.labels import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.builders import Builder

    # What Sphinx gives: whether the place is a main one, and its address.
    Links = Iterable[tuple[str | None, str | Literal[False]]]


@dataclass(frozen=True)
class Target:
    """A place that an entry leads to: the key of its label; ``main`` ones are set apart."""

    key: str
    main: bool


@dataclass(frozen=True)
class Entry:
    """A heading of the index, or one below it, with its places and what it refers to."""

    term: str
    targets: tuple[Target, ...] = ()
    children: tuple[Entry, ...] = ()
    see: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Entries under one letter."""

    letter: str
    entries: tuple[Entry, ...]


def read(builder: Builder) -> tuple[Group, ...]:
    """Make the index of all documents; ``builder`` gives addresses as ``%docname#id``."""
    created = IndexEntries(builder.env).create_index(builder, group_entries=False)
    return tuple(
        Group(letter, tuple(_entry(term, links, subs) for term, (links, subs, _key) in entries))
        for letter, entries in created
    )


def _entry(term: str, links: Links, subs: Iterable[tuple[str, Links]]) -> Entry:
    """Sort the entries below ``term`` into real ones and references to other headings."""
    see_also_start, see_start = (_("see also %s") % "", _("see %s") % "")
    children, see, see_also = [], [], []
    for text, targets in subs:
        if not targets and text.startswith(see_also_start):
            see_also.append(text.removeprefix(see_also_start))
        elif not targets and text.startswith(see_start):
            see.append(text.removeprefix(see_start))
        else:
            children.append(Entry(text, _targets(targets)))
    return Entry(term, _targets(links), tuple(children), tuple(see), tuple(see_also))


def _targets(links: Links) -> tuple[Target, ...]:
    found = []
    for main, uri in links:
        if uri is False:
            continue
        docname, _hash, identifier = uri.removeprefix("%").partition("#")
        found.append(Target(key_of(docname, identifier), main == "main"))
    return tuple(found)


def to_typst(groups: Iterable[Group], label_of: Callable[[str], str | None]) -> list[str]:
    """Write the index as lines of Typst code.

    ``label_of`` gives the label of a key, or None where the place is not in the printed book
    (a page made for the screen only); such places are left out, and so are entries with
    nothing left.
    """
    lines = ["index-of(("]
    for group in groups:
        entries = [code for entry in group.entries for code in _entry_code(entry, label_of, 0)]
        if entries:
            lines.append(f"({escape.string(group.letter)}, (")
            lines.extend(f"{code}," for code in entries)
            lines.append(")),")
    return [*lines, "))"]


def labels_of(groups: Iterable[Group], label_of: Callable[[str], str | None]) -> set[str]:
    """Give all labels that the printed index leads to."""
    entries = [entry for group in groups for entry in group.entries]
    below = [child for entry in entries for child in entry.children]
    keys = [target.key for entry in (*entries, *below) for target in entry.targets]
    return {label for key in keys if (label := label_of(key)) is not None}


def _entry_code(entry: Entry, label_of: Callable[[str], str | None], depth: int) -> list[str]:
    places = [(label_of(target.key), target.main) for target in entry.targets]
    known = [(label, main) for label, main in places if label is not None]
    children = [
        code for child in entry.children for code in _entry_code(child, label_of, depth + 1)
    ]
    if not (known or children or entry.see or entry.see_also):
        return []
    fields = {
        "depth": str(depth),
        "term": escape.string(entry.term),
        "places": escape.array([f"({escape.string(k)}, {str(m).lower()})" for k, m in known]),
        "see": escape.array([escape.string(term) for term in entry.see]),
        "also": escape.array([escape.string(term) for term in entry.see_also]),
        "heads": str(bool(children)).lower(),
    }
    return [escape.dictionary(fields), *children]
