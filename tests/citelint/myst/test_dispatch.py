"""Rules chosen by a line's first character read a text as all rules tried in turn do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.ruler import Ruler
from markdown_it.rules_block import lheading

from citelint.myst.dispatch import Dispatcher, Underlines
from citelint.myst.parser import Parser

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Lines that begin, end or interrupt every kind of block, whole and broken.
LINES = (
    "words", "more words", "", "", "---", "===", "- - -", "-", "- item", "* item", "12. item",
    "1) item", "1.", "> quoted", ">", "> ---", "> > deep", "# heading", "#no heading", "####### no",
    "```", "```{note}", "~~~", ":::", ":::{tip} words", "::::", "%remark", "+++", "+++ more", "++",
    "(label)=", "(no label)", "\u00a0(label)=", "[label]: /there", "[label]:", "[^note]: text",
    "[^note]:", "[^note]", "<div>", "</div>", "<!-- remark -->", "<i>", "{.class}", "{.class", "$$",
    "$$x$$", "$$x", "| a | b |", "|---|---|", "a | b", "-|-", ":--", ": meaning", "~ meaning",
    ":field: value", ":field:", "\\# words", "___", "***", "a\\", "\f(label)=",
)  # fmt: skip
INDENTS = ("", "", "", " ", "  ", "   ", "    ", "\t", "      ", "> ", ">> ")
TEXTS = st.lists(
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(LINES)).map("".join), max_size=14
).map(lambda lines: "\n".join([*lines, ""]))


def trying_all() -> Parser:
    """Return the parser with markdown-it's own ruler and its own rule for headings."""
    parser = Parser()
    plain: Ruler[Any] = Ruler()
    plain.__rules__ = parser.block.ruler.__rules__
    plain.at("lheading", lheading)
    parser.block.ruler = plain
    return parser


def shown(tokens: list[Token]) -> list[dict[str, Any]]:
    """Return tokens without what the dispatcher notes in them."""
    noted = {"start", "rows"}
    return [
        token.as_dict() | {"meta": {k: v for k, v in token.meta.items() if k not in noted}}
        for token in tokens
    ]


CHOOSING, ALL = Parser(), trying_all()


def test_the_parser_chooses() -> None:
    assert isinstance(CHOOSING.block.ruler, Dispatcher)
    assert not isinstance(ALL.block.ruler, Dispatcher)
    assert len(CHOOSING.block.ruler.getRules("paragraph")) == 1 < len(ALL.block.ruler.getRules(""))


@given(TEXTS)
@settings(max_examples=600, deadline=None)
def test_choosing_rules_changes_nothing(text: str) -> None:
    assert shown(CHOOSING.blocks(text, {})) == shown(ALL.blocks(text, {}))


def test_lines_under_headings_are_found_up_to_a_blank_line() -> None:
    text = "one\ntwo\n---\n\nthree\n\n> four\n> ===\n"
    follows = Underlines(text).follows
    starts = {word: text.index(word) for word in ("one", "two", "three", "four")}
    assert {word: follows(start) for word, start in starts.items()} == {
        "one": True,
        "two": True,
        "three": False,
        "four": True,
    }
