"""USE: what the chapters cite and what the bibliography has."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from citelint.bibtex.vocabulary import NO_WORKS
from citelint.findings import Complaint, Edit, Severity
from citelint.rules.base import rule

if TYPE_CHECKING:
    from citelint.bibtex.model import BibFile
    from citelint.myst.model import Chapter, Directive
    from citelint.project import Project
    from citelint.rules.base import Complaints

PUNCTUATION = re.compile(r"[\W_]+")
ORPHAN = re.compile(r"^orphan[ \t]*:[ \t]*(?:true|yes|on)?[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
POINTERS = frozenset({"crossref", "xref", "related", "entryset"})
#: The usual kind of list of a bibliography; others hold nothing that is cited.
CITATIONS = "citation"
#: What Sphinx may read as chapters besides Markdown.
UNREAD = frozenset({".rst", ".ipynb"})
#: Of how many keys that begin alike the nearest is sought.
MOST_CANDIDATES = 300


def keys_by_beginning(project: Project) -> dict[str, list[str]]:
    """Return the keys by their first two letters and by their last two, in small letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in project.records:
        bare = PUNCTUATION.sub("", record.key).lower()
        found[f"^{bare[:2]}"].append(record.key)
        found[f"{bare[-2:]}$"].append(record.key)
    return dict(found)


def nearest_key(key: str, project: Project) -> str:
    """Return the key that was most likely meant, "" where none is near."""
    bare = PUNCTUATION.sub("", key).lower()[:100]
    index = project.once(keys_by_beginning)
    alike = [*index.get(f"^{bare[:2]}", ()), *index.get(f"{bare[-2:]}$", ())]
    by_bare = {PUNCTUATION.sub("", each).lower(): each for each in alike[:MOST_CANDIDATES]}
    near = difflib.get_close_matches(bare, by_bare, n=1, cutoff=0.75)
    return by_bare[near[0]] if near else ""


def keys_by_case(project: Project) -> dict[str, str]:
    """Return the keys as written by their lower-case form; of equal ones the first."""
    found: dict[str, str] = {}
    for record in project.records:
        found.setdefault(record.key.lower(), record.key)
    return found


@rule("USE001", "cited-key-is-defined", scope="chapter", severity=Severity.ERROR)
def cited_key_is_defined(chapter: Chapter, project: Project) -> Complaints:
    """Every key that is cited has an entry.

    Why: The page shows [?] or nothing where the source should be.

    Bad:
        {cite:p}`taubmann2003`

    Good:
        {cite:p}`taubman2003`

    Cure: Correct the key, or add the entry.
    """
    if not project.records:
        return
    by_case = project.once(keys_by_case)
    for citation in chapter.citations:
        for target in citation.targets:
            if target.key not in project.by_key and target.key.lower() not in by_case:
                near = nearest_key(target.key, project)
                advice = f"perhaps {near!r} is meant" if near else "add it or correct the key"
                message = f"no entry has the key {target.key[:60]!r}; {advice}"
                yield Complaint(*target.key_span, message)


@rule("USE002", "entry-is-cited", scope="file", severity=Severity.NOTE)
def entry_is_cited(bib_file: BibFile, project: Project) -> Complaints:
    """Every entry is cited somewhere, or another refers to it.

    Why: A bibliography of works cited should list no other; an entry that nothing cites is
        often one whose citation was lost.  Asked only when the whole project is read, no
        bibliography lists all works on purpose (`:all:`, or a filter without `cited`), and
        no notebook, .rst file or program's documentation could cite as well.

    Bad:
        @book{never-cited, title = {A Book}}

    Good:
        {cite:p}`taubman2003`

    Cure: Cite it, or take it out.
    """
    if not project.is_whole or not project.cited:
        return
    if lists_uncited_works(project) or project.once(cites_out_of_sight):
        return
    used = project.once(used_keys)
    if "*" in used:
        return
    for record in project.records:
        if record.source is not bib_file.source or record.kind in NO_WORKS:
            continue
        if record.key.lower() not in used:
            entry = record.entry
            message = "nothing cites this entry; cite it or take it out"
            yield Complaint(entry.key_start, entry.key_end, message)


