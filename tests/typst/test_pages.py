"""Papers, tables, and text that fits no line or page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.typst.conftest import Built

    Make = Callable[..., Built]

LONG = "An ordinary sentence of the book that says nothing much. "


@pytest.mark.parametrize(
    ("paper", "size"), [("a5", (420, 595)), ("a4", (595, 842)), ("letter", (612, 792))]
)
def test_papers(make: Make, paper: str, size: tuple[int, int]) -> None:
    built = make("# T\n\nText.\n", typst_paper=paper)
    with built.opened() as pdf:
        sizes = {(round(float(p.mediabox[2])), round(float(p.mediabox[3]))) for p in pdf.pages}
    assert sizes == {size}


def text_boxes(built: Built) -> list[tuple[float, float, float, float]]:
    """Give left, bottom, right, top of all text of all pages, in points."""
    document = pypdfium2.PdfDocument(built.path)
    boxes = []
    for page in document:
        text = page.get_textpage()
        boxes += [text.get_rect(i) for i in range(text.count_rects())]
    return boxes


def assert_inside_margins(built: Built) -> None:
    with built.opened() as pdf:
        right, top = (float(pdf.pages[0].mediabox[i]) for i in (2, 3))
    for box in text_boxes(built):
        assert box[0] > 28, box
        assert box[1] > 20, box
        assert box[2] < right - 28, box
        assert box[3] < top - 20, box


def test_a_wide_table_stays_within_the_margins(make: Make) -> None:
    columns = 9
    head = "| " + " | ".join(f"Heading {n}" for n in range(columns)) + " |\n"
    rule = "|" + "---|" * columns + "\n"
    rows = ("| " + " | ".join(["Some words in a cell"] * columns) + " |\n") * 40
    built = make(f"# T\n\n{head}{rule}{rows}")
    assert_inside_margins(built)
    with built.opened() as pdf:
        assert b"/THead" in _all_bytes(pdf)


def _all_bytes(pdf: pikepdf.Pdf) -> bytes:
    return b"".join(
        b"/" + str(o.S)[1:].encode() + b" "
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and "/S" in o and isinstance(o.S, pikepdf.Name)
    )


def test_long_words_addresses_and_code_stay_within_the_margins(make: Make) -> None:
    address = "https://example.org/" + "a-very-long-path/" * 12 + "x" * 150
    code = "x = '" + "y" * 200 + "'"
    built = make(
        f"# T\n\n{'Donaudampfschifffahrt' * 8}\n\n<{address}>\n\n```\n{code}\n```\n\n"
        f"`{'z' * 120}`\n\n| A | B |\n|---|---|\n| {'w' * 120} | b |\n"
    )
    assert_inside_margins(built)
    squeezed = "".join(built.pages).replace("\r", "").replace("\n", "").replace("\u200b", "")
    assert "y" * 200 in squeezed.replace("\x02", "")
    assert "z" * 120 in squeezed.replace("\x02", "")


def test_a_tall_picture_is_made_to_fit(make: Make) -> None:
    size = 'width="100" height="9000"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size}/></svg>'
    built = make("# T\n\n:::{figure} d.svg\n:alt: A bar\n\nA caption.\n:::\n", {"d.svg": svg})
    page = built.pages[built.page_with("A caption.")]
    assert "A caption." in page
    assert_inside_margins(built)


def test_headings_do_not_end_a_page(make: Make) -> None:
    sections = "".join(f"## Section {n}\n\n{LONG * (3 + n % 5)}\n\n" for n in range(60))
    built = make(f"# T\n\n{sections}")
    for page in built.pages:
        lines = [line for line in page.split("\r\n") if line.strip()]
        body = lines[:-1] if lines and lines[-1].isdigit() else lines
        assert not body or not body[-1].startswith("Section "), body[-1]


def test_a_small_table_stays_in_one_piece(make: Make) -> None:
    rows = "".join(f"| row {n} | value |\n" for n in range(8))
    for filler in range(10, 26, 3):
        built = make(f"# T\n\n{(LONG * 3 + chr(10) * 2) * filler}\n\n| A | B |\n|--|--|\n{rows}")
        assert built.page_with("row 0") == built.page_with("row 7")


def test_a_long_table_repeats_its_header(make: Make) -> None:
    rows = "".join(f"| row {n} | value |\n" for n in range(90))
    built = make(f"# T\n\n| Topmost | B |\n|--|--|\n{rows}")
    assert sum("Topmost" in page for page in built.pages) == len(
        [page for page in built.pages if "row " in page]
    )


def test_index_columns_are_balanced_and_nothing_is_lost(make: Make) -> None:
    words = [f"{chr(97 + n % 26)}entry {n}" for n in range(260)]
    entries = "".join(f"```{{index}} single: {word}\n```\n\n" for word in words)
    built = make(
        f"# T\n\n{entries}Text.\n",
        {
            "index.md": "# B\n\n```{toctree}\n:numbered: 1\n\nchapter\n```\n\n"
            "```{toctree}\n\ngenindex\n```\n"
        },
    )
    for word in words:
        assert f"{word}, 1" in built.text
    document = pypdfium2.PdfDocument(built.path)
    last = document[len(document) - 1].get_textpage()
    width = 420 / 2
    boxes = [last.get_rect(i) for i in range(last.count_rects())]
    columns = [
        [b for b in boxes if (b[0] > width) == side and b[3] < 540] for side in (False, True)
    ]
    foot = [min(box[1] for box in column) for column in columns]
    assert abs(foot[0] - foot[1]) < 30
