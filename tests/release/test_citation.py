"""Who made the book and under which licence, as CITATION.cff says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.release.citation import Author, Citation, citation_in, read_citation

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = """\
authors:
  - given-names: Ludwig
    name-particle: van
    family-names: Beethoven
    name-suffix: Jr
  - name: The Founders
  - alias: nobody else
  - website: https://example.org
preferred-citation:
  license: CC-BY-4.0
"""


def test_people_and_bodies_are_told_apart() -> None:
    found = citation_in(PEOPLE)
    assert found == Citation(
        (Author("van Beethoven", "Ludwig Jr"), Author("The Founders"), Author("nobody else")),
        "CC-BY-4.0",
    )
    assert [author.name for author in found.authors][:2] == [
        "Ludwig Jr van Beethoven",
        "The Founders",
    ]


def test_own_file_names_the_author_and_the_licence(repository: Path) -> None:
    found = read_citation(repository, "nobody")
    assert found == Citation((Author("The Secret Speech contributors"),), "CC-BY-4.0")


@pytest.mark.parametrize("text", ["", "authors: [", "authors: 1", "authors: []", "- a"])
def test_bad_file_leaves_the_author_of_the_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    assert read_citation(tmp_path, "somebody").authors == (Author("somebody"),)
