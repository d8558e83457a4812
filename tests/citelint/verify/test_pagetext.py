"""From bytes to what a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citelint.verify.pagetext import decoded, readable_text, text_of_html
from tests.campaign.texts import PAGES

#: Ends whatever a piece has begun: a comment, a script, a tag and its values.
CLOSED = "--></script>\">'></p><p>last</p>"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One</p><p>two</p>", "One two"),
        ("<p>w<b>or</b>d</p>", "word"),
        ("a<br>b<br/>c", "a b c"),
        ("<td>1</td><td>2</td>", "1 2"),
        ("a<script>if (a < b) { '</p>' }</script>b", "ab"),
        ("a<style>p { color: red }</style>b<!-- c -- d -->e", "abe"),
        ("<head><title>T</title></head><body>a", "a"),
        ("<head><title>T<body>a", "a"),
        ('<a title="x > y" href=z>a</a>b', "ab"),
        ("<a title='it\\'>a</a>b", "ab"),
        ("&ldquo;a&rdquo; &#8212; &amp; &nope; &lt;p&gt;", "“a” — & &nope; <p>"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("word<sup>12</sup>, word<sup><a href='#n'>[3]</a></sup> 20<sup>th</sup> x<sup>*</sup>",
         "word, word 20th x"),
        ("a<sup>this is a long remark</sup>", "athis is a long remark"),
        ("</sup>a<sup>b", "ab"),
        ("<!DOCTYPE html><?xml x?>a<![CDATA[b]]>", "a"),
        ("per&shy;son\u200bal", "personal"),
        ("e\u0301", "é"),
        ("<p>unclosed <b attribute", "unclosed"),
        ("<svg><text>x</text></svg>a<textarea>y</textarea>", "a"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_text(page: str, text: str) -> None:
    seen = readable_text(page, "text/html")
    assert seen is not None
    assert " ".join(seen.split()) == text


@pytest.mark.parametrize(
    ("kind", "is_text"),
    [("text/html; charset=x", True), ("TEXT/HTML", True), ("application/xhtml+xml", True),
     ("text/plain", True), ("", True), ("application/pdf", False), ("image/png", False),
     ("application/json", False)],
)  # fmt: skip
def test_only_texts_are_read(kind: str, is_text: bool) -> None:
    assert (readable_text("<p>a", kind) is not None) is is_text


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b"\xef\xbb\xbfa\xc3\xa9", "text/html; charset=latin-1", "\ufeffaé"),
        ("да".encode("cp1251"), "text/html; charset=windows-1251", "да"),
        (b"<meta charset=koi8-r>" + "да".encode("koi8-r"), "text/html", "<meta charset=koi8-r>да"),
        (b"<meta content=\"text/html; charset='cp1251'\">\xe4", "", None),
        (b"\x93a\x94", "text/html; charset=iso-8859-1", "“a”"),
        (b"\x93a\x94", "text/plain", "“a”"),
        (b"caf\xc3\xa9", "text/plain; charset=ascii", "cafÃ©"),
        (b"\xff\xfea\x00", "", "\ufeffa"),
        (b"a\xff", "text/plain; charset=utf-7x", "aÿ"),
        (b"\x81\x8d\xff", "text/plain", "\ufffd\ufffdÿ"),
    ],
)
def test_bytes_become_text(body: bytes, kind: str, text: str | None) -> None:
    if text is None:
        assert decoded(body, kind).endswith("д")
    else:
        assert decoded(body, kind) == text


@pytest.mark.parametrize("piece", PAGES)
def test_a_page_that_is_hard_to_read_is_read_to_its_end(piece: str) -> None:
    page = f"<p>first</p>{PAGES[piece](1_000_000)}"
    assert text_of_html(page).split()[0].startswith("first")
    assert text_of_html(page + CLOSED).split()[-1] == "last"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/!-a\"'= &;p\n", max_size=80), st.binary(max_size=40))
def test_anything_can_be_read(page: str, body: bytes) -> None:
    assert readable_text(page, "text/html") is not None
    assert isinstance(decoded(body, "text/html; charset=utf-8"), str)
