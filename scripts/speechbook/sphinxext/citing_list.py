"""Set the bibliography as a list whose entries say where each work is cited.

sphinxcontrib-bibtex makes one docutils ``citation`` an entry, which prints a
label that notes in Chicago's form never use, and which comes out in HTML with a
deprecated role.  Within a container of the class ``bibliography`` the citations
become the items of a plain list, each followed by links to the notes that cite it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class CitedAt:
    """A place that cites works: a note (with its number) or running text (with "").

    ``citations`` are the works' keys with the locators, "" if none is given, in their order.
    """

    docname: str
    anchor: str
    note: str
    citations: tuple[tuple[str, str], ...]

    @property
    def citekeys(self) -> frozenset[str]:
        """Return the keys of the works."""
        return frozenset(key for key, _locator in self.citations)


def places_of(env: BuildEnvironment) -> dict[str, tuple[CitedAt, ...]]:
    """Return the citing places recorded so far, by document."""
    # Kept on the environment so that Sphinx pickles it with the rest, as its guide has it:
    # https://www.sphinx-doc.org/en/master/development/tutorials/extending_build.html
    places: dict[str, tuple[CitedAt, ...]] = vars(env).setdefault("speechbook_cited_at", {})
    return places


def citations_in(node: nodes.Element) -> tuple[tuple[str, str], ...]:
    """Return the key and the locator of every citation within *node*."""
    roles = [x for x in node.findall(addnodes.pending_xref) if x.get("refdomain") == "cite"]
    return tuple(
        (target.key, target.post)
        for role in roles
        for target in parse_citation_targets(role["reftarget"])
    )


def note_places(docname: str, doctree: nodes.document) -> Iterator[CitedAt]:
    """Yield a place for each note that cites anything."""
    for note in doctree.findall(nodes.footnote):
        citations = citations_in(note)
        if citations:
            label = note.next_node(nodes.label)
            yield CitedAt(docname, note["ids"][0], label.astext() if label else "", citations)


def is_within_note(node: nodes.Node) -> bool:
    """Say whether the node stands inside a footnote."""
    parent = node.parent
    return parent is not None and (isinstance(parent, nodes.footnote) or is_within_note(parent))


def text_places(docname: str, doctree: nodes.document) -> Iterator[CitedAt]:
    """Yield a place for each citation in running text."""
    anchor = ""
    for role in doctree.findall(addnodes.pending_xref):
        if role.get("refdomain") == "cite" and not is_within_note(role):
            # Of a citation of several works only the first has an id (citing_order.py).
            anchor = next(iter(role["ids"]), anchor)
            yield CitedAt(docname, anchor, "", citations_in(role))


def record(app: Sphinx, doctree: nodes.document) -> None:
    """Record the places of the document just read."""
    docname = app.env.docname
    found = (*note_places(docname, doctree), *text_places(docname, doctree))
    places_of(app.env)[docname] = found


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the places of a document about to be read again, or removed."""
    places_of(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment) -> None:
    """Take over what a parallel reader recorded."""
    theirs = places_of(other)
    places_of(env).update({name: theirs[name] for name in docnames if name in theirs})


def chapter_number(env: BuildEnvironment, docname: str) -> str:
    """Return the chapter's number, else the document's title."""
    number = env.toc_secnumbers.get(docname, {}).get("", ())
    return str(number[0]) if number else str(env.titles[docname].astext())


def chapter_name(env: BuildEnvironment, docname: str) -> str:
    """Return ``chap. 3`` for a numbered chapter, else the document's title."""
    name = chapter_number(env, docname)
    return f"chap. {name}" if name.isdigit() else name


def reading_order(env: BuildEnvironment) -> list[str]:
    """Return the docnames in the order of the book."""
    relations = env.collect_relations()
    return [docname for docname in relations if docname in env.all_docs]


def by_document(places: Iterable[CitedAt]) -> Iterator[tuple[str, list[CitedAt]]]:
    """Group places that stand in the order of the book by their document."""
    for docname, group in itertools.groupby(places, key=lambda place: place.docname):
        yield docname, list(group)


