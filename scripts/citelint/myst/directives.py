"""Directives: which are read how, and where argument, options and body begin and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from citelint.myst.model import Span
from citelint.myst.wording import words

if TYPE_CHECKING:
    from citelint.myst.document import Document

#: Directives whose body is code, data or markup of another kind, never MyST.
NOT_READ = words(
    """
    altair-plot any-table asciinema autoclass autodata autoenum autoexception autofunction
    automethod automodule autosummary bibliography blockdiag chart code code-block code-cell
    contents csv-table date default-role digraph docinfo doctest drawio embed eval-rst
    footbibliography graph graphviz gnuplot highlight html_meta iframe image include index
    inheritance-diagram ipython ipywidgets-display jupyter-execute jupyterlite kroki literalinclude
    math mathjax mermaid meta nbplot nomnoml parsed-literal plantuml plotly plot prompt
    productionlist program-output programoutput pyodide raw replace role sectnum seqdiag
    sourcecode tags terminal testcleanup testcode testoutput testsetup thebe-button tikz
    timeline toctree uml unicode vega-lite video wavedrom youtube
    """
)
#: Directives without arguments: what stands behind the name is the body's first line.
NO_ARGUMENT = words(
    """
    attention aside caution compound danger epigraph error footnote highlights hint important
    line-block margin note pull-quote seealso tip warning
    """
)
#: Directives whose argument is a path, a name or settings, no text.
NO_TEXT = words(
    """
    button-link button-ref class clear container data envvar figure function grid grid-item
    image include method module only option program py:function table-of-contents tab-set
    """
)
PICTURES = frozenset({"figure", "image"})
QUOTES = frozenset({"epigraph", "pull-quote", "highlights", "blockquote"})

NAME = re.compile(r"\s*\{([^\s}]+)\}(?:\s+|\Z)")
OPTION = re.compile(r"[ \t]*:?(?P<name>[\w.+-]+):(?:[ \t]+(?P<value>\S.*?))?[ \t]*\Z")

#: Deeper directives are scanned plainly; Sphinx itself gives up not far below.
DEEPEST = 25


class Options(NamedTuple):
    """A directive's options and how many of its lines they take."""

    options: tuple[tuple[str, str, Span], ...]
    lines: int


def directive_name(info: str) -> tuple[str, int]:
    """Return a fence's directive and the column of its argument; "" for a plain fence."""
    match = NAME.match(info)
    return (match[1], match.end()) if match else ("", 0)


def is_option_line(line: str) -> bool:
    """Say whether MyST reads a line as an option (``myst_parser.parsers.directives``)."""
    text = line.lstrip()
    return text.startswith(":") and not text.startswith(":::")


def option_lines(lines: list[str]) -> tuple[range, int]:
    """Return which lines hold options, and how many lines stand before the body."""
    if lines and lines[0].startswith("---"):
        for number in range(1, len(lines)):
            if lines[number].startswith("---"):
                rest = lines[number].lstrip("-").strip()
                return range(1, number), number if rest else number + 1
        return range(1, len(lines)), len(lines)
    count = 0
    while count < len(lines) and is_option_line(lines[count]):
        count += 1
    return range(count), count


def read_options(document: Document) -> Options:
    """Read the options at the head of a directive's lines; each has its value's span."""
    numbers, count = option_lines(document.lines)
    options = []
    for number in numbers:
        match = OPTION.match(document.lines[number])
        if match is None:
            continue
        value = match["value"] or ""
        first = match.start("value") if value else match.end("name") + 1
        base = document.bases[number] + first
        options.append((match["name"], value, Span(base, base + len(value))))
    return Options(tuple(options), count)


def without_options(document: Document, count: int) -> Document:
    """Return a directive's lines behind its options."""
    return type(document)(document.lines[count:], document.bases[count:], document.ends[count:])
