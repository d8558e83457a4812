"""Link the people and places of the story where a chapter first names them.

Chapters need no markup for it: the tables in ``docs/data/`` say by which forms a person or
place is named (:mod:`speechbook.story.mentions`).  In each chapter the first form of each
that stands in running text becomes a link to its row on the page of people or places, and
every chapter that names it is kept for that row.  Left alone are headings, summaries,
quotations, tables, figures, notes, emphasis (mostly titles) and what is a link already.

Where a form is ambiguous, the roles ``{person}`` and ``{place}`` name the row themselves::

    {person}`Medvedev <medvedev-roy>`
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.roles import XRefRole
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import make_refnode

from speechbook.story.mentions import Finder, Mention, Named, NamedRow, Table, finder_of
from speechbook.story.people import people_in
from speechbook.story.places import places_in
from speechbook.story.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

#: The file of each kind, and what reads its text.
READERS: dict[str, tuple[str, Callable[[Path, str], tuple[NamedRow, ...]]]] = {
    "person": ("people", people_in),
    "place": ("places", places_in),
}
#: Paragraphs within these hold no link, though what they name counts.
UNLINKED_BLOCKS = (nodes.block_quote, nodes.table)
#: Paragraphs within these are passed by: they name authors of sources.
UNREAD_BLOCKS = (nodes.footnote, nodes.figure)
#: Text within these is no naming at all: a title, a link's words, code.
UNREAD = (
    nodes.emphasis,
    nodes.literal,
    nodes.reference,
    nodes.footnote_reference,
    nodes.math,
    addnodes.pending_xref,
)


class StoryDomain(Domain):
    """Where the rows stand, and which chapter names whom.

    ``rows`` maps a :class:`Named` to (docname, identifier, name); ``mentions`` maps a
    docname to what it names, each with the identifier of its link, "" if it has none.
    """

    name = "story"
    label = "People and places"
    initial_data: ClassVar[dict[str, Any]] = {"rows": {}, "mentions": {}}
    data_version = 1

    @property
    def rows(self) -> dict[Named, tuple[str, str, str]]:
        """Return where each row stands."""
        rows: dict[Named, tuple[str, str, str]] = self.data["rows"]
        return rows

    @property
    def mentions(self) -> dict[str, dict[Named, str]]:
        """Return what each document names."""
        mentions: dict[str, dict[Named, str]] = self.data["mentions"]
        return mentions

    def note_row(self, named: Named, name: str) -> None:
        """Record that the document being read has this row."""
        self.rows[named] = (self.env.docname, named.identifier, name)

    def naming(self, named: Named, docnames: list[str]) -> Iterator[tuple[str, str]]:
        """Yield (docname, identifier) of each of the documents that names somebody."""
        for docname in docnames:
            if named in self.mentions.get(docname, {}):
                yield docname, self.mentions[docname][named]

    def clear_doc(self, docname: str) -> None:
        """Forget a document about to be read again, or removed."""
        self.mentions.pop(docname, None)
        for named in [named for named, row in self.rows.items() if row[0] == docname]:
            del self.rows[named]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader recorded."""
        theirs = {n: row for n, row in otherdata["rows"].items() if row[0] in docnames}
        self.rows.update(theirs)
        mentions = otherdata["mentions"]
        self.mentions.update({name: mentions[name] for name in docnames if name in mentions})

    def resolve_xref(  # noqa: PLR0913, PLR0917 - the signature is Sphinx's
        self,
        env: BuildEnvironment,  # noqa: ARG002
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return the link to a row, or None if there is no such row."""
        row = self.rows.get(Named(typ, target))
        if row is None:
            return None
        docname, identifier, name = row
        if not node.get("refexplicit"):
            contnode = nodes.inline("", name)
        link = make_refnode(builder, fromdocname, docname, identifier, contnode)
        link["classes"] += ["story", f"story-{typ}"]
        return link

    def resolve_any_xref(self, *_arguments: Any) -> list[Any]:  # noqa: ANN401
        """Say that ``{any}`` finds nothing here."""
        return []


class StoryRole(XRefRole):
    """``{person}`slug``` or ``{person}`words <slug>```, and the same for places."""

    def create_xref_node(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Give the node its domain, which a role without a colon does not name."""
        self.refdomain = StoryDomain.name
        return super().create_xref_node()


def is_within(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    """Say whether a node stands inside one of some kinds of element."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent
    return False


def in_summary(node: nodes.Node) -> bool:
    """Say whether a node stands in a chapter's opening summary."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.container) and "summary" in parent["classes"]:
            return True
        parent = parent.parent
    return False


def quoted_spans(text: str, *, is_open: bool) -> tuple[list[tuple[int, int]], bool]:
    """Return the quoted parts of a text, and whether a quotation is still open at its end."""
    spans, start = [], 0 if is_open else -1
    for position, character in enumerate(text):
        if character == "“" and start < 0:
            start = position
        elif character == "”" and start >= 0:
            spans.append((start, position + 1))
            start = -1
    return ([*spans, (start, len(text))], True) if start >= 0 else (spans, False)


def linked(mention: Mention, text: str) -> nodes.inline:
    """Return the name as a link, which can be led to."""
    words = text[mention.start : mention.end]
    named = mention.named
    link = addnodes.pending_xref(
        "",
        nodes.inline("", words),
        refdomain=StoryDomain.name,
        reftype=named.kind,
        reftarget=named.slug,
        refexplicit=True,
        refwarn=True,
    )
    return nodes.inline("", "", link, ids=[f"named-{named.identifier}"])


class Walk:
    """One pass through a chapter: links what may be linked, notes what is named."""

    def __init__(self, finder: Finder, document: nodes.document, docname: str) -> None:
        self._finder = finder
        self._docname = docname
        self._document = document
        self.found: dict[Named, str] = self._explicit()

    def _explicit(self) -> dict[Named, str]:
        """Return what the author has linked, which is linked nowhere else."""
        links = self._document.findall(addnodes.pending_xref)
        own = [link for link in links if link.get("refdomain") == StoryDomain.name]
        return {Named(link["reftype"], link["reftarget"]): "" for link in own}

    def run(self) -> None:
        """Go through all paragraphs."""
        explicit = set(self.found)
        for paragraph in list(self._document.findall(nodes.paragraph)):
            if not is_within(paragraph, UNREAD_BLOCKS):
                self._paragraph(paragraph, explicit)

    def _paragraph(self, paragraph: nodes.paragraph, explicit: set[Named]) -> None:
        may_link = not is_within(paragraph, UNLINKED_BLOCKS) and not in_summary(paragraph)
        is_open = False
        for text in list(paragraph.findall(nodes.Text)):
            words = text.astext()
            quoted, is_open = quoted_spans(words, is_open=is_open)
            if not is_within(text, UNREAD):
                in_strong = is_within(text, (nodes.strong,))
                outside = quoted if may_link and not in_strong else [(0, len(words))]
                self._text(text, outside, explicit)

    def _text(
        self, text: nodes.Text, unlinked: list[tuple[int, int]], explicit: set[Named]
    ) -> None:
        words = text.astext()
        pieces: list[nodes.Node] = []
        done = 0
        for mention in self._finder.find(words):
            known = self.found.setdefault(mention.named, "")
            inside = any(start <= mention.start < end for start, end in unlinked)
            if known or inside or mention.named in explicit:
                continue
            link = linked(mention, words)
            link[0]["refdoc"] = self._docname  # type: ignore[index]
            link.source = link[0].source = text.parent.source
            link.line = link[0].line = text.parent.line
            self.found[mention.named] = link["ids"][0]
            pieces += [nodes.Text(words[done : mention.start]), link]
            done = mention.end
        if pieces:
            rest = [piece for piece in (*pieces, nodes.Text(words[done:])) if piece.astext()]
            text.parent.replace(text, rest)


class LinkFirstMentions(SphinxTransform):
    """Run after all that changes the text while a document is read."""

    default_priority = 880

    def apply(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Link and record one chapter."""
        docname = self.env.docname
        if not docname.startswith(self.config.speechbook_story_folder):
            return
        tables = tuple(self._tables())
        if tables:
            walk = Walk(finder_of(tables), self.document, docname)
            walk.run()
            story_of(self.env).mentions[docname] = walk.found

    def _tables(self) -> Iterator[Table]:
        """Yield the tables that the book has, and let the chapter depend on them."""
        for kind, (name, read) in READERS.items():
            path = Path(self.env.srcdir, self.config.speechbook_figure_data, f"{name}.toml")
            if path.is_file():
                self.env.note_dependency(f"{self.config.speechbook_figure_data}/{name}.toml")
                yield Table(kind, path, read(path, read_text(path)))


def story_of(env: BuildEnvironment) -> StoryDomain:
    """Return the domain of an environment."""
    domain = env.get_domain(StoryDomain.name)
    assert isinstance(domain, StoryDomain)  # noqa: S101 - Sphinx types it loosely
    return domain


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the domain, the roles and the transform."""
    app.add_config_value("speechbook_story_folder", "chapters/", "env", types=frozenset({str}))
    app.add_domain(StoryDomain)
    for kind in READERS:
        app.add_role(kind, StoryRole(innernodeclass=nodes.inline))
    app.add_transform(LinkFirstMentions)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
