"""The directive ``data-figure`` in real builds of a tiny book."""

from __future__ import annotations

import os
import pickle
import zipfile
from typing import TYPE_CHECKING

import lxml.html
import pikepdf
import pytest
from docutils import nodes

from speechbook.building.book import Build, prepare
from speechbook.building.steps import Steps
from speechbook.cli import main
from speechbook.sphinxext import figures
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from speechbook.building.paths import BookPaths

PAGE = "chapters/01-first"
DATA = """# A figure for the tests.
drawing = "shares"
title = "Votes"
alt = "One field of marks."
caption = "How *they* voted; told by {cite:p}`taubman2003`."
sources = "{cite:p}`tromly2004`."

[[whole]]
name = "all"
total = 5
headline = "3 of 5"
statement = "voted for it"
columns = 5
citekey = "tromly2004"

[[part]]
of = "all"
count = 3
label = "for"
mark = "full"
citekey = "tromly2004"

[[part]]
of = "all"
count = 2
label = "against"
mark = "speck"
citekey = "tromly2004"
"""
ALT = "One field of marks. 3 of 5 voted for it: 3 for, 2 against; 5 in all."
CAPTION = "How they voted; told by Taubman, Khrushchev."
LEGEND = "Sources: Tromly, “Leningrad Affair”. Drawn for this book; CC\xa0BY\xa04.0."


def with_figure(paths: BookPaths, fence: str = "```{data-figure} votes\n```") -> BookPaths:
    """Add a figure and a reference to it to the tiny book's first chapter."""
    (paths.docs / "data").mkdir(exist_ok=True)
    data_file(paths).write_text(DATA, encoding="utf-8")
    page = paths.docs / f"{PAGE}.md"
    text = page.read_text(encoding="utf-8")
    added = f"See {{numref}}`fig-votes`.\n\n{fence}\n\n## A section"
    page.write_text(text.replace("## A section", added), encoding="utf-8")
    return paths


def data_file(paths: BookPaths) -> Path:
    return paths.docs / "data" / "votes.toml"


def drawing(paths: BookPaths) -> Path:
    return paths.build / "figures" / "votes.svg"


def change_data(paths: BookPaths, old: str, new: str) -> None:
    text = data_file(paths).read_text(encoding="utf-8")
    assert old in text
    data_file(paths).write_text(text.replace(old, new), encoding="utf-8")


def build_of(paths: BookPaths) -> Build:
    return prepare(paths, Steps(quiet=True))


def figure_in(page: bytes) -> HtmlElement:
    document = lxml.html.document_fromstring(page, lxml.html.HTMLParser(encoding="utf-8"))
    (figure,) = document.xpath("//figure")
    return figure


def words_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split(" "))


def figure_of_site(paths: BookPaths) -> HtmlElement:
    return figure_in((build_of(paths).html() / f"{PAGE}.html").read_bytes())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BookPaths:
    """Build all three formats of a book with a figure."""
    paths = with_figure(make_tiny_book(tmp_path_factory.mktemp("figures")))
    build_of(paths).assemble()
    return paths


def assert_is_the_figure(figure: HtmlElement) -> None:
    (image,) = figure.xpath(".//img")
    assert image.get("alt") == ALT
    assert image.get("src").endswith("votes.svg")
    words = words_of(figure)
    assert "1" in words.split(CAPTION)[0]
    assert CAPTION in words
    assert LEGEND in words


def test_the_site_has_number_picture_caption_and_sources(book: BookPaths) -> None:
    site = book.build / "dist" / "html"
    page = (site / f"{PAGE}.html").read_bytes()
    figure = figure_in(page)
    assert_is_the_figure(figure)
    assert figure.get("id") == "fig-votes"
    assert not figure.xpath(".//a[.//img]")
    document = lxml.html.document_fromstring(page)
    (reference,) = document.xpath("//a[@href='#fig-votes'][.//*[contains(@class, 'numref')]]")
    assert reference.text_content().endswith(" 1")
    assert (site / "_images" / "votes.svg").read_bytes() == drawing(book).read_bytes()


def test_the_epub_has_the_same(book: BookPaths) -> None:
    with zipfile.ZipFile(book.build / "dist" / "secret-speech.epub") as epub:
        (page,) = [name for name in epub.namelist() if "01-first" in name]
        (picture,) = [name for name in epub.namelist() if name.endswith("votes.svg")]
        assert_is_the_figure(figure_in(epub.read(page)))
        assert epub.read(picture) == drawing(book).read_bytes()


def test_the_pdf_has_the_same(book: BookPaths) -> None:
    with pikepdf.open(book.build / "dist" / "secret-speech.pdf") as pdf:
        alternatives = {
            str(thing["/Alt"])
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        }
    assert ALT in alternatives


