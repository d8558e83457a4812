"""A multiplied book: all names unique, every reference resolved, the parts in place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechbook.bench.booktext import (
    BookText,
    Page,
    chapter_names,
    chapter_toctrees,
    read_book,
)
from speechbook.bench.multiply import multiplied_table, multiply
from speechbook.bench.renaming import labels_in
from speechbook.bench.workplace import write_markdown
from speechbook.problems import BookError

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = re.compile(r"\{(?:ref|numref)\}`(?:[^`<]*<)?([^`<>]+)>?`|\]\(#([^)]+)\)")
SLUG = re.compile(r"\[\^([^\]]+)\]:")
FILE = re.compile(r"(?:\(|`)(?:\.\./chapters/)?(\d+-[a-z]+)(?:\.md)?(?:\)|`)")


def texts(book: BookText) -> str:
    return "\n".join(page.text for page in book.pages())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(count=st.integers(min_value=1, max_value=20))
def test_names_are_unique_and_references_lead_somewhere(book: BookText, count: int) -> None:
    made = multiply(book, count)
    labels = [label for page in made.pages() for label in labels_in(page.text)]
    assert len(labels) == len(set(labels))
    targets = [one or other for one, other in REFERENCE.findall(texts(made))]
    assert set(targets) <= set(labels)
    slugs = [slug for page in made.chapters for slug in SLUG.findall(page.text)]
    assert len(slugs) == len(set(slugs))
    names = [page.docname for page in made.chapters]
    assert len(set(names)) == len(names) == count
    assert {f"chapters/{name}" for name in FILE.findall(texts(made))} <= set(names)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(count=st.integers(min_value=1, max_value=20))
def test_index_lists_all_chapters_in_order(book: BookText, count: int) -> None:
    made = multiply(book, count)
    trees = chapter_toctrees(made.index)
    listed = [name for tree in trees for name in chapter_names(tree["body"])]
    assert listed == [page.docname for page in made.chapters]
    assert made.index.count("front/preface") == made.index.count("Index <genindex>") == 1
    assert made.index.index("front/preface") < made.index.index("chapters/")
    assert made.index.rindex("chapters/") < made.index.index("back/glossary")


def test_copy_refers_to_the_copies_of_its_own_round(book: BookText) -> None:
    made = multiply(book, 7)
    copy = made.chapters[3].text
    assert copy.startswith("(ch-first-2)=\n# The first (2)\n")
    assert "{ref}`The third <ch-third-2>`, {ref}`fig-x-2` and {ref}`the words <glossary>`" in copy
    assert "[the second](005-second.md), [its part](#ch-second-2) and {doc}`006-third`" in copy
    assert ":name: fig-x-2" in copy
    assert "[^note-2]: {cite:p}`{see}work{273}`; {cite:p}`other`." in copy


def test_copy_in_a_short_round_refers_to_the_round_before(book: BookText) -> None:
    last = multiply(book, 7).chapters[6].text
    assert "{ref}`The third <ch-third-2>`, {ref}`fig-x-3`" in last
    assert "[the second](005-second.md)" in last


def test_reference_to_a_chapter_left_out_leads_to_one_that_is_there(book: BookText) -> None:
    first, second = multiply(book, 2).chapters
    assert "{ref}`The third <ch-first>`" in first.text
    assert "{doc}`001-first`" in first.text
    assert second.text.endswith(
        "{numref}`Figure {number} <fig-x>`, {ref}`another chapter <ch-first>`.\n"
    )


def test_originals_keep_their_names_and_their_words(book: BookText) -> None:
    made = multiply(book, 3)
    for page, original in zip(made.chapters, book.chapters, strict=True):
        assert labels_in(page.text) == labels_in(original.text)
        assert page.text.split("\n\n")[0] == original.text.split("\n\n")[0]


def test_parts_come_again_with_the_round_in_their_captions(book: BookText) -> None:
    captions = re.findall(r":caption: (.*)", multiply(book, 5).index)
    assert captions == [
        "Before",
        '"Part I: One"',
        '"Part II: Two"',
        '"Part I: One (2)"',
        "After",
    ]


def test_book_of_no_chapters_is_refused(book: BookText) -> None:
    with pytest.raises(BookError, match="A book of 0 chapters cannot be made; ask for at least 1"):
        multiply(book, 0)


def test_chapters_without_labels_are_refused_where_one_is_needed(book: BookText) -> None:
    bare = Page("chapters/01-first", "# The first\n\n{ref}`ch-third`\n")
    with pytest.raises(BookError, match="None of the first 1 chapters has a label"):
        multiply(replace(book, chapters=(bare, *book.chapters[1:])), 1)


def test_book_is_read_as_it_was_written(book: BookText, tmp_path: Path) -> None:
    write_markdown(tmp_path, book)
    assert read_book(tmp_path) == book


def test_index_that_names_a_missing_chapter_is_refused(book: BookText, tmp_path: Path) -> None:
    write_markdown(tmp_path, book)
    (tmp_path / "chapters" / "02-second.md").unlink()
    with pytest.raises(BookError, match="names 'chapters/02-second', and there is no such file"):
        read_book(tmp_path)


def test_index_without_chapters_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Empty\n", encoding="utf-8")
    with pytest.raises(BookError, match="lists no chapters"):
        read_book(tmp_path)


def test_rows_of_tables_name_chapters_that_are_there(book: BookText) -> None:
    labels = [labels_in(page.text)[0] for page in book.chapters if labels_in(page.text)]
    listed = ", ".join(f'"{label}"' for label in labels)
    table = f'chapter = "{labels[-1]}"\nchapters = [{listed}]\nwords = "{labels[-1]}"\n'
    made = multiplied_table(table, book, 1).splitlines()
    kept = labels_in(multiply(book, 1).chapters[0].text)[0]
    assert made == [f'chapter = "{kept}"', f'chapters = ["{kept}"]', f'words = "{labels[-1]}"']
    assert multiplied_table(table, book, len(book.chapters)) == table
