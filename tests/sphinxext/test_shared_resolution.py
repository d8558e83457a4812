"""Documents are resolved once for all formats, and each format has its own addresses."""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.application import Sphinx
from sphinx.builders.text import TextBuilder
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.transforms.post_transforms.images import BaseImageConverter
from sphinx.util.docutils import docutils_namespace

from speechbook.sphinxext import shared_resolution

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docutils import nodes

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


def build(source: Path, builder: str, page: str = "") -> str:
    """Build one format over the shared environment; return a page, if one is named."""
    out = source.parent / "out"
    with docutils_namespace():
        app = Sphinx(
            source, source, out / builder, out / "doctrees", builder, status=None, warning=None
        )
        app.build(force_all=True)
    return (out / builder / page).read_text(encoding="utf-8") if page else ""


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


@pytest.fixture
def identities(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return the identity of each document that is written, where it has one."""
    found: dict[str, bytes] = {}

    def write_doc(_builder: object, docname: str, doctree: nodes.document) -> None:
        identity = vars(doctree).get(shared_resolution.IDENTITY)
        assert identity is None or shared_resolution.identity_of(doctree) == identity
        found[docname] = identity

    monkeypatch.setattr(TextBuilder, "write_doc", write_doc)
    return found


def identified(book: Path, identities: dict[str, bytes]) -> dict[str, bytes]:
    """Build a book as text; return the identities of its documents."""
    identities.clear()
    build(book, "text")
    return dict(identities)


def test_a_document_has_one_identity_until_something_of_it_changes(
    book: Path, identities: dict[str, bytes]
) -> None:
    first = identified(book, identities)
    assert first["one"] != first["two"]
    assert identified(book, identities) == first
    (book / "two.md").write_text("# Second\n\n(other)=\n## A\n", encoding="utf-8")
    # The first chapter shows the title of the second.
    retitled = identified(book, identities)
    assert retitled["one"] != first["one"]
    (book / "two.md").write_text("# Second\n\n(other)=\n## A\n\nMore.\n", encoding="utf-8")
    reworded = identified(book, identities)
    assert reworded["one"] == retitled["one"]
    assert reworded["two"] != retitled["two"]


def test_what_shows_a_toctree_is_told_by_all_of_it(
    book: Path, identities: dict[str, bytes]
) -> None:
    assert identified(book, identities)["index"] is None


def built_with(
    setup: Callable[[Sphinx], object], book: Path, identities: dict[str, bytes]
) -> dict[str, bytes]:
    """Build a book with an extension that does this; return the identities of its documents."""
    extension = types.ModuleType("unknown_extension")
    vars(extension)["setup"] = lambda app: setup(app) and None
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "unknown_extension", extension)
        names = ["myst_parser", "speechbook.sphinxext.shared_resolution", "unknown_extension"]
        (book / "conf.py").write_text(f"extensions = {names}\n", encoding="utf-8")
        return identified(book, identities)


@pytest.mark.parametrize(("builders", "has_identity"), [((), False), (("html",), True)])
def test_a_transform_that_is_not_known_leaves_documents_without_identity(
    book: Path, identities: dict[str, bytes], builders: tuple[str, ...], *, has_identity: bool
) -> None:
    class Unknown(BaseImageConverter):
        """Goes by nobody knows what."""

        default_priority = 100

    Unknown.builders = builders  # type: ignore[attr-defined]
    found = built_with(lambda app: app.add_post_transform(Unknown), book, identities)
    assert (found["two"] is not None) is has_identity


@pytest.mark.parametrize(
    ("event", "has_identity"), [("doctree-resolved", False), ("doctree-read", True)]
)
def test_a_listener_that_is_not_known_leaves_documents_without_identity(
    book: Path,
    identities: dict[str, bytes],
    event: Any,  # noqa: ANN401 - Sphinx has a type for each name
    *,
    has_identity: bool,
) -> None:
    found = built_with(lambda app: app.connect(event, lambda *_: None), book, identities)
    assert (found["two"] is not None) is has_identity