def test_the_doctree_holds_no_path_of_this_machine(book: BookPaths) -> None:
    doctree = pickle.loads((book.doctrees / f"{PAGE}.doctree").read_bytes())  # noqa: S301
    (image,) = doctree.findall(nodes.image)
    assert image["uri"] == "../build/figures/votes.svg"
    assert image["candidates"] == {"*": "../build/figures/votes.svg"}
    assert str(book.root) not in " ".join(map(str, image.attributes.values()))


def test_nothing_is_written_among_the_sources(book: BookPaths) -> None:
    assert not list(book.docs.glob("**/votes*.svg"))
    assert [path.name for path in drawing(book).parent.iterdir()] == ["votes.svg"]


def test_another_folder_gives_the_same_bytes(book: BookPaths, tmp_path: Path) -> None:
    other = with_figure(make_tiny_book(tmp_path / "elsewhere" / "deep"))
    page = build_of(other).html() / f"{PAGE}.html"
    first = figure_in((book.build / "dist" / "html" / f"{PAGE}.html").read_bytes())
    assert lxml.html.tostring(figure_in(page.read_bytes())) == lxml.html.tostring(first)
    assert drawing(other).read_bytes() == drawing(book).read_bytes()


def test_colon_fence_and_own_name(tiny_book: BookPaths) -> None:
    paths = with_figure(tiny_book, ":::{data-figure} votes\n:name: fig-mine\n:::")
    page = paths.docs / f"{PAGE}.md"
    page.write_text(page.read_text("utf-8").replace("`fig-votes`", "`fig-mine`"), "utf-8")
    assert figure_of_site(paths).get("id") == "fig-mine"


def test_changed_data_is_seen(tiny_book: BookPaths) -> None:
    with_figure(tiny_book)
    assert figure_of_site(tiny_book).xpath(".//img/@alt") == [ALT]
    before = drawing(tiny_book).read_bytes()
    change_data(tiny_book, '"against"', '"in doubt"')
    assert figure_of_site(tiny_book).xpath(".//img/@alt") == [ALT.replace("against", "in doubt")]
    assert drawing(tiny_book).read_bytes() != before


def test_a_lost_drawing_is_drawn_again(tiny_book: BookPaths) -> None:
    with_figure(tiny_book)
    figure_of_site(tiny_book)
    before = drawing(tiny_book).read_bytes()
    drawing(tiny_book).unlink()
    figure_of_site(tiny_book)
    assert drawing(tiny_book).read_bytes() == before


def test_an_unchanged_drawing_is_left_alone(tiny_book: BookPaths) -> None:
    with_figure(tiny_book)
    figure_of_site(tiny_book)
    os.utime(drawing(tiny_book), (1_000_000_000, 1_000_000_000))
    page = tiny_book.docs / f"{PAGE}.md"
    page.write_text(page.read_text("utf-8") + "\nOne more.\n", "utf-8")
    figure_of_site(tiny_book)
    assert drawing(tiny_book).stat().st_mtime == 1_000_000_000


def told(paths: BookPaths, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["html", "--root", str(paths.root)]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said.splitlines()


def test_an_unknown_name_is_told_with_the_chapters_line(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    with_figure(tiny_book, "```{data-figure} vote\n:name: fig-votes\n```")
    (sentence,) = [line for line in told(tiny_book, capsys) if "data for a figure" in line]
    assert sentence.startswith("docs/chapters/01-first.md:15: ")
    assert "did you mean 'votes'" in sentence


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("total = 5", "total = = 5", 10, "cannot be read as TOML"),
        ('label = "against"\n', "", 23, "Part 2 has no label"),
        ("count = 2", "count = 1", 10, "its parts add up to 4"),
        ('"shares"', '"pie"', 2, "drawing = 'pie'"),
        ("told by {cite:p}`taubman2003`", "told by {cite:p}`taubmann2003`", 5, "'taubman2003'"),
    ],
)
def test_bad_data_is_told_with_the_datas_line(  # noqa: PLR0913, PLR0917 -- fixtures
    old: str,
    new: str,
    line: int,
    words: str,
    tiny_book: BookPaths,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with_figure(tiny_book)
    change_data(tiny_book, old, new)
    place = f"docs/data/votes.toml:{line}:"
    said = told(tiny_book, capsys)
    assert any(x.startswith(place) and words in x for x in said), said


def test_a_change_of_the_drawing_code_is_seen(
    tiny_book: BookPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_figure(tiny_book)
    figure_of_site(tiny_book)
    before = drawing(tiny_book).read_bytes()
    drawing(tiny_book).write_text("drawn by older code", encoding="utf-8")
    os.utime(drawing(tiny_book), (1_000_000_000, 1_000_000_000))
    (tmp_path / "code.py").write_text("# another line", encoding="utf-8")
    code = (*figures.files_of_code(), tmp_path / "code.py")
    monkeypatch.setattr(figures, "files_of_code", lambda: code)
    figure_of_site(tiny_book)
    assert drawing(tiny_book).read_bytes() == before
