"""The checks of a PDF's pages, on pages that break what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from speechbook.audit.pdfpages import (
    Box,
    Margins,
    PrintedPage,
    faulty_labels,
    framed_links,
    out_of_margins,
    roman,
    scant_endings,
)

if TYPE_CHECKING:
    from pathlib import Path

MARGINS = Margins(inner=20, outer=10, top=10, bottom=10)
#: Well within those margins on a page of 200 by 300 points that is bound at the left.
INSIDE = Box(60, 100, 160, 110)


def outside(*boxes: Box) -> list[str]:
    """Return the labels of pages that have one of the boxes each, where it is in a margin."""
    pages = [PrintedPage(str(n), 200, 300, (box,)) for n, box in enumerate(boxes, start=1)]
    return [label for label, _ in out_of_margins(pages, MARGINS)]


def test_text_within_the_margins_is_right() -> None:
    assert outside(INSIDE) == []


@pytest.mark.parametrize(
    "box",
    [
        Box(50, 100, 160, 110),
        Box(60, 100, 175, 110),
        Box(60, 20, 160, 30),
        Box(60, 270, 160, 280),
    ],
    ids=["left", "right", "bottom", "top"],
)
def test_text_in_a_margin_is_found(box: Box) -> None:
    assert outside(box) == ["1"]


def test_margins_change_sides_with_the_binding() -> None:
    assert outside(INSIDE, Box(30, 100, 140, 110), Box(30, 100, 140, 110)) == ["3"]


def test_labels_are_roman_then_arabic_after_a_cover() -> None:
    assert faulty_labels(["", "", "i", "ii", "iii", "iv", "1", "2"]) == ()
    assert faulty_labels(["i", "iii", "1"]) == ("iii",)
    assert faulty_labels(["i", "ii", "2", "3"]) == ("2", "3")
    assert faulty_labels(["", "i", "", "1"]) == ("",)


def test_roman_numerals() -> None:
    said = {1: "i", 4: "iv", 9: "ix", 14: "xiv", 18: "xviii", 39: "xxxix"}
    assert {number: roman(number) for number in said} == said


@pytest.mark.parametrize(
    ("entries", "pages"),
    [
        ({"/Border": [0, 0, 0]}, ()),
        ({"/Border": [0, 0, 1]}, (1,)),
        ({}, (1,)),
        ({"/BS": {"/W": 0}}, ()),
        ({"/BS": {"/S": "/U"}}, (1,)),
    ],
)
def test_frames_of_links_are_found(
    tmp_path: Path, entries: dict[str, object], pages: tuple[int, ...]
) -> None:
    link = pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link})
    for name, value in entries.items():
        link[name] = pikepdf.Dictionary(value) if isinstance(value, dict) else pikepdf.Array(value)  # type: ignore[arg-type]
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0]["/Annots"] = pikepdf.Array([link])
        pdf.save(tmp_path / "a.pdf")
    assert framed_links(tmp_path / "a.pdf") == pages


def page_of(lines: int) -> PrintedPage:
    """Return a page with some lines of text, each in two pieces."""
    boxes = [
        Box(left, 500 - 13 * line, left + 90, 510 - 13 * line)
        for line in range(lines)
        for left in (50, 150)
    ]
    return PrintedPage("", 420, 595, tuple(boxes))


def test_a_last_page_with_a_few_lines_is_found_and_a_blank_back_passed_by() -> None:
    pages = [page_of(n) for n in (30, 3, 0, 30, 12, 4)]
    assert list(scant_endings(pages, [0, 3, 5], 5)) == [(1, 3)]
    assert list(scant_endings(pages, [0, 3, 4], 5)) == [(1, 3), (5, 4)]
