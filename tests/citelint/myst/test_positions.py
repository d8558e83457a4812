"""Every citation is found where it stands, whatever encloses it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.citelint.myst.reading import at, citations, places, read

ROLE = "{cite:p}`{see}taubman2003{273–74}`"


@pytest.mark.parametrize(
    "text",
    [
        "- a\n  - b\n    - c @\n",
        "1. a\n\n   b\n   @\n",
        "> a\n> @ b\n",
        "- > a\n  > lazy\n@\n",
        "> - a\n>   @\n",
        "| a | b |\n|---|---|\n| x | @ |\n",
        "| a | b |\n|---|---|\n| x \\| y | x \\| @ |\n",
        "> | a |\n> |---|\n> | @ |\n",
        "a | @\n--|--\nb | c\n",
        "Term @\n: b\n",
        "Term\n: b\n\n  c @\n",
        ":field: @\n",
        ":field: a\n  b\n  @\n",
        "# A @ b #\n",
        "A @\n===\n",
        "[^n]: a @\n",
        "[^n]: a\n\n    b\n    @\n",
        "```{note}\na @\n```\n",
        ":::{note} a @\n:::\n",
        ":::{admonition} a @\nb\n:::\n",
        "::::{note}\n:::{tip}\n- a @\n:::\n::::\n",
        ":::{figure} a.png\n:alt: b\n\nCaption @\n:::\n",
        ":::{note}\n---\na: b\n---\nc @\n:::\n",
        "- :::{note}\n  > @\n  :::\n",
        "> ```{note}\n> a @\n> ```\n",
        "::: plain\n@\n:::\n",
        '{attribution="A @"}\n> b\n',
        "a [b @](c) d\n",
        "*a **b** @*\n",
        "a\tb @\n",
        "-\ta\n\n\t@\n",
        "1.\ta\n\n\t\tb\n\t@\n",
        "𝔘𝔫𝔦 😀 é @\n",
        "\ufeffa @\n",
        "\ufeff@\n",
        "a\x0cb @\n",
        "costs $5 @ and $6\n",
        "a \\` b @\n",
        "---\na: b\n---\n@\n",
        "% a\n@\n",
        "(a)=\n@\n",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_citation_is_found_where_it_stands(text: str, ending: str) -> None:
    text = text.replace("@", ROLE).replace("\n", ending)
    chapter = read(text)
    assert [citation.span.start for citation in chapter.citations] == [text.index(ROLE)]
    (citation,) = chapter.citations
    assert at(chapter, citation.span) == ROLE
    (target,) = citation.targets
    assert at(chapter, target.key_span) == "taubman2003"
    assert at(chapter, target.before_span) == "see"
    assert at(chapter, target.after_span) == "273–74"


def test_lines_and_columns_are_those_of_editors() -> None:
    assert places("a\r\n\r\n- b\rc {cite}`d`\n\n| a |\n|-|\n| {cite}`e` |\n") == [(4, 3), (8, 3)]


def test_equal_cells_are_told_apart() -> None:
    text = "| {cite}`a` | {cite}`a` |\n|--|--|\n| {cite}`a` | {cite}`a` |\n"
    assert places(text) == [(1, 3), (1, 15), (3, 3), (3, 15)]


def test_a_list_marker_is_no_cell() -> None:
    assert places("- - | {cite}`a`\n  -|-\n") == [(1, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "`{cite}`a``",
        "``{cite}`a` ``",
        "    {cite}`a`",
        "```\n{cite}`a`\n```",
        "```{code-block} md\n{cite}`a`\n```",
        "~~~{index} {cite}`a`\n~~~",
        "% {cite}`a`",
        "<!-- {cite}`a` -->",
        "\\{cite}`a`",
        "![{cite}`a`](b.png)",
        "$$\n{cite\n$$",
        ":::{figure} a.png\n:alt: {cite}`a`\n:::",
        "{ref}`a {cite}`b`",
        "a {cite} `b`",
        "a {cite}`b",
    ],
)
def test_what_is_no_citation_is_not_found(text: str) -> None:
    assert citations(text) == []


def test_a_citation_in_a_note_knows_its_note() -> None:
    chapter = read(
        "a {cite}`x`[^n]\n\n[^n]: b {cite}`y` and[^o]\n\n    :::{tip}\n    {cite}`z`\n    :::\n"
    )
    assert [citation.note for citation in chapter.citations] == ["", "n", "n"]
    assert [(mark.slug, mark.note) for mark in chapter.note_marks] == [("n", ""), ("o", "n")]


words = st.sampled_from(["war", "Москва", "“a”", "*b*", "[c](d)", "`e`", "$3", "😀", "f|g", "h\\"])
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
paragraphs = st.lists(lines, min_size=1, max_size=4)
PREFIXES = ("", "> ", "- ", "1. ", "> - ", "[^n]: ", ": ", "# ", "| ", "  ")


def indented(prefix: str) -> str:
    """Return what the lines after the first begin with."""
    return "".join(c if c == ">" else " " for c in prefix) if prefix != "[^n]: " else "    "


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Return a block of Markdown, perhaps within a directive."""
    prefix = draw(st.sampled_from(PREFIXES))
    first, *others = draw(paragraphs)
    block = "\n".join([prefix + first, *(indented(prefix) + line for line in others)])
    fence = draw(st.sampled_from(["", "", ":::", "```", "~~~"]))
    if fence and fence[0] not in block:
        name = draw(st.sampled_from(["note", "admonition} x", "epigraph", "margin"]))
        options = draw(st.sampled_from(["", ":class: a\n\n", "---\na: b\n---\n"]))
        head = name if "}" in name else name + "}"
        return f"{fence}{{{head}\n{options}{block}\n{fence}"
    return block


@settings(max_examples=300, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]), st.data())
def test_a_citation_put_anywhere_is_found_there(
    parts: list[str], ending: str, data: st.DataObject
) -> None:
    text = "\n\n".join(parts)
    spaces = [index for index, character in enumerate(text) if character == " "]
    before = read(text)
    hidden = [*before.code, *before.raw_html, *(link.span for link in before.links)]
    hidden += [directive.span for directive in before.directives]
    prose = [
        index
        for index in spaces
        if any(p.span.start < index < p.span.end - 1 for p in before.paragraphs)
        and not any(span.start <= index < span.end for span in hidden)
    ]
    if not prose:
        return
    place = data.draw(st.sampled_from(prose))
    role = "{cite:p}`zhukov1956{12}`"
    text = f"{text[:place]} {role}{text[place:]}".replace("\n", ending)
    chapter = read(text)
    found = [citation.span for citation in chapter.citations]
    assert [at(chapter, span) for span in found] == [role]
    assert found[0].start == text.index(role)
