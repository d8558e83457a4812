"""What counts as word for word, and where a quotation and its source part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citelint.verify.passages import nearest
from citelint.verify.wording import Words, find, pieces_of, printed_alike
from tests.campaign.texts import MISSING, QUOTATIONS, SOURCES

SOURCE = """Comrades! In the report of the Central Committee of the party at the 20th Congress, in a
number of speeches by delegates to the Congress, as also formerly during the plenary CC/CPSU
[Central Committee of the Communist Party of the Soviet Union] sessions, quite a lot has been said
about the cult of the individual and about its harmful conse-
quences. After Stalin’s death, the Central Committee began to implement a policy of explaining
concisely and consistently that it is impermissible and foreign to the spirit of Marxism–Leninism
to elevate one person, to transform him into a superman possessing supernatural characteristics,
akin to those of a god. Such a man supposedly knows everything, sees everything, thinks for
everyone, can do anything, is infallible in his behavior. The vote was 1,059 to 1.5, that is 98%.
"""
WORDS = Words(SOURCE)


def is_found(quotation: str, source: Words = WORDS) -> bool:
    """Say whether a quotation is found word for word."""
    pieces = pieces_of(quotation, 0, len(quotation))
    return find(quotation, pieces, source) is not None


@pytest.mark.parametrize(
    "quotation",
    [
        "quite a lot has been said about the cult of the individual",
        "Quite a lot has been said about the cult of the individual.",
        "“After Stalin's death,” the Central Committee",
        "foreign to the spirit of Marxism-Leninism",
        "foreign to the spirit of Marxism — Leninism",
        "its harmful consequences",
        "its  harmful\n> consequences",
        "the spirit of Marx\u00adism–Leninism",
        "sees everything, *thinks* for everyone, can do anything",
        "Such a man … is infallible in his behavior",
        "Such a man ... is infallible in his behavior",
        "Such a man . . . is infallible in his behavior",
        "Such a man [...] is infallible in his behavior",
        "Such a man \\[…\\] is infallible in his behavior",
        "Such a man (…) is infallible in his behavior",
        "… to elevate one person … akin to those of a god. …",
        "[T]he Central Committee began to implement a policy",
        "[Q]uite a lot has been said",
        "to transform [Stalin] into a superman",
        "to transform him [Stalin] into a superman",
        "to transform \\[Stalin\\] into a superman",
        "[he] supposedly knows everything, see[ing] everything, thinks for everyone",
        "to elevate one person [sic], to transform him",
        "CC/CPSU [Central Committee of the Communist Party of the Soviet Union] sessions",
        "The vote was 1,059 to 1.5",
        "Comrades! […] Such a man […] is infallible […] 98%",
        "",
        "…",
    ],
)
def test_what_is_word_for_word(quotation: str) -> None:
    expected = any(character.isalnum() for character in quotation)
    assert is_found(quotation) is expected


@pytest.mark.parametrize(
    "quotation",
    [
        "quite a lot has been said about the cult of personality",
        "quite a lot was said about the cult of the individual",
        "said about cult of the individual",
        "is infallible in his behavior … Such a man",
        "to elevate one person, to transform him into a superman akin to those of a god",
        "uperman possessing supernatural",
        "a superman possessing super",
        "to elevate [anyone whom the committee had chosen for this] one man",
        "Such a man [knows everything and] is infallible in his behavior",
        "The vote was 1059",
        "The vote was 1,059 to 15",
        "Such a man … is fallible",
    ],
)
def test_what_is_not(quotation: str) -> None:
    assert not is_found(quotation)


@pytest.mark.parametrize(
    ("source", "quotation"),
    [
        ("Партия ещё не всё сказала", "партия еще не все сказала"),
        ("Zürich und Łódź", "zu\u0308rich und Lodz"),
        ("the of\ufb01ce was ﬂooded", "The office was flooded"),
        ("党内个人崇拜问题", "个人崇拜"),
        ("per-\n  sonality cult", "Personality cult"),
        ("well-known facts", "well known facts"),
    ],
)
def test_writing_differs_where_words_do_not(source: str, quotation: str) -> None:
    assert is_found(quotation, Words(source))


@pytest.mark.parametrize(
    ("quotation", "alike"),
    [
        ("After Stalin's death, the Central Committee began", True),
        ("after Stalin’s death, the central committee began", False),
        ("After Stalin’s death the Central Committee began", False),
        ("its harmful consequences", True),
        ("its *harmful* consequences.", True),
        ("the spirit of Marxism - Leninism", True),
        ("Such a man … sees everything; thinks for everyone", False),
    ],
)
def test_capitals_and_punctuation(quotation: str, alike: bool) -> None:
    pieces = pieces_of(quotation, 0, len(quotation))
    found = find(quotation, pieces, WORDS)
    assert found is not None
    shown = [
        printed_alike(quotation, piece, WORDS, span)
        for piece, span in zip(pieces, found.spans, strict=True)
    ]
    assert all(shown) is alike


@pytest.mark.parametrize(
    ("quotation", "at", "ours", "theirs"),
    [
        ("quite a lot has been said about the cult of personality", "personality",
         "personality", "the individual"),
        ("the Central Party began to implement a policy of explaining", "Party",
         "Party", "Committee"),
        ("it is impermissible and very foreign to the spirit of Marxism", "very", "very", ""),
        ("it is impermissible foreign to the spirit of Marxism", "foreign", "", "and"),
        ("Nevertheless such a man supposedly knows everything, sees everything", "Nevertheless",
         "Nevertheless", "of a god"),
    ],
)  # fmt: skip
def test_the_first_word_that_differs(quotation: str, at: str, ours: str, theirs: str) -> None:
    words = Words(quotation)
    found = nearest(words, WORDS)
    start, end = words.spans[found.word]
    assert quotation[start:end] == at
    assert found.ours == ours
    assert found.theirs in theirs
    assert found.share >= 0.6


def test_nothing_near_has_a_small_share() -> None:
    found = nearest(Words("completely unrelated vocabulary concerning zebras"), WORDS)
    assert found.share < 0.3
    assert nearest(Words("zebras"), WORDS).share == 0


def test_the_nearest_passage_is_the_best_of_many() -> None:
    filler = "the party and the people of the union said that the plan was the best of the plans. "
    source = Words(filler * 300 + SOURCE + filler * 300)
    found = nearest(Words("a lot has been said of the cult of the individual"), source)
    assert found.passage == "a lot has been said about the cult of the individual"
    assert (found.ours, found.theirs) == ("of", "about")


@pytest.mark.parametrize("piece", QUOTATIONS)
def test_a_quotation_of_marks_alone_comes_to_its_end(piece: str) -> None:
    assert not is_found(QUOTATIONS[piece](100_000) + "xyz")


def test_a_quotation_of_scattered_words_is_not_in_a_long_source() -> None:
    source = Words(SOURCES["a long source"](600_000))
    assert not is_found(MISSING, source)
    nearest(Words(MISSING), source)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_run_of_whole_words_is_found(data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(WORDS.spans) - 1))
    last = data.draw(st.integers(first, len(WORDS.spans) - 1))
    run = SOURCE[WORDS.spans[first][0] : WORDS.spans[last][1]]
    if "[" not in run and "]" not in run:
        assert is_found(run)
        assert is_found(run.upper())
        assert is_found(" ".join(run.split()))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_word_is_found_and_named(data: st.DataObject) -> None:
    words = [SOURCE[a:b] for a, b in WORDS.spans]
    first = data.draw(st.integers(0, len(words) - 9))
    run = words[first : first + 9]
    changed = data.draw(st.integers(0, 8))
    quotation = Words(" ".join([*run[:changed], "zebra", *run[changed + 1 :]]))
    assert not is_found(quotation.text)
    found = nearest(quotation, WORDS)
    assert quotation.forms[found.word] == "zebra"
    assert found.matched == 8
    assert (found.ours, found.theirs.split()[-1]) == ("zebra", run[changed])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .…[]\\-’1,\u0301\ue003\n", max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(quotation: str, source: str) -> None:
    words = Words(source)
    pieces = pieces_of(quotation, 0, len(quotation))
    found = find(quotation, pieces, words)
    if found:
        spans = list(found.spans)
        assert spans == sorted(spans)
        assert len(spans) == len(pieces)
    if WORDS.spans and Words(quotation).spans:
        assert 0 <= nearest(Words(quotation), words).share <= 1
