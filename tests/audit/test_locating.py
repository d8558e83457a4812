"""From a finding's sentence to a line of the sources."""

from __future__ import annotations

from pathlib import Path

from speechbook.audit.locating import document_of, place_of
from speechbook.problems import Place

FIRST = """(first)=
# The first chapter

In the {term}`hall <Great Hall>` they sat and waited for *him*.[^met]

Nobody spoke while the doors were closed.

[^met]: {cite:p}`taubman2003{275}`, on the hall and its doors.
"""
SECOND = "# The second chapter\n\nNobody spoke while the doors were closed.\n"
DOCUMENTS = (
    document_of("chapters/01-first", Path("docs/chapters/01-first.md"), FIRST),
    document_of("chapters/02-second", Path("docs/chapters/02-second.md"), SECOND),
)


def place(sentence: str) -> str:
    """Return the place of a sentence as text."""
    return str(place_of(sentence, DOCUMENTS) or "")


def test_words_are_found_through_roles_and_marks() -> None:
    said = "thefirstchapter: words: site has “In the hall they sat and waited for him.”; EPUB none"
    assert place(said) == "docs/chapters/01-first.md:4"


def test_title_or_name_tells_documents_with_the_same_words_apart() -> None:
    words = "“Nobody spoke while the doors were closed.”"
    assert place(f"thesecondchapter: words: {words}") == "docs/chapters/02-second.md:3"
    assert place(f"chapters/02-second.xhtml: {words}") == "docs/chapters/02-second.md:3"
    assert place(f"page 7: {words}") == "docs/chapters/01-first.md:6"


def test_document_without_the_words_is_named_by_its_first_line() -> None:
    assert place_of("EPUB, chapters/02-second.xhtml:12: RSC-005", DOCUMENTS) == Place(
        Path("docs/chapters/02-second.md"), 1
    )


def test_sentence_that_names_nothing_has_no_place() -> None:
    assert place("the page label xii breaks the order of labels") == ""
    assert place("page 3: “and”") == ""
