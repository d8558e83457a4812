"""Documents beyond a number are not kept in memory, and the book is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from speechbook.sphinxext import forgetting
from speechbook.sphinxext.forgetting import Few

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("index", "one", "two", "three")
TREES, PICKLED = "_write_doc_doctree_cache", "_pickled_doctree_cache"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return the sources of a book of four documents."""
    folder = tmp_path / "book"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.md").write_text(f"# {name}\n\nThe text of {name}.\n", encoding="utf-8")
    toctree = "\n```{toctree}\none\ntwo\nthree\n```\n"
    (folder / "index.md").write_text(f"# index\n{toctree}", encoding="utf-8")
    return folder


def build(
    source: Path, *extensions: str, builder: str = "html"
) -> tuple[dict[str, bytes], dict[str, int]]:
    """Build the site; return its pages, and how many documents were kept before the writing."""
    settings = f"extensions = {['myst_parser', *extensions]!r}\nhtml_theme = 'basic'\n"
    (source / "conf.py").write_text(settings, encoding="utf-8")
    out, kept = source.parent / f"out-{len(extensions)}", {}

    def count(app: Sphinx, _builder: object) -> None:
        for name in NAMES:
            app.env.get_doctree(name)
        kept.update({name: len(vars(app.env)[name]) for name in (TREES, PICKLED)})

    with docutils_namespace():
        folders = [str(each) for each in (source, source, out / "html", out / "doctrees")]
        app = Sphinx(*folders, builder, status=None, warning=None)
        app.connect("write-started", count)
        app.build(force_all=True)
    return {path.name: path.read_bytes() for path in (out / "html").glob("*.html")}, kept


def test_book_is_the_same_and_less_is_kept(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, kept = build(source)
    assert kept == {TREES: 4, PICKLED: 4}
    monkeypatch.setattr(forgetting, "CACHES", {TREES: 2, PICKLED: 1})
    assert build(source, "speechbook.sphinxext.forgetting") == (pages, {TREES: 2, PICKLED: 1})
    assert len(pages) > len(NAMES)


@pytest.mark.parametrize(("builder", "count"), [("html", 5), ("epub", 4), ("text", 4)])
def test_what_only_the_site_has_waits_for_it_on_disk(
    source: Path, builder: str, count: int
) -> None:
    (source / "aside.md").write_text("---\norphan: true\n---\n# aside\n", encoding="utf-8")
    extensions = ("speechbook.sphinxext.forgetting",)
    assert build(source, *extensions, builder=builder)[1][TREES] == count


def test_few_keeps_the_first_and_takes_new_ones_after_a_pop() -> None:
    few: Few[int] = Few(2)
    for number, name in enumerate("abc"):
        few[name] = number
    few["a"] = 7
    assert few == {"a": 7, "b": 1}
    few.pop("a")
    few["d"] = 3
    assert few == {"b": 1, "d": 3}


def test_change_of_sphinx_is_told(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = BuildEnvironment.setup

    def without(env: BuildEnvironment, app: Sphinx) -> None:
        original(env, app)
        vars(env).pop(TREES, None)

    monkeypatch.setattr(BuildEnvironment, "setup", without)
    with pytest.raises(ExtensionError, match=f"no longer begins with an empty {TREES}"):
        build(source, "speechbook.sphinxext.forgetting")
