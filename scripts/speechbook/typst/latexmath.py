r"""A closed subset of LaTeX mathematics, written as Typst mathematics.

No library is used: tylax 0.3.8, the converter that PyPI has, turns ``\text{#read("file")}``
into Typst code that runs. Here everything that comes out is either a character escaped for
Typst, a quoted string or one of a fixed set of Typst names; any other command is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from speechbook.typst import escape
from speechbook.typst import latexsymbols as symbols

_TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*)"
    r"|(?P<command>\\(?:[A-Za-z]+\*?|.|\n))"
    r"|(?P<space>\s+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<character>.)",
    re.DOTALL,
)
_PLAIN = {"-": "−", "*": "∗", "'": "′", "~": "space.nobreak"}
_MAX_DEPTH = 60
_EMPTY = '""'


class MathError(ValueError):
    """The formula is not in the subset; the message says what and why."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str

    @property
    def name(self) -> str:
        """Give the name of a command without its backslash."""
        return self.text[1:]


def to_typst(source: str) -> str:
    """Translate a LaTeX formula, without dollar signs, into the inside of a Typst formula.

    Raises:
        MathError: a command is unknown, a brace is missing, or the nesting is too deep.

    """
    reader = _Reader([token for token in _tokens(source) if token.kind != "comment"])
    rows = _Grid(reader).read(None)
    return " \\ ".join(" & ".join(cells) for cells in rows)


def _tokens(source: str) -> list[_Token]:
    return [_Token(str(m.lastgroup), m.group()) for m in _TOKEN.finditer(source)]


@dataclass
class _Reader:
    """The tokens not yet read, and how deep the reading is nested."""

    tokens: list[_Token]
    position: int = 0
    depth: int = 0
    environments: list[str] = field(default_factory=list)

    def peek(self) -> _Token | None:
        """Give the next token without taking it."""
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> _Token:
        """Take the next token."""
        token = self.peek()
        if token is None:
            raise MathError("it ends too early; an argument or a closing brace is missing")
        self.position += 1
        return token

    def skip_space(self) -> None:
        """Pass over white space."""
        while (token := self.peek()) is not None and token.kind == "space":
            self.position += 1

    def raw_group(self) -> str:
        """Take a group in braces as plain text."""
        self.skip_space()
        if self.take().text != "{":
            raise MathError("a group in braces is expected after a command")
        text, level = "", 1
        while True:
            token = self.take()
            level += {"{": 1, "}": -1}.get(token.text, 0)
            if level == 0:
                return text
            text += token.name if token.kind == "command" else token.text