@dataclass(frozen=True)
class Linker:
    """Makes the links from the bibliography's document to the places that cite a work."""

    env: BuildEnvironment
    builder: Builder
    fromdocname: str

    def link(self, place: CitedAt, words: str) -> nodes.reference:
        """Return one link."""
        docname, anchor = place.docname, place.anchor
        return make_refnode(self.builder, self.fromdocname, docname, anchor, nodes.Text(words))

    def in_document(self, docname: str, places: Sequence[CitedAt]) -> Iterator[nodes.Node]:
        """Yield ``chap. 3, nn. 5, 7`` with a link a note, or ``chap. 3`` linked to its text.

        A chapter that cites a work in its notes and in its text has ``and in the text``.
        """
        chapter = chapter_name(self.env, docname)
        notes = [place for place in places if place.note]
        in_text = next((place for place in places if not place.note), None)
        if not notes:
            yield self.link(places[0], chapter)
            return
        yield nodes.Text(f"{chapter}, {'nn.' if len(notes) > 1 else 'n.'} ")
        for index, place in enumerate(notes):
            if index:
                yield nodes.Text(", ")
            yield self.link(place, place.note)
        if in_text:
            yield nodes.Text(" and ")
            yield self.link(in_text, "in the text")

    def cited_in(self, places: Iterable[CitedAt]) -> nodes.inline:
        """Return ``Cited in chap. 1, n. 7; chap. 3, nn. 5, 7.`` as an inline node."""
        parts: list[nodes.Node] = [nodes.Text(" Cited in ")]
        for index, (docname, group) in enumerate(by_document(places)):
            if index:
                parts.append(nodes.Text("; "))
            parts += self.in_document(docname, group)
        parts.append(nodes.Text("."))
        return nodes.inline("", "", *joined(parts), classes=["cited-in"])


def joined(parts: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield nodes with texts that follow each other as one: a long list has thousands."""
    for kind, group in itertools.groupby(parts, key=type):
        if issubclass(kind, nodes.Text):
            yield nodes.Text("".join(text.astext() for text in group))
        else:
            yield from group


class SetBibliography(SphinxPostTransform):
    """Runs just after sphinxcontrib-bibtex has made its citations (priority 5)."""

    default_priority = 6

    def run(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Replace the content of each marked container."""
        for container in list(self.document.findall(nodes.container)):
            if "bibliography" in container["classes"]:
                self._replace(container)

    def _replace(self, container: nodes.container) -> None:
        citations = list(container.findall(nodes.citation))
        if not citations:
            return
        domain: Any = self.env.get_domain("cite")
        keys = {citation.citation_id: citation.key for citation in domain.citations}
        places = self._places_by_key()
        items = [self._item(each, places.get(keys[each["ids"][0]], [])) for each in citations]
        container.replace_self(nodes.bullet_list("", *items, classes=["bibliography"]))

    def _places_by_key(self) -> dict[str, list[CitedAt]]:
        recorded = places_of(self.env)
        by_key: dict[str, list[CitedAt]] = {}
        for docname in reading_order(self.env):
            for place in recorded.get(docname, ()):
                for key in place.citekeys:
                    by_key.setdefault(key, []).append(place)
        return by_key

    def _item(self, citation: nodes.citation, cited_at: list[CitedAt]) -> nodes.list_item:
        paragraphs = [child for child in citation if isinstance(child, nodes.paragraph)]
        if cited_at:
            # The transform's own ``app`` is deprecated and nothing public has replaced it:
            # https://www.sphinx-doc.org/en/master/extdev/deprecated.html
            builder = self.env._app.builder
            linker = Linker(self.env, builder, self.env.current_document.docname)
            paragraphs[-1].append(linker.cited_in(cited_at))
        return nodes.list_item("", *paragraphs, ids=citation["ids"])


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the record and add the transform."""
    app.connect("doctree-read", record)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.add_post_transform(SetBibliography)
    return {"version": "1", "env_version": 2, "parallel_read_safe": True}
