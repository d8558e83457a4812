"""Documents are resolved once for all formats, and each format has its own addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.docutils import docutils_namespace

from speechbook.sphinxext import shared_resolution

if TYPE_CHECKING:
    from pathlib import Path

CONF = 'extensions = ["myst_parser", "speechbook.sphinxext.shared_resolution"]\n'
ONE = """# One

See {ref}`the other <other>`, {doc}`two` and {ref}`genindex`.

```{only} html
For the screen.
```

```{only} text
For no screen.
```
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the sources of two chapters; the first leads to the second."""
    source = tmp_path / "book"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    toctree = "```{toctree}\none\ntwo\n```\n"
    (source / "index.md").write_text(f"# Book\n\n{toctree}", encoding="utf-8")
    (source / "one.md").write_text(ONE, encoding="utf-8")
    (source / "two.md").write_text("# Two\n\n(other)=\n## Its section\n", encoding="utf-8")
    return source


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which every resolved document adds its name."""
    names: list[str] = []
    original = ReferencesResolver.run

    def run(self: ReferencesResolver, **arguments: object) -> None:
        names.append(self.env.current_document.docname)
        original(self, **arguments)

    monkeypatch.setattr(ReferencesResolver, "run", run)
    return names


def build(source: Path, builder: str, page: str) -> str:
    """Build one format over the shared environment; return a page."""
    out = source.parent / "out"
    with docutils_namespace():
        app = Sphinx(
            source, source, out / builder, out / "doctrees", builder, status=None, warning=None
        )
        app.build(force_all=True)
    return (out / builder / page).read_text(encoding="utf-8")


def test_formats_share_the_work_and_not_the_addresses(book: Path, resolved: list[str]) -> None:
    site = build(book, "html", "one.html")
    folders = build(book, "dirhtml", "one/index.html")
    text = build(book, "text", "one.txt")
    assert sorted(resolved) == ["index", "one", "two"]
    assert 'href="two.html#other"' in site
    assert 'href="two.html"' in site
    assert 'href="../two/#other"' in folders
    assert 'href="../genindex/"' in folders
    assert "For the screen." in site
    assert "For no screen." not in site
    assert "For no screen." in text
    assert shared_resolution.MARK not in site + folders + text


def test_shared_documents_are_those_that_sphinx_resolves(book: Path) -> None:
    shared = [build(book, "html", "one.html"), build(book, "dirhtml", "one/index.html")]
    (book / "conf.py").write_text('extensions = ["myst_parser"]\n', encoding="utf-8")
    assert [build(book, "html", "one.html"), build(book, "dirhtml", "one/index.html")] == shared


def test_what_was_read_again_is_resolved_again(book: Path, resolved: list[str]) -> None:
    build(book, "html", "one.html")
    resolved.clear()
    (book / "two.md").write_text("# Second\n\n(other)=\n## Its section\n", encoding="utf-8")
    assert ">Second<" in build(book, "dirhtml", "one/index.html")
    assert sorted(resolved) == ["index", "one", "two"]


def test_an_address_asked_for_otherwise_stops_the_build(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(self: ReferencesResolver, **_arguments: object) -> None:
        self.env._app.builder.get_target_uri("two")

    monkeypatch.setattr(ReferencesResolver, "run", run)
    with pytest.raises(Exception, match="ask get_relative_uri"):
        build(book, "html", "one.html")


def test_what_was_warned_of_is_warned_of_again(book: Path, resolved: list[str]) -> None:
    (book / "two.md").write_text("# Two\n\n{ref}`nowhere`\n\n(other)=\n## A\n", encoding="utf-8")
    build(book, "html", "one.html")
    build(book, "dirhtml", "one/index.html")
    assert sorted(resolved) == ["index", "one", "two", "two"]
