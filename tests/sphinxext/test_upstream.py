"""The checks that what makes the build fast still holds upstream."""

from __future__ import annotations

import pybtex.plugin
import pytest
from sphinx.errors import ExtensionError

from speechbook.sphinxext import citing


def test_everything_holds_with_the_locked_versions() -> None:
    citing.check_upstream()


def test_pybtex_that_asks_the_packages_first_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pybtex.plugin, "_load_entry_point", lambda: None)
    with pytest.raises(ExtensionError, match="run time"):
        citing.check_upstream()
