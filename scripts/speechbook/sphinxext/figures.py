"""The directive ``data-figure``: a figure drawn from ``docs/data/<name>.toml``.

While a page is read the figure is drawn, written to ``build/figures/<name>.svg`` and put
into the page as an ordinary docutils figure with image, caption and legend, so that every
builder numbers and sets it like any other.

The drawing lies outside ``docs/``, which holds nothing generated.  Its URI in the doctree is
relative to the source folder (``../build/figures/<name>.svg``); Sphinx joins it to that folder
for all that it does with pictures (``sphinx.environment.collectors.asset``), and no path of
this machine gets into the doctree.  A leading slash in the node says "from the source folder"
(https://www.sphinx-doc.org/en/master/usage/restructuredtext/basics.html#images).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import speechbook.figures
from speechbook.digests import digest_of
from speechbook.figures.catalogue import Figure, Worded, make_figure, suggestion
from speechbook.figures.lettering import FONTS
from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

logger = logging.getLogger(__name__)

#: Where drawings go, as seen from the source folder.
DRAWINGS = "../build/figures"
FULL_WIDTH = "100%"
#: A name and no path: the drawing is written under it, and nowhere else.
PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
#: Sphinx would make a picture with a width a link to itself, named by the whole alternative
#: (sphinx.writers.html5, ``visit_image``).
UNLINKED = "no-scaled-link"


def write_atomically(path: Path, text: str) -> None:
    """Write a file in one go, and not at all if it already says the same.

    An untouched file keeps its time, so no page that shows it is read again.
    """
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def read_source(path: Path, name: str) -> str:
    """Return a data file's text.

    Raises:
        BookError: the name is a path, there is no such file, or it is not UTF-8.

    """
    if not PLAIN_NAME.fullmatch(name):
        raise BookError(
            f"The name {name[:60]!r} is none of a figure's data",
            cure="write the name of a file in docs/data, without folder and ending",
        )
    if not path.is_file():
        names = (other.stem for other in path.parent.glob("*.toml"))
        raise BookError(f"There is no data for a figure {name!r}", cure=suggestion(name, names))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BookError(
            "The figure's data is not UTF-8 text", place=Place(path), cure="save it as UTF-8"
        ) from error


class DataFigure(SphinxDirective):
    """``{data-figure} name``, with the option ``name`` for the label (else ``fig-<name>``)."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the figure; what is wrong with its data becomes a warning with its place."""
        name = self.arguments[0]
        source = f"{self.config.speechbook_figure_data}/{name}.toml"
        self.env.note_dependency(source)
        path = Path(self.env.srcdir, source)
        try:
            figure = make_figure(path, read_source(path, name))
        except BookError as error:
            return self._refused(error)
        for companion in figure.companions:
            self.env.note_dependency(f"{self.config.speechbook_figure_data}/{companion.name}")
        write_atomically(Path(self.env.srcdir, DRAWINGS, f"{name}.svg"), figure.svg)
        return [self._node(name, figure, path)]

    def _refused(self, error: BookError) -> list[nodes.Node]:
        for problem in error.problems:
            place = str(problem.place) if problem.place else self.get_location()
            cure = f"; {problem.cure}" if problem.cure else ""
            logger.warning("%s%s", problem.what, cure, location=place, type="figures")
        return []

    def _node(self, name: str, figure: Figure, path: Path) -> nodes.figure:
        uri = f"/{DRAWINGS}/{name}.svg"
        image = nodes.image("", uri=uri, alt=figure.alt, width=FULL_WIDTH, classes=[UNLINKED])
        # For the site's writer alone; the others know nothing of them.
        image["view_box"], image["exploration"] = figure.view_box, figure.exploration
        caption = nodes.caption("", "", *self._inline(figure.caption, path))
        sources = nodes.paragraph("", "", *self._inline(figure.sources, path))
        node = nodes.figure("", image, caption, nodes.legend("", sources))
        for part in (node, image, caption, sources):
            self.set_source_info(part)
        self.options.setdefault("name", f"fig-{name}")
        self.add_name(node)
        return node

    def _inline(self, words: Worded, path: Path) -> list[nodes.Node]:
        """Parse Markdown into inline nodes, whose place is the data file."""
        holder = nodes.Element()
        text = StringList([words.markdown], source=str(path))
        self.state.nested_parse(text, 0, holder)
        for node in holder.findall(nodes.Element):
            node.source, node.line = str(path), words.line
        return [child for paragraph in holder for child in paragraph.children]


def files_of_code() -> Iterator[Path]:
    """Yield all that a drawing is made by, apart from its data."""
    folder = Path(speechbook.figures.__file__).parent
    yield from (*sorted(folder.glob("*.py")), Path(__file__), *sorted(FONTS.glob("*.ttf")))


def note_code(_app: Sphinx, config: Config) -> None:
    """Put a digest of the drawing code into the settings, so that a change of it is seen."""
    config.speechbook_figure_code = digest_of((), {path.name: path for path in files_of_code()})


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive and its settings."""
    app.add_config_value("speechbook_figure_data", "data", "env", types=frozenset({str}))
    app.add_config_value("speechbook_figure_code", "", "env", types=frozenset({str}))
    app.connect("config-inited", note_code)
    app.add_directive("data-figure", DataFigure)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
