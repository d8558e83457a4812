"""Figures of a PDF told apart by their looks."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from speechbook.audit.drawings import Drawing, differing, grey, likeness, picture, pictures_of

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">'
    b'<rect width="90" height="90" fill="#fff"/><circle cx="45" cy="45" r="30"/></svg>'
)


def circle(radius: int) -> Image.Image:
    """Return a black circle on a white square."""
    image = Image.new("L", (300, 300), 255)
    ImageDraw.Draw(image).ellipse((150 - radius, 150 - radius, 150 + radius, 150 + radius), fill=0)
    return image


def test_svg_looks_like_itself_drawn_by_another_program() -> None:
    assert likeness(picture("circle.svg", SVG), grey(circle(100))) > 0.98


def test_pictures_of_one_shade_are_alike_only_if_the_shade_is_the_same() -> None:
    white, black = (255,) * 9, (0,) * 9
    assert likeness(white, white) == 1
    assert likeness(white, black) == 0
    assert likeness(white, (*black[1:], 255)) == 0


def test_only_the_figure_with_another_drawing_is_found() -> None:
    pictures = {"A circle": grey(circle(100)), "A point": grey(circle(20))}
    right = Drawing(3, "A circle", grey(circle(101)))
    wrong = Drawing(4, "A point", grey(circle(100)))
    (sentence,) = differing([right, wrong], pictures)
    assert "page 4" in sentence
    assert "A point" in sentence


def test_pictures_are_found_by_the_pages_that_show_them() -> None:
    page = (
        b'<html xmlns="http://www.w3.org/1999/xhtml"><img src="../i/a.png" alt="A circle"/></html>'
    )
    stored = io.BytesIO()
    circle(100).save(stored, "PNG")
    files = {"chapters/one.xhtml": page, "i/a.png": stored.getvalue()}
    assert pictures_of(files) == {"A circle": grey(circle(100))}
