"""The pages made from the story's tables, in the real book."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from speechbook.building.paths import BookPaths
from speechbook.counting import report
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from speechbook.audit.pages import Page
    from tests.book.conftest import BuiltBook

DOCS = REPOSITORY / "docs"
DATA = DOCS / "data"
NOT_TEXT = ".//aside | .//em | .//code | .//a[not(contains(@class, 'story'))] | .//figure"


def rows(name: str, table: str) -> list[dict[str, Any]]:
    """Return the rows of a data file as TOML has them."""
    found: list[dict[str, Any]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[table]
    return found


def article(book: BuiltBook, docname: str) -> HtmlElement:
    """Return a page's article."""
    html = (book.dist / "html" / f"{docname}.html").read_bytes()
    (found,) = lxml.html.fromstring(html).xpath("//article")
    return found


def running_text(chapter: HtmlElement) -> str:
    """Return what a chapter's paragraphs say, without notes, titles of works and links."""
    for element in chapter.xpath(NOT_TEXT):
        element.drop_tree()
    return "\n".join(p.text_content() for p in chapter.xpath(".//p"))


@pytest.fixture(scope="module")
def chapters(book: BuiltBook) -> dict[str, str]:
    """Return the running text of each chapter by its number."""
    names = sorted(path.stem for path in (DOCS / "chapters").glob("*.md"))
    texts = [running_text(article(book, f"chapters/{name}")) for name in names]
    return {str(number): text for number, text in enumerate(texts, start=1)}


def naming(row: dict[str, Any], others: list[str], chapters: dict[str, str]) -> list[str]:
    """Return the numbers of the chapters that name a row, found without the book's finder."""
    apart = [*row.get("apart", ()), *(o for o in others if o not in row["mentions"])]
    longer = [o for o in apart if any(form in o for form in row["mentions"])]
    found = []
    for number, text in chapters.items():
        for words in sorted(longer, key=len, reverse=True):
            text = re.sub(rf"(?<![\w-]){re.escape(words)}(?![\w-])", "", text)  # noqa: PLW2901
        if any(re.search(rf"(?<![\w-]){re.escape(f)}(?![\w-])", text) for f in row["mentions"]):
            found.append(number)
    return found


@pytest.mark.parametrize(("page", "table"), [("people", "person"), ("places", "place")])
def test_every_row_is_listed_with_the_chapters_that_name_it(
    book: BuiltBook, chapters: dict[str, str], page: str, table: str
) -> None:
    people, places = rows("people", "person"), rows("places", "place")
    forms = [form for row in (*people, *places) for form in row["mentions"]]
    shown = article(book, f"back/{page}")
    for row in {"person": people, "place": places}[table]:
        (term,) = shown.xpath(f".//dt[@id='{table}-{row['slug']}']")
        (where,) = term.getnext().xpath(".//p[contains(@class, 'where')]")
        numbers = re.match(r"Chapters? ([\d, ]+)\.", where.text_content())
        assert numbers, row["slug"]
        assert numbers[1].split(", ") == naming(row, forms, chapters), row["slug"]


def test_there_are_as_many_people_and_events_as_a_reader_was_promised() -> None:
    assert len(rows("people", "person")) >= 50
    assert len(rows("events", "event")) >= 75
    native = [row for row in rows("people", "person") if "native" in row]
    assert len(native) >= 50


def test_every_first_mention_leads_to_its_row_and_back(book: BuiltBook) -> None:
    anchors = {
        page: set(article(book, f"back/{page}").xpath(".//dt/@id")) for page in ("people", "places")
    }
    for path in sorted((DOCS / "chapters").glob("*.md")):
        links = article(book, f"chapters/{path.stem}").xpath(".//a[contains(@class, 'story')]")
        targets = [link.get("href") for link in links]
        assert len(targets) == len(set(targets)), path.stem
        for target in targets:
            page, _, anchor = target.removeprefix("../back/").partition(".html#")
            assert anchor in anchors[page], target


def test_every_event_is_in_the_chronology(book: BuiltBook, epub_pages: dict[str, Page]) -> None:
    shown = article(book, "back/chronology").text_content()
    events = rows("events", "event")
    assert [event["words"] for event in events if event["words"] not in shown] == []
    assert len(article(book, "back/chronology").xpath(".//dt")) == len(events)
    told = "\n".join(epub_pages["back/chronology"].blocks)
    assert [event["words"] for event in events if event["words"] not in told] == []


def test_the_article_has_thirty_two_notes_and_what_is_left_of_them(book: BuiltBook) -> None:
    notes = rows("article-notes", "note")
    assert [note["number"] for note in notes] == list(range(1, 33))
    left = [note["survived"] for note in notes]
    counts = [left.count(kind) for kind in ("nothing", "string", "and", "ibid", "work")]
    assert counts == [15, 8, 1, 1, 7]  # as the preface says in words
    identifiers = article(book, "back/article-notes").xpath(".//dt/@id")
    assert [f"article-note-{number}" for number in range(1, 33)] == identifiers[:32]


def test_every_fault_is_settled_where_the_appendix_says(book: BuiltBook) -> None:
    faults = rows("article-faults", "fault")
    assert len(faults) == 57
    texts = {
        label: path.read_text("utf-8")
        for path in DOCS.rglob("*.md")
        for label in re.findall(r"^\(([\w-]+)\)=$", path.read_text("utf-8"), re.MULTILINE)
    }
    lost = [f["identifier"] for f in faults if f["words"] not in texts[f["chapters"][0]]]
    assert lost == []
    shown = article(book, "back/article-notes").text_content()
    assert [f["identifier"] for f in faults if f["instead"] not in shown] == []


def test_counts_on_the_page_agree_with_the_command_and_with_the_site(
    book: BuiltBook, site_pages: dict[str, Page]
) -> None:
    cells = [cell.text_content() for cell in article(book, "back/evidence").xpath(".//td")]
    page = dict(zip(map(str.lower, cells[::2]), cells[1::2], strict=True))
    lines = report(BookPaths(REPOSITORY)).rpartition("\n\n")[2].splitlines()
    assert page == {name: number for number, name in (line.split(maxsplit=1) for line in lines)}
    notes = sum(len(each.notes) for each in site_pages.values())
    works = article(book, "back/bibliography").xpath(".//ul[contains(@class, 'bibliography')]/li")
    assert page["notes"] == str(notes)
    assert page["works cited"] == str(len(works))


def test_every_locator_of_the_article_alone_is_listed(book: BuiltBook) -> None:
    unseen = [row for row in rows("evidence", "locator") if row["seen"] == "article"]
    (items,) = article(book, "back/evidence").xpath(
        ".//section[@id='what-rests-on-the-article-alone']/ul"
    )
    shown = [item.text_content() for item in items]
    assert len(shown) == len(unseen) > 0
    assert all("not seen]" in words for words in shown)


def test_colophon_names_the_edition_in_site_and_epub(
    book: BuiltBook, epub_pages: dict[str, Page]
) -> None:
    (first, *_) = article(book, "back/colophon").xpath("./*/p")
    words = " ".join(first.text_content().split())
    assert re.match(r"The Secret Speech, version \S+ of \d+ [A-Z][a-z]+ \d{4}", words)
    assert words in [" ".join(b.split()) for b in epub_pages["back/colophon"].blocks]
