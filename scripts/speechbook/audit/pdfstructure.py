"""What a screen reader needs of a tagged PDF, checked on what was read from the finished file.

Beside pdfua's rules (the Matterhorn Protocol's, in part) these look at the meaning: PDF/UA-1,
ISO 14289-1, 7.3 graphics, 7.4 headings, 7.5 tables, 7.9 notes, 7.2 natural language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

from speechbook.audit.tagged import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from speechbook.audit.tagged import Tagged

HEADING = re.compile(r"H([1-6])")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: Languages of the book that are written in Cyrillic.
CYRILLIC_LANGUAGES = ("ru", "uk", "sr", "bg", "mk")
CELLS = frozenset({"TH", "TD"})
#: What stands for a character that a typeface lacks, or that has no meaning.
NO_CHARACTER = re.compile("[\ufffd\x00]")
SHOWN = 60


@dataclass(frozen=True)
class Finding:
    """Something wrong: what it is, the page (from 1, 0 if unknown) and the words there."""

    what: str
    page: int
    words: str


def finding(what: str, element: Element) -> Finding:
    """Return a finding about an element."""
    page = next((run.page + 1 for run in element.runs()), 0)
    return Finding(what, page, (element.text() or element.alternative)[:SHOWN])


def headings(root: Element) -> list[tuple[int, Element]]:
    """Return the headings with their levels, in reading order."""
    found = ((HEADING.fullmatch(element.tag), element) for element in root.elements())
    return [(int(match[1]), element) for match, element in found if match]


def faulty_headings(root: Element) -> Iterator[Finding]:
    """Yield headings that skip a level or say nothing."""
    found = headings(root)
    for (before, _), (level, element) in pairwise([(0, root), *found]):
        if level > before + 1:
            yield finding(f"a heading of level {level} follows one of level {before}", element)
        if not element.text().strip():
            yield finding("a heading is empty", element)


def marks_and_notes(root: Element) -> Iterator[tuple[Element | None, Element]]:
    """Yield each note with its mark, if there is one: right before it, else after it.

    A note whose mark would tear its paragraph's last line off stands a line earlier than the
    mark (``typst/widows.py``).
    """
    for parent in root.elements():
        labels = [child for child in parent.children if is_tagged(child, "Lbl")]
        for before, note in pairwise((None, *parent.children)):
            if isinstance(note, Element) and note.tag == "Note":
                later = parent.children[parent.children.index(note) :]
                after = (label for label in labels if label in later and same_number(label, note))
                yield before if is_tagged(before, "Lbl") else next(after, None), note


def is_tagged(child: object, tag: str) -> TypeGuard[Element]:
    """Say whether a child is an element with a tag."""
    return isinstance(child, Element) and child.tag == tag


def same_number(mark: Element, note: Element) -> bool:
    """Say whether a mark says the number of a note."""
    number = next(note.named("Lbl"), None)
    return number is not None and letters(number) == letters(mark)


def pages_of(element: Element) -> set[int]:
    """Return the pages on which an element has text."""
    return {run.page for run in element.runs()}


def leads_to(source: Element, target: Element) -> bool:
    """Say whether a link in *source* leads to a page of *target*."""
    return any(link.page in pages_of(target) for link in source.links())


def faulty_notes(root: Element) -> Iterator[Finding]:
    """Yield notes without a mark before them, and notes and marks that are not linked."""
    for mark, note in marks_and_notes(root):
        number = next(note.named("Lbl"), None)
        if mark is None:
            yield finding("a note follows no mark", note)
        elif number is None:
            yield finding("a note has no number", note)
        elif not same_number(mark, note):
            yield finding("a note has another number than its mark", note)
        elif not leads_to(mark, note):
            yield finding("a mark does not lead to its note", note)
        elif not leads_to(number, mark):
            yield finding("a note does not lead back to its mark", note)


def letters(element: Element) -> str:
    """Return an element's text without white space."""
    return "".join(element.text().split())


def faulty_tables(root: Element) -> Iterator[Finding]:
    """Yield tables without heads of columns, and rows of another length than the first."""
    for table in root.named("Table"):
        rows = [[c for c in row.children if is_cell(c)] for row in table.named("TR")]
        heads = [element for element in table.named("TH") if element.scope]
        if not heads:
            yield finding("a table has no head cell with a scope", table)
        if len({len(row) for row in rows}) != 1:
            yield finding("a table has rows of different lengths", table)


def is_cell(child: object) -> bool:
    """Say whether a child of a row is a cell."""
    return isinstance(child, Element) and child.tag in CELLS


def faulty_figures(root: Element) -> Iterator[Finding]:
    """Yield figures without an alternative."""
    for figure in root.named("Figure", "Formula"):
        if not figure.alternative.strip():
            yield finding("a figure has no text alternative", figure)


def faulty_languages(root: Element) -> Iterator[Finding]:
    """Yield Cyrillic text that is not said to be in a language written so."""
    for run in root.runs():
        if CYRILLIC.search(run.text) and not run.language.startswith(CYRILLIC_LANGUAGES):
            yield Finding("Cyrillic text has no language", run.page + 1, run.text[:SHOWN])


def faulty_characters(root: Element) -> Iterator[Finding]:
    """Yield text with characters that no typeface showed."""
    for run in root.runs():
        if NO_CHARACTER.search(run.text):
            yield Finding("a character is missing", run.page + 1, run.text[:SHOWN])


def lonely_headings(root: Element) -> Iterator[Finding]:
    """Yield headings at the foot of a page: what follows them begins on another."""
    blocks = [child for child in _blocks(root) if any(True for _ in child.runs())]
    for block, following in pairwise(blocks):
        if HEADING.fullmatch(block.tag) and not HEADING.fullmatch(following.tag):
            last = [run.page for run in block.runs()][-1]
            first = next(run.page for run in following.runs())
            if first != last:
                yield finding("a heading stands at the foot of a page", block)


def _blocks(root: Element) -> Iterator[Element]:
    """Yield what stands right in the document."""
    for document in root.named("Document"):
        yield from (child for child in document.children if isinstance(child, Element))


def uncoloured_links(root: Element) -> Iterator[Finding]:
    """Yield links to the web that look like the text around them; the book's have no lines."""
    for link in root.named("Link"):
        if any(target.address for target in link.links()):
            plain = [run for run in link.runs() if run.text.strip() and len(set(run.colour)) == 1]
            yield from (Finding("a link has no colour", r.page + 1, r.text[:SHOWN]) for r in plain)


CHECKS: tuple[Callable[[Element], Iterator[Finding]], ...] = (
    faulty_headings,
    faulty_notes,
    faulty_tables,
    faulty_figures,
    faulty_languages,
    faulty_characters,
    lonely_headings,
    uncoloured_links,
)


def structure_findings(tagged: Tagged) -> tuple[Finding, ...]:
    """Return all that is wrong with the structure."""
    loose = (
        Finding("text is neither in the tree nor an artifact", number, text[:SHOWN])
        for number, text in enumerate(tagged.unmarked, start=1)
        if text
    )
    return (*(found for check in CHECKS for found in check(tagged.root)), *loose)