@rule("USE007", "work-is-cited-in-the-book", scope="file", severity=Severity.NOTE, default=False)
def work_is_cited_in_the_book(bib_file: BibFile, project: Project) -> Complaints:
    """An entry that is cited is cited in a chapter of the book, not in stray pages alone.

    A stray page is one whose front matter says `orphan: true`: no table of contents leads to it.

    Why: The PDF and the EPUB have no stray pages; there the bibliography lists a work that
        nothing in the book leads to.  Off by default: a site may mean it so.

    Bad:
        @book{only-on-a-stray-page, title = {A Book}}

    Good:
        @book{taubman2003, title = {Khrushchev}}

    Cure: Cite it in a chapter, take it out, or put the page into the table of contents.
    """
    for key, places in project.cited.items():
        record = project.by_key.get(key)
        if record is None or record.source is not bib_file.source:
            continue
        if all(is_stray(place.chapter) for place in places):
            page = places[0].chapter.source.shown
            message = f"only stray pages cite this entry, {page} for one; cite it in the book"
            yield Complaint(record.entry.key_start, record.entry.key_end, message)


def is_stray(chapter: Chapter) -> bool:
    """Say whether a page says that no table of contents leads to it."""
    span = chapter.front_matter_span
    return span is not None and bool(ORPHAN.search(chapter.source.text, span.start, span.end))


def lists_uncited_works(project: Project) -> bool:
    """Say whether a bibliography lists works that nothing cites."""
    return any(
        name in {"all", "notcited"} or (name == "filter" and "cited" not in value)
        for chapter in project.chapters
        for directive in chapter.directives
        if directive.name in {"bibliography", "footbibliography"}
        for name, value, _ in directive.options
    )


def cites_out_of_sight(project: Project) -> bool:
    """Say whether the project has sources that are not read here and may cite.

    In six public projects 135 entries seemed uncited, and the docstrings, notebooks or .rst
    files of three of them cited them.
    """
    # README.rst and CHANGES.rst are no chapters.
    unread = (e.path for e in project.listing if e.path.suffix in UNREAD and not e.is_out_of_sight)
    if any(not path.stem.isupper() for path in unread):
        return True
    return any(
        directive.name.startswith("auto")
        or (directive.name == "eval-rst" and ".. auto" in slice_of(chapter, directive))
        for chapter in project.chapters
        for directive in chapter.directives
    )


def slice_of(chapter: Chapter, directive: Directive) -> str:
    """Return the text of a directive's body."""
    return chapter.source.text[directive.body_span.start : directive.body_span.end]


def used_keys(project: Project) -> frozenset[str]:
    """Return in lower case the keys that are cited or that other entries point to."""
    used = {key.lower() for key in project.cited}
    for record in project.records:
        for keys in record.glance(POINTERS).values():
            used.update(key.strip().lower() for key in keys.split(","))
    return frozenset(used)


@rule("USE003", "citation-has-the-keys-case", scope="chapter", severity=Severity.ERROR)
def citation_has_the_keys_case(chapter: Chapter, project: Project) -> Complaints:
    """A key is cited in the letters in which it is defined, capitals and small ones.

    Why: sphinxcontrib-bibtex looks keys up by case: Taubman2003 does not find taubman2003.

    Bad:
        {cite:p}`Taubman2003`

    Good:
        {cite:p}`taubman2003`

    Cure: Write the key as the entry has it; `citelint fix` does it.
    """
    by_case = project.once(keys_by_case)
    for citation in chapter.citations:
        for target in citation.targets:
            defined = by_case.get(target.key.lower())
            if defined and target.key not in project.by_key:
                start, end = target.key_span
                edits = (Edit(start, end, defined),)
                yield Complaint(start, end, f"the entry's key is {defined!r}; write it so", edits)


