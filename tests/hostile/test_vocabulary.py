"""Every directive and role that the book's Sphinx knows is refused or known to be harmless."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

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
#: Roles that put nothing but their own text, or a link made of it, into the page.
DANGEROUS_ROLES = frozenset({"raw", "download"})


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], set[str]]:
    """Return the directives with what implements them, and the names of the roles."""
    folder: Path = tmp_path_factory.mktemp("vocabulary")
    paths = make_tiny_book(folder)
    with docutils_namespace(), patch_docutils(paths.docs):
        out, doctrees = paths.build / "html", paths.build / "doctrees"
        arguments = (paths.docs, paths.docs, out, doctrees, "html")
        Sphinx(*arguments, status=None, warning=io.StringIO())
        found = {**directives._directive_registry, **directives._directives}  # type: ignore[attr-defined]
        return found, {*roles._role_registry, *roles._roles}  # type: ignore[attr-defined]


def is_our_own(implementation: object) -> bool:
    """Say whether a directive is this book's own code."""
    return getattr(implementation, "__module__", "").startswith("speechbook.")


def test_every_directive_is_refused_or_known(
    known: tuple[dict[str, object], set[str]],
) -> None:
    unknown = {
        name
        for name, implementation in known[0].items()
        if not (reason_against(name) or name in HARMLESS or name.startswith(DOMAINS))
        and not is_our_own(implementation)
    }
    assert unknown == set()


def test_dangerous_roles_are_refused(known: tuple[dict[str, object], set[str]]) -> None:
    assert {"raw"} <= known[1]
    assert DANGEROUS_ROLES <= ROLES


def test_harmless_ones_are_not_refused() -> None:
    assert [name for name in sorted(HARMLESS) if reason_against(name)] == []
