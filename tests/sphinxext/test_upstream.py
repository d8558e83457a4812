"""The checks that what makes the build fast still holds upstream."""

from __future__ import annotations

import pybtex.plugin
import pytest
import snowballstemmer
from sphinx.errors import ExtensionError
from sphinx.search.en import SearchEnglish

from speechbook.sphinxext import citing, stemming


def test_everything_holds_with_the_locked_versions() -> None:
    citing.check_upstream()
    stemming.check_stemmer(None)  # type: ignore[arg-type]


def test_pybtex_that_asks_the_packages_first_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pybtex.plugin, "_load_entry_point", lambda: None)
    with pytest.raises(ExtensionError, match="run time"):
        citing.check_upstream()


def test_slow_stemmer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snowballstemmer, "stemmer", object)
    with pytest.raises(ExtensionError, match="PyStemmer"):
        stemming.check_stemmer(None)  # type: ignore[arg-type]


def test_sphinx_with_another_stemmer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SearchEnglish, "__init__", lambda self, options: None)  # noqa: ARG005
    with pytest.raises(ExtensionError, match="Sphinx no longer"):
        stemming.check_stemmer(None)  # type: ignore[arg-type]
