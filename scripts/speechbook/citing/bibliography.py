"""Chicago's bibliography form, as a pybtex formatting style.

Author inverted. *Title*. Container. Place: Publisher, Year. DOI or address.
The plug-in point: https://docs.pybtex.org/api/styles.html (formatting styles).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from pybtex.plugin import register_plugin
from pybtex.richtext import BaseText, HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle

from speechbook.citing.dates import access_date, publication_date
from speechbook.citing.kinds import is_whole_work, title_of
from speechbook.citing.latex import decoded
from speechbook.citing.names import bibliography_names, names_in_order, translators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pybtex.database import Entry

STYLE = "chicago"
SENTENCE_ENDS = (".", "?", "!", ".”", "?”", "!”")
THESES = {"phdthesis": "PhD diss.", "mastersthesis": "MA thesis"}


def field(entry: Entry, name: str) -> Text:
    """Return a field's decoded text, empty where the entry lacks it."""
    value = entry.fields.get(name, "").replace("--", "–")
    return decoded(value) if value else Text()


def joined(separator: str, parts: list[BaseText | str]) -> Text:
    """Join the parts that are not empty."""
    kept = [part for part in parts if len(part)]
    return Text(separator).join(kept) if kept else Text()


def as_sentences(parts: list[BaseText | str]) -> Text:
    """Set each part as a sentence: a full stop unless it ends in a mark of its own."""
    sentences = [Text(part) for part in parts if len(part)]
    closed = [part if str(part).endswith(SENTENCE_ENDS) else part + "." for part in sentences]
    return Text(" ").join(closed) if closed else Text()


def quoted(title: BaseText) -> Text:
    """Set a part's title in quotation marks, with its full stop inside (Chicago 6.9)."""
    stop = "" if str(title).endswith((".", "?", "!")) else "."
    return Text("“", title, stop, "”")


def original_title(entry: Entry) -> Text:
    """Return the title in its own script, in square brackets (Chicago 11.9)."""
    original = field(entry, "titleoriginal")
    return Text(" [", original, "]") if len(original) else Text()


def own_title(entry: Entry) -> Text:
    """Return the work's title as its kind demands, with the original behind it."""
    title = decoded(title_of(entry))
    if is_whole_work(entry):
        return Text(Tag("em", title), original_title(entry))
    original = original_title(entry)
    return Text(quoted(title), original) if len(original) else quoted(title)


def ordinal_edition(entry: Entry) -> Text:
    """Return the edition as the record words it."""
    edition = field(entry, "edition")
    if len(edition) and "ed" not in str(edition).lower() and "issue" not in str(edition).lower():
        return Text(edition, " ed.")
    return edition


def imprint(entry: Entry) -> Text:
    """Return ``Place: Publisher, Year``, leaving out what the record lacks."""
    house = joined(": ", [field(entry, "address"), field(entry, "publisher")])
    year = Text(publication_date(entry.fields))
    origin = field(entry, "origdate")
    origin = Text("first published ", origin) if len(origin) else Text()
    return joined(", ", [house, year, origin])


def contributors(entry: Entry) -> list[BaseText | str]:
    """Return "Edited by …" and "Translated by …" where others than the author did."""
    editors = names_in_order(entry.persons.get("editor", []))
    edited = Text("Edited by ", editors) if "author" in entry.persons and editors else Text()
    names = names_in_order(translators(entry))
    return [edited, Text("Translated by ", names) if names else Text()]


def address(entry: Entry) -> list[BaseText | str]:
    """Return the DOI as an address, else the URL with the day it was read."""
    doi = entry.fields.get("doi", "")
    if doi:
        target = f"https://doi.org/{doi}"
        return [HRef(target, target)]
    url = entry.fields.get("url", "") or entry.fields.get("fulltexturl", "")
    if not url:
        return []
    read_on = access_date(entry.fields.get("urldate", ""))
    return [Text("Accessed ", read_on) if read_on else Text(), HRef(url, url)]


def archive(entry: Entry) -> Text:
    """Return where an unpublished document lies."""
    return joined(", ", [field(entry, "archive"), field(entry, "shelfmark")])


