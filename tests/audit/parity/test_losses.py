"""One loss planted in one format of a book: each is found, and nothing is found without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from speechbook.audit.parity.command import differences
from speechbook.audit.parity.pages import epub, read_pages, site
from tests.audit.parity.conftest import Made, pdf_with

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST, SECOND = "chapters/01-first", "chapters/02-second"


@dataclass(frozen=True)
class Loss:
    """A change in a finished page: a pattern, what takes its place, a word of the finding."""

    name: str
    page: str
    pattern: str
    instead: str
    said: str


#: What can be lost from a page, of the site and of the EPUB alike.
LOSSES = (
    Loss("paragraph dropped", FIRST, r"<p[^>]*>The last paragraph.*?</p>", "", "words"),
    Loss("word dropped", FIRST, r"The last paragraph", "The paragraph", "words"),
    Loss("heading dropped", FIRST, r"<h2[^>]*>(?:<[^>]*>)*A section.*?</h2>", "", "words"),
    Loss(
        "heading made a paragraph",
        FIRST,
        r"<h2[^>]*>((?:<[^>]*>)*A section.*?)</h2>",
        r"<p>\1</p>",
        "kind",
    ),
    Loss("item dropped", FIRST, r"<li[^>]*>\s*<p[^>]*>The first item\.</p>\s*</li>", "", "words"),
    Loss(
        "item out of its list",
        FIRST,
        r"<li[^>]*>\s*(<p[^>]*>The first.*?)</li>",
        r"</ul>\1<ul>",
        "kind",
    ),
    Loss("emphasis dropped", FIRST, r"<em>stressed</em>", "stressed", "emphasis"),
    Loss("strong type dropped", FIRST, r"<strong>strong</strong>", "strong", "emphasis"),
    Loss("language dropped", FIRST, r'(<span[^>]*?) (?:xml:)?lang="ru"', r"\1", "languages"),
    Loss("quotation dropped", FIRST, r"<blockquote.*?</blockquote>", "", "words"),
    Loss("attribution dropped", FIRST, r"<p class=\"attribution\">.*?</p>", "", "words"),
    Loss(
        "mark of a note dropped",
        FIRST,
        r"(quiet\.”)((?:<sup[^>]*>)?<a.*?</a>)",
        r"\1",
        "notes attached",
    ),
    Loss(
        "mark at another place",
        FIRST,
        r"met\.((?:<sup[^>]*>)?<a.*?</a>(?:</sup>)?)",
        r"\1met.",
        "notes attached",
    ),
    Loss("note dropped", FIRST, r'<aside class="footnote[^>]*id="more".*?</aside>', "", "words"),
    Loss("note emptied", FIRST, r"A note at the end: ", "", "words"),
    Loss("locator dropped", FIRST, r", 710", "", "words"),
    Loss("citation to another entry", FIRST, r"(#work-\d+-)tromly2004", r"\1taubman2003", "works"),
    Loss(
        "link out lost",
        FIRST,
        r"https://archive\.example/page",
        "https://archive.example/",
        "links",
    ),
    Loss("picture dropped", FIRST, r"<img[^>]*map[^>]*>", "", "picture"),
    Loss("alternative emptied", FIRST, r'alt="A map of the hall"', 'alt=""', "picture"),
    Loss("caption dropped", FIRST, r"The hall as it was\.", "", "words"),
    Loss("row dropped", SECOND, r"<tr[^>]*>\s*<td>(?:<p[^>]*>)?1956.*?</tr>", "", "words"),
    Loss("cells exchanged", SECOND, r">41<", ">14<", "words"),
    Loss(
        "head cell made a cell",
        SECOND,
        r"<th( [^>]*)?>((?:<p[^>]*>)?Year.*?)</th>",
        r"<td>\2</td>",
        "kind",
    ),
    Loss("glossary term dropped", "back/glossary", r"<dt.*?</dt>", "", "words"),
    Loss(
        "explanation dropped",
        "back/glossary",
        r"(<p[^>]*>)The inner circle",
        r"\1The circle",
        "words",
    ),
    Loss("entry dropped", "back/bibliography", r"Benjamin", "", "words"),
    Loss("title changed", SECOND, r"(<h1.*?)second", r"\1third", "chapter"),
    Loss("index term dropped", "genindex", r"Khrushchev, Nikita", "", "index"),
)


def changed(files: Mapping[str, bytes], loss: Loss) -> dict[str, bytes]:
    """Return a format's files with one loss, which must be one."""
    (name,) = [n for n in files if n.startswith(loss.page) and n.endswith(("html", "xhtml"))]
    text = files[name].decode("utf-8")
    lost, count = re.subn(loss.pattern, loss.instead, text, count=1, flags=re.DOTALL)
    assert count == 1, f"{loss.pattern} is not in {name}"
    assert lost != text
    return {**files, name: lost.encode("utf-8")}


