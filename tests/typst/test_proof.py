"""Proofreading: text that the compiler loses is found, text that it breaks is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechbook.typst import escape, proof
from speechbook.typst.problems import BookProblemsError
from speechbook.typst.proof import Passage, Proof
from speechbook.typst.translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes

    from tests.typst.conftest import Built

    Make = Callable[..., Built]

WORDS = "the speech was read aloud in the hall and then in every party committee of the land"
FIGURE = ":::{figure} d.svg\n:alt: A square\n\nA caption.\n:::\n"
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)


def lost(text: str, *given: str) -> list[str]:
    found = Proof(proof.letters(text)).lost([Passage(1, passage) for passage in given])
    return [passage.text for passage in found]


def test_text_that_is_there_is_found_whatever_stands_between_its_letters() -> None:
    assert lost("the spe-\nech was\u00ad read “aloud” in the hall. 7 Title", WORDS[:38]) == []


def test_the_foot_of_a_page_may_come_between() -> None:
    for place in range(0, len(WORDS), 3):
        torn = WORDS[:place] + " 1 A note. 12 Running head " + WORDS[place:]
        assert lost(torn, WORDS) == [], place


def test_a_lost_line_is_missed() -> None:
    assert lost(WORDS.replace("aloud in the hall and then in every party ", ""), WORDS) == [WORDS]
    assert lost(WORDS, WORDS, "Something else that was never set") == [
        "Something else that was never set"
    ]


def test_short_passages_in_a_row_are_missed_too() -> None:
    assert lost("one two three", "one two", "Jansen, ", "Stalin’s Loyal", "three") == [
        "Jansen, ",
        "Stalin’s Loyal",
    ]


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_passages_are_read_as_they_were_written(text: str) -> None:
    lines = ["#{", f"t({escape.string(text)})", f"raw({escape.string(text)})"]
    assert list(proof.passages(lines)) == [Passage(2, text), Passage(3, text)]


def _printed_only_with_fixed_figures(self: TypstTranslator, node: nodes.strong) -> None:
    self.put(node, 'if sys.inputs.at("figures", default: "") == "fixed" { strong({[]')


def _close(self: TypstTranslator, node: nodes.strong) -> None:
    self.put(node, "}) } else { [] }")


@pytest.fixture
def losing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the compiler lose bold text as it can lose any, unless figures are fixed."""
    monkeypatch.setattr(TypstTranslator, "visit_strong", _printed_only_with_fixed_figures)
    monkeypatch.setattr(TypstTranslator, "depart_strong", _close)


@pytest.mark.usefixtures("losing")
def test_text_lost_on_the_way_to_the_page_stops_the_build(make: Make) -> None:
    with pytest.raises(BookProblemsError) as caught:
        make(f"# T\n\nBefore.\n\n**{WORDS}**\n\nAfter.\n")
    (problem,) = caught.value.problems
    assert str(problem).split(": ")[0].endswith("chapter.md:5")
    assert "is not on the pages of the PDF" in problem.sentence


@pytest.mark.usefixtures("losing")
def test_text_lost_beside_a_floating_figure_is_saved_by_fixing_figures(make: Make) -> None:
    built = make(f"# T\n\nBefore.\n\n**{WORDS}**\n\n{FIGURE}\nAfter.\n", {"d.svg": SQUARE})
    assert WORDS in built.text


def test_no_page_before_a_figure_is_left_half_empty(make: Make) -> None:
    tall = SQUARE.replace('width="9" height="9"', 'width="300" height="360"')
    figure = FIGURE.replace(":alt:", ":width: 100%\n:alt:")
    after = "\n\n".join([f"After number {n}. {WORDS * 2}." for n in range(12)])
    for paragraphs in (2, 5):
        text = "\n\n".join([WORDS + "."] * paragraphs)
        built = make(f"# T\n\n{text}\n\n{figure}\n{after}\n", {"d.svg": tall})
        opening = built.page_with("After number 0.")
        assert opening < built.page_with("A caption.")
        assert len(built.pages[opening]) > 900


@pytest.mark.parametrize("kept", ["", "{}", "[]", '["another file", ["no page of it"]]'])
def test_texts_kept_of_another_file_are_not_taken(make: Make, kept: str) -> None:
    path = make("# Title\n\nSome words.\n").path
    path.with_suffix(".pages.json").write_text(kept, encoding="utf-8")
    assert proof.texts_of(path) == proof.page_texts(path.read_bytes())
    assert any("Some words." in text for text in proof.texts_of(path))