class _Grid:
    """Reads rows and cells until an end: of the source, a group or an environment."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def read(self, end: str | None) -> list[list[str]]:
        """Read to ``end`` (``}``, ``right``, the name of an environment, or the source's end)."""
        self._reader.depth += 1
        if self._reader.depth > _MAX_DEPTH:
            raise MathError("it is nested too deeply")
        rows: list[list[str]] = [[""]]
        while (token := self._reader.peek()) is not None:
            if self._ends(token, end):
                break
            self._reader.take()
            self._one(token, rows)
        else:
            if end is not None:
                raise MathError(f"‘{end}’ is missing at its end")
        self._reader.depth -= 1
        return rows

    def _ends(self, token: _Token, end: str | None) -> bool:
        if token.text == "}" and end != "}":
            raise MathError("it has a closing brace too many")
        if token.kind == "command" and token.name in {"right", "end"} and end in {None, "}"}:
            raise MathError(f"it has a ‘\\{token.name}’ without its beginning")
        if end == "}":
            return token.text == "}"
        if end == "right":
            return token.text == "\\right"
        return token.text == "\\end"

    def _one(self, token: _Token, rows: list[list[str]]) -> None:
        if token.text == "\\\\":
            rows.append([""])
        elif token.text == "&":
            rows[-1].append("")
        elif token.text in "^_":
            rows[-1][-1] = f"{rows[-1][-1] or _EMPTY}{token.text}({self._argument()})"
        else:
            piece = self._piece(token)
            rows[-1][-1] = f"{rows[-1][-1]} {piece}".strip()

    def _argument(self) -> str:
        """Read what follows a command: a group or one token."""
        self._reader.skip_space()
        token = self._reader.take()
        return self._piece(token) or _EMPTY

    def _group(self, end: str) -> str:
        rows = self.read(end)
        self._reader.take()
        if len(rows) != 1 or len(rows[0]) != 1:
            raise MathError("it has ‘&’ or ‘\\\\’ outside an environment")
        return rows[0][0]

    def _piece(self, token: _Token) -> str:
        if token.kind == "space":
            return ""
        if token.text == "{":
            return f"lr({self._group('}')})" if self._empty_safe() else _EMPTY
        if token.kind == "command":
            return self._command(token.name)
        return _literal(token.text)

    def _empty_safe(self) -> bool:
        following = self._reader.peek()
        if following is not None and following.text == "}":
            self._reader.take()
            return False
        return True

    def _command(self, name: str) -> str:  # noqa: PLR0911  one line a family
        if name in symbols.SYMBOLS:
            return symbols.SYMBOLS[name]
        if name in symbols.SPACES:
            return symbols.SPACES[name] or ""
        if name in symbols.ESCAPED:
            return _literal(symbols.ESCAPED[name])
        if name in symbols.FUNCTIONS:
            return f'op("{name}", limits: #{str(name in _WITH_LIMITS).lower()})'
        if name in symbols.TEXTS:
            return escape.string(self._reader.raw_group())
        if name in symbols.IGNORED or name in symbols.BIG:
            return ""
        return self._call(name)

    def _call(self, name: str) -> str:
        if name in symbols.FRACTIONS:
            return f"frac({self._argument()}, {self._argument()})"
        if name in symbols.BINOMIALS:
            return f"binom({self._argument()}, {self._argument()})"
        if name == "sqrt" and self._next_is("["):
            return f"root({self._optional()}, {self._argument()})"
        if name in symbols.WRAPPERS:
            return f"{symbols.WRAPPERS[name]}({self._argument()})"
        if name == "left":
            return self._fence()
        if name == "begin":
            return self._environment()
        raise MathError(f"it uses ‘\\{name}’, which the PDF’s formulas do not know")

    def _next_is(self, text: str) -> bool:
        self._reader.skip_space()
        token = self._reader.peek()
        return token is not None and token.text == text

    def _optional(self) -> str:
        self._reader.take()
        pieces: list[str] = []
        while not self._next_is("]"):
            pieces.append(self._piece(self._reader.take()))
        self._reader.take()
        return " ".join(pieces)

    def _fence(self) -> str:
        left = self._delimiter()
        inside = self._group("right")
        return f"lr({left} {inside} {self._delimiter()})"

    def _delimiter(self) -> str:
        self._reader.skip_space()
        token = self._reader.take()
        if token.text == ".":
            return _EMPTY
        return self._command(token.name) if token.kind == "command" else _fence_sign(token.text)

    def _environment(self) -> str:
        name = self._reader.raw_group()
        if name not in symbols.MATRICES and name not in symbols.ALIGNED and name != "cases":
            raise MathError(f"it uses the environment ‘{name}’, which the PDF does not know")
        rows = [row for row in self.read(name) if row != [""]]
        self._reader.take()
        if self._reader.raw_group() != name:
            raise MathError(f"the environment ‘{name}’ is closed by another name")
        return _environment_code(name, rows)


_WITH_LIMITS = frozenset({"lim", "liminf", "limsup", "max", "min", "inf", "sup", "det", "gcd"})


def _environment_code(name: str, rows: list[list[str]]) -> str:
    if name in symbols.ALIGNED:
        return " \\ ".join(" & ".join(row) for row in rows)
    if name == "cases":
        return "cases(" + ", ".join(" & ".join(row) for row in rows) + ")"
    delimiter = symbols.MATRICES[name]
    shown = escape.string(delimiter) if delimiter else "#none"
    cells = "; ".join(", ".join(cell or _EMPTY for cell in row) for row in rows)
    return f"mat(delim: {shown}, {cells})"


def _fence_sign(character: str) -> str:
    """Write a delimiter that Typst scales: it must stand unescaped inside ``lr``."""
    if character not in "()[]|/":
        raise MathError(f"‘{character}’ is no delimiter")
    return "slash" if character == "/" else character


def _literal(text: str) -> str:
    """Write a number or a character so that Typst takes it as nothing but itself."""
    if text in _PLAIN:
        return _PLAIN[text]
    if text.isalpha() and len(text) == 1:
        return text
    if text[0].isdigit():
        return text if text.isdigit() else escape.string(text)
    if not text.isascii():
        return text if text.isprintable() else escape.string(text)
    return f"\\{text}" if text.isprintable() else escape.string(text)
