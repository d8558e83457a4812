"""The readers of the article's notes and faults, of errata and of open questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechbook.figures.dates import Date
from speechbook.problems import BookError
from speechbook.story.article import faults_in, notes_in, standings_of
from speechbook.story.errata import errata_in
from speechbook.story.unchecked import questions_in

DATA = Path("/book/docs/data/table.toml")
NOTE = """
[[note]]
number = 1
survived = "work"
work = "Taubman, page 273"
claim = "pills"
wanted = "the same page"
standing = "restored"
why = "Told as a report."
chapters = ["ch-session"]
citekey = "taubman2003{273}"
"""
FAULT = """
[[fault]]
identifier = "a-sp-01"
fault = "A stray string."
instead = "Cited afresh."
chapters = ["ch-session"]
words = "No such later report was found."
citekey = "penguin_speeches"
"""
ERRATUM = """
[[erratum]]
edition = "0.1.0"
chapter = "ch-session"
was = "1,355"
now = "1,349"
on = "2027-01-31"
"""


def refusal(read: object, text: str) -> str:
    """Return the sentence with which a text is refused."""
    assert callable(read)
    with pytest.raises(BookError) as refused:
        read(DATA, text)
    return refused.value.problems[0].sentence(Path("/book"))


def test_note_says_what_is_left_of_it() -> None:
    (note,) = notes_in(DATA, NOTE)
    assert note.left == "Taubman, page 273"
    (string,) = notes_in(DATA, NOTE.replace('"work"', '"string"'))
    assert string.left == "the string “ead9419c995”"


def test_standings_are_counted() -> None:
    second = NOTE.replace("number = 1", "number = 2").replace('"restored"', '"claim dropped"')
    counts = standings_of(notes_in(DATA, NOTE + second))
    assert counts["restored"] == counts["claim dropped"] == 1
    assert counts["claim corrected"] == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (NOTE.replace("number = 1", "number = 2"), "3: Note 1 has number = 2; 1 comes next"),
        (NOTE.replace('"restored"', '"fine"'), "8: Note 1 has standing = 'fine'; write one of"),
        (NOTE.replace('"work"', '"page"'), "4: Note 1 has survived = 'page'; write one of"),
        (NOTE.replace('work = "Taubman, page 273"\n', ""), "2: Note 1 has no work"),
        (NOTE.replace('["ch-session"]', "[]"), "10: Note 1 has no chapters"),
    ],
)
def test_bad_notes_are_refused(text: str, says: str) -> None:
    assert refusal(notes_in, text).startswith(f"docs/data/table.toml:{says}")


def test_a_fault_stands_once() -> None:
    assert "11: Fault 2 is 'a-sp-01' again" in refusal(faults_in, FAULT + FAULT)
    assert "2: Fault 1 has no words" in refusal(
        faults_in, FAULT.replace('words = "No such later report was found."\n', "")
    )


def test_errata_may_be_none() -> None:
    assert errata_in(DATA, "# none\n") == ()


def test_erratum_is_read_with_its_day() -> None:
    (erratum,) = errata_in(DATA, ERRATUM)
    assert (erratum.on, erratum.thanks) == (Date(2027, 1, 31), "")
    assert "7: Erratum 1 has on = 'soon'" in refusal(
        errata_in, ERRATUM.replace("2027-01-31", "soon")
    )


def test_question_names_its_chapters() -> None:
    text = '[[question]]\nwhat = "Page 179."\nchapters = ["ch-one", "ch-two"]\n'
    (question,) = questions_in(DATA, text)
    assert question.chapters == ("ch-one", "ch-two")
    assert "2: Question 1 has no what" in refusal(questions_in, "\n" + text.replace("what", "that"))
