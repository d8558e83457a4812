"""The indexed domain says what sphinxcontrib-bibtex's own says, with less looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace
from sphinxcontrib.bibtex import domain
from sphinxcontrib.bibtex.domain import BibtexDomain

from speechbook.sphinxext import citation_index
from speechbook.sphinxext.citation_index import Positions

if TYPE_CHECKING:
    from pathlib import Path

CONF = """
extensions = ["myst_parser", "sphinxcontrib.bibtex"{ours}]
bibtex_bibfiles = ["works.bib"]
html_theme = "basic"
"""
OURS = ', "speechbook.sphinxext.citation_index"'
WORKS = "".join(
    f"@book{{work{n}, author = {{Name{n}, A.}}, title = {{T{n}}}, year = {2000 + n}, "
    f"publisher = {{P}}, keywords = {{{'even' if n % 2 == 0 else 'odd'}}}}}\n"
    for n in range(6)
)
PAGES = {
    "index": "# Book\n\n```{toctree}\none\ntwo\n```\n\n"
    '```{bibliography}\n:filter: cited and "even" in keywords\n```\n',
    "one": "# One\n\n{cite:p}`work2,work0`, {cite:t}`work1`, {cite:p}`b-work4`.\n",
    "two": "# Two\n\n{cite:p}`work4` and {cite:p}`work2`, {cite:p}`b-work3`.\n\n"
    '```{bibliography}\n:filter: cited and "even" not in keywords\n```\n\n'
    "```{bibliography}\n:keyprefix: b-\n:labelprefix: B\n:filter: cited\n```\n\n"
    "{cite:p}`work5`\n",
}


def write_book(folder: Path, *, ours: bool) -> Path:
    """Write the sources, with our extension or without."""
    folder.mkdir()
    (folder / "conf.py").write_text(CONF.format(ours=OURS if ours else ""), encoding="utf-8")
    (folder / "works.bib").write_text(WORKS, encoding="utf-8")
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def build(source: Path, builder: str = "html", **settings: object) -> BibtexDomain:
    """Build into ``out/<builder>`` over one environment; return the domain as it was left."""
    out = source.parent / f"{source.name}-out"
    folders = (source, source, out / builder, out / "doctrees")
    with docutils_namespace():
        app = Sphinx(*folders, builder, settings, status=None, warningiserror=True)
        app.build(force_all=True)
    assert app.statuscode == 0
    domain: Any = app.env.get_domain("cite")
    assert isinstance(domain, BibtexDomain)
    return domain


def articles(source: Path) -> dict[str, str]:
    """Return the pages as built."""
    out = source.parent / f"{source.name}-out" / "html"
    return {name: (out / f"{name}.html").read_text(encoding="utf-8") for name in PAGES}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which every formatting of a bibliography adds a line."""
    calls: list[str] = []
    original = BibtexDomain.get_formatted_entries

    def count(self: BibtexDomain, key: Any, *arguments: Any) -> Any:  # noqa: ANN401
        calls.append(key.id_)
        return original(self, key, *arguments)

    monkeypatch.setattr(BibtexDomain, "get_formatted_entries", count)
    return calls


def test_pages_are_the_same_as_with_the_stock_domain(tmp_path: Path) -> None:
    stock, ours = write_book(tmp_path / "s", ours=False), write_book(tmp_path / "o", ours=True)
    assert type(build(stock)) is BibtexDomain
    assert type(build(ours)) is citation_index.IndexedBibtexDomain
    assert articles(ours) == articles(stock)
    assert "Name4" in articles(ours)["two"]


def test_second_format_does_not_format_the_bibliographies_again(
    tmp_path: Path, counted: list[str]
) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    assert len(counted) == 3
    build(source, "dirhtml")
    assert len(counted) == 3


def test_stock_domain_formats_them_for_every_format(tmp_path: Path, counted: list[str]) -> None:
    source = write_book(tmp_path / "s", ours=False)
    build(source)
    build(source, "dirhtml")
    assert len(counted) == 6


