"""Each chapter's works, and all, as files for reference managers beside the pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.release.references import FORMS, reference_files
from speechbook.sphinxext.citing_list import places_of
from speechbook.sphinxext.edition import chapters_of, is_chapter
from speechbook.sphinxext.site_builder import SiteBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.database import Entry
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: The stem of the files that hold all works.
ALL_WORKS = "references"


@dataclass(frozen=True)
class Works:
    """Files with the works of a chapter (``stem`` is its docname) or all of them."""

    stem: str
    count: int

    @property
    def is_whole(self) -> bool:
        """Say whether these are all works of the book."""
        return self.stem == ALL_WORKS

    @property
    def files(self) -> tuple[tuple[str, str, str], ...]:
        """Return (path, label, media type) of each file."""
        return tuple((f"{self.stem}.{end}", *told) for end, told in FORMS.items())


def entries_of(env: BuildEnvironment) -> dict[str, Entry]:
    """Return the bibliography's entries by their keys, sorted."""
    domain: Any = env.get_domain("cite")
    entries = domain.bibdata.data.entries
    return {key: entries[key] for key in sorted(entries)}


def cited_by(env: BuildEnvironment, docname: str) -> tuple[str, ...]:
    """Return the keys of the works that a page cites, sorted."""
    known = domain_keys(env)
    cited = {key for place in places_of(env).get(docname, ()) for key in place.citekeys}
    return tuple(sorted(cited & known))


def domain_keys(env: BuildEnvironment) -> frozenset[str]:
    """Return the keys of all works."""
    domain: Any = env.get_domain("cite")
    return frozenset(domain.bibdata.data.entries)


def bibliography_page(env: BuildEnvironment) -> str:
    """Return the page with the bibliography, "" if the book has none."""
    domain: Any = env.get_domain("cite")
    return next((key.docname for key in domain.bibliographies), "")


def works_for(app: Sphinx, pagename: str) -> Works | None:
    """Return the files that a page offers: its own works, or all."""
    whole = pagename in {app.config.root_doc, bibliography_page(app.env)}
    if whole:
        count = len(domain_keys(app.env))
        return Works(ALL_WORKS, count) if count else None
    if not is_chapter(app, pagename):
        return None
    count = len(cited_by(app.env, pagename))
    return Works(pagename, count) if count else None


def bibliography_text(env: BuildEnvironment) -> str:
    """Return the text of the book's .bib files."""
    domain: Any = env.get_domain("cite")
    paths = [Path(path) for path in domain.bibdata.bibfiles]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def write_works(folder: Path, stem: str, text: str, entries: Iterable[Entry]) -> None:
    """Write works in every form."""
    for ending, content in reference_files(text, tuple(entries)).items():
        path = folder / f"{stem}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def write_files(app: Sphinx, failure: Exception | None) -> None:
    """Write all files once the pages are there."""
    if failure or not isinstance(app.builder, SiteBuilder):
        return
    folder, text, entries = Path(app.outdir), bibliography_text(app.env), entries_of(app.env)
    if entries:
        write_works(folder, ALL_WORKS, text, entries.values())
    for docname in chapters_of(app):
        keys = cited_by(app.env, docname)
        if keys:
            write_works(folder, docname, text, (entries[key] for key in keys))


def offer_works(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Tell the templates of the files."""
    if isinstance(app.builder, SiteBuilder):
        context["works"] = works_for(app, pagename)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the pages and the end of the build, before the list of files is made."""
    app.connect("html-page-context", offer_works)
    app.connect("build-finished", write_files, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
