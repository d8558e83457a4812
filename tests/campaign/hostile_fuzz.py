"""Every parser of contributed content on spoilt content: no exception but a sentence, no hang.

Run in full by ``nox -s campaign``; ten thousand cases run with the other tests
(``tests/hostile/test_fuzz.py``).  Spoilt are the corpus of hostile files, the book's chapters
and its data, pieces of a few kilobytes each.
"""

from __future__ import annotations

import contextlib
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.checking import check
from citelint.myst.reader import read_chapter
from citelint.project import Project
from citelint.reading import passages_of
from citelint.rules import ALL_RULES
from citelint.text import SourceText, decode
from speechbook.evidence import read_evidence
from speechbook.figures.catalogue import make_figure
from speechbook.figures.ground import parsed, path_of
from speechbook.problems import BookError
from speechbook.typst.svg import fault_of
from tests.campaign.citelint_mutations import MUTATIONS, assert_places
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

FULL_COUNT, SLICE, PIECE = 40_000, 1_000, 3_000
HOSTILE = REPOSITORY / "tests" / "hostile"
RULES = [rule for rule in ALL_RULES if rule.family == "SEC"]
SMALL_GROUND = """{"centre": {"longitude": 20, "latitude": 52}, "frame_km": [-9, -8, 9, 8],
"features": [
{"properties": {"kind": "land", "name": "a"},
 "geometry": {"type": "Polygon", "coordinates": [[[1.5, 2], [3, 4e1], [5, -6], [1.5, 2]]]}},
{"properties": {"kind": "state", "name": "b"},
 "geometry": {"type": "MultiPolygon", "coordinates": [[[[1, 2], [3, 4], [1, 2]]]]}},
{"properties": {"kind": "border", "name": "c"},
 "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}]}"""
KINDS = (".md", ".bib", ".toml", ".svg", ".geojson")


def originals() -> dict[str, list[bytes]]:
    """Return what is spoilt, by kind."""
    found: dict[str, list[bytes]] = {}
    for kind in KINDS:
        paths = [*HOSTILE.rglob(f"*/*/*{kind}"), *(REPOSITORY / "docs").rglob(f"*{kind}")]
        if kind == ".bib":
            paths.append(REPOSITORY / "references.bib")
        found[kind] = [path.read_bytes() for path in sorted(paths)]
    # A piece of a map's ground is never JSON, so that only small whole ones try its reader.
    found[".geojson"] = [SMALL_GROUND.encode()]
    return found


def spoilt(seed: int, sources: dict[str, list[bytes]]) -> tuple[str, bytes]:
    """Return the kind and the content that a seed stands for."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    kind = chance.choice(KINDS)
    content = chance.choice(sources[kind])
    start = chance.randrange(max(1, len(content) - PIECE))
    content = content[start : start + PIECE] if chance.random() < 0.7 else content[:PIECE]
    for _ in range(chance.choice((1, 2, 5, 20))):
        content = chance.choice(MUTATIONS)(content, chance.randrange(len(content) + 1), chance)
    return kind, content


def project_of(kind: str, source: SourceText) -> Project:
    """Read a source as citelint does."""
    bib_files = (scan(source),) if kind == ".bib" else ()
    return Project(
        root=Path(),
        bib_files=bib_files,
        records=tuple(record for each in bib_files for record in records_of(each)),
        chapters=(read_chapter(source),) if kind == ".md" else (),
        data=(source,) if kind == ".toml" else (),
        passages=tuple(passages_of(source)) if kind == ".toml" else (),
        drawings=(source,) if kind == ".svg" else (),
    )


def judge(kind: str, content: bytes, folder: Path) -> None:
    """Assert what must hold for any bytes of a kind."""
    source = SourceText(Path(f"x{kind}"), decode(content)[0])
    assert_places(check(project_of(kind, source), RULES), source)
    if kind == ".toml":
        path = folder / "x.toml"
        path.write_bytes(content)
        ends_in_a_sentence(lambda: read_evidence(path))
        text = content.decode("utf-8", "replace")
        ends_in_a_sentence(lambda: make_figure(path, text))
    if kind == ".svg":
        path = folder / "x.svg"
        path.write_bytes(content)
        assert fault_of(path) != ""
    if kind == ".geojson":
        path = folder / "x.geojson"
        path.write_bytes(content)
        ends_in_a_sentence(lambda: drawn(path))


def drawn(path: Path) -> str:
    """Read a map's ground and draw its lines."""
    ground = parsed(path)
    states = [path_of(ground, lines) for lines in ground.states.values()]
    return "".join([path_of(ground, ground.land), path_of(ground, ground.borders, ""), *states])


def ends_in_a_sentence(read: Callable[[], object]) -> None:
    """Run a reader of the book's, which may refuse with a sentence."""
    with contextlib.suppress(BookError):
        read()


def run(seeds: range, folder: Path) -> int:
    """Judge what these seeds stand for; return how many were judged."""
    sources = originals()
    for seed in seeds:
        kind, content = spoilt(seed, sources)
        try:
            judge(kind, content, folder)
        except Exception as error:
            raise AssertionError(f"seed {seed}, {kind}: {content[:2000]!r}") from error
    return len(seeds)


@pytest.mark.parametrize("start", range(0, FULL_COUNT, SLICE))
def test_spoilt_contributions(start: int, tmp_path: Path) -> None:
    assert run(range(start, start + SLICE), tmp_path) == SLICE