def test_new_citation_shows_in_the_bibliography(tmp_path: Path) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    (source / "two.md").write_text(PAGES["two"] + "\n{cite:p}`b-work1`\n", encoding="utf-8")
    assert "Name1, A." not in articles(source)["two"]
    domain = build(source)
    assert {citation.key for citation in domain.citations} >= {"b-work1", "work5"}
    assert articles(source)["two"].count("T1") > 1


def test_removed_page_takes_its_citations_along(tmp_path: Path) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    (source / "one.md").unlink()
    (source / "index.md").write_text(PAGES["index"].replace("one\n", ""), encoding="utf-8")
    domain = build(source)
    assert "work0" not in {citation.key for citation in domain.citations}


def test_changed_bib_file_is_formatted_anew(tmp_path: Path) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    (source / "works.bib").write_text(WORKS.replace("{T2}", "{Another}"), encoding="utf-8")
    build(source)
    assert "Another" in articles(source)["index"]


def test_what_another_process_formatted_is_formatted_anew(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    monkeypatch.setattr(citation_index, "THIS_PROCESS", "another")
    build(source, "dirhtml")
    assert len(counted) == 6


def test_changed_setting_is_heeded(tmp_path: Path, counted: list[str]) -> None:
    source = write_book(tmp_path / "o", ours=True)
    assert all(citation.tooltip_entry for citation in build(source).citations)
    domain = build(source, "dirhtml", bibtex_tooltips=False)
    assert len(counted) == 6
    assert not any(citation.tooltip_entry for citation in domain.citations)


def test_one_application_that_builds_twice_resolves_new_works(tmp_path: Path) -> None:
    source = write_book(tmp_path / "o", ours=True)
    with docutils_namespace():
        folders = (source, source, tmp_path / "out", tmp_path / "doctrees")
        app = Sphinx(*folders, "html", status=None, warningiserror=True)
        app.build(force_all=True)
        (source / "one.md").write_text(PAGES["one"] + "\n{cite:p}`work3`\n", encoding="utf-8")
        app.build(force_all=True)
    assert app.statuscode == 0


def test_positions_are_those_of_a_list() -> None:
    names = ["b", "a", "b"]
    assert [Positions(names).index(name) for name in "ab"] == [1, 0]
    with pytest.raises(ValueError, match="'c' is not in list"):
        Positions(names).index("c")


def test_domain_holds_with_the_locked_version() -> None:
    citation_index.check_upstream(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", sorted(citation_index.RELIED_ON))
def test_changed_method_is_noticed(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BibtexDomain, method, lambda self: None)  # noqa: ARG005
    with pytest.raises(ExtensionError, match=method):
        citation_index.check_upstream(None)  # type: ignore[arg-type]


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which every citation's making adds its works."""
    made: list[str] = []
    original: Any = domain.format_references

    def count(style: Any, role: str, references: Any) -> Any:  # noqa: ANN401
        made.append(",".join(entry.key for entry, _formatted, _info in references))
        return original(style, role, references)

    monkeypatch.setattr(domain, "format_references", count)
    return made


def test_second_format_resolves_only_what_stands_beside_a_bibliography(
    tmp_path: Path, resolved: list[str]
) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    assert "work0,work2" in resolved
    assert "work5" in resolved
    resolved.clear()
    build(source, "dirhtml")
    assert "work0,work2" not in resolved
    assert "work5" in resolved
    folder = source.parent / "o-out" / "dirhtml"
    assert 'href="../#' in (folder / "one" / "index.html").read_text(encoding="utf-8")
    assert 'href="index.html#' in articles(source)["one"]


def test_changed_work_is_resolved_anew(tmp_path: Path, resolved: list[str]) -> None:
    source = write_book(tmp_path / "o", ours=True)
    build(source)
    resolved.clear()
    (source / "works.bib").write_text(WORKS.replace("Name0,", "Zother,"), encoding="utf-8")
    build(source)
    assert "work2,work0" in resolved
    assert "Zot" in articles(source)["one"]
