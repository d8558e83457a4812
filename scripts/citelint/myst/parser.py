"""The Markdown parser as MyST sets it up, with rules that tell where they matched.

The plugins are those of ``myst_parser.parsers.mdit.create_md_parser``.  Emphasis and
line breaks move no role, so their rules are off; rules that would need quadratic time
on hostile text are replaced by linear ones that accept the same.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_block.fence import make_fence_rule
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.field_list import fieldlist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from citelint.myst.dispatch import Dispatcher, Underlines

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

#: ``{name}`` and its backticks (mdit_py_plugins.myst_role).
ROLE = re.compile(r"\{([a-zA-Z0-9_\-+:]+)\}(`+)")
#: ``[^label]``; a label that long is no label, and the limit keeps the search linear.
NOTE_MARK = re.compile(r"\[\^([^\] \n]{1,255})\]")
#: Attributes behind a link, picture, code or span: ``{.class key="value"}``.
ATTRIBUTES = re.compile(r"\{(?=\s*[.#%\w])[^{}`\n]{0,500}\}")
#: What an ``$…$`` cannot hold: then the dollars are money.
NOT_MATH = re.compile(r"\{[a-z][a-z:_-]*\}`|\[\^[^\]\s]+\]")
#: The head of a field list's item; ``: see {cite:p}`` is none.
FIELD = re.compile(r":[^\s:{`][^:\n{`]*:(?=\s)")
#: The characters at which one of the inline rules below may match.
TERMINATORS = re.compile(r"[\\`\[\]!<${]")

#: How far link labels may be searched, in characters for each character of the text.
LABEL_EFFORT = 20
#: How much copying field lists may cause, in characters (they copy the text for each field).
FIELD_EFFORT = 500_000_000


class Event(NamedTuple):
    """An inline construct: the rule, where it stands, where its inner text stands.

    ``detail`` is a role's name, a note's label or a link's target.
    """

    rule: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    detail: str


class Labels:
    """markdown-it's helpers, with a bound on the search for the ends of link labels."""

    def __init__(self) -> None:
        self.effort = 0
        self.ends: dict[int, int] = {}

    def reset(self, length: int) -> None:
        """Allow as much effort as a text of this length deserves."""
        self.effort = LABEL_EFFORT * length + 2000
        self.ends.clear()

    def parseLinkLabel(  # noqa: N802 - the name that markdown-it calls
        self,
        state: StateInline,
        start: int,
        disableNested: bool = False,  # noqa: N803
    ) -> int:
        """Return the end of a label, or -1 where there is none or the search would be long."""
        if self.effort < 0:
            return -1
        end = helpers.parseLinkLabel(state, start, disableNested)
        self.effort -= (end if end >= 0 else state.posMax) - start
        self.ends[start] = end
        return end

    parseLinkDestination = staticmethod(helpers.parseLinkDestination)  # noqa: N815
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815


