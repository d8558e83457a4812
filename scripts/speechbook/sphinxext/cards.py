"""Write, for each page of the site, the file that its pop-ups are filled from.

What is in it and how it is read: :mod:`speechbook.site.cards` and
``docs/_static/scripts/35-popups.js``.
"""

from __future__ import annotations

import functools
import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document

from speechbook.citing.latex import decoded
from speechbook.citing.notes import short_reference
from speechbook.evidence import read_evidence
from speechbook.site.assets import named_by_content
from speechbook.site.cards import Card, Evidence, PageCards, Work, natives_html, paragraph
from speechbook.sphinxext.citing_list import places_of
from speechbook.sphinxext.data_directive import sentence
from speechbook.sphinxext.naming import READERS, story_of
from speechbook.sphinxext.site_builder import SiteBuilder
from speechbook.story.mentions import Named
from speechbook.story.people import Person
from speechbook.story.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pybtex.database import Entry
    from sphinx.application import Sphinx

    from speechbook.sphinxext.citing_list import CitedAt
    from speechbook.story.places import StoryPlace

FOLDER = "cards"


def fields_of(entry: Entry) -> dict[str, str]:
    """Return an entry's fields: addresses and dates as they stand, its remark as plain text."""
    remark = {"checkednote": str(decoded(entry.fields.get("checkednote", "")))}
    return {**dict(entry.fields.items()), **remark}


def from_the_root(docname: str, link: nodes.reference, builder: SiteBuilder) -> None:
    """Let a link that stands in *docname* start at the site's root."""
    if "refid" in link:
        link["refuri"] = f"{builder.get_target_uri(docname)}#{link['refid']}"
        del link["refid"]
    elif link.get("internal"):
        folder = posixpath.dirname(builder.get_target_uri(docname))
        link["refuri"] = posixpath.normpath(posixpath.join(folder, link["refuri"]))


def person_card(person: Person) -> Card:
    """Return the card of a person."""
    others = [native for native in person.natives if native.words != person.name]
    names = paragraph([*natives_html(others), person.years], "popup-names")
    role = paragraph([f"<b>In 1956:</b> {escape(person.role, quote=False)}."])
    note = paragraph([escape(sentence(person.note), quote=False)])
    return Card("Person", person.name, names + role + note, "In the list of people")


def place_card(place: StoryPlace) -> Card:
    """Return the card of a place."""
    others = [native for native in place.natives if native.words != place.name]
    names = paragraph(natives_html(others), "popup-names")
    note = paragraph([escape(sentence(place.note), quote=False)])
    return Card("Place", place.name, names + note, "In the list of places")


