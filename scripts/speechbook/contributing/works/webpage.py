"""A work as its own web page describes it, in the metadata that the page offers to programs.

Read are the ``citation_…`` tags of scholarly publishers (Google Scholar, Inclusion Guidelines
for Webmasters), Dublin Core (DCMI, "Expressing Dublin Core in HTML") and the Open Graph
protocol (ogp.me); a page without any gives its ``<title>`` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from citelint.verify.registry import YEAR, Person
from speechbook.contributing.works.identifier import doi_in
from speechbook.contributing.works.registries import container_field, dashed
from speechbook.contributing.works.work import Work, given, with_subtitle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author")
DATES = (
    "citation_publication_date",
    "citation_date",
    "citation_year",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "article:published_time",
)
Tags = dict[str, list[str]]


def tags_of(page: str) -> tuple[Tags, str]:
    """Return the contents of a page's ``<meta>`` tags by lower-case name, and its title."""
    soup = BeautifulSoup(page, "html.parser")
    tags: Tags = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or "").strip().lower()
        content = " ".join(str(tag.get("content") or "").split())
        if name and content:
            tags.setdefault(name, []).append(content)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    return tags, " ".join(title.split())


def first_of(tags: Mapping[str, Sequence[str]], *names: str) -> str:
    """Return the first content of the first of some tags that is there."""
    return next((tags[name][0] for name in names if name in tags), "")


def authors_of(tags: Tags) -> list[str]:
    """Return the authors' names as the page gives them; an address is no name."""
    names = next((tags[name] for name in AUTHORS if name in tags), [])
    listed = [part.strip() for name in names for part in name.split(";")]
    return [name for name in listed if name and "://" not in name]


def as_person(name: str) -> Person:
    """Part ``Family, Given``; any other name stays whole."""
    family, _, given_name = name.partition(",")
    return Person(family.strip(), given_name.strip())


def doi_of(tags: Tags) -> str:
    """Return the DOI that the page names, "" for none."""
    return doi_in(first_of(tags, "citation_doi", "prism.doi", "dc.identifier"))


def from_page(page: str, url: str, today: str) -> tuple[Work | None, str]:
    """Read a page: the work, ``None`` where it has no title, and the DOI that it names."""
    tags, page_title = tags_of(page)
    title = first_of(tags, *TITLES) or page_title
    doi = doi_of(tags)
    if not title:
        return None, doi
    journal = first_of(tags, "citation_journal_title")
    book = first_of(tags, "citation_inbook_title", "citation_book_title")
    kind = "article" if journal else "incollection" if book else "misc"
    dates = YEAR.findall(first_of(tags, *DATES))
    names = authors_of(tags)
    first_page = first_of(tags, "citation_firstpage")
    site = first_of(tags, "og:site_name", "citation_publisher", "dc.publisher")
    fields = {
        "title": with_subtitle(title, ""),
        "volume": first_of(tags, "citation_volume"),
        "number": first_of(tags, "citation_issue"),
        "pages": dashed(first_page, first_of(tags, "citation_lastpage")),
        "year": dates[0] if dates else "",
        "doi": doi,
        "howpublished": site if kind == "misc" else "",
        "publisher": first_of(tags, "citation_publisher") if kind == "incollection" else "",
        container_field(kind): journal or book,
        "url": url,
        "urldate": today,
    }
    work = Work(
        kind=kind,
        registry="the page itself",
        record=url,
        authors=tuple(map(as_person, names)),
        fields=given(**fields),
        names_are_parted=all("," in name for name in names),
    )
    return work, doi
