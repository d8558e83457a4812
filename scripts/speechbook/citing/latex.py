"""Decode the LaTeX of .bib values once each, and what is no LaTeX not at all.

``latexcodec`` goes through a value token by token; the same few thousand names and
titles are asked for at every citation of every format, which took 6 to 12 % of a build.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from pybtex.richtext import Text

#: Words of letters, digits and marks that mean nothing to LaTeX, one space between them, and
#: no comma or hyphen that could be part of a ligature.
PLAIN_WORDS: Final = re.compile(r"(?:[^\W_]|[.:;()/–—’“”]|,(?!,)|-(?!-)| (?=[^\W_]))+")


@functools.cache
def decoded(latex: str) -> Text:
    """Return a .bib value as text.

    The texts are shared: pybtex gives them their parts when they are made, and each of
    their methods returns a new one (``pybtex.richtext.BaseText``).
    """
    is_plain = PLAIN_WORDS.fullmatch(latex) and latex[0] != " "
    text: Text = Text(latex) if is_plain else Text.from_latex(latex)
    return text
