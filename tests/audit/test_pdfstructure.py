"""The checks of a PDF's structure, each on a small tree that breaks what it asks for."""

from __future__ import annotations

import pytest

from speechbook.audit.pdfstructure import structure_findings
from speechbook.audit.tagged import Element, Link, Run, Tagged

Children = tuple[Element | Run | Link, ...]


def run(text: str, page: int = 0, language: str = "") -> Run:
    """Return text on a page."""
    return Run(page, language, text)


def element(
    tag: str, *children: Element | Run | Link | str, alternative: str = "", scope: str = ""
) -> Element:
    """Return an element; plain text stands on the first page."""
    made = tuple(run(child) if isinstance(child, str) else child for child in children)
    return Element(tag, alternative, scope, made)


def note_and_mark(
    mark: str = "1", number: str = "1 ", to_note: int = 0, to_mark: int = 0
) -> tuple[Element, Element]:
    """Return a mark and its note, both on the first page, with the pages that they lead to."""
    return (
        element("Lbl", element("Link", mark, Link(page=to_note))),
        element("Note", element("Lbl", element("Link", number, Link(page=to_mark))), "A source."),
    )


def row(*words: str, tag: str = "TD", scope: str = "") -> Element:
    """Return a row of a table."""
    return element("TR", *(element(tag, word, scope=scope) for word in words))


def found(*children: Element, unmarked: str = "") -> list[str]:
    """Return what is wrong with a document that holds *children*."""
    root = element("StructTreeRoot", element("Document", *children))
    return [finding.what for finding in structure_findings(Tagged(root, ("",), (unmarked,)))]


SOUND = (
    element("H1", "A title"),
    element("P", "Text", *note_and_mark(), run(" in Moscow")),
    element("H2", "A section"),
    element("P", run("Сталин", language="ru")),
    element("Table", row("Date", "Place", tag="TH", scope="Column"), row("1956", "Moscow")),
    element("Figure", alternative="A map"),
)


def test_sound_document_is_sound() -> None:
    assert found(*SOUND) == []


def test_note_may_stand_a_line_before_its_mark() -> None:
    mark, note = note_and_mark()
    assert found(element("P", "Text", note, "more", mark, ".")) == []


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        ((element("H1", "A"), element("H3", "C")), "a heading of level 3 follows one of level 1"),
        ((element("H2", "B"),), "a heading of level 2 follows one of level 0"),
        ((element("H1", " "),), "a heading is empty"),
        ((element("P", "Text", note_and_mark()[1]),), "a note follows no mark"),
        ((element("P", *note_and_mark(mark="2")),), "a note has another number than its mark"),
        ((element("P", *note_and_mark(to_note=4)),), "a mark does not lead to its note"),
        ((element("P", *note_and_mark(to_mark=4)),), "a note does not lead back to its mark"),
        (
            (element("P", note_and_mark()[0], element("Note", "A source.")),),
            "a note has no number",
        ),
        ((element("Table", row("1956", "Moscow")),), "a table has no head cell with a scope"),
        (
            (element("Table", row("Date", "Place", tag="TH", scope="Column"), row("1956")),),
            "a table has rows of different lengths",
        ),
        ((element("Figure"),), "a figure has no text alternative"),
        ((element("P", "Сталин"),), "Cyrillic text has no language"),
        ((element("P", run("Сталин", language="en-GB")),), "Cyrillic text has no language"),
        ((element("P", "St\ufffdlin"),), "a character is missing"),
        (
            (element("H1", run("A title")), element("P", run("Text", page=1))),
            "a heading stands at the foot of a page",
        ),
    ],
)
def test_each_fault_is_found(broken: tuple[Element, ...], what: str) -> None:
    assert found(*broken) == [what]


def test_text_outside_the_tree_is_found() -> None:
    assert found(*SOUND, unmarked="lost") == ["text is neither in the tree nor an artifact"]


def test_link_to_the_web_without_a_colour_is_found() -> None:
    web = Link("https://archive.example/page")
    dark_red = Run(0, "", "a page", (120, 20, 20))
    assert found(*SOUND, element("P", element("Link", dark_red, web))) == []
    assert found(*SOUND, element("P", element("Link", "a page", web))) == ["a link has no colour"]
