"""IDN9: what Crossref and Open Library say of an entry's DOI and ISBN.

These rules run in ``citelint verify`` alone; each compares an entry with a record.
"""
# ruff: noqa: D401 - a rule's docstring is its page and says what holds.

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.bibtex.places import about_value
from citelint.findings import Complaint, Severity
from citelint.rules.base import rule
from citelint.verify import likeness
from citelint.verify.claims import families
from citelint.verify.plain import without_latex
from citelint.verify.registry import YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from citelint.bibtex.entries import Record, Value
    from citelint.rules.base import Complaints
    from citelint.verify.claims import Subject
    from citelint.verify.registry import Person


def differs(found: Subject, value: Value, what: str, theirs: str, ours: str) -> Complaint:
    """Say that the record has another *what* than the entry."""
    identifier = found.record.identifier
    return about_value(
        value,
        f"{found.record.registry}'s record of {identifier} has {what} {theirs}, the entry "
        f"{ours}; correct the entry, or the {identifier.split()[0]} if it is another work's",
    )


def compared(
    found: Subject,
    field: str,
    what: str,
    theirs: Iterable[str],
    agree: Callable[[str, str], bool | None],
) -> Complaints:
    """Complain where none of the record's texts agrees with the entry's field."""
    value = found.value(field)
    if value is None:
        return
    ours, texts = without_latex(value.text), list(theirs)
    if likeness.any_agree(agree(ours, text) for text in texts) is False:
        yield differs(found, value, what, quoted(texts[0]), quoted(ours))


def quoted(text: str) -> str:
    """Return a text in quotation marks, cut where it is long."""
    longest = 120
    return f"'{text}'" if len(text) <= longest else f"'{text[:longest]}…'"


@rule("IDN901", "doi-is-found", scope="verify-absent", severity=Severity.ERROR, fields=("doi",))
def doi_is_found(entry: Record, doi: str) -> Complaints:
    """An entry's DOI is registered.

    Why: A DOI that nobody registered leads nowhere; mostly a character is wrong, and at times
    the work was never written.

    Bad:
        doi = {10.2307/2500239x},

    Good:
        doi = {10.2307/2500239},

    Cure: Look the work up at its publisher's and copy the DOI.
    """
    message = f"no agency has registered the DOI {doi}; look it up at the work's publisher"
    yield about_value(entry.values["doi"], message)


@rule(
    "IDN902",
    "isbn-is-found",
    scope="verify-absent",
    severity=Severity.NOTE,
    default=False,
    fields=("isbn",),
)
def isbn_is_found(entry: Record, isbn: str) -> Complaints:
    """An entry's ISBN is in Open Library.

    Why: An ISBN with a right check digit may still be none that was given to a book. Open
    Library lacks many books, though, so this is off unless selected.

    Bad:
        isbn = {978-0-8014-4600-9},

    Good:
        isbn = {978-0-8014-4606-1},

    Cure: Compare the number with the book or with a library's catalogue.
    """
    message = f"Open Library has no book with ISBN {isbn}; compare it with a library's catalogue"
    yield about_value(entry.values["isbn"], message)


@rule("IDN903", "title-agrees-with-the-record", scope="verify", fields=("title", "booktitle"))
def title_agrees(found: Subject, _project: object) -> Complaints:
    """The title is the one that the DOI's or ISBN's record has.

    Why: A reader who follows the identifier must come to the work that is named. Case, marks,
    accents and a missing subtitle are free; titles in different scripts are not compared.

    Bad:
        title = {The Crimes of the Stalin Age},
        doi = {10.1000/crimes-of-the-stalin-era},

    Good:
        title = {The Crimes of the Stalin Era},
        doi = {10.1000/crimes-of-the-stalin-era},

    Cure: Correct the title from the work's title page, or the identifier.
    """
    if found.is_of_the_same_language:
        titles = found.record.titles
        yield from compared(found, "title", "the title", titles, likeness.titles_agree)


@rule("IDN904", "year-agrees-with-the-record", scope="verify", fields=("year", "date"))
def year_agrees(found: Subject, _project: object) -> Complaints:
    """The year is one in which the record says that the work came out, in print or online.

    Why: A wrong year sends a reader to another volume, and a wrong edition to other pages.

    Bad:
        year = {2004}, doi = {10.1000/published-in-2003},

    Good:
        year = {2003}, doi = {10.1000/published-in-2003},

    Cure: Correct the year from the work itself, or give the ISBN of the edition that was used.
    """
    value = found.value("year")
    ours = YEAR.findall(value.text) if value is not None else []
    years = found.record.years
    if value is not None and ours and years and not set(ours) & set(years):
        yield differs(found, value, "the year", " or ".join(years), ours[0])


@rule("IDN905", "authors-agree-with-the-record", scope="verify", fields=("author", "editor"))
def authors_agree(found: Subject, _project: object) -> Complaints:
    """The family names are those of the record's authors or editors.

    Why: A misspelt or missing author keeps a reader from finding the work, and denies one who
    wrote it. Accents and the place of "van" are free; other scripts are not compared.

    Bad:
        author = {Taubmann, William}, doi = {10.1000/by-taubman},

    Good:
        author = {Taubman, William}, doi = {10.1000/by-taubman},

    Cure: Correct the names from the title page; end a list that is cut with ``and others``.
    """
    value = found.value("people")
    people = people_meant(found, value)
    if value is None or not people:
        return
    ours, is_cut = families(value)
    complete = found.record.lists_all_authors and not is_cut
    if ours and disagree(ours, people, complete=complete, found=found):
        theirs = ", ".join(person.shown for person in people)
        yield differs(found, value, "the names", quoted(theirs), quoted(", ".join(ours)))


