"""The pages of people and of places, made from their tables.

``{data-people} people`` and ``{data-places} places`` make a definition list: the name with
its form in its own language and the years, then what the person was in 1956 and a sentence,
then the chapters that name the person, found by :mod:`speechbook.sphinxext.naming`, and the
works that the row rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from speechbook.sphinxext.citing_list import chapter_number, reading_order
from speechbook.sphinxext.data_directive import (
    DataDirective,
    citation,
    in_brackets,
    native_name,
    sentence,
)
from speechbook.sphinxext.naming import story_of
from speechbook.story.mentions import Named
from speechbook.story.people import Person, people_in
from speechbook.story.places import StoryPlace, places_in

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx


class chapters_naming(nodes.inline):  # noqa: N801 - docutils' way of naming nodes
    """Stands for ``Chapters 1, 5`` until all chapters are read; says for which row."""


def position_words(position: tuple[float, float]) -> str:
    """Return latitude and longitude as ``55.75° N, 37.62° E``."""
    latitude, longitude = position
    north, east = "S" if latitude < 0 else "N", "W" if longitude < 0 else "E"
    return f"{abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}"


class ListOfNamed(DataDirective):
    """What the lists of people and of places share."""

    kind: str

    def item(
        self, row: Person | StoryPlace, after: str, texts: list[str], path: Path
    ) -> nodes.definition_list_item:
        """Return one row: its term and its paragraphs."""
        named = Named(self.kind, row.slug)
        story_of(self.env).note_row(named, row.name)
        term = nodes.term("", "", nodes.strong("", row.listed), ids=[named.identifier])
        others = (native for native in row.natives if native.words != row.name)
        term += in_brackets(native_name(native) for native in others)
        term += nodes.Text(after)
        told = [self.paragraph(text, path, row.line) for text in texts]
        where = nodes.paragraph("", "", *self.where(row, named, path), classes=["where"])
        return nodes.definition_list_item("", term, nodes.definition("", *told, where))

    def where(self, row: Person | StoryPlace, named: Named, path: Path) -> list[nodes.Node]:
        """Return the line on chapters and works."""
        place = chapters_naming("", row_kind=named.kind, row_slug=named.slug)
        return [place, *self.inline(f"Source: {citation(row.citekey)}.", path, row.line)]


class ListOfPeople(ListOfNamed):
    """``{data-people} people``."""

    kind = "person"

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the list of people."""
        items = [self._person(person, path) for person in people_in(path, source)]
        return [nodes.definition_list("", *items, classes=["story-list"])]

    def _person(self, person: Person, path: Path) -> nodes.definition_list_item:
        texts = [f"In 1956: {person.role}. {sentence(person.note)}{also_found(person)}"]
        return self.item(person, f", {person.years}" if person.years else "", texts, path)


class ListOfPlaces(ListOfNamed):
    """``{data-places} places``."""

    kind = "place"

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the list of places."""
        items = [self._place(place, path) for place in places_in(path, source)]
        return [nodes.definition_list("", *items, classes=["story-list"])]

    def _place(self, place: StoryPlace, path: Path) -> nodes.definition_list_item:
        after = f", {position_words(place.position)}" if place.position else ""
        return self.item(place, after, [f"{sentence(place.note)}{also_found(place)}"], path)


def also_found(row: Person | StoryPlace) -> str:
    """Return the sentence on other names and spellings, which a search then finds."""
    return f" Also found: {', '.join(row.other_names)}." if row.other_names else ""


class SetChaptersNaming(SphinxPostTransform):
    """Fill in the chapters that name a person or place."""

    default_priority = 6

    def run(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Replace each placeholder of the document."""
        for node in list(self.document.findall(chapters_naming)):
            node.replace_self(self._links(Named(node["row_kind"], node["row_slug"])))

    def _links(self, named: Named) -> list[nodes.Node]:
        docnames = reading_order(self.env)
        places = list(story_of(self.env).naming(named, docnames))
        if not places:
            return []
        links: list[nodes.Node] = [nodes.Text("Chapters " if len(places) > 1 else "Chapter ")]
        for index, (docname, identifier) in enumerate(places):
            links += [nodes.Text(", ")] if index else []
            links.append(self._link(docname, identifier))
        return [*links, nodes.Text(". ")]

    def _link(self, docname: str, identifier: str) -> nodes.reference:
        builder = self.env._app.builder
        here = self.env.current_document.docname
        number = nodes.inline("", chapter_number(self.env, docname))
        return make_refnode(builder, here, docname, identifier, number)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the two directives and what fills them in."""
    app.setup_extension("speechbook.sphinxext.naming")
    app.add_directive("data-people", ListOfPeople)
    app.add_directive("data-places", ListOfPlaces)
    app.add_post_transform(SetChaptersNaming)
    return {"version": "1", "parallel_read_safe": True}
