"""What the site lays over a drawing so that it can be explored, part by part.

The drawing itself stays as it is in every format; the site's layer has the same
coordinates and shows nothing until a part is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from speechbook.figures.canvas import attributes, number


@dataclass(frozen=True)
class Row:
    """A line of a table that says a part in words and numbers."""

    cells: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class Part:
    """A part of a drawing: the shapes (SVG) that mark it, and what is told of it.

    ``title`` and ``words`` are plain text; ``row`` stands in their place in a table.
    """

    shapes: str
    title: str = ""
    words: str = ""
    row: Row | None = None
    #: Names of groups by which parts can be chosen.
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exploration:
    """How a drawing is explored: what its parts are called, in one word and in a sentence.

    ``columns`` are heads of a table; without them the parts are a list.  Parts without
    words are told by the page's own list of events.
    """

    part: str
    summary: str
    parts: tuple[Part, ...]
    columns: tuple[str, ...] = ()
    #: What is dimmed beneath the part that is chosen: left, top, width, height.
    dimmed: tuple[float, float, float, float] | None = None
    #: Names and titles of the groups, in order.
    themes: tuple[tuple[str, str], ...] = ()


def shape(name: str, kind: str, **values: str | float) -> str:
    """Return an SVG element of one of the kinds that the style sheet knows.

    ``line``, ``tip``, ``area`` and ``spot``.
    """
    return f'<{name} class="{kind}"{attributes(**values)}/>'


def label(x: float, y: float, words: str) -> str:
    """Return a number in its disc, as the drawing has it, to stand on a line."""
    where = f'x="{number(x)}" y="{number(y + 3.9)}"'
    disc = shape("circle", "disc", cx=x, cy=y, r=9.0)
    return f'{disc}<text {where} text-anchor="middle">{escape(words)}</text>'


def layer(exploration: Exploration, view_box: str) -> str:
    """Return the layer as SVG with the drawing's view box.

    It is hidden from screen readers, which have the words.
    """
    box = dict(zip(("x", "y", "width", "height"), exploration.dimmed or (), strict=False))
    veil = shape("rect", "veil", **box) if box else ""
    groups = "".join(
        f'<g data-part="{index}">{part.shapes}</g>' for index, part in enumerate(exploration.parts)
    )
    classes = f"picture-layer{' themed' if exploration.themes else ''} script-only screen-only"
    shown = f'class="{classes}" viewBox="{view_box}"'
    return f'<svg {shown} aria-hidden="true" focusable="false">{veil}{groups}</svg>'


def tools(exploration: Exploration) -> str:
    """Return the controls, which need a script, and the place where a part is told."""
    part = escape(exploration.part)
    return (
        f'<div class="explore-tools script-only" role="group" aria-label="Explore the picture">'
        f"{choice_of_theme(exploration)}"
        f'<button type="button" data-turn="-1">Previous {part}</button>'
        f'<button type="button" data-turn="1">Next {part}</button></div>'
        '<div class="explore-told script-only" role="status"></div>'
    )


def choice_of_theme(exploration: Exploration) -> str:
    """Return the choice of a group of parts, or nothing if there are none."""
    if not exploration.themes:
        return ""
    counted = (
        (name, title, sum(name in part.themes for part in exploration.parts))
        for name, title in exploration.themes
    )
    options = "".join(
        f'<option value="{name}">{escape(title)} ({count})</option>'
        for name, title, count in counted
    )
    every = f'<option value="">All themes ({len(exploration.parts)})</option>'
    return f"<label>Theme <select>{every}{options}</select></label>"


def words(exploration: Exploration) -> str:
    """Return all parts in words, which open without a script too."""
    if exploration.columns:
        inner = table(exploration)
    else:
        inner = "".join(
            f"<li><b>{escape(part.title)}</b> {escape(part.words)}</li>"
            for part in exploration.parts
        )
        inner = f"<ol>{inner}</ol>"
    return f"<details><summary>{escape(exploration.summary)}</summary>{inner}</details>"


def table(exploration: Exploration) -> str:
    """Return the parts as a table."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in exploration.columns)
    rows = (part.row for part in exploration.parts if part.row)
    body = "".join(
        f'<tr data-told="{escape(row.told)}"><th scope="row">{escape(row.cells[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells[1:])
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def explorer(exploration: Exploration, view_box: str) -> str:
    """Return what the site adds beneath the picture, as HTML."""
    told = words(exploration) if exploration.summary else ""
    return (
        f"{layer(exploration, view_box)}\n"
        f'<div class="explore screen-only" data-only="web">{tools(exploration)}{told}</div>\n'
    )