class Parser(MarkdownIt):
    """The parser; it keeps what the last parse recorded, so one text is read at a time."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.labels = Labels()
        vars(self)["helpers"] = self.labels
        self.content = ""
        self.events: list[Event] = []
        self.fields_allowed = True
        self.unclosed_math = (0, -1)
        self.underlines = Underlines("")
        self.set_up_blocks()
        self.set_up_inline()

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - overrides
        """Leave addresses as they are written."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - overrides
        """Take every address for one; which are dangerous is a rule's business (SEC010)."""
        return True

    def set_up_blocks(self) -> None:
        """Use MyST's block plugins and have each block record where it began."""
        self.enable("table").disable(["entity", "newline", "emphasis"])
        self.inline.ruler2.enableOnly([])
        self.use(front_matter_plugin).use(myst_block_plugin)
        self.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
        self.use(dollarmath_plugin)
        colon_fence = make_fence_rule(markers=(":",), token_type="colon_fence")  # noqa: S106
        endings = ["paragraph", "reference", "blockquote", "list", "footnote_def"]
        self.block.ruler.before("fence", "colon_fence", colon_fence, {"alt": endings})
        self.use(deflist_plugin).use(fieldlist_plugin).use(attrs_block_plugin)
        guards = {
            "math_block": self.guarded_math,
            "fieldlist": self.guarded_fields,
            "lheading": self.guarded_underline,
        }
        for rule in self.block.ruler.__rules__:
            if rule.name in guards:
                rule.fn = guards[rule.name](rule.fn)
        self.block.ruler = Dispatcher(self.block.ruler)

    def set_up_inline(self) -> None:
        """Put in the linear rules and have those that matter record their matches."""
        self.inline.terminator_re = TERMINATORS
        ruler = self.inline.ruler
        ruler.before("backticks", "myst_role", self.role)
        ruler.at("footnote_ref", self.note_mark)
        ruler.push("attributes", self.attributes)
        self.replace_rule("math_inline", self.math)
        self.replace_rule("backticks", self.code)
        for name in ("link", "image", "autolink"):
            self.replace_rule(name, functools.partial(self.link, name))
        self.replace_rule("html_inline", self.html)

    def replace_rule(self, name: str, wrapper: Callable[..., bool]) -> None:
        """Put a method in an inline rule's place; it is given the rule's own function."""
        index = self.inline.ruler.__find__(name)
        function = self.inline.ruler.__rules__[index].fn
        self.inline.ruler.at(name, functools.partial(wrapper, function))

    def blocks(self, text: str, env: dict[str, Any]) -> list[Token]:
        """Return the block tokens of a text; inline tokens have no children yet.

        Each token that a rule begins with has the offset of its first character as
        ``meta["start"]``; a table has those of its rows as ``meta["rows"]``.
        """
        self.fields_allowed = text.count("\n:") * len(text) < FIELD_EFFORT
        self.unclosed_math = (0, -1)
        self.underlines = Underlines(text)
        return self.block.parse(text, self, env, []) or []

    def inlines(self, content: str, env: dict[str, Any]) -> list[Event]:
        """Return the inline constructs of a text in their order."""
        self.content, self.events = content, []
        if TERMINATORS.search(content) is None:
            return []
        self.labels.reset(len(content))
        self.inline.parse(content, self, env, [])
        return sorted(self.events, key=lambda event: event.start)

    def record(  # noqa: PLR0913, PLR0917 - an event has so many parts
        self, rule: str, start: int, end: int, inner_start: int, inner_end: int, detail: str = ""
    ) -> None:
        """Keep an event."""
        self.events.append(Event(rule, start, end, inner_start, inner_end, detail))

    def is_recorded(self, state: StateInline, silent: bool) -> bool:
        """Say whether a match is a real one in the text itself, not in a picture's label."""
        return not silent and state.src is self.content

    def role(self, state: StateInline, silent: bool) -> bool:
        """Match a role as ``mdit_py_plugins.myst_role`` does, without copying the text."""
        match = ROLE.match(state.src, state.pos)
        if match is None:
            return False
        close = state.src.find(match[2], match.end() + 1)
        if close < 0:
            return False
        if not silent:
            state.push("myst_role", "", 0)
        end = close + len(match[2])
        if self.is_recorded(state, silent):
            self.record("role", state.pos, end, match.end(), close, match[1])
        state.pos = end
        return True

    def note_mark(self, state: StateInline, silent: bool) -> bool:
        """Match a note mark as ``footnote_ref`` does with ``always_match``."""
        match = NOTE_MARK.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            state.push("footnote_ref", "", 0)
        if self.is_recorded(state, silent):
            self.record("note", *match.span(), *match.span(1), match[1])
        state.pos = match.end()
        return True

    def attributes(self, state: StateInline, silent: bool) -> bool:
        """Match inline attributes, which are no prose."""
        start = state.pos
        if state.src[start] != "{" or state.src[start - 1 : start] not in {"]", "`", ")"}:
            return False
        match = ATTRIBUTES.match(state.src, start, state.posMax)
        if match is None:
            return False
        if self.is_recorded(state, silent):
            self.record("attributes", *match.span(), *match.span())
        state.pos = match.end()
        return True

    def math(self, function: Callable[..., bool], state: StateInline, silent: bool) -> bool:
        """Match ``$…$`` unless it holds a role or note mark, which no formula does."""
        start = state.pos
        if not function(state, True):
            return False
        end = state.pos
        state.pos = start
        if end > state.posMax or NOT_MATH.search(state.src, start, end):
            return False
        if self.is_recorded(state, silent):
            self.record("math", start, end, start + 1, end - 1)
        return function(state, silent)

    def code(self, function: Callable[..., bool], state: StateInline, silent: bool) -> bool:
        """Match a code span; lone backticks are text."""
        start, count = state.pos, len(state.tokens)
        matched = function(state, silent)
        is_code = len(state.tokens) > count and state.tokens[-1].type == "code_inline"
        if matched and is_code and self.is_recorded(state, silent):
            self.record("code", start, state.pos, start, state.pos)
        return matched

    def html(self, function: Callable[..., bool], state: StateInline, silent: bool) -> bool:
        """Match a tag or an HTML comment."""
        start = state.pos
        matched = function(state, silent)
        if matched and self.is_recorded(state, silent):
            self.record("html", start, state.pos, start, state.pos)
        return matched

    def link(
        self,
        name: str,
        function: Callable[..., bool],
        state: StateInline,
        silent: bool,
    ) -> bool:
        """Match a link, a picture or an address in angle brackets."""
        start, count = state.pos, len(state.tokens)
        matched = function(state, silent)
        if matched and self.is_recorded(state, silent):
            opening = start + 1 if name == "image" else start
            label_end = self.labels.ends.get(opening, state.pos - 1)
            href = next((t.attrs for t in state.tokens[count : count + 2] if t.attrs), {})
            target = str(href.get("href", href.get("src", "")))
            self.record(name, start, state.pos, opening + 1, label_end, target)
        return matched

    def guarded_math(self, function: Callable[..., bool]) -> Callable[..., bool]:
        """Keep ``$$`` without a partner from being sought again and again to the end."""

        def rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[start_line] + state.tShift[start_line]
            if not state.src.startswith("$$", start):
                return False
            closes_itself = state.src.find("$$", start + 2, state.eMarks[start_line]) >= 0
            first, last = self.unclosed_math
            if not closes_itself and first <= start_line and end_line <= last:
                return False
            count = len(state.tokens)
            line = state.line
            matched = function(state, start_line, end_line, silent)
            if not matched and not closes_itself:
                self.unclosed_math = (start_line, end_line)
            elif matched and NOT_MATH.search(state.src, start, state.bMarks[state.line]):
                del state.tokens[count:]
                state.line = line
                return False
            return matched

        return rule

    def guarded_underline(self, function: Callable[..., bool]) -> Callable[..., bool]:
        """Seek the line beneath a heading only where one follows before a blank line."""

        def rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[start_line] + state.tShift[start_line]
            return self.underlines.follows(start) and function(state, start_line, end_line, silent)

        return rule

    def guarded_fields(self, function: Callable[..., bool]) -> Callable[..., bool]:
        """Read field lists only where a line begins like one and there are not too many."""

        def rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            start = state.bMarks[start_line] + state.tShift[start_line]
            if not self.fields_allowed or not FIELD.match(state.src, start):
                return False
            return function(state, start_line, end_line, silent)

        return rule


@functools.cache
def parser() -> Parser:
    """Return the parser; setting one up takes as long as reading a short chapter."""
    return Parser()
