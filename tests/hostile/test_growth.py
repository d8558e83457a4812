"""The time of the family SEC grows with the size of what it reads, not with its square.

Chapters, .bib files, tables, drawings and maps' grounds, each made to slow down a careless
reader.  Four times the size may take ten times as long; a square would take sixteen.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.checking import check
from citelint.text import SourceText
from speechbook.problems import BookError
from tests.campaign.citelint_mutations import HOSTILE as BIBLIOGRAPHIES
from tests.campaign.hostile_fuzz import RULES, drawn, project_of

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_GROWTH = 10.0
#: Seconds below which a time says nothing.
LEAST = 0.05
SMALL = 20_000
MOST_RUNS = 4
SVG = '<svg xmlns="http://www.w3.org/2000/svg">'
CHAPTERS: dict[str, Callable[[int], str]] = {
    "openings": lambda size: "[a ![b " * (size // 7),
    "templates": lambda size: "{{" * (size // 2),
    "commands of templates": lambda size: "{% a " * (size // 5),
    "tags": lambda size: "<a " * (size // 3),
    "tags with attributes": lambda size: '<a href="b" c=d ' * (size // 16),
    "tables": lambda size: "|-" * (size // 2) + "|",
    "rows of dashes": lambda size: "| - " * (size // 8) + "\n" + "| --- " * (size // 12),
    "definitions": lambda size: "[a]: b\n" * (size // 7),
    "directives": lambda size: ":::{list-table}\n* - a\n:::\n" * (size // 24),
    "open directives": lambda size: "::::{note}\n" * (size // 11),
    "front matter": lambda size: "---\n" + "a: &a [*a]\n" * (size // 11) + "---\n",
    "piles": lambda size: ("`a`" + "[" * 300 + "\n\n") * (size // 305),
    "alphabets": lambda size: "aа " * (size // 3),
    "turning marks": lambda size: "\u202ea\u202c\n" * (size // 4),
    "hidden marks": lambda size: "a\u200bb\U0001f3f4\U000e0067" * (size // 5),
    "formulas": lambda size: "$\\input{a}$ " * (size // 12),
    "addresses": lambda size: "[https://a.b](https://c.d) " * (size // 27),
}
TABLES: dict[str, Callable[[int], str]] = {
    "dotted keys": lambda size: "a." * (size // 2) + "a = 1",
    "lines of dotted keys": lambda size: ("a." * 49 + "a = 1\n") * (size // 104),
    "brackets": lambda size: "a = " + "[" * size,
    "texts of markup": lambda size: 'a = ["' + '", "[a ![b'.join("cd" * (size // 24)) + '"]',
    "quotation marks": lambda size: "a = " + '"' * size,
    "open texts": lambda size: "a = '''\n" * (size // 8),
    "numbers": lambda size: "a = " + "9" * size,
    "rows": lambda size: "[[a]]\nb = 1\n" * (size // 12),
}
DRAWINGS: dict[str, Callable[[int], str]] = {
    "elements": lambda size: SVG + "<g/>" * (size // 4) + "</svg>",
    "nested elements": lambda size: SVG + "<g>" * (size // 3),
    "attributes": lambda size: SVG + "<g " + " ".join(f"a{n}=''" for n in range(size // 8)) + "/>",
    "styles": lambda size: SVG + "<style>" + "url(a) " * (size // 7) + "</style></svg>",
    "scripts": lambda size: SVG + "<script/>" * (size // 9) + "</svg>",
    "texts": lambda size: SVG + "<style>" + "&lt;" * (size // 4) + "</style></svg>",
    "programs in addresses": lambda size: SVG + '<a href="javascript:"/>' * (size // 23) + "</svg>",
}
GROUND = '{"centre": {"longitude": 1, "latitude": 2}, "frame_km": [-1, -1, 1, 1], "features": ['
GROUNDS: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "texts": lambda size: '["' + "\\u0041" * (size // 6) + '"]',
    "points": lambda size: (
        GROUND
        + '{"properties": {"kind": "land", "name": "a"}, "geometry": {"type": "Polygon",'
        + ' "coordinates": [['
        + ", ".join(["[1, 2]"] * (size // 8))
        + "]]}}]}"
    ),
}


def seconds(kind: str, text: str, folder: Path) -> float:
    """Return the CPU time of reading a text of a kind and of the rules about it."""
    path = folder / "x.geojson"
    if kind == ".geojson":
        path.write_text(text, encoding="utf-8")
    begin = time.process_time()
    if kind == ".geojson":
        with contextlib.suppress(BookError):
            drawn(path)
    else:
        check(project_of(kind, SourceText(Path(f"x{kind}"), text)), RULES)
    return time.process_time() - begin


CASES = [
    pytest.param(kind, make, id=f"{kind[1:]}-{name}")
    for kind, made in (
        (".md", CHAPTERS),
        (".bib", BIBLIOGRAPHIES),
        (".toml", TABLES),
        (".svg", DRAWINGS),
        (".geojson", GROUNDS),
    )
    for name, make in made.items()
]


@pytest.mark.parametrize(("kind", "make"), CASES)
def test_time_grows_with_size(kind: str, make: Callable[[int], str], tmp_path: Path) -> None:
    short = max(LEAST, min(seconds(kind, make(SMALL), tmp_path) for _ in range(2)))
    # Whatever else the machine does may fall on any run; a square would fall on all.
    runs = (seconds(kind, make(4 * SMALL), tmp_path) for _ in range(MOST_RUNS))
    assert any(long < MOST_GROWTH * short for long in runs)