def people_meant(found: Subject, value: Value | None) -> tuple[Person, ...]:
    """Return the record's people in the role that the entry's field names."""
    is_editor = value is not None and value.field.name.lower() == "editor"
    authors, editors = found.record.authors, found.record.editors
    return (editors or authors) if is_editor else (authors or editors)


def disagree(
    ours: list[str], people: tuple[Person, ...], *, complete: bool, found: Subject
) -> bool:
    """Say whether names differ: each and their number, or all where the record lists but some."""
    if complete:
        verdicts = [
            likeness.family_agrees(family, person.family, person.given)
            for family, person in zip(ours, people, strict=False)
        ]
        return False in verdicts or (None not in verdicts and len(ours) != len(people))
    known = [*ours, *others_named(found)]
    shared = [likeness.any_agree(one_of(known, person)) for person in people]
    return True not in shared and False in shared


def one_of(families_known: Iterable[str], person: Person) -> list[bool | None]:
    """Compare a person with each family name."""
    return [likeness.family_agrees(each, person.family, person.given) for each in families_known]


def others_named(found: Subject) -> list[str]:
    """Return the family names of editors and translators, whom a library may list as authors."""
    values = [found.entry.values.get(name) for name in ("author", "editor", "translator")]
    return [family for value in values if value is not None for family in families(value)[0]]


@rule("IDN906", "container-agrees-with-the-record", scope="verify", fields=("journal", "booktitle"))
def container_agrees(found: Subject, _project: object) -> Complaints:
    """The journal, or the book around a chapter, is the record's; abbreviations are free.

    Why: It is what a reader asks a library for.

    Bad:
        journal = {Soviet Studies}, doi = {10.1000/in-slavic-review},

    Good:
        journal = {Slavic Review}, doi = {10.1000/in-slavic-review},

    Cure: Correct the journal or book from the work itself.
    """
    if found.is_of_the_same_language:
        containers = found.record.containers
        agree = likeness.containers_agree
        yield from compared(found, "container", "it in", containers, agree)


@rule("IDN907", "volume-agrees-with-the-record", scope="verify", fields=("volume",))
def volume_agrees(found: Subject, _project: object) -> Complaints:
    """The volume is the record's.

    Why: With a wrong volume the pages lead to another article.

    Bad:
        volume = {23}, doi = {10.1000/volume-32},

    Good:
        volume = {32}, doi = {10.1000/volume-32},

    Cure: Correct the volume from the journal itself.
    """
    volumes = filter(None, [found.record.volume])
    yield from compared(found, "volume", "the volume", volumes, likeness.numbers_agree)


@rule("IDN908", "issue-agrees-with-the-record", scope="verify", fields=("number", "issue"))
def issue_agrees(found: Subject, _project: object) -> Complaints:
    """The issue is the record's.

    Why: Where each issue counts its pages anew, it alone leads to the article.

    Bad:
        number = {4}, doi = {10.1000/issue-3},

    Good:
        number = {3}, doi = {10.1000/issue-3},

    Cure: Correct the number from the journal itself.
    """
    issues = filter(None, [found.record.issue])
    yield from compared(found, "issue", "the issue", issues, likeness.numbers_agree)


@rule("IDN909", "pages-agree-with-the-record", scope="verify", fields=("pages",))
def pages_agree(found: Subject, _project: object) -> Complaints:
    """The first and last page are the record's, whatever the dash and however the end is cut.

    Why: A citation's page must lie within the work, and a copy is ordered by these.

    Bad:
        pages = {1--26}, doi = {10.1000/on-pages-11-to-26},

    Good:
        pages = {11--26}, doi = {10.1000/on-pages-11-to-26},

    Cure: Correct the pages from the work itself.
    """
    pages = filter(None, [found.record.pages])
    yield from compared(found, "pages", "the pages", pages, likeness.pages_agree)


@rule(
    "IDN910",
    "publisher-agrees-with-the-record",
    scope="verify",
    severity=Severity.NOTE,
    fields=("publisher",),
)
def publisher_agrees(found: Subject, _project: object) -> Complaints:
    """The publisher shares a word of its own with the record's.

    Why: Publisher and ISBN together name the edition whose pages are cited. A record may name
    the house that owns the imprint by now; the title page decides.

    Bad:
        publisher = {Yale University Press}, isbn = {978-0-8014-4606-1},

    Good:
        publisher = {Cornell University Press}, isbn = {978-0-8014-4606-1},

    Cure: Correct the publisher, or give the ISBN of the edition that was used.
    """
    publishers = found.record.publishers
    agree = likeness.publishers_agree
    yield from compared(found, "publisher", "the publisher", publishers, agree)


def is_of(found: Subject) -> bool:
    """Say whether a record that was sought is the entry's beyond doubt.

    Titles are alike, year, names and journal are there, and nothing disagrees.
    """
    record, title = found.record, without_latex(found.entry.text("title"))
    is_named = likeness.any_agree(likeness.titles_agree(title, each) for each in record.titles)
    told = (record.years, record.authors, record.containers)
    return is_named is True and all(told) and not any(any(r.check(found, None)) for r in TELLING)


TELLING = (year_agrees, authors_agree, container_agrees, volume_agrees, issue_agrees, pages_agree)


RECORD_RULES = (
    title_agrees,
    year_agrees,
    authors_agree,
    container_agrees,
    volume_agrees,
    issue_agrees,
    pages_agree,
    publisher_agrees,
)
ABSENCE_RULES = (doi_is_found, isbn_is_found)
