"""Block rules tried by the first character of a line, as most can begin with few.

markdown-it tries each of its rules, and MyST's, at every block and again at every line of a
paragraph.  Here a line is given to those alone that its first character allows; what they
make of it is the same.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from markdown_it.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.rules_block import StateBlock

BlockRule = Callable[["StateBlock", int, int, bool], bool]

#: The characters that a rule's block can begin with, as the rules' functions ask for them.
#: A target may have blanks before it that are not indentation; see ``may_begin``.
BEGINNINGS = {
    "front_matter": "-",
    "math_block": "$",
    "colon_fence": ":",
    "attr": "{",
    "fence": "`~",
    "myst_line_comment": "%",
    "blockquote": ">",
    "myst_block_break": "+",
    "myst_target": "(",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "fieldlist": ":",
}
#: A line that can underline a heading; it may stand in a quotation.
UNDERLINE = re.compile(r"^[ \t>]*(?:-+|=+)[ \t]*$", re.MULTILINE)

#: The end of a line with nothing after it but the next.
BLANK_LINE = re.compile(r"\n(?=\n)")


def may_begin(name: str, character: str) -> bool:
    """Say whether a rule's block can begin with a character; "" is the text's end."""
    beginnings = BEGINNINGS.get(name)
    if beginnings is None or not character:
        return True
    return character in beginnings or (name == "myst_target" and character.isspace())


class Underlines:
    """Where the lines stand in a text that can underline a heading."""

    def __init__(self, text: str) -> None:
        self.ends = [match.end() for match in UNDERLINE.finditer(text)]
        self.blanks = [match.end() for match in BLANK_LINE.finditer(text)]

    def follows(self, start: int) -> bool:
        """Say whether one may belong to a paragraph that begins at *start*."""
        number = bisect_right(self.ends, start)
        if number == len(self.ends):
            return False
        blank = bisect_right(self.blanks, start)
        return blank == len(self.blanks) or self.blanks[blank] >= self.ends[number]


def note_beginning(state: StateBlock, count: int, start: int, line: int) -> None:
    """Have the first of a rule's tokens say where it begins, a table's where its rows do."""
    if len(state.tokens) > count:
        first = state.tokens[count]
        first.meta["start"] = start
        if first.type == "table_open":
            rows = range(line, state.line)
            first.meta["rows"] = {row: state.bMarks[row] + state.tShift[row] for row in rows}


class Dispatcher(Ruler[BlockRule]):
    """A ruler that gives one rule for each chain, which tries those that a line allows."""

    def __init__(self, rules: Ruler[BlockRule]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self.chains: dict[str, list[BlockRule]] = {}

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - overrides
        """Return a chain's rules as one."""
        if chainName not in self.chains:
            self.chains[chainName] = [self.chain(chainName)]
        return self.chains[chainName]

    def named(self, chain: str) -> Iterable[tuple[str, BlockRule]]:
        """Yield the rules of a chain with their names, in order; "" is that of all rules."""
        for rule in self.__rules__:
            if rule.enabled and (not chain or chain in rule.alt):
                yield rule.name, rule.fn

    def chain(self, name: str) -> BlockRule:
        """Return a rule that tries those of a chain that a line's first character allows."""

        @functools.cache
        def allowed(character: str) -> list[BlockRule]:
            return [rule for rule_name, rule in self.named(name) if may_begin(rule_name, character)]

        def attempt(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[line] + state.tShift[line]
            rules = allowed(state.src[start : start + 1])
            if silent:
                return any(rule(state, line, end_line, True) for rule in rules)
            count = len(state.tokens)
            for rule in rules:
                if rule(state, line, end_line, False):
                    note_beginning(state, count, start, line)
                    return True
            return False

        return attempt
