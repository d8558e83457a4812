"""Hypothesis strategies for .bib text: valid in many dialects, and broken."""

from __future__ import annotations

from hypothesis import strategies as st

LETTERS = st.sampled_from("abcXYZéñчß")
SPACE = st.sampled_from(["", " ", "\n", "\r\n", "\t", "  ", " "])
GAP = st.sampled_from([" ", "\n", "\r\n  ", "\t"])
NAME = st.from_regex(r"[a-z][a-z0-9:+_/.-]{0,8}", fullmatch=True)
KINDS = st.sampled_from(["book", "Article", "MISC", "online", "x-1", "comments", "strings"])
KEYS = st.from_regex(r"[A-Za-z0-9é:_'\"#=<>/+.(&-]{1,8}", fullmatch=True)
FIELDS = st.one_of(NAME, st.sampled_from(["author", "Editor", "TITLE", "year", "crossref"]))
WORDS = st.sampled_from(
    ["Lev", "and", "van", "de la", "Jr.", ",", "others", "Medvedev", "R.", "~", "\\'e", "a b"]
)


def balanced(quotes: bool) -> st.SearchStrategy[str]:
    """Return texts with balanced braces, with or without quotation marks outside them."""
    plain = st.text("ab ,=#@%&\\é\n'~(" + ('"' if quotes else ""), max_size=8)
    inner = st.recursive(
        st.text('ab "@,', max_size=4),
        lambda deeper: st.lists(deeper.map(lambda text: f"{{{text}}}"), max_size=3).map("".join),
        max_leaves=6,
    )
    group = inner.map(lambda text: f"{{{text}}}")
    return st.lists(st.one_of(plain, group), max_size=4).map("".join)


NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PIECES = st.one_of(
    balanced(quotes=True).map(lambda text: f"{{{text}}}"),
    NAMES.map(lambda text: f"{{{text}}}"),
    balanced(quotes=False).map(lambda text: f'"{text}"'),
    st.integers(0, 10**6).map(str),
    st.sampled_from(["jan", "FEB", "dec", "first", "SECOND"]),
)


@st.composite
def values(draw: st.DrawFn) -> str:
    """Return a value of one or more parts."""
    joint = draw(SPACE) + "#" + draw(SPACE)
    return joint.join(draw(st.lists(PIECES, min_size=1, max_size=3)))


@st.composite
def fields(draw: st.DrawFn) -> str:
    """Return name = value."""
    return draw(FIELDS) + draw(SPACE) + "=" + draw(SPACE) + draw(values())


@st.composite
def entries(draw: st.DrawFn) -> str:
    """Return an entry in braces or parentheses, commas as pybtex allows them."""
    opening, closing = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    inside = draw(st.lists(fields(), max_size=5))
    comma = draw(SPACE) + draw(st.sampled_from([",", ",", ",,"])) + draw(SPACE)
    last = draw(st.sampled_from(["", ","]))
    head = "@" + draw(SPACE) + draw(KINDS) + draw(SPACE) + opening + draw(SPACE)
    return f"{head}{draw(KEYS)} {comma}{comma.join(inside)}{last}{draw(SPACE)}{closing}"


STRINGS = st.tuples(st.sampled_from(["first", "Second"]), balanced(quotes=True)).map(
    lambda pair: f"@string{{{pair[0]} = {{{pair[1]}}}}}"
)
REMARKS = st.one_of(
    st.text('ab %#{}",=\n', max_size=12),
    st.sampled_from(["@comment{a {b}}", "@Comment(c)", '@preamble{"x" # {y}}']),
)
ITEMS = st.one_of(entries(), entries(), STRINGS, REMARKS)
HEAD = "@string{first = {One}}\n@string(second = first # { Two})\n"
VALID = st.lists(ITEMS, max_size=6).map(lambda items: HEAD + "\n".join(items) + "\n")

MARKS = st.sampled_from(['"', "{", "}", "@", ",", "=", "#", "(", ")", "\\", "\0", "\r", "\ufeff"])


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Return a valid text with a few characters dropped, doubled, swapped or put in."""
    text = draw(VALID)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(text) - 2)))
        text = draw(
            st.sampled_from(
                [
                    text[:at] + text[at + 1 :],
                    text[:at] + text[at : at + 1] * 2 + text[at + 1 :],
                    text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
                    text[:at] + draw(MARKS) + text[at:],
                ]
            )
        )
    return text
