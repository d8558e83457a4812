"""Which ways of writing agree, which do not, and which cannot be compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citelint.verify import likeness
from citelint.verify.plain import without_latex, without_markup

YES, NO, OPEN = True, False, None


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("The Great Terror: A Reassessment", "Great terror", YES),
        ("The Great Terror", "The Great Terror – Stalin’s Purge of the Thirties", YES),
        ("Stalin. Band 1", "Stalin", YES),
        ("Stalin: A Biography", "Stalin: The Court", NO),
        ("Khrushchev’s Thaw", "Khrushchevs thaw", YES),
        ("Über den “XX. Parteitag”", "Uber den XX Parteitag", YES),
        ("Über den Parteitag", "Ueber den Parteitag", YES),
        ("Labour & Life", "Labour and Life", YES),
        ("Labour and Life", "Labor and Life", NO),
        ("The Thaw", "The Thaw Years", NO),
        ("The Thaw and After", "The Thaw and After All", YES),
        ("Секретный доклад", "Secret Report", OPEN),
        ("1956", "1956: An Anthology", YES),
        ("", "Something", OPEN),
        ("…", "Something", OPEN),
    ],
)
def test_titles(ours: str, theirs: str, verdict: bool | None) -> None:
    assert likeness.titles_agree(ours, theirs) is verdict
    assert likeness.titles_agree(theirs, ours) is verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("J. Cold War Stud.", "Journal of Cold War Studies", YES),
        ("Journal of Cold War Studies", "J. Cold War Stud.", YES),
        ("The Slavic Review", "Slavic Review", YES),
        ("Slavic Review", "Slavonic Review", NO),
        ("Kritika", "Kritika: Explorations in Russian and Eurasian History", YES),
        ("Slavic Review", "Slavic Review Quarterly", NO),
        ("Вопросы истории", "Voprosy istorii", OPEN),
    ],
)
def test_containers(ours: str, theirs: str, verdict: bool | None) -> None:
    assert likeness.containers_agree(ours, theirs) is verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("12", "12", YES), ("012", "12", YES), ("XII", "12", YES), ("Vol. 12", "12", YES),
        ("no. 3", "3", YES), ("1-2", "1/2", YES), ("1–2", "1--2", YES), ("12", "21", NO),
        ("3a", "3", NO), ("", "3", OPEN), ("3", "", OPEN), ("9" * 5000, "9" * 5000, YES),
        ("n/a", "3", NO), ("II-III", "2–3", YES),
    ],
)  # fmt: skip
def test_numbers(ours: str, theirs: str, verdict: bool | None) -> None:
    assert likeness.numbers_agree(ours, theirs) is verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("11--26", "11-26", YES), ("11–26", "11", YES), ("11", "11-26", YES),
        ("1214--26", "1214-1226", YES), ("1214--1226", "1214-26", YES), ("11--26", "12-26", NO),
        ("11--26", "11-27", NO), ("16--17, 30", "16-30", YES), ("S1--S12", "s1-s12", YES),
        ("ix--xii", "IX-XII", YES), ("11+", "11-26", YES), ("", "1", OPEN), ("1", "", OPEN),
        ("--", "1", OPEN), (",,", "1", OPEN),
    ],
)  # fmt: skip
def test_pages(ours: str, theirs: str, verdict: bool | None) -> None:
    assert likeness.pages_agree(ours, theirs) is verdict


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("Cornell University Press", "Cornell Univ. Press", YES),
        ("Cornell UP", "Cornell University Press", YES),
        ("Routledge", "Informa UK Limited", YES),
        ("Palgrave Macmillan", "Springer", YES),
        ("OUP", "Oxford University Press", YES),
        ("Oxford University Press", "Oxford University Press (OUP)", YES),
        ("Yale University Press", "Cornell University Press", NO),
        ("University Press", "University Press Inc.", NO),
        ("Наука", "Nauka", OPEN),
    ],
)
def test_publishers(ours: str, theirs: str, verdict: bool | None) -> None:
    assert likeness.publishers_agree(ours, theirs) is verdict


@pytest.mark.parametrize(
    ("ours", "family", "given_name", "verdict"),
    [
        ("Müller", "Mueller", "A.", YES),
        ("Müller", "Muller", "", YES),
        ("van der Horn", "Horn", "Jan van der", YES),
        ("Horn", "van der Horn", "Jan", YES),
        ("Bittner", "Stephen V. Bittner", "", YES),
        ("Tolstoy", "Tolstoi", "Lev", YES),
        ("Khlevniuk", "Khlevnyuk", "Oleg", YES),
        ("Taubmann", "Taubman", "William", NO),
        ("Smith", "Jones", "Smithson", NO),
        ("Хлевнюк", "Khlevniuk", "", OPEN),
        ("Łukasz", "Lukasz", "", YES),
        ("O’Brien", "O'Brien", "", YES),
        ("", "Jones", "", OPEN),
    ],
)
def test_families(ours: str, family: str, given_name: str, verdict: bool | None) -> None:
    assert likeness.family_agrees(ours, family, given_name) is verdict


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"G{\"o}del, {\v C}apek, \'{\i}, \c{c}, \~n, \^{o}, {\aa}", "Gödel, Čapek, í, ç, ñ, ô, å"),
        (r"Stra\ss e, \O stergaard, \L{}\'od\'z, {\o}", "Straße, Østergaard, Łódź, ø"),
        (
            r"{The} {SECRET} Speech~1956 --- a \emph{tale} \& more",
            "The SECRET Speech 1956 — a tale & more",
        ),
        (r"100\% \$5 \#1 a\_b \{x\}", "100% $5 #1 a_b x"),
        (r"\unknown{x} \\ y", "x y"),
        ("{{{", ""),
    ],
)
def test_latex_is_taken_off(latex: str, text: str) -> None:
    assert without_latex(latex) == text


def test_markup_is_taken_off() -> None:
    assert without_markup("The <i>Thaw</i> &amp;lt;b&amp;gt; &amp; <scp>x</scp> 1 < 2") == (
        "The Thaw & x 1 < 2"
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_texts_can_be_compared(one: str, other: str) -> None:
    for agree in (
        likeness.titles_agree,
        likeness.containers_agree,
        likeness.numbers_agree,
        likeness.pages_agree,
        likeness.publishers_agree,
        likeness.family_agrees,
    ):
        assert agree(one, other) in {True, False, None}
        assert agree(one, one) is not False
    assert isinstance(without_latex(one), str)
    assert isinstance(without_markup(one), str)
