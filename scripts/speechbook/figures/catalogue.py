"""From a figure's data file to the figure: drawn, described, its sources checked."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from speechbook.figures import band, chronology, counts, journey, route, shares, terms, territory
from speechbook.figures.rows import DataFile, parse
from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from speechbook.figures.exploring import Exploration

RIGHTS = "Drawn for this book; CC\u00a0BY\u00a04.0."
CITATION = re.compile(r"\{cite:[a-z]+\}`(?P<target>[^`]*)`")
VIEW_BOX = re.compile(r'viewBox="(?P<size>[^"]*)"')
NO_GLYPH = re.compile(r"no glyph for '(?P<character>.)'")


class Drawing(Protocol):
    """A module that knows one kind of drawing."""

    def read(self, data: DataFile) -> Any:  # noqa: ANN401
        """Return the drawing's model."""

    def draw(self, model: Any, title: str) -> str:  # noqa: ANN401
        """Return the model as SVG."""

    def describe(self, model: Any) -> str:  # noqa: ANN401
        """Return the model in words."""


@runtime_checkable
class Explorable(Protocol):
    """A module whose drawings have parts to explore."""

    def explore(self, model: Any) -> Exploration:  # noqa: ANN401
        """Return the model's parts."""


DRAWINGS = cast(
    "dict[str, Drawing]",
    {
        "band": band,
        "bloc": territory,
        "chronology": chronology,
        "counts": counts,
        "journey": journey,
        "route": route,
        "shares": shares,
        "terms": terms,
    },
)


@dataclass(frozen=True)
class Worded:
    """Markdown of the data file, with the line it stands on."""

    markdown: str
    line: int


@dataclass(frozen=True)
class Figure:
    """A finished figure: SVG text, text alternative, caption and line of sources."""

    svg: str
    alt: str
    caption: Worded
    sources: Worded
    #: Other files that the drawing was made from.
    companions: tuple[Path, ...] = ()
    #: How the site lets readers explore it, if it does.
    exploration: Exploration | None = None

    @property
    def view_box(self) -> str:
        """The drawing's own coordinates, as SVG has them."""
        found = VIEW_BOX.search(self.svg)
        return found["size"] if found else ""


def make_figure(path: Path, source: str) -> Figure:
    """Draw the figure that a data file describes.

    Raises:
        BookError: the file is no TOML, lacks something, or contradicts itself.

    """
    data = parse(path, source)
    head = data.head
    drawing = DRAWINGS[head.choice("drawing", tuple(DRAWINGS))]
    check_citekeys(data)
    model = drawing.read(data)
    return Figure(
        svg=drawn(drawing, model, data),
        alt=f"{head.text('alt')} {drawing.describe(model)}",
        caption=worded(data, "caption", head.text("caption")),
        sources=worded(data, "sources", f"Sources: {head.text('sources')} {RIGHTS}"),
        companions=companions(data),
        exploration=drawing.explore(model) if isinstance(drawing, Explorable) else None,
    )


def companions(data: DataFile) -> tuple[Path, ...]:
    """Return the files beside a map's data that it draws on."""
    columns = (("ground", "geojson"), ("route", "toml"), ("events", "toml"))
    named = ((data.head.optional(column), suffix) for column, suffix in columns)
    return tuple(data.path.with_name(f"{name}.{suffix}") for name, suffix in named if name)


def drawn(drawing: Drawing, model: Any, data: DataFile) -> str:  # noqa: ANN401
    """Draw the model; a character that the typeface lacks is found in the file."""
    try:
        return drawing.draw(model, data.head.text("title"))
    except LookupError as error:
        missing = NO_GLYPH.search(str(error))
        if missing is None:
            raise
        line = data.line_of(f".*{re.escape(missing['character'])}")
        cure = "write the word with letters that Libertinus Sans has"
        raise BookError(str(error), place=Place(data.path, line), cure=cure) from error


def worded(data: DataFile, column: str, markdown: str) -> Worded:
    """Return Markdown with its line."""
    return Worded(markdown, data.head.lines[column])


def cited_in(markdown: str) -> frozenset[str]:
    """Return the keys of the works that Markdown cites.

    Raises:
        ValueError: a citation holds no key where one must stand.

    """
    targets = (match["target"] for match in CITATION.finditer(markdown))
    return frozenset(t.key for target in targets for t in parse_citation_targets(target))


def check_citekeys(data: DataFile) -> None:
    """Require that each row names a work, and that the reader is told of it.

    Raises:
        BookError: a row has no citekey, or one that the line of sources does not cite, or
            that line cannot be read.

    """
    try:
        cited = cited_in(data.head.text("sources"))
    except ValueError as error:
        cure = "write {cite:p}`key` with both backticks"
        raise data.head.fault(f"has sources with a {error}", cure, "sources") from error
    for row in data.all_rows():
        citekey = row.text("citekey")
        if citekey not in cited:
            raise row.fault(
                f"rests on {citekey!r}, which the sources of the figure do not name",
                f"add {{cite:p}}`{citekey}` to sources",
                "citekey",
            )


def suggestion(name: str, names: Iterable[str]) -> str:
    """Return a hint at the name that may have been meant."""
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}" if near else "name a file of docs/data without .toml"
