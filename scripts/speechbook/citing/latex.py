"""Decode the LaTeX of .bib values once each.

``latexcodec`` goes through a value token by token; the same few thousand names and
titles are asked for at every citation of every format, which took 6 to 12 % of a build.
"""

from __future__ import annotations

import functools

from pybtex.richtext import Text


@functools.cache
def decoded(latex: str) -> Text:
    """Return a .bib value as text.

    The texts are shared: pybtex gives them their parts when they are made, and each of
    their methods returns a new one (``pybtex.richtext.BaseText``).
    """
    text: Text = Text.from_latex(latex)
    return text
