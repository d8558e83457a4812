"""At the foot of each page: where to mend it, and where to report an error in it.

The repository's address is nowhere written down (``speechbook.addresses``); without one,
or on a host whose addresses are not known, the links are left out.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from speechbook.addresses import repository_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

#: How the hosts' addresses for changing a file begin, after the repository's own.
EDITING = {"github": "edit/main", "gitlab": "-/edit/main", "forgejo": "_edit/main"}
FORM = "issues/new?template=error-of-fact.yml&where="


def host_kind(repository: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return which software a repository's host runs, "" where that is not known."""
    host = urlsplit(repository).hostname or ""
    own_github = urlsplit(environment.get("GITHUB_SERVER_URL", "")).hostname
    if host and host in {"github.com", own_github}:
        return "github"
    if host == "gitlab.com" or host.startswith("gitlab."):
        return "gitlab"
    return "forgejo" if host == "codeberg.org" or host.startswith("forgejo.") else ""


def edit_link(repository: str, kind: str, docname: str) -> str:
    """Return the address at which a page's source can be changed, "" for none."""
    if kind not in EDITING:
        return ""
    return f"{repository}/{EDITING[kind]}/docs/{quote(docname)}.md"


def report_link(repository: str, kind: str, title: str) -> str:
    """Return the address of the form for an error of fact, its first field filled in."""
    return f"{repository}/{FORM}{quote(title, safe='')}" if kind == "github" else ""


def offer_links(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: object
) -> None:
    """Give the templates the two addresses; pages without a source have none."""
    repository: str = app.config.speechbook_repository
    kind = host_kind(repository)
    has_source = doctree is not None
    title = app.env.titles[pagename].astext() if has_source else ""
    context["mending"] = {
        "edit": edit_link(repository, kind, pagename) if has_source else "",
        "report": report_link(repository, kind, title) if has_source else "",
    }


def setup(app: Sphinx) -> dict[str, Any]:
    """Find the repository's address once, and connect the page context."""
    app.add_config_value("speechbook_repository", repository_address(app.srcdir), "html")
    app.connect("html-page-context", offer_links)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
