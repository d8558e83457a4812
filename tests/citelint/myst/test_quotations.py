"""Quotations, sentences and running text."""

from __future__ import annotations

import pytest

from tests.citelint.myst.reading import at, read


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “a b” and “c”.", ["a b", "c"]),
        ('He said "a b" and ("c").', ["a b", "c"]),
        ("Il dit « a b ». „c d“, „e f”", [" a b ", "c d", "e f"]),
        ("“a “b” c” d", ["a “b” c"]),
        ("“a ‘b’ c”, it’s ‘d’", ["a ‘b’ c"]),
        ("‘He said “b” to me’, don’t", ["He said “b” to me"]),
        ("‘a’ and “b” and don’t", ["b"]),
        ("“a\nb” c", ["a b"]),
        ("> “a\n> b” c", ["a b"]),
        ('a 5" gun and "b c"', ["b c"]),
        ('“a b" c', ["a b"]),
        ("“a b", []),
        ("a b” c", []),
        ("“a\n\nb”", []),
        ("`“a”` and $“b”$ and {ref}`“c”`", []),
        ('[x](y "a b") <b c="d e">', []),
        (":::{figure} x\n:alt: “a b”\n:::", []),
        ("# “a b”", []),
        ("[“a b”](c)", ["a b"]),
        ("“a {cite}`b` c”", ["a {cite}`b` c"]),
    ],
)
def test_quotations_are_pairs_of_marks_in_prose(text: str, quoted: list[str]) -> None:
    chapter = read(text)
    assert [quotation.text for quotation in chapter.quotations] == quoted
    for quotation in chapter.quotations:
        inner = at(chapter, quotation.span)[1:-1]
        assert inner.replace("\n> ", " ").replace("\n", " ") == quotation.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Aa. He said “b cc.”[^n] Then d.", "He said “b cc.”[^n]"),
        ("Aa. He said “b c”.[^n][^m] Then d.", "He said “b c”.[^n][^m]"),
        ("Aa. “B?” he asked.[^n] Then.", "“B?” he asked.[^n]"),
        ("He said “b”. {cite:p}`k{1}` Then d.", "He said “b”. {cite:p}`k{1}`"),
        ("He said “b”. {cite:t}`k` says d.", "He said “b”."),
        (
            "Mr. N. S. K. said “b” on p. 12 of Vol. 3. Then.",
            "Mr. N. S. K. said “b” on p. 12 of Vol. 3.",
        ),
        ("A “bb. Cc. D” ee. F.", "A “bb. Cc. D” ee."),
        ("A “b”", "A “b”"),
        ("“b”! (C.)", "“b”!"),
        ("Said “b” `x. Y`. Z.", "Said “b” `x. Y`."),
    ],
)
def test_a_sentence_takes_along_what_closes_it(text: str, sentence: str) -> None:
    chapter = read(text)
    assert [at(chapter, q.sentence_span) for q in chapter.quotations] == [sentence]


def test_running_text_stands_in_its_place() -> None:
    text = "a {cite}`b` `c` {ref}`d` [e](http://f.g)[^h] https://i.j/k.\n\n```\nl\n```\n"
    chapter = read(text)
    assert len(chapter.prose) == len(text)
    assert [index for index, c in enumerate(chapter.prose) if c.isascii() and c.isalpha()] == [
        text.index("a"),
        text.index("e]"),
    ]
    assert chapter.prose.rstrip().endswith(".")


def test_paragraphs_know_their_note() -> None:
    chapter = read("a\n\n- b\n\n| c |\n|---|\n| d |\n\n[^n]: e\n\n    f\n")
    found = [(at(chapter, p.span), p.note) for p in chapter.paragraphs]
    assert found == [("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", "n"), ("f", "n")]
