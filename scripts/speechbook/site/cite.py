"""How to cite the book or a chapter: in Chicago's form, APA's, BibTeX and RIS.

Chicago's form, BibTeX and RIS are made by what makes them for the bibliography.  APA's form
(*Publication Manual*, 7th ed., sections 10.2 and 10.3) leaves out the publisher, since the
book has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from pybtex.database import Entry, Person

from citelint.bibtex.entries import MONTH_NAMES
from speechbook.citing.bibliography import formatted
from speechbook.contributing.works.entry import ascii_letters, escaped, written
from speechbook.release.references import ris

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechbook.release.citation import Author
    from speechbook.site.edition import Edition, Part

LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True)
class Form:
    """One form: its name in ids, its name for people, and its text as HTML."""

    name: str
    label: str
    html: str
    is_code: bool = False


def key_of(edition: Edition, part: Part) -> str:
    """Return a citekey, such as ``secretspeech2026`` or ``secretspeech2026leningrad``."""
    own = re.sub(r"^.*/[0-9]*", "", part.page) if part.is_chapter else ""
    title = re.sub(r"^(?:The|An?) ", "", edition.title)
    return f"{ascii_letters(title)}{edition.year}{ascii_letters(own)}"


def bibtex_name(author: Author) -> str:
    """Return ``Family, Given``, or a body in braces."""
    family = escaped(author.family)
    return f"{family}, {escaped(author.given)}" if author.given else f"{{{family}}}"


def plain_fields(edition: Edition, part: Part) -> dict[str, str]:
    """Return the fields of an entry, except for its authors, as plain text."""
    year, month, day = edition.day.split("-")
    fields = {
        "title": part.title if part.is_chapter else edition.title,
        "booktitle": edition.title if part.is_chapter else "",
        "year": year,
        "month": MONTH_NAMES[int(month) - 1],
        "day": str(int(day)),
        "url": edition.address_of(part.page),
        "note": f"Version {edition.version}",
    }
    return {name: text for name, text in fields.items() if text}


def kind_of(part: Part) -> str:
    """Return the entry's type."""
    return "incollection" if part.is_chapter else "book"


def entry_for(edition: Edition, part: Part) -> Entry:
    """Return the entry as pybtex would read it."""
    fields = plain_fields(edition, part)
    latex = {n: text if n == "url" else escaped(text) for n, text in fields.items()}
    authors = [Person(bibtex_name(author)) for author in edition.authors]
    entry = Entry(kind_of(part), latex, {"author": authors})
    entry.key = key_of(edition, part)
    return entry


def bibtex_for(edition: Edition, part: Part) -> str:
    """Return the entry as a .bib file has it."""
    authors = " and ".join(map(bibtex_name, edition.authors))
    plain = plain_fields(edition, part)
    fields = {"author": authors, **plain, "month": plain["month"][:3].lower()}
    return written(kind_of(part), key_of(edition, part), fields)


def apa_name(author: Author) -> str:
    """Return ``Family, G. G.``, or a body as it is."""
    initials = " ".join(f"{given[0]}." for given in author.given.split())
    return f"{author.family}, {initials}" if initials else author.family


def apa_names(authors: Sequence[Author]) -> str:
    """Join the names with an ampersand before the last."""
    names = [apa_name(author) for author in authors]
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def apa_for(edition: Edition, part: Part) -> str:
    """Return APA's form as HTML."""
    names = apa_names(edition.authors)
    stop = "" if names.endswith(".") else "."
    book = f"<em>{escape(edition.title)}</em> (Version {escape(edition.version)})."
    chapter = f"{escape(part.title)}. In " if part.is_chapter else ""
    text = f"{escape(names)}{stop} ({edition.year}). {chapter}{book}"
    return f"{text} {escape(edition.address_of(part.page))}".strip()


def chicago_for(edition: Edition, part: Part) -> str:
    """Return Chicago's form as HTML, its address as text."""
    return LINK.sub("", formatted(entry_for(edition, part)).render_as("html"))


def forms_of(edition: Edition, part: Part) -> tuple[Form, ...]:
    """Return all forms in the order in which readers see them."""
    return (
        Form("chicago", "Chicago", chicago_for(edition, part)),
        Form("apa", "APA", apa_for(edition, part)),
        Form("bibtex", "BibTeX", escape(bibtex_for(edition, part)), is_code=True),
        Form("ris", "RIS", escape(ris([entry_for(edition, part)])), is_code=True),
    )
