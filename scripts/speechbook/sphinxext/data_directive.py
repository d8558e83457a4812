"""What directives share that make a part of a page from a table in ``docs/data/``.

The table is named in the directive's argument (``{data-people} people``).  A page that has
such a directive depends on the data file, and what is wrong in the file becomes a warning
with the file's own line, so that it reaches the person as a sentence.
"""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from speechbook.problems import BookError
from speechbook.story.tables import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from speechbook.story.tables import Native

logger = logging.getLogger(__name__)


def citation(citekey: str) -> str:
    """Return the Markdown that cites a row's works."""
    return f"{{cite:p}}`{citekey}`"


def sentence(text: str) -> str:
    """Return a text with a capital at its start and a stop at its end."""
    stop = "" if text.endswith((".", "?", "!")) else "."
    return f"{text[:1].upper()}{text[1:]}{stop}"


def native_name(native: Native) -> nodes.inline:
    """Return a name marked with its language, for screen readers and for the typesetter.

    docutils' HTML writers turn the class ``language-xx`` into a ``lang`` attribute
    (https://docutils.sourceforge.io/docs/ref/doctree.html, "classes").
    """
    classes = [f"lang-{native.language}", f"language-{native.language}"]
    return nodes.inline("", native.words, classes=classes, language=native.language)


def in_brackets(parts: Iterable[nodes.Node], between: str = "; ") -> list[nodes.Node]:
    """Return nodes within round brackets, or nothing if there are none."""
    inside: list[nodes.Node] = []
    for part in parts:
        inside += [nodes.Text(between if inside else " ("), part]
    return [*inside, nodes.Text(")")] if inside else []


class DataDirective(SphinxDirective):
    """A directive over one table; a subclass says what is made of it."""

    required_arguments = 1

    @abstractmethod
    def make(self, path: Path, source: str) -> list[nodes.Node]:
        """Return what the page gets.

        Raises:
            BookError: the data are not as they should be.

        """

    def run(self) -> list[nodes.Node]:
        """Read the table; return its part of the page, or nothing after a warning."""
        name = f"{self.config.speechbook_figure_data}/{self.arguments[0]}.toml"
        self.env.note_dependency(name)
        path = Path(self.env.srcdir, name)
        try:
            return self.make(path, read_text(path))
        except BookError as error:
            return self.refused(error)

    def refused(self, error: BookError) -> list[nodes.Node]:
        """Warn of each problem at its own place."""
        for problem in error.problems:
            place = str(problem.place) if problem.place else self.get_location()
            cure = f"; {problem.cure}" if problem.cure else ""
            logger.warning("%s%s", problem.what, cure, location=place, type="data")
        return []

    def inline(self, markdown: str, path: Path, line: int) -> list[nodes.Node]:
        """Parse Markdown into inline nodes, whose place is a line of the data file."""
        holder = nodes.Element()
        self.state.nested_parse(StringList([markdown], source=str(path)), 0, holder)
        for node in holder.findall(nodes.Element):
            node.source, node.line = str(path), line
        return [child for paragraph in holder for child in paragraph.children]

    def paragraph(
        self, markdown: str, path: Path, line: int, classes: tuple[str, ...] = ()
    ) -> nodes.paragraph:
        """Return a paragraph of Markdown."""
        node = nodes.paragraph("", "", *self.inline(markdown, path, line), classes=list(classes))
        node.source, node.line = str(path), line
        return node
