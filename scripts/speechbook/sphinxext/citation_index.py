"""Let sphinxcontrib-bibtex look at the citations that can match, instead of at all.

What its domain does upstream, and what that costs with *w* works, *n* citations in
*d* documents, for every one of the three formats:

- for each work in each bibliography it walks all citations to see who cites the
  work (``get_filtered_entries``: w x n);
- for each citation it walks all works, twice (``resolve_xref``: n x w);
- it sorts the citations by their document's place in a list (n x d, so that the
  cost grows with the square of the book);
- it filters, sorts and formats the bibliographies anew for each format, though
  nothing has been read in between.

Here the domain's own code runs unchanged, but is shown only the citations of the
work in question, and the works of the citation in question; and what was formatted
is kept until a document is read again, a .bib file or a setting changes, or the
process ends (so that a change of our own styles always shows).  For as long a
citation is resolved but once for all formats (``citation_memory.py``).
"""

from __future__ import annotations

import inspect
import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from sphinx.errors import ExtensionError
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from speechbook.sphinxext.citation_memory import (
    OTHER_NODES,
    AnyBuilder,
    addressed,
    resolved_under,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from docutils import nodes
    from pybtex.database import Entry
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.directives import BibliographyKey
    from sphinxcontrib.bibtex.domain import Citation
    from sphinxcontrib.bibtex.roles import CitationRef

#: Tells what this process has formatted from what an earlier one left in the environment.
THIS_PROCESS: Final = uuid.uuid4().hex
FORMATTED: Final = "speechbook_formatted"
#: Tells one formatting from the next.
FORMATTING: Final = "speechbook_formatting"
#: The settings that the formatted entries depend on.
SETTINGS: Final = ("bibtex_default_style", "bibtex_tooltips", "bibtex_tooltips_style")

#: What the domain's methods must still say for this to be right and worth it.
RELIED_ON: Final = {
    "get_filtered_entries": (
        "for entry in self.get_entries(bibliography.bibfiles):",
        "key = bibliography.keyprefix + entry.key",
        "for citation_ref in self.citation_refs",
    ),
    "get_all_cited_keys": ("self.citation_refs, key=lambda c: docnames.index(c.docname)",),
    "resolve_xref": ("for cit in self.citations", "if cit.key in keys"),
    "env_updated": ("self.citations.clear()", "self.get_formatted_entries("),
    "clear_doc": ('self.data["citations"] =', "for ref in self.citation_refs"),
}


class Positions(list[str]):
    """A list whose ``index`` takes no walk."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(names)
        self._positions = {name: number for number, name in reversed(list(enumerate(self)))}

    def index(self, name: str, *_bounds: Any) -> int:  # noqa: ANN401
        """Return the first position of *name*.

        Raises:
            ValueError: it is not in the list.

        """
        if name not in self._positions:
            raise ValueError(f"{name!r} is not in list")
        return self._positions[name]


def references_by_key(references: Iterable[CitationRef]) -> dict[str, list[CitationRef]]:
    """Return the citations of each work by its key, in their order."""
    by_key: dict[str, list[CitationRef]] = {}
    for reference in references:
        for key in dict.fromkeys(target.key for target in reference.targets):
            by_key.setdefault(key, []).append(reference)
    return by_key


def works_by_key(citations: Iterable[Citation]) -> dict[str, list[tuple[int, Citation]]]:
    """Return the works under each key, each with its place in the bibliographies."""
    by_key: dict[str, list[tuple[int, Citation]]] = {}
    for place, citation in enumerate(citations):
        by_key.setdefault(citation.key, []).append((place, citation))
    return by_key


class IndexedBibtexDomain(BibtexDomain):
    """sphinxcontrib-bibtex's domain, shown little at a time."""

    _shown_refs: list[CitationRef] | None = None
    _shown_citations: list[Citation] | None = None
    _works: dict[str, list[tuple[int, Citation]]] | None = None
    _prefix = ""
    _style: str | None = None

    @property
    def citation_refs(self) -> list[CitationRef]:
        """The citations: all, or those of the work being looked at."""
        if self._shown_refs is not None:
            return self._shown_refs
        references: list[CitationRef] = self.data["citation_refs"]
        return references

    @property
    def citations(self) -> list[Citation]:
        """The works: all, or those that the citation being resolved names."""
        if self._shown_citations is not None:
            return self._shown_citations
        citations: list[Citation] = self.data["citations"]
        return citations

    def get_entries(self, bibfiles: list[Path]) -> Iterator[Entry]:
        """Yield the works; while one is out, only its citations are seen."""
        by_key = references_by_key(self.data["citation_refs"])
        try:
            for entry in super().get_entries(bibfiles):
                self._shown_refs = by_key.get(self._prefix + entry.key, [])
                yield entry
        finally:
            self._shown_refs = None

    def get_filtered_entries(
        self, bibliography_key: BibliographyKey
    ) -> Iterable[tuple[str, Entry]]:
        """Return a bibliography's works; a list, so that nobody sees half of the citations."""
        self._prefix = self.bibliographies[bibliography_key].keyprefix
        return list(super().get_filtered_entries(bibliography_key))

    def get_all_cited_keys(self, docnames: Sequence[str]) -> Iterable[str]:
        """Yield the cited keys in the order of the documents."""
        keys: Iterable[str] = super().get_all_cited_keys(Positions(docnames))  # type: ignore[no-untyped-call]
        return keys

    def resolve_xref(  # type: ignore[override]  # noqa: PLR0913, PLR0917
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Resolve a citation among the works that it names; the signature is upstream's."""
        named = self._named_in(target)
        self._shown_citations = named
        try:
            if not self._may_be_remembered(target, named, fromdocname, builder):
                return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
            remembered = resolved_under(self._formatting())
            if (typ, target) not in remembered:
                anywhere: Any = AnyBuilder()
                remembered[typ, target] = super().resolve_xref(
                    env, "", anywhere, typ, target, node, contnode
                )
        finally:
            self._shown_citations = None
        return addressed(remembered[typ, target], builder, fromdocname)

    def _may_be_remembered(
        self, target: str, named: list[Citation], fromdocname: str, builder: Builder
    ) -> bool:
        """Say whether a citation reads alike wherever it stands, and needs no warning.

        A document with a bibliography of its own looks there first.
        """
        keys = {each.key for each in parse_citation_targets(target)}
        has_own = any(key.docname == fromdocname for key in self.bibliographies)
        is_known = keys == {citation.key for citation in named}
        return is_known and not has_own and builder.name not in OTHER_NODES

    def _formatting(self) -> tuple[str, str]:
        """Tell this formatting of the bibliographies, and the style of references, from others."""
        if self._style is None:
            # Name styles tell their class and, for no use here, where they lie.
            self._style = re.sub(r" at 0x[0-9a-f]+", "", repr(self.reference_style))
        return self.data[FORMATTING], self._style

    def _named_in(self, target: str) -> list[Citation]:
        """Return the works that a citation names, in the order of the bibliographies."""
        if self._works is None:
            self._works = works_by_key(self.data["citations"])
        keys = {each.key for each in parse_citation_targets(target)}
        found = [pair for key in keys for pair in self._works.get(key, ())]
        return [citation for _place, citation in sorted(found, key=lambda pair: pair[0])]

    def _state(self) -> tuple[object, ...]:
        """Return what the formatted bibliographies depend on besides the documents."""
        bibfiles = {str(path): file.mtime for path, file in self.bibdata.bibfiles.items()}
        settings = [getattr(self.env.config, name) for name in SETTINGS]
        return (THIS_PROCESS, self.bibdata.encoding, bibfiles, settings)

    def env_updated(self) -> Iterable[str]:
        """Format the bibliographies, unless they stand formatted already."""
        self._works = None
        state = self._state()
        if self.data.get(FORMATTED) == state:
            return []
        updated = super().env_updated()
        self.data[FORMATTED] = state
        self.data[FORMATTING] = uuid.uuid4().hex
        return updated

    def clear_doc(self, docname: str) -> None:
        """Forget a document about to be read again or removed, and what was formatted."""
        self.data.pop(FORMATTED, None)
        super().clear_doc(docname)

    def merge_domaindata(self, docnames: Any, otherdata: dict[str, Any]) -> None:  # noqa: ANN401
        """Take over what a parallel reader found, and format anew."""
        self.data.pop(FORMATTED, None)
        super().merge_domaindata(docnames, otherdata)


def check_upstream(_app: Sphinx) -> None:
    """Fail loudly if the domain no longer does what this extension cuts short.

    Raises:
        ExtensionError: a method of the domain has changed beneath this extension.

    """
    for name, phrases in RELIED_ON.items():
        source = inspect.getsource(getattr(BibtexDomain, name))
        missing = [phrase for phrase in phrases if phrase not in " ".join(source.split())]
        if missing:
            raise ExtensionError(
                f"sphinxcontrib-bibtex's {name} no longer says {missing[0]!r}; "
                "see speechbook/sphinxext/citation_index.py and adapt it to the new version"
            )


def setup(app: Sphinx) -> dict[str, Any]:
    """Put our domain in the place of sphinxcontrib-bibtex's."""
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(IndexedBibtexDomain, override=True)
    app.connect("builder-inited", check_upstream)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
