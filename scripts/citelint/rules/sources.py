"""FLD050–FLD069: what a historian's reader needs: access, translators, originals, shelfmarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citelint.bibtex.dates import access_date, publication_date, said
from citelint.bibtex.places import about_key, about_name, about_piece, about_value, shortened
from citelint.findings import Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.entries import Record
    from citelint.project import Project
    from citelint.rules.base import Complaints

#: Types of works that live on the web alone if they have an address.
WEB_TYPES = frozenset({"misc", "online", "electronic", "www", "unpublished"})
ACCESSED = re.compile(
    r"access|visited|retrieved|checked|consulted|archived|zugriff|abgerufen|consult|version"
    r"|published|posted|updated",
    re.IGNORECASE,
)
LASTING = re.compile(
    r"doi\.org|arxiv\.org|web\.archive\.org|archive\.(?:is|ph|today)|perma\.cc|hdl\.handle\.net"
    r"|urn:|zenodo\.org|github\.com|gitlab\.com|cran\.r-project|jstor\.org/stable",
    re.IGNORECASE,
)
TRANSLATED = re.compile(
    r"\btranslated from\b|\btrans\. from\b|^(?:english )?translation\.?$"
    r"|\[translation\]|\(translation\)",
    re.IGNORECASE,
)
TRANSLATOR_SAID = re.compile(
    r"\b(?:translated|transl?\.|translation|tr\.)[^.;]{0,99}\bby\b|\btransl?ators?\b", re.IGNORECASE
)
REPRINT = re.compile(r"\breprint(?:ed)?\b(?! in\b)|\brpt\.|\brepr\.|\bfacsimile\b", re.IGNORECASE)
OTHER_WORK = re.compile(r"\breprint(?:ed)? (?:in|from|as|by permission)\b", re.IGNORECASE)
FOUR_DIGITS = re.compile(r"[0-9]{4}")
#: Words of archives' names; an ``archive`` that has none is often a database (JSTOR, arXiv).
ARCHIVE_WORDS = re.compile(
    r"archiv|archief|library|museum|record office|RGANI|GARF|RGASPI|APRF|TsKhSD|NARA\b|fond\b",
    re.IGNORECASE,
)
#: A place in an archive that holds Russian files, and the general words for places.
SHELFMARK = re.compile(
    r"\bf(?:ond|\.)\s*[0-9]+|\bop(?:is|\.)\s*[0-9]+|\bd(?:elo|\.)\s*[0-9]+|\bRG\s*[0-9]+"
    r"|\bbox\s*[0-9]+|\bfolder\s*[0-9]+|\bMSS?\.?\s*[A-Z0-9]",
    re.IGNORECASE,
)
#: What tells apart two works of one title: "Khrushchev (Russian edition)", "Works, 45".
TOLD_APART = re.compile(r"\s*(?:\([^()]{0,99}\)|,? [0-9]+)$")
HOLDERS = ("archive", "repository", "library", "institution", "organization", "archivename")
#: Any of these tells a reader whose a page is, or where else the work lies.
SITE = {"author", "editor", "howpublished", "publisher", "note", *HOLDERS}
PLACES = ("shelfmark", "number", "callnumber", "archivelocation", "location", "note", "url")


def lives_on_the_web(record: Record) -> bool:
    """Say whether an address is all that leads to the work."""
    values = record.values
    if record.kind not in WEB_TYPES or values.keys() & {"doi", "eprint", "isbn", "publisher"}:
        return False
    return not LASTING.search(record.text("url"))


@rule("FLD050", "web-page-has-an-access-date", scope="entry", fields=("url",))
def web_page_has_an_access_date(record: Record, _project: Project) -> Complaints:
    """A work that only its address leads to says when it was seen there.

    Why: Pages change and vanish; the date tells a reader which version was meant and which
        copy in a web archive to ask for.  Printed works, DOIs and archived copies need none.

    Bad:
        @misc{marxists1956,
          title = {Speech to 20th Congress of the C.P.S.U.},
          url = {https://www.marxists.org/archive/khrushchev/1956/02/24.htm},
        }

    Good:
        @misc{marxists1956,
          title = {Speech to 20th Congress of the C.P.S.U.},
          url = {https://www.marxists.org/archive/khrushchev/1956/02/24.htm},
          urldate = {2026-11-23},
        }

    Cure: Look at the page and add urldate = {year-month-day}.
    """
    values = record.values
    if not lives_on_the_web(record) or values.keys() & {"urldate", "archiveurl", "lastaccessed"}:
        return
    if not any(ACCESSED.search(record.text(name)) for name in ("note", "howpublished", "addendum")):
        yield about_name(values["url"], "this address has no access date; add urldate")


@rule("FLD051", "access-follows-publication", scope="entry", fields=("urldate",))
def access_follows_publication(record: Record, _project: Project) -> Complaints:
    """A work was accessed on or after the day it came out.

    Why: One of the two dates is wrong, and a reader cannot tell which.

    Bad:
        year = {2021},
        urldate = {2019-03-01},

    Good:
        year = {2021},
        urldate = {2021-03-01},

    Cure: Correct the wrong one.
    """
    accessed, published = access_date(record), publication_date(record)
    length = min(len(accessed), len(published))
    if length and accessed[:length] < published[:length]:
        value = record.values["urldate"]
        yield about_value(value, f"accessed before the work came out ({said(published)}); see both")


@rule("FLD052", "translation-names-its-translator", scope="entry")
def translation_names_its_translator(record: Record, _project: Project) -> Complaints:
    """A work that says it is a translation says by whom.

    Why: A translator's choices stand between a quotation and what was said; scholars cite
        translations by translator.

    Bad:
        note = {Translated from the Russian},

    Good:
        translator = {Shukman, Harold},

    Cure: Add the field translator, or "translated by …" in the note.
    """
    values = record.values
    if "translator" in values:
        return
    for name in ("note", "title", "edition", "addendum", "origlanguage"):
        value = values.get(name)
        if value is None or (name != "origlanguage" and "trans" not in value.text.lower()):
            continue
        found = TRANSLATED.search(value.text)
        if name == "origlanguage" or (found and not TRANSLATOR_SAID.search(value.text)):
            message = "this translation names no translator; add the field translator"
            yield about_value(value, message)
            return


@rule("FLD053", "reprint-has-its-first-date", scope="entry", fields=("note", "edition", "pubstate"))
def reprint_has_its_first_date(record: Record, _project: Project) -> Complaints:
    """A reprint says when the work first came out.

    Why: The year of a reprint tells nothing of what its author could know: a witness of 1956
        becomes one of 1998.

    Bad:
        year = {1998},
        note = {Reprint},

    Good:
        year = {1998},
        origdate = {1956},
        note = {Reprint},

    Cure: Add origdate, or the first year in the note.
    """
    values = record.values
    if values.keys() & {"origdate", "origyear"}:
        return
    for name in ("edition", "note", "pubstate"):
        text = record.text(name)
        if REPRINT.search(text) and not OTHER_WORK.search(text) and not FOUR_DIGITS.search(text):
            yield about_value(values[name], "this reprint has no first date; add origdate")
            return


@rule("FLD054", "archival-item-has-a-shelfmark", scope="entry", fields=("archive", "repository"))
def archival_item_has_a_shelfmark(record: Record, _project: Project) -> Complaints:
    """An item of an archive has the shelfmark under which it is kept.

    Why: An archive's name leads a reader to millions of leaves; fond, opis and delo, or box
        and folder, lead to one.

    Bad:
        archive = {RGANI, Moscow},

    Good:
        archive = {RGANI, Moscow},
        shelfmark = {f. 1, op. 2, d. 18, ll. 3--90},

    Cure: Add the field shelfmark.
    """
    if any(record.text(name) for name in PLACES):
        return
    for name in ("archive", "repository"):
        value = record.values.get(name)
        if value and ARCHIVE_WORDS.search(value.text) and not SHELFMARK.search(value.text):
            yield about_value(value, "this archival item has no shelfmark; add the field shelfmark")


@rule("FLD055", "shelfmark-names-its-archive", scope="entry", fields=("shelfmark",))
def shelfmark_names_its_archive(record: Record, _project: Project) -> Complaints:
    """A shelfmark says whose it is.

    Why: Every archive has a box 12.

    Bad:
        shelfmark = {f. 1, op. 2, d. 18},

    Good:
        archive = {RGANI, Moscow},
        shelfmark = {f. 1, op. 2, d. 18},

    Cure: Add the field archive.
    """
    if not any(record.text(name) for name in HOLDERS):
        value = record.values["shelfmark"]
        yield about_value(value, "this shelfmark names no archive; add the field archive")


@rule("FLD056", "web-page-names-its-site", scope="entry", severity=Severity.NOTE, default=False)
def web_page_names_its_site(record: Record, _project: Project) -> Complaints:
    """A work on the web has an author, a publisher or a site besides its title.

    Why: When the address is dead, that is all a reader has to look for it.

    Bad:
        @misc{speech,
          title = {Speech},
          url = {https://example.org/speech},
        }

    Good:
        @misc{speech,
          title = {Speech},
          howpublished = {Marxists Internet Archive},
          url = {https://example.org/speech},
        }

    Cure: Add author, howpublished or organization.
    """
    if record.kind in WEB_TYPES and "url" in record.values and not SITE & record.values.keys():
        yield about_key(record, "only a title and an address; add author, site or publisher")


@rule("FLD057", "chapter-is-not-its-book", scope="entry", fields=("booktitle",))
def chapter_is_not_its_book(record: Record, _project: Project) -> Complaints:
    """A chapter's title is not the title of its book.

    Why: One of the two was copied into the wrong field.

    Bad:
        title = {Trudnye voprosy istorii},
        booktitle = {Trudnye voprosy istorii},

    Good:
        title = {K istorii sekretnogo doklada},
        booktitle = {Trudnye voprosy istorii},

    Cure: Correct one, or make the entry a @book.
    """
    title, book = record.text("title").strip("{}. "), record.text("booktitle").strip("{}. ")
    is_book = record.kind in {"book", "mvbook", "collection", "mvcollection", "proceedings"}
    if title and title.lower() == book.lower() and not is_book:
        value = record.values["booktitle"]
        yield about_value(value, "the book has its chapter's title; correct one of the two")


@rule("FLD058", "short-title-is-shorter", scope="entry", fields=("shorttitle",))
def short_title_is_shorter(record: Record, _project: Project) -> Complaints:
    """A short title is not longer than the title.

    Why: Notes use it to be short; a longer one was mixed up with another entry's.

    Bad:
        title = {Khrushchev},
        shorttitle = {Khrushchev: The Man and His Era},

    Good:
        title = {Khrushchev: The Man and His Era},
        shorttitle = {Khrushchev},

    Cure: Correct it.
    """
    value = record.values["shorttitle"]
    title = record.text("title")
    short = TOLD_APART.sub("", value.text.strip("{}"))
    if title and len(short) > len(title.strip("{}")):
        message = f"the short title is longer than {shortened(title, 30)}; shorten it"
        yield about_piece(record, value, 0, len(value.text), message)


RULES = (
    web_page_has_an_access_date,
    access_follows_publication,
    translation_names_its_translator,
    reprint_has_its_first_date,
    archival_item_has_a_shelfmark,
    shelfmark_names_its_archive,
    web_page_names_its_site,
    chapter_is_not_its_book,
    short_title_is_shorter,
)
