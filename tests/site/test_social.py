"""The drawn pictures for sites that show a card of a link."""

from __future__ import annotations

import io

from PIL import Image

from speechbook.site.social import HEIGHT, WIDTH, Words, alternative_text, draw

BOOK = Words("The Book", "", "", "The Book", "What it is")
CHAPTER = Words("The Book", "Part II", "9", "A hall", "")
LONG = Words("The Book", "Part II", "10", "A title that goes on about its matter " * 5, "")
ACCENT, PAPER = (138, 28, 28), (255, 253, 250)


def test_pictures_have_the_size_that_sites_ask_for_and_words_on_paper() -> None:
    for content in draw([BOOK, CHAPTER, LONG]):
        image = Image.open(io.BytesIO(content)).convert("RGB")
        assert image.size == (WIDTH, HEIGHT)
        assert image.getpixel((0, 0)) == ACCENT
        # Nothing runs over the margins.
        margin = image.crop((WIDTH - 79, 20, WIDTH, HEIGHT))
        assert {colour for _, colour in margin.getcolors() or []} == {PAPER}
        foot = image.crop((0, HEIGHT - 50, WIDTH, HEIGHT))
        assert {colour for _, colour in foot.getcolors() or []} == {PAPER}


def test_same_words_make_the_same_bytes_and_others_do_not() -> None:
    first, again, other = draw([CHAPTER])[0], draw([CHAPTER])[0], draw([BOOK])[0]
    assert first == again
    assert first != other
    assert draw([BOOK, CHAPTER])[1] == first
    assert draw([]) == ()


def test_alternative_says_what_is_written() -> None:
    assert alternative_text(CHAPTER).startswith("9. A hall. Below, ")
    assert alternative_text(BOOK).startswith("The Book. What it is. Below, ")
