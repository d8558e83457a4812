"""Figures are numbered once for all formats, and anew whenever anything was read."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from speechbook.sphinxext import figure_numbers

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

CONF = 'extensions = ["myst_parser", "speechbook.sphinxext.figure_numbers"]\nnumfig = True\n'
FIGURE = "\n```{{figure}} dot.svg\n:name: fig-{0}\n\nCaption {0}\n```\n"
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the sources of two chapters with a figure each."""
    source = tmp_path / "book"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "dot.svg").write_text(DOT, encoding="utf-8")
    toctree = "```{toctree}\n:numbered:\none\ntwo\n```\n"
    (source / "index.md").write_text(f"# Book\n\n{toctree}", encoding="utf-8")
    for name in ("one", "two"):
        text = f"# {name}\n{FIGURE.format(name)}"
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    return source


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Return the list to which every numbering adds."""
    calls: list[None] = []
    original = TocTreeCollector.assign_figure_numbers

    @functools.wraps(original)
    def count(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
        calls.append(None)
        return original(self, env)

    monkeypatch.setattr(TocTreeCollector, "assign_figure_numbers", count)
    return calls


def build(source: Path, builder: str) -> dict[str, tuple[int, ...]]:
    """Build one format over the shared environment; return the figures' numbers."""
    out = source.parent / "out"
    with docutils_namespace():
        app = Sphinx(
            source, source, out / builder, out / "doctrees", builder, status=None, warning=None
        )
        app.build(force_all=True)
    numbers = app.env.toc_fignumbers
    return {
        name: number
        for figures in (types.get("figure", {}) for types in numbers.values())
        for name, number in figures.items()
    }


def test_second_format_takes_the_numbers_of_the_first(book: Path, counted: list[None]) -> None:
    first = build(book, "html")
    assert first == {"fig-one": (1, 1), "fig-two": (2, 1)}
    assert build(book, "dirhtml") == first
    assert len(counted) == 1
    page = book.parent / "out" / "dirhtml" / "two" / "index.html"
    assert "Fig. 2.1" in page.read_text(encoding="utf-8")


def test_figure_put_before_another_moves_its_number(book: Path, counted: list[None]) -> None:
    build(book, "html")
    text = (book / "two.md").read_text(encoding="utf-8")
    new = text.replace("# two\n", f"# two\n{FIGURE.format('new')}")
    (book / "two.md").write_text(new, encoding="utf-8")
    numbers = build(book, "html")
    assert numbers == {"fig-one": (1, 1), "fig-new": (2, 1), "fig-two": (2, 2)}
    assert len(counted) == 2


def test_another_process_numbers_anew(
    book: Path, counted: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(book, "html")
    monkeypatch.setattr(figure_numbers, "THIS_PROCESS", "another")
    build(book, "dirhtml")
    assert len(counted) == 2


def test_sphinx_that_numbers_otherwise_is_noticed(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def otherwise(_self: TocTreeCollector, _app: Sphinx, _env: BuildEnvironment) -> list[str]:
        return []

    monkeypatch.setattr(TocTreeCollector, "get_updated_docs", otherwise)
    with pytest.raises(ExtensionError, match="no longer numbers figures"):
        build(book, "html")


VARIED = """# Varied

```{code-block} python
:caption: Code
:name: code-one

print()
```

- A list

  ```{figure} dot.svg
  :name: fig-in-list

  In a list
  ```

```{figure} dot.svg
:name: fig-without-caption
```

## Section

```{list-table} A table
:name: table-one

* - ```{figure} dot.svg
    :name: fig-in-table

    In a table
    ```
```

$$a$$ (formula)

### Deeper

```{table} Another
:name: table-two

| a |
|---|
| b |
```

```{toctree}
nested
```
"""


def all_numbers(source: Path, extensions: str) -> dict[str, dict[str, dict[str, tuple[int, ...]]]]:
    """Return the numbers that a build gives to all that is counted, by document and kind."""
    (source / "conf.py").write_text(
        f'extensions = [{extensions}]\nnumfig = True\nmyst_enable_extensions = ["dollarmath"]\n',
        encoding="utf-8",
    )
    out = source.parent / f"out-{len(extensions)}"
    with docutils_namespace():
        app = Sphinx(source, source, out, out / "doctrees", "html", status=None, warning=None)
        app.build(force_all=True)
    return app.env.toc_fignumbers


def test_numbers_are_sphinx_own_for_whatever_is_counted(book: Path) -> None:
    (book / "two.md").write_text(VARIED, encoding="utf-8")
    (book / "nested.md").write_text(f"# Nested\n{FIGURE.format('deep')}", encoding="utf-8")
    own = all_numbers(book, '"myst_parser"')
    kinds = {kind for counted in own.values() for kind in counted}
    assert kinds == {"code-block", "displaymath", "figure", "table"}
    assert set(own["two"]["figure"]) >= {"fig-in-list", "fig-in-table"}
    assert all_numbers(book, '"myst_parser", "speechbook.sphinxext.figure_numbers"') == own


def test_numbering_opens_no_document(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(book, "html")
    monkeypatch.setattr(figure_numbers, "THIS_PROCESS", "another")
    out = book.parent / "out"
    with docutils_namespace():
        app = Sphinx(book, book, out / "html", out / "doctrees", "html", status=None, warning=None)
    for doctree in (out / "doctrees").glob("*.doctree"):
        doctree.unlink()
    app.env.toc_fignumbers = {}
    (collector,) = figure_numbers.collectors_of(app)
    assert collector.assign_figure_numbers(app.env) == ["one", "two"]
