"""Every directive and role that the book's Sphinx knows is refused or known to be harmless."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pytest
from docutils.parsers.rst import directives, roles
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from citelint.safety.vocabulary import ROLES, reason_against
from tests.conftest import make_tiny_book

if TYPE_CHECKING:
    from pathlib import Path

#: They arrange what stands in them, or name things; looked at one by one.
HARMLESS = frozenset(
    """
    acks admonition attention bibliography caution centered code code-block codeauthor compound
    container contents danger deprecated describe epigraph error figure footbibliography highlight
    highlights hint hlist image important index line-block list-table margin math moduleauthor
    note object pull-quote rubric sectionauthor seealso sidebar sourcecode table tip toctree topic
    version-added version-changed version-deprecated version-removed versionadded versionchanged
    versionremoved warning
    """.split()  # noqa: SIM905
)
#: Sphinx's domains describe programs: names and text, nothing else.
DOMAINS = ("c:", "cpp:", "js:", "py:", "rst:", "std:", "math:", "changeset:")
#: Of the roles those of programming languages alone; the rest is named one by one.
DESCRIBING = ("c:", "cpp:", "js:", "py:", "rst:")
#: They set their own text, or make of it a link within the book; looked at one by one.
HARMLESS_ROLES = frozenset(
    """
    abbr abbreviation acronym any cite code command dfn emphasis eq file footcite guilabel index
    kbd literal mailheader makevar manpage math menuselection mimetype newsgroup program regexp
    samp strong sub-ref subscript superscript title-reference
    math:numref std:confval std:doc std:envvar std:keyword std:numref std:option std:ref std:term
    std:token
    """.split()  # noqa: SIM905
)
#: They link to one site each, which docutils or Sphinx names: nobody's address can be put in.
LINKING_ROLES = frozenset({"cve", "cwe", "pep", "pep-reference", "rfc", "rfc-reference"})
#: docutils knows these names for its own syntax; as roles they say that they are not implemented.
UNIMPLEMENTED_ROLES = frozenset(
    """
    anonymous-reference citation-reference footnote-reference named-reference
    substitution-reference target uri-reference
    """.split()  # noqa: SIM905
)
#: sphinxcontrib-bibtex's: citations, and nothing but citations.
CITING_ROLES = frozenset(
    f"{domain}:{style}"
    for domain, styles in (
        (
            "cite",
            "alp alps author authorpar authorpars authors cauthor cauthors ct cts empty label"
            " labelpar p ps t ts year yearpar",
        ),
        ("footcite", "ct cts p ps t ts"),
    )
    for style in styles.split()
)
KNOWN_ROLES = HARMLESS_ROLES | LINKING_ROLES | UNIMPLEMENTED_ROLES | CITING_ROLES
DANGEROUS_ROLES = frozenset({"raw", "download"})


class Known(NamedTuple):
    """What the book's Sphinx knows: each name, and what implements it."""

    directives: dict[str, object]
    roles: dict[str, object]


def roles_known(app: Sphinx) -> dict[str, object]:
    """Return every role: docutils', MyST's and the extensions', and those of the domains."""
    found = {**roles._role_registry, **roles._roles}  # type: ignore[attr-defined]
    for domain in app.env.domains.sorted():
        found |= {f"{domain.name}:{name}": role for name, role in domain.roles.items()}
    return found


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Return the directives and roles, with what implements each."""
    folder: Path = tmp_path_factory.mktemp("vocabulary")
    paths = make_tiny_book(folder)
    with docutils_namespace(), patch_docutils(paths.docs):
        out, doctrees = paths.build / "html", paths.build / "doctrees"
        arguments = (paths.docs, paths.docs, out, doctrees, "html")
        app = Sphinx(*arguments, status=None, warning=io.StringIO())
        found = {**directives._directive_registry, **directives._directives}  # type: ignore[attr-defined]
        return Known(found, roles_known(app))


def is_our_own(implementation: object) -> bool:
    """Say whether a directive or role is this book's own code."""
    module = getattr(implementation, "__module__", "")
    return module.startswith("speechbook.") or type(implementation).__module__.startswith(
        "speechbook."
    )


def test_every_directive_is_refused_or_known(known: Known) -> None:
    unknown = {
        name
        for name, implementation in known.directives.items()
        if not (reason_against(name) or name in HARMLESS or name.startswith(DOMAINS))
        and not is_our_own(implementation)
    }
    assert unknown == set()


def test_every_role_is_refused_or_known(known: Known) -> None:
    """A role that comes with another version of Sphinx is looked at before it is let through."""
    unknown = {
        name
        for name, implementation in known.roles.items()
        if name.lower() not in ROLES
        and name not in KNOWN_ROLES
        and not name.startswith(DESCRIBING)
        and not is_our_own(implementation)
    }
    assert unknown == set()


def test_the_lists_of_roles_hold_no_others(known: Known) -> None:
    """A name that is known no more would let through whatever takes it next."""
    assert KNOWN_ROLES - known.roles.keys() == set()
    assert set() == KNOWN_ROLES & ROLES


def test_dangerous_roles_are_refused(known: Known) -> None:
    assert {"raw"} <= known.roles.keys()
    assert DANGEROUS_ROLES <= ROLES


def test_harmless_ones_are_not_refused() -> None:
    assert [name for name in sorted(HARMLESS) if reason_against(name)] == []