@rule("USE004", "citation-is-well-formed", scope="chapter", severity=Severity.ERROR)
def citation_is_well_formed(chapter: Chapter, _project: Project) -> Complaints:
    """A citation's targets are keys with commas between them and text in braces around them.

    Why: sphinxcontrib-bibtex stops the build with a traceback at any other.

    Bad:
        {cite:p}`taubman 2003,`

    Good:
        {cite:p}`taubman2003`

    Cure: Write {before}key{after}, one or more with commas between.
    """
    for citation in chapter.citations:
        if citation.fault:
            start, end = citation.content_span
            yield Complaint(start, max(end, start + 1), citation.fault)


@rule(
    "USE005", "book-stands-behind-its-chapters", scope="file", severity=Severity.NOTE, default=False
)
def book_stands_behind_its_chapters(bib_file: BibFile, project: Project) -> Complaints:
    """An entry that others name in crossref stands behind them.

    Why: BibTeX itself reads a file once: it finds only what comes later.  pybtex and biber
        do not mind.

    Bad:
        @book{naumov-book, title = {Trudnye voprosy istorii}}
        @incollection{naumov1998, crossref = {naumov-book}}

    Good:
        @incollection{naumov1998, crossref = {naumov-book}}
        @book{naumov-book, title = {Trudnye voprosy istorii}}

    Cure: Move the book to the end of the file.
    """
    seen: set[str] = set()
    for record in project.records:
        if record.source is not bib_file.source:
            continue
        target = record.field_text("crossref").lower()
        if target and target in seen:
            entry = record.entry
            message = f"BibTeX wants {target!r} behind this entry; move it there"
            yield Complaint(entry.key_start, entry.key_end, message)
        seen.add(record.key.lower())


def unfiltered_bibliographies(project: Project) -> dict[tuple[str, str], Directive]:
    """Return the first bibliography of all that is cited, by its files and its keys' prefix."""
    found: dict[tuple[str, str], Directive] = {}
    for chapter in project.chapters:
        for directive in chapter.directives:
            if is_unfiltered(directive):
                found.setdefault(listed_by(directive), directive)
    return found


def is_unfiltered(directive: Directive) -> bool:
    """Say whether a directive lists all that is cited, as citations (and not as a plain list)."""
    given = {name: value for name, value, _ in directive.options}
    is_whole = "filter" not in given and "notcited" not in given
    return (
        directive.name == "bibliography" and is_whole and given.get("list", CITATIONS) == CITATIONS
    )


def listed_by(directive: Directive) -> tuple[str, str]:
    """Return what a bibliography draws from and the prefix of its keys."""
    given = {name: value for name, value, _ in directive.options}
    return directive.argument, given.get("keyprefix", "")


@rule("USE006", "work-is-listed-once", scope="chapter")
def work_is_listed_once(chapter: Chapter, project: Project) -> Complaints:
    """No two bibliographies list all that is cited.

    Projects of mystmd are passed over: there a bibliography lists what its own page cites.

    Why: Each work is listed in both, sphinxcontrib-bibtex warns of each ("duplicate
        citation"), and a citation leads to one of the two only.

    Bad:
        :::{bibliography}
        :::
        (and the same in another chapter)

    Good:
        :::{bibliography}
        :filter: docname in docnames
        :::

    Cure: Give each a filter, or each but one a `keyprefix`; or keep one.
    """
    if project.is_mystmd:
        return
    first = project.once(unfiltered_bibliographies)
    for directive in chapter.directives:
        if is_unfiltered(directive) and first[listed_by(directive)] is not directive:
            message = "another bibliography lists these works already; give each a filter"
            start = directive.span.start
            end = chapter.source.text.find("\n", start, directive.span.end)
            yield Complaint(start, end if end > start else directive.span.end, message)


RULES = (
    work_is_listed_once,
    cited_key_is_defined,
    entry_is_cited,
    work_is_cited_in_the_book,
    citation_has_the_keys_case,
    citation_is_well_formed,
    book_stands_behind_its_chapters,
)
