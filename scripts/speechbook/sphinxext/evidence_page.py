"""About the evidence: counts of the whole book, and what rests on the article alone.

``{evidence-counts}`` is a table that is filled in when all documents are read.
``{article-only} evidence`` lists the locators of the evidence's rows that say ``article``,
as notes cite them.  ``{data-unchecked} unchecked`` lists what could not be checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from speechbook.evidence import read_evidence
from speechbook.sphinxext.data_directive import DataDirective, citation
from speechbook.story.counts import Counts, Locator, count
from speechbook.story.unchecked import questions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class counts_of_the_book(nodes.General, nodes.Element):  # noqa: N801 - docutils' way of naming
    """Stands for the table of counts until all documents are read."""


class EvidenceCounts(SphinxDirective):
    """``{evidence-counts}``."""

    def run(self) -> list[nodes.Node]:
        """Return the placeholder."""
        return [counts_of_the_book()]


class ArticleOnly(DataDirective):
    """``{article-only} evidence``."""

    def make(self, path: Path, source: str) -> list[nodes.Node]:  # noqa: ARG002 - read below
        """Return the list of locators, each as notes cite it."""
        rows = [row for row in read_evidence(path) if row.seen == "article"]
        cited = [citation(f"{row.citekey}{{{row.locator}}}") for row in rows]
        items = [nodes.list_item("", self.paragraph(words, path, 1)) for words in cited]
        return [nodes.bullet_list("", *items)]


class Unchecked(DataDirective):
    """``{data-unchecked} unchecked``."""

    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return the list of questions, each with the chapters that it concerns."""
        items = []
        for question in questions_in(path, source):
            links = ", ".join(f"{{ref}}`{label}`" for label in question.chapters)
            told = self.paragraph(f"{question.what} See {links}.", path, question.line)
            items.append(nodes.list_item("", told))
        return [nodes.bullet_list("", *items)]


def notes_by_document(env: BuildEnvironment) -> dict[str, int]:
    """Return how many notes each document has, as recorded so far."""
    notes: dict[str, int] = vars(env).setdefault("speechbook_notes", {})
    return notes


def record(app: Sphinx, doctree: nodes.document) -> None:
    """Count the notes of the document just read."""
    notes_by_document(app.env)[app.env.docname] = sum(1 for _ in doctree.findall(nodes.footnote))


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the count of a document about to be read again, or removed."""
    notes_by_document(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment) -> None:
    """Take over what a parallel reader counted."""
    theirs = notes_by_document(other)
    notes_by_document(env).update({name: theirs[name] for name in docnames if name in theirs})


def cited_in(env: BuildEnvironment) -> Iterator[Locator]:
    """Yield every citation of the book: its work and its locator, "" if it has none."""
    domain: Any = env.get_domain("cite")
    for reference in domain.citation_refs:
        for target in reference.targets:
            yield target.key, target.post


def counts_of(env: BuildEnvironment) -> Counts:
    """Count the book that has been read."""
    folder = env.config.speechbook_story_folder
    cited = list(cited_in(env))
    return count(
        chapters=sum(1 for docname in env.all_docs if docname.startswith(folder)),
        notes=sum(notes_by_document(env).values()),
        works=(key for key, _ in cited),
        locators=(pair for pair in cited if pair[1]),
        evidence=read_evidence(env.srcdir / env.config.speechbook_evidence),
    )


def row_of(cells: Sequence[str]) -> nodes.row:
    """Return a table's row."""
    name, number = (nodes.entry("", nodes.paragraph("", cell)) for cell in cells)
    number["classes"] = ["text-right"]
    return nodes.row("", name, number)


def table_of(counts: Counts) -> nodes.table:
    """Return the counts as a table of two columns."""
    head = nodes.thead("", row_of(("What is counted", "Number")))
    rows = (row_of((words[:1].upper() + words[1:], f"{n:,}")) for words, n in counts.rows())
    columns = [nodes.colspec(colwidth=width) for width in (80, 20)]
    group = nodes.tgroup("", *columns, head, nodes.tbody("", *rows), cols=2)
    return nodes.table("", group)


class SetCounts(SphinxPostTransform):
    """Fill in the table of counts."""

    default_priority = 6

    def run(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Replace each placeholder of the document."""
        for node in list(self.document.findall(counts_of_the_book)):
            node.replace_self(table_of(counts_of(self.env)))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives, the record and what fills in the table."""
    app.setup_extension("speechbook.sphinxext.naming")
    app.add_directive("evidence-counts", EvidenceCounts)
    app.add_directive("article-only", ArticleOnly)
    app.add_directive("data-unchecked", Unchecked)
    app.connect("doctree-read", record)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.add_post_transform(SetCounts)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
