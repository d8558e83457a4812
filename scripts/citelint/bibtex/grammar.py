"""The tokens of a .bib file as regular expressions.

They follow pybtex's low-level parser (pybtex/database/input/bibtex.py), which is what
sphinxcontrib-bibtex reads with.  Quantifiers are possessive wherever the next token
cannot start with the same character, so that no input makes them backtrack.
"""

from __future__ import annotations

import re
import string

NAME_START = re.escape(string.ascii_letters + "@!$&*+-./:;<>?[\\]^_`|~\x7f")
NAME = rf"[{NAME_START}][{NAME_START}0-9]*+"

#: ``@kind{`` or ``@kind(``; group 1 the kind, group 2 the delimiter.
COMMAND = re.compile(rf"@\s*+({NAME})\s*+([{{(])")

#: ``@`` and a name, whatever follows.
SIGN_AND_NAME = re.compile(rf"@(?:\s*+{NAME})?+")

#: Where reading resumes after a fault: a command at the start of a line.
RESUME = re.compile(rf"(?:^|(?<=\r))[ \t]*+(?=@\s*+{NAME}\s*+[{{(])", re.MULTILINE)

KEY_IN_BRACES = re.compile(r"\s*+([^\s,}]++)")
KEY_IN_PARENTHESES = re.compile(r"\s*+([^\s,]++)")

#: ``name =`` up to the value's first character.
FIELD_START = re.compile(rf"\s*+({NAME})\s*+=\s*+")
FIELD_NAME = re.compile(rf"\s*+({NAME})")
COMMA = re.compile(r"\s*+,")
HASH = re.compile(r"\s*+#\s*+")
SPACE = re.compile(r"\s*+")

#: A part of a value.  Braces up to three deep are matched in one step; a deeper value
#: falls through to counting.  ``lastgroup`` names the kind of the part.
PART = re.compile(
    r"(?P<braces>\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\})"
    r'|(?P<quotes>"[^"{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^"{}]*+)*+")'
    r"|(?P<number>[0-9]++)"
    rf"|(?P<name>{NAME})"
)
#: A field of one part with the comma behind it, as most are: one match instead of six.
WHOLE_FIELD = re.compile(rf"{FIELD_START.pattern}(?:{PART.pattern})\s*+,")
BRACE = re.compile(r"[{}]")
BRACE_OR_QUOTE = re.compile(r'[{}"]')

#: pybtex gives up beyond this depth, so a file that goes deeper cannot be built.
DEEPEST = 100
