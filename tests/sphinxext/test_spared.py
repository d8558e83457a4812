"""What the themes and Sphinx would do for every page changes nothing where it is spared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from jinja2 import Environment
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import PropagateDescDomain, ReferencesResolver
from sphinx.transforms.post_transforms.code import (
    HighlightLanguageTransform,
    HighlightLanguageVisitor,
    TrimDoctestFlagsTransform,
)

from speechbook.building.book import prepare
from speechbook.building.steps import Steps
from speechbook.problems import BookError
from speechbook.sphinxext import needed_transforms, theme_pieces
from speechbook.sphinxext.needed_transforms import LOOKS_FOR, check_upstream, needed
from tests.conftest import make_tiny_book
from tests.sphinxext.story_book import write_story

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from docutils.transforms import Transform
    from sphinx.application import Sphinx

TRANSFORMS = (ReferencesResolver, *LOOKS_FOR)


def pages_of(folder: Path) -> dict[str, str]:
    """Return the pages of a site by their names."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.fixture
def all_done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let nothing be spared; return the list of what the themes' handlers are called for."""
    seen: list[str] = []

    def look_on(app: Sphinx) -> None:
        listeners = app.events.listeners[theme_pieces.EVENT]
        seen.extend(each.handler.__name__ for each in listeners)

    def all_of(transforms: Iterable[type[Transform]], _document: object) -> list[type[Transform]]:
        return list(transforms)

    monkeypatch.setattr(theme_pieces, "leave_out", look_on)
    monkeypatch.setattr("speechbook.sphinxext.shared_resolution.needed", all_of)
    return seen


def test_pages_are_the_same_with_all_that_is_spared(
    story: Path, all_done: list[str], tmp_path: Path
) -> None:
    paths = make_tiny_book(tmp_path)
    write_story(paths)
    assert pages_of(prepare(paths, Steps(quiet=True)).html()) == pages_of(story)
    assert {"add_metadata_to_page", "add_toctree_functions"} <= set(all_done)


def test_silent_theme_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme_pieces, "THEMES", frozenset({"myst_parser"}))
    with pytest.raises(BookError, match="myst_parser no longer listens"):
        prepare(make_tiny_book(tmp_path), Steps(quiet=True)).html()


def test_transforms_run_where_there_is_what_they_look_for() -> None:
    document = new_document("page")
    document += nodes.paragraph("", "Words")
    assert needed(TRANSFORMS, document) == [ReferencesResolver]
    document += nodes.container("", nodes.literal_block("", "code"))
    found = needed(TRANSFORMS, document)
    assert found == [ReferencesResolver, HighlightLanguageTransform, TrimDoctestFlagsTransform]


def test_everything_holds_with_the_locked_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    check_upstream(None)  # type: ignore[arg-type]
    monkeypatch.setitem(needed_transforms.LOOKS_FOR, PropagateDescDomain, (nodes.image,))
    with pytest.raises(ExtensionError, match="PropagateDescDomain no longer looks"):
        check_upstream(None)  # type: ignore[arg-type]


def test_visitor_that_looks_at_more_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        HighlightLanguageVisitor, "visit_image", lambda _self, _node: None, raising=False
    )
    with pytest.raises(ExtensionError, match="HighlightLanguageTransform no longer looks"):
        check_upstream(None)  # type: ignore[arg-type]


def test_templates_are_compiled_once_for_all_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = make_tiny_book(tmp_path)
    first = pages_of(prepare(paths, Steps(quiet=True)).html())
    compiled: list[str] = []
    original = Environment.compile

    def noted(self: Environment, source: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        compiled.append(source)
        return original(self, source, *arguments, **options)

    monkeypatch.setattr(Environment, "compile", noted)
    assert pages_of(prepare(paths, Steps(quiet=True)).html()) == first
    assert compiled == []
    (paths.docs / "_templates").mkdir(exist_ok=True)
    layout = paths.docs / "_templates" / "layout.html"
    layout.write_text("{% set x = 'another' %}{{ x }}", encoding="utf-8")
    changed = pages_of(prepare(paths, Steps(quiet=True)).html())
    assert set(changed.values()) == {"another"}