class Catalogue:
    """Everything that the pop-ups of a book can show, each made once, when first asked for."""

    def __init__(self, app: Sphinx, builder: SiteBuilder) -> None:
        self._app = app
        self._env = app.env
        self._builder = builder
        self._domain: Any = app.env.get_domain("cite")
        self._kept: dict[str, nodes.document] = {}

    def html(self, docname: str, copy: nodes.Element) -> str:
        """Return the content of a block as HTML: a copy from a resolved document, changed here."""
        for reference in copy.findall(nodes.reference):
            from_the_root(docname, reference, self._builder)
        visitor = self._visitor
        visitor.body = []
        visitor.identifiers_taken.clear()
        for child in copy.children:
            child.walkabout(visitor)
        return "".join(visitor.body).strip()

    @functools.cached_property
    def _visitor(self) -> Any:  # noqa: ANN401 - Sphinx's translators
        """Sphinx looks through its registry for each translator, which takes its time."""
        return self._builder.create_translator(self._document, self._builder)

    @functools.cached_property
    def _document(self) -> nodes.document:
        document = new_document("cards")
        document.settings = self._builder.docsettings
        return document

    @functools.cached_property
    def _bibliographies(self) -> frozenset[str]:
        return frozenset(key.docname for key in self._domain.bibliographies)

    def keep(self, docname: str, page: nodes.document) -> None:
        """Take a document that was resolved to be written, which takes long, if it is needed."""
        if docname in self._bibliographies:
            self._kept[docname] = page

    def resolved(self, docname: str) -> nodes.document:
        """Return a document with its references resolved."""
        kept = self._kept.pop(docname, None)
        if kept is not None:
            return kept
        builder = self._builder
        return self._env.get_and_resolve_doctree(docname, builder, tags=builder.tags)

    @functools.cached_property
    def entries(self) -> dict[str, Entry]:
        """The .bib files' entries by citekey."""
        found: dict[str, Entry] = self._domain.bibdata.data.entries
        return found

    @functools.cached_property
    def evidence(self) -> Evidence:
        """How each locator is known."""
        rows = read_evidence(self._app.srcdir / self._app.config.speechbook_evidence)
        by_locator = {(row.citekey, row.locator): row for row in rows}
        titles = {key: str(short_reference(entry)) for key, entry in self.entries.items()}
        return Evidence(by_locator, titles)

    @functools.cached_property
    def _numbers_of_places(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for places in places_of(self._env).values():
            for key in (key for place in places for key in place.citekeys):
                counts[key] = counts.get(key, 0) + 1
        return counts

    @functools.cached_property
    def works(self) -> dict[str, Work]:
        """The bibliography's works by citekey."""
        keys = {citation.citation_id: citation.key for citation in self._domain.citations}
        return {
            keys[item["ids"][0]]: self._work(docname, item, keys[item["ids"][0]])
            for docname in sorted(self._bibliographies)
            for item in self.resolved(docname).findall(nodes.list_item)
            if item["ids"] and item["ids"][0] in keys
        }

    def _work(self, docname: str, item: nodes.list_item, key: str) -> Work:
        paragraph_node = item.next_node(nodes.paragraph)
        assert paragraph_node is not None  # noqa: S101 - citing_list.py makes each item of one
        block = paragraph_node.deepcopy()
        for cited_in in list(block.findall(nodes.inline)):
            if "cited-in" in cited_in["classes"]:
                cited_in.parent.remove(cited_in)
        address = f"{self._builder.get_target_uri(docname)}#{item['ids'][0]}"
        places = self._numbers_of_places.get(key, 0)
        return Work(self.html(docname, block), address, places, fields_of(self.entries[key]))

    @functools.cached_property
    def cards(self) -> dict[str, Card]:
        """The people, places and terms by their identifiers."""
        return {**dict(self._rows()), **dict(self._terms())}

    def _rows(self) -> Iterator[tuple[str, Card]]:
        listed = story_of(self._env).rows
        for kind, (name, read) in READERS.items():
            path = Path(self._env.srcdir, self._app.config.speechbook_figure_data, f"{name}.toml")
            for row in read(path, read_text(path)) if path.is_file() else ():
                named = Named(kind, row.slug)
                if named in listed:
                    card = person_card(row) if isinstance(row, Person) else place_card(row)  # type: ignore[arg-type]
                    yield named.identifier, card

    def _terms(self) -> Iterator[tuple[str, Card]]:
        objects = self._env.domains.standard_domain.objects
        docnames = sorted({place[0] for (kind, _), place in objects.items() if kind == "term"})
        for docname in docnames:
            for item in self.resolved(docname).findall(nodes.definition_list_item):
                yield from self._term(docname, item)

    def _term(self, docname: str, item: nodes.definition_list_item) -> Iterator[tuple[str, Card]]:
        told = item.next_node(nodes.paragraph)
        for term in item.findall(nodes.term):
            if told is not None and term["ids"]:
                body = f"<p>{self.html(docname, told.deepcopy())}</p>"
                yield term["ids"][0], Card("Term", term.astext(), body, "In the glossary")


def catalogue_of(app: Sphinx, builder: SiteBuilder) -> Catalogue:
    """Return the build's catalogue, made on first need."""
    found: Catalogue = vars(builder).setdefault("speechbook_catalogue", Catalogue(app, builder))
    return found


def identifiers_linked(doctree: nodes.document) -> set[str]:
    """Return the identifiers that a resolved document's links lead to."""
    links = doctree.findall(nodes.reference)
    return {link.get("refid") or link.get("refuri", "").rpartition("#")[2] for link in links}


def locators_in(note: CitedAt) -> dict[str, list[str]]:
    """Return a note's locators by citekey, in the order in which it cites."""
    found: dict[str, list[str]] = {}
    for citekey, locator in note.citations:
        found.setdefault(citekey, []).append(locator)
    return found


def page_cards(catalogue: Catalogue, notes: Iterable[CitedAt], page: nodes.document) -> PageCards:
    """Return what the pop-ups of a page show, given its notes and its resolved document."""
    cited = {note.anchor: locators_in(note) for note in notes if note.note}
    keys = sorted({key for locators in cited.values() for key in locators})
    works = {key: catalogue.works[key] for key in keys if key in catalogue.works}
    told = {
        anchor: [
            (key, catalogue.evidence.of_citations(key, given, works[key].fields))
            for key, given in locators.items()
            if key in works
        ]
        for anchor, locators in cited.items()
    }
    linked = sorted(identifiers_linked(page) & set(catalogue.cards))
    return PageCards(works, told, {name: catalogue.cards[name] for name in linked})


def write_cards(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write a page's file, and give the template its path; a page without pop-ups has none."""
    if doctree is None or not isinstance(app.builder, SiteBuilder):
        return
    catalogue = catalogue_of(app, app.builder)
    catalogue.keep(pagename, doctree)
    script = page_cards(catalogue, places_of(app.env).get(pagename, ()), doctree).script()
    if script:
        stem = f"{FOLDER}/{pagename.replace('/', '-')}"
        asset = named_by_content(stem, "js", script.encode())
        path = Path(app.outdir, asset.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content)
        context["cards"] = asset.path


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the page context."""
    app.connect("html-page-context", write_cards)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
