"""What pop-ups show: the works behind a note, people, places and terms; HTML within JSON.

Each page has a file of its own, a script that only fills ``book.cards``, so that a page
from the disk can load it too, which may fetch nothing.  It is loaded when a reader first
asks for a pop-up::

    book.cards = {
      "works": {citekey: [the entry, its links]},
      "notes": {identifier of the note: [[citekey, its evidence], …]},
      "cards": {identifier of the row: {"kind", "title", "body", "more"}}}

Entries, links, evidence and bodies are HTML; links within the site start at its root.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from speechbook.citing.dates import access_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from speechbook.evidence import LocatorEvidence
    from speechbook.story.tables import Native

ADDRESS = re.compile(r"https?://\S+")
WORD = re.compile(r"\w+")

#: How a place in a work is known, as a reader understands it.
SEEN_IN_WORDS = {
    "page": "seen on the page itself",
    "excerpt": "seen in an excerpt or a copy",
    "article": "only as the article gives it; not seen",
    "none": "not seen",
}
#: How much of an entry was checked (``docs/contributing/citing.md``).
CHECKED_IN_WORDS = {
    "full": "All that the entry says was checked",
    "partial": "Only a part of what the entry says could be checked",
    "article": "Only the article names this work",
}


@dataclass(frozen=True)
class Work:
    """A work as a pop-up has it.

    ``entry`` is the bibliography's entry as HTML, ``address`` where it stands, from the
    site's root, ``places`` how many places of the book cite it, ``fields`` what the .bib
    file says, its ``checkednote`` as plain text.
    """

    entry: str
    address: str
    places: int
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Card:
    """A card: ``kind`` and ``title`` are plain text, ``body`` is HTML, ``more`` a link's words."""

    kind: str
    title: str
    body: str
    more: str


@dataclass(frozen=True)
class PageCards:
    """What one page's pop-ups show; of each note the works, each with its evidence as HTML."""

    works: Mapping[str, Work] = field(default_factory=dict)
    notes: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)

    def script(self) -> str:
        """Return the page's file, or nothing if the page has no pop-up."""
        if not self.notes and not self.cards:
            return ""
        content = {
            "works": {key: [work.entry, links_of(work)] for key, work in self.works.items()},
            "notes": self.notes,
            "cards": {name: vars(card) for name, card in self.cards.items()},
        }
        return f"book.cards = {as_json(content)};\n"


def as_json(content: Any) -> str:  # noqa: ANN401 - whatever JSON takes
    """Return JSON in one order and without spare spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(address: str, words: str) -> str:
    """Return a link as HTML."""
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def source_of(fields: Mapping[str, str]) -> str:
    """Return where a work is to be had: its DOI's address, else its own, or nothing."""
    doi = fields.get("doi", "")
    return f"https://doi.org/{doi}" if doi else fields.get("url", "")


def links_of(work: Work) -> str:
    """Return the links to the source, an open text, an archived copy, and the other notes."""
    outward = (
        ("Source", source_of(work.fields)),
        ("Open text", work.fields.get("fulltexturl", "")),
        ("Archived copy", work.fields.get("archiveurl", "")),
    )
    links = [link(address, words) for words, address in outward if address]
    is_single = work.places < 2  # noqa: PLR2004
    words = "In the bibliography" if is_single else f"All {work.places} places that cite it"
    return " ".join([*links, link(work.address, words)])


def without_tail(address: str) -> str:
    """Return an address without the stops and the bracket that belong to the sentence.

    >>> without_tail("https://a.org/b_(c)),")
    'https://a.org/b_(c)'
    """
    kept = address.rstrip(".,;:")
    while kept.endswith(")") and kept.count(")") > kept.count("("):
        kept = kept[:-1].rstrip(".,;:")
    return kept


@dataclass(frozen=True)
class Evidence:
    """The evidence of a book: its rows by work and locator; works' short titles by citekey."""

    rows: Mapping[tuple[str, str], LocatorEvidence]
    titles: Mapping[str, str]

    def told(self, text: str) -> str:
        """Return a remark as HTML: addresses as links, citekeys as the works' short titles."""
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        done = 0
        for match in ADDRESS.finditer(text):
            address = without_tail(match.group())
            yield self._words(text[done : match.start()])
            yield link(address, urlsplit(address).netloc.removeprefix("www."))
            done = match.start() + len(address)
        yield self._words(text[done:])

    def _words(self, text: str) -> str:
        return escape(WORD.sub(lambda word: self.titles.get(word.group(), word.group()), text))

    def of_locator(self, citekey: str, locator: str) -> str:
        """Return how a place in a work is known, as a list item."""
        row = self.rows.get((citekey, locator))
        seen = row.seen if row else "none"
        words = f"<b>{escape(locator)}</b>: {SEEN_IN_WORDS[seen]}"
        where = f" <small>({self.told(row.where)})</small>" if row and row.where else ""
        return f'<li class="seen-{seen}">{words}{where}</li>'

    def of_entry(self, fields: Mapping[str, str], *, is_whole: bool) -> str:
        """Return how a work's entry is known, as a list item.

        It is nothing for an entry that was checked in full and is cited with a locator;
        ``is_whole`` says that no locator is given.
        """
        checked = fields.get("checked", "")
        if checked not in CHECKED_IN_WORDS or (checked == "full" and not is_whole):
            return ""
        cited = "<b>No page is given.</b> " if is_whole else ""
        words = f"{cited}{CHECKED_IN_WORDS[checked]}{self._when(fields, is_whole=is_whole)}."
        remark = fields.get("checkednote", "") if checked != "full" else ""
        told = f" <small>{self.told(remark)}</small>" if remark else ""
        return f'<li class="checked-{checked}">{words}{told}</li>'

    def _when(self, fields: Mapping[str, str], *, is_whole: bool) -> str:
        if not is_whole or not fields.get("checkedon"):
            return ""
        at = fields.get("checkedat", "")
        place = f" at {self.told(at)}" if ADDRESS.match(at) else ""
        return f"{place} on {access_date(fields['checkedon'])}"

    def of_citations(self, citekey: str, locators: Sequence[str], fields: Mapping[str, str]) -> str:
        """Return the evidence of one work in one note; a locator is "" if none is given."""
        given = [locator for locator in dict.fromkeys(locators) if locator]
        items = [self.of_locator(citekey, locator) for locator in given]
        return "".join([*items, self.of_entry(fields, is_whole=not given)])


def natives_html(natives: Sequence[Native]) -> list[str]:
    """Return names in their own languages, each marked with it."""
    return [f'<span lang="{n.language}">{escape(n.words)}</span>' for n in natives]


def paragraph(pieces: Sequence[str], classes: str = "") -> str:
    """Return a paragraph of HTML pieces with commas between them, or nothing."""
    attribute = f' class="{classes}"' if classes else ""
    kept = ", ".join(piece for piece in pieces if piece)
    return f"<p{attribute}>{kept}</p>" if kept else ""
