"""Sphinx's warnings as problems."""

from __future__ import annotations

from pathlib import Path

from speechbook.building.warnings import problems_of
from speechbook.problems import Place


def test_place_message_and_cure_are_read() -> None:
    lines = ['/b/docs/a.md:12: WARNING: could not find bibtex key "tauman" [bibtex.key_not_found]']
    (problem,) = problems_of(lines, ["taubman"])
    assert problem.place == Place(Path("/b/docs/a.md"), 12)
    assert problem.what == "The work 'tauman' is cited but not in references.bib"
    assert "did you mean 'taubman'?" in problem.cure


def test_warning_without_place_is_kept() -> None:
    (problem,) = problems_of(["WARNING: something odd"], [])
    assert problem.place is None
    assert problem.what == "Something odd"


def test_lines_that_continue_a_message_join_it() -> None:
    (problem,) = problems_of(["/a.md:1: ERROR: Bad thing", "  in two lines"], [])
    assert problem.what == "Bad thing in two lines"


def test_text_before_any_warning_is_a_problem_too() -> None:
    (problem,) = problems_of(["loose text"], [])
    assert problem.what == "Loose text"


def test_same_warning_twice_is_one_problem() -> None:
    line = "/a.md:1: WARNING: Again [toc.x]"
    assert len(list(problems_of([line, line], []))) == 1


def test_warning_of_ours_gets_no_second_cure() -> None:
    (problem,) = problems_of(["/a.md:1: WARNING: No such figure; draw it [figures.name]"], [])
    assert problem.what == "No such figure; draw it"
    assert problem.cure == ""