def test_the_three_formats_of_a_sound_book_say_the_same(made: Made) -> None:
    assert len(made.site.chapters) == 4
    assert differences(made.site, made.epub) == []
    assert differences(made.site, made.pdf) == []


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_a_loss_in_the_site_is_found(made: Made, loss: Loss) -> None:
    files = changed(made.site_files, loss)
    found = differences(read_pages(site(files)), made.epub)
    assert any(loss.said in sentence for sentence in found), found


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_a_loss_in_the_epub_is_found(made: Made, loss: Loss) -> None:
    files = changed(made.epub_files, loss)
    found = differences(made.site, read_pages(epub(files)))
    assert any(loss.said in sentence for sentence in found), found


def test_a_swapped_picture_is_found(made: Made) -> None:
    maps, plans = (
        next(n for n in made.epub_files if n.endswith(f"{name}.svg")) for name in ("map", "plan")
    )
    files = {**made.epub_files, maps: made.epub_files[plans], plans: made.epub_files[maps]}
    found = differences(made.site, read_pages(epub(files)))
    assert any("file of a picture" in sentence for sentence in found), found


def test_a_lost_chapter_is_found(made: Made) -> None:
    front = made.site_files["index.html"].decode("utf-8")
    without = re.sub(r'<li class="toctree-l1">(?:(?!</li>).)*02-second.*?</li>', "", front)
    assert without != front
    files = {**made.site_files, "index.html": without.encode("utf-8")}
    found = differences(read_pages(site(files)), made.epub)
    assert any("chapter" in s and "thesecondchapter" in s for s in found), found


#: What the PDF alone has lost: file, text, what takes its place, a word of the finding.
PDF_LOSSES = (
    (
        "paragraph",
        f"{FIRST}.md",
        "The last paragraph of the section.[^last]",
        "Text.[^last]",
        "words",
    ),
    ("emphasis", f"{FIRST}.md", "*stressed*", "stressed", "emphasis"),
    ("mark", f"{FIRST}.md", "More text.[^more]", "More[^more] text.", "notes attached"),
    ("work", f"{FIRST}.md", "{cite:p}`tromly2004{715}`", "{cite:p}`taubman2003{715}`", "words"),
    ("picture", f"{FIRST}.md", ":alt: A map of the hall", ":alt: A map", "picture"),
    ("row", f"{SECOND}.md", "| 1956 | 41 |\n", "", "words"),
    ("link", f"{FIRST}.md", "archive.example/page", "archive.example/", "links"),
    ("term", "back/glossary.md", "The inner circle", "The circle", "words"),
    ("index", f"{FIRST}.md", "single: Khrushchev, Nikita", "single: Khrushchev, N.", "index"),
)


@pytest.mark.parametrize(("name", "file", "old", "new", "said"), PDF_LOSSES)
def test_a_loss_in_the_pdf_is_found(  # noqa: PLR0913, PLR0917 - a row of the table
    made: Made, tmp_path: Path, name: str, file: str, old: str, new: str, said: str
) -> None:
    found = differences(made.site, pdf_with(tmp_path, file, old, new))
    assert any(said in sentence for sentence in found), (name, found)
