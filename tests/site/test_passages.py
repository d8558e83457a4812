"""A page's text as the search finds it."""

from __future__ import annotations

from speechbook.site.passages import Passage, passages_of


def test_paragraph_keeps_its_sentences_and_leaves_out_note_marks() -> None:
    body = (
        '<p id="p-1">He rose.<a class="footnote-reference" href="#n">1</a>\n'
        'He <em>spoke</em> &amp; sat.<a class="headerlink" href="#p-1">§</a></p>'
    )
    assert passages_of(body) == (Passage("p-1", "p", ("He rose.", "He spoke & sat.")),)


def test_passage_without_an_identifier_is_reached_by_what_holds_it() -> None:
    body = '<section id="s"><h2>Part</h2><ul><li>One<ul><li>Two</li></ul></li></ul></section>'
    assert passages_of(body) == (
        Passage("s", "h", ("Part",)),
        Passage("s", "i", ("One",)),
        Passage("s", "i", ("Two",)),
    )


def test_row_and_note_are_one_passage_each() -> None:
    body = (
        "<table><tr><td><p id='p-1'>1953</p></td>\n<td><p id='p-2'>Death</p></td></tr></table>"
        '<aside class="footnote" id="n"><span class="label">1</span>\n<p>A.</p>\n<p>B.</p></aside>'
    )
    assert passages_of(body) == (
        Passage("p-1", "r", ("1953", "Death")),
        Passage("n", "n", ("A.", "B.")),
    )


def test_what_is_no_text_of_the_book_is_left_out() -> None:
    body = '<div popover id="x"><p>Card</p></div><p class="where">Chapter 1</p><svg><p>a</p></svg>'
    assert passages_of(body) == ()


def test_void_and_unclosed_elements_do_no_harm() -> None:
    body = '<h1 id="t">A<br>B</h1><p id="p-1">One<p id="p-2">Two</p></div><p id="p-3">Three</p>'
    texts = [passage.lines for passage in passages_of(body)]
    assert texts == [("AB",), ("One",), ("Two",), ("Three",)]
