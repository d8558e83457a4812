"""Pages of the PDF found again in the EPUB's text, and their markers."""

from __future__ import annotations

import pytest

from speechbook.epub.pagination import (
    PageStart,
    PrintedPage,
    has_running_head,
    lines_of,
    marked,
    page_starts,
    unmarked,
    words_of,
)

FILES = {
    "one.xhtml": "<html><head><title>The congress and its guests</title></head><body>"
    "<h1>The congress and its guests</h1>\n<p>In February the delegates of the party came to "
    'Moscow.<sup><a href="#n">1</a></sup> They were told to bring their cards of 1955 along.</p>'
    '\n<figure><img alt="A" src="a.svg"/><figcaption><p>A map of the hall and its many doors'
    "</p></figcaption></figure><p>What followed they <a>had not been led to expect at all by "
    "anybody</a> who was there.</p>"
    '<aside id="n"><p>They were told to bring nothing.</p></aside></body></html>',
    "two.xhtml": "<body><ul><li>Zhukov, Georgy, 3, 4</li><li>Zorin, Valerian, 4</li></ul>"
    "<p>The congress and its guests went home.</p></body>",
}


def page(label: str, *lines: str) -> PrintedPage:
    """Return a page as it is read from a PDF."""
    return PrintedPage(label, lines_of("\r\n".join(lines), label))


def text_after(start: PageStart, length: int) -> str:
    """Return what stands after a marker."""
    return FILES[start.file][start.offset : start.offset + length]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A title: the marker stands before the heading, not in its name.
        (["1", "The congress ", "and its guests", "In February"], "<h1>The congress"),
        # A running head that says the chapter's title is no place.
        (["The congress and its guests 2", "They were told to bring their cards"], "They were"),
        # A word is not torn apart, and numbers of notes do not count.
        (["ly", "gates of the party came to Moscow.1 They were"], "delegates of the"),
        # Nor is a link; the first line may belong to something else.
        (["Sources: somewhere else altogether", "been led to expect at all by "], "<a>had not"),
        # Numbers do count where they are the same in both.
        (["cards of 1955 along. What followed they had"], "cards of 1955"),
        # Alone on its page, a figure is where the page begins.
        (["A map of the hall and its many doors"], "<figure>"),
        # An index names pages here and chapters there.
        (["Zorin, Valerian, 211", "The congress and its guests went home."], "Zorin, Val"),
    ],
)
def test_page_begins_where_its_first_words_stand(lines: list[str], expected: str) -> None:
    (found,) = page_starts([page("2", *lines)], FILES)
    assert text_after(found, len(expected)) == expected


def test_pages_are_looked_for_in_their_order() -> None:
    pages = [
        page("1", "The congress and its guests", "In February the delegates"),
        page("2", ""),
        page("3", "The congress and its guests", "went home."),
    ]
    starts = page_starts(pages, FILES)
    assert [(start.label, start.file) for start in starts] == [
        ("1", "one.xhtml"),
        ("3", "two.xhtml"),
    ]


def test_notes_and_titles_of_files_are_no_running_text() -> None:
    words = [word.text for word in words_of("one.xhtml", FILES["one.xhtml"])]
    assert words[:5] == ["The", "congress", "and", "its", "guests"]
    assert words.count("guests") == 1
    assert "nothing." not in words
    assert "1" not in words


def test_running_heads_have_words_and_the_page_number() -> None:
    assert has_running_head(["iv The Secret Speech", "Text"], "iv")
    assert has_running_head(["The doctors 63", "Text"], "63")
    assert not has_running_head(["63", "The doctors"], "63")
    assert not has_running_head(["In 63 days", "Text"], "63")
    assert not has_running_head([], "63")


def test_markers_come_and_go_without_a_trace() -> None:
    starts = [PageStart("4", "one.xhtml", 10), PageStart("5", "one.xhtml", 3)]
    text = marked("<p>One two three</p>", starts)
    assert text.index('id="page-5"') < text.index("One two") < text.index('id="page-4"')
    assert 'role="doc-pagebreak" id="page-4" aria-label="4"/> three' in text
    assert unmarked(text) == "<p>One two three</p>"
    assert starts[0].address == "one.xhtml#page-4"
