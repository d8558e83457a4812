"""Hold Sphinx to the fast stemmer for its search index.

Sphinx stems every word of the book with snowballstemmer, whose pure-Python
stemmers take 3 % of a build; where PyStemmer is installed, snowballstemmer hands
out its compiled ones, with the same result
(https://github.com/snowballstem/snowball/blob/master/python/README.rst).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import snowballstemmer
import Stemmer
from sphinx.errors import ExtensionError
from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def check_stemmer(_app: Sphinx) -> None:
    """Fail loudly if Sphinx or snowballstemmer has taken another way.

    Raises:
        ExtensionError: the search index would be made with a slow stemmer.

    """
    if snowballstemmer.stemmer is not Stemmer.Stemmer:
        raise ExtensionError(
            "snowballstemmer no longer hands out PyStemmer's stemmers; "
            "see speechbook/sphinxext/stemming.py"
        )
    if not isinstance(getattr(SearchEnglish({}), "stemmer", None), Stemmer.Stemmer):
        raise ExtensionError(
            "Sphinx no longer stems English with snowballstemmer; "
            "see speechbook/sphinxext/stemming.py"
        )


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the check."""
    app.connect("builder-inited", check_stemmer)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
