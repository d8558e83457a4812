"""Print several works of one citation in the order in which they are written.

sphinxcontrib-bibtex prints them in the order of the bibliography
(``BibtexDomain.resolve_xref`` walks its own list of citations), but the order of
works in a note says which matters most.  Each role that names several works
becomes as many roles, joined by semicolons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SEPARATOR = "; "


def target_text(target: CitationTarget) -> str:
    """Write a target as the role takes it: ``{before}key{after}``."""
    before = f"{{{target.pre}}}" if target.pre else ""
    after = f"{{{target.post}}}" if target.post else ""
    return f"{before}{target.key}{after}"


def single(role: addnodes.pending_xref, target: CitationTarget) -> addnodes.pending_xref:
    """Return a copy of the role that names one work; only the first keeps the ids."""
    copy = role.deepcopy()
    copy["reftarget"] = target_text(target)
    copy["ids"] = []
    return copy


def split(role: addnodes.pending_xref) -> list[nodes.Node]:
    """Return the roles and separators that take the place of a role with several works."""
    copies = [single(role, t) for t in parse_citation_targets(role["reftarget"])]
    copies[0]["ids"] = role["ids"]
    pieces: list[nodes.Node] = [copies[0]]
    for copy in copies[1:]:
        pieces += [nodes.Text(SEPARATOR), copy]
    return pieces


class KeepOrderOfWorks(SphinxTransform):
    """Runs at reading, when the domain has already taken note of the citation."""

    default_priority = 400

    def apply(self, **_kwargs: Any) -> None:  # noqa: ANN401
        """Split every citation of several works."""
        for role in list(self.document.findall(addnodes.pending_xref)):
            if role.get("refdomain") == "cite" and "," in role["reftarget"]:
                role.replace_self(split(role))


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the transform."""
    app.add_transform(KeepOrderOfWorks)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