def periodical(entry: Entry) -> Text:
    """Return ``*Journal* 56, no. 5 (2004): 707–729``, or ``*Newspaper*, 5 June 1956``."""
    number = field(entry, "number")
    issue = Text("no. ", number) if len(number) else Text()
    run = joined(", ", [field(entry, "volume"), issue])
    journal = Tag("em", field(entry, "journal"))
    date = publication_date(entry.fields)
    if not len(run):
        return joined(", ", [journal, date, field(entry, "pages")])
    lead = journal + " " + run if len(field(entry, "volume")) else joined(", ", [journal, run])
    dated = lead + f" ({date})" if date else lead
    return joined(": ", [dated, field(entry, "pages")])


def container(entry: Entry) -> Text:
    """Return ``In *Book*, edited by A. Editor, 1–20`` for a part of a book."""
    book = field(entry, "booktitle")
    if not len(book):
        return Text()
    editors = names_in_order(entry.persons.get("editor", []))
    edited = Text("edited by ", editors) if editors else Text()
    return Text("In ") + joined(", ", [Tag("em", book), edited, field(entry, "pages")])


def parts_of(entry: Entry) -> list[BaseText | str]:
    """Return the sentences of an entry between its names and its address."""
    if entry.type == "article":
        return [own_title(entry), *contributors(entry)[1:], periodical(entry)]
    if entry.type in {"incollection", "inbook", "inproceedings"}:
        return [own_title(entry), container(entry), *contributors(entry)[1:], imprint(entry)]
    volume = field(entry, "volume")
    return [
        own_title(entry),
        *contributors(entry),
        ordinal_edition(entry),
        Text("Vol. ", volume) if len(volume) else Text(),
        field(entry, "series"),
        joined(", ", [THESES.get(entry.type, ""), field(entry, "school")]),
        joined(", ", [field(entry, "institution"), field(entry, "howpublished")]),
        archive(entry),
        imprint(entry),
    ]


def formatted(entry: Entry) -> Text:
    """Return the whole entry in bibliography form."""
    named = bibliography_names(entry)
    return as_sentences([Text(named), *parts_of(entry), field(entry, "note"), *address(entry)])


class CitekeyLabels(BaseLabelStyle):  # type: ignore[misc]
    """Label each entry by its key: never printed, and never the same in two lists."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """Yield the keys in the order of the entries."""
        return (entry.key for entry in sorted_entries)


LEADING_ARTICLE = re.compile(r"^(?:the|an?) ")


def sorting_words(text: str) -> str:
    """Return a text as the alphabet sees it: no marks, accents, case or leading article."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    words = "".join(c for c in decomposed if c.isalnum() or c.isspace()).strip()
    return LEADING_ARTICLE.sub("", " ".join(words.split()))


class AlphabeticalOrder(BaseSortingStyle):  # type: ignore[misc]
    """Sort by the name that leads the entry, else by the title (Chicago 14.65 and 14.68)."""

    def sorting_key(self, entry: Entry) -> tuple[str, str, str]:
        """Return the leading words, the title and the year."""
        title = sorting_words(str(decoded(title_of(entry))))
        return (
            sorting_words(bibliography_names(entry)) or title,
            title,
            entry.fields.get("year", ""),
        )


class ChicagoBibliography(BaseStyle):  # type: ignore[misc]
    """The style as pybtex calls it: any entry type, never a missing-field error."""

    default_name_style = "lastfirst"
    default_label_style = "citekey"
    default_sorting_style = "alphabetical"

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:  # noqa: ANN401, ARG002
        """Format one entry; ``bib_data`` is part of pybtex's call and not needed."""
        return FormattedEntry(entry.key, formatted(entry), label)


def register_bibliography_style() -> None:
    """Make the style, its labels and its order known to pybtex by their names."""
    for group, name, plugin in (
        ("pybtex.style.formatting", STYLE, ChicagoBibliography),
        ("pybtex.style.labels", ChicagoBibliography.default_label_style, CitekeyLabels),
        ("pybtex.style.sorting", ChicagoBibliography.default_sorting_style, AlphabeticalOrder),
    ):
        register_plugin(group, name, plugin, force=True)
