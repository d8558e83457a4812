"""The findings about one page, for the panel beside it."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citelint.findings import Finding


def source_of(address: str) -> str:
    """Return the chapter that a page's address was made from, as findings name it.

    >>> source_of("/chapters/01-session.html")
    'docs/chapters/01-session.md'
    """
    path = PurePosixPath(address.lstrip("/") or "index.html")
    path = path / "index.html" if address.endswith("/") and address != "/" else path
    return f"docs/{path.with_suffix('.md')}"


def about(findings: Iterable[Finding], source: str) -> tuple[list[Finding], list[Finding]]:
    """Part findings into those about a page and those about anything else."""
    here: list[Finding] = []
    elsewhere: list[Finding] = []
    for finding in findings:
        (here if finding.path == source else elsewhere).append(finding)
    return here, elsewhere


def item(finding: Finding, *, with_path: bool) -> str:
    """Return a finding as an item of the panel's list."""
    place = f"{finding.path}:{finding.line}" if with_path else f"line {finding.line}"
    return (
        f'<li class="{escape(finding.severity)}"><b>{escape(place)}</b> '
        f"{escape(finding.message)}. <code>{escape(finding.code)}</code></li>"
    )


def listed(title: str, findings: Sequence[Finding], *, with_path: bool) -> str:
    """Return a titled list, "" where it would be empty."""
    items = "".join(item(finding, with_path=with_path) for finding in findings)
    return f"<h2>{escape(title)}</h2><ol>{items}</ol>" if findings else ""


def panel_text(findings: Sequence[Finding], source: str, trouble: str = "") -> str:
    """Return what the panel holds: the findings about this page first, then the others."""
    if trouble:
        return f"<p>{escape(trouble)}</p>"
    here, elsewhere = about(findings, source)
    count = f"{len(here)} finding{'' if len(here) == 1 else 's'}" if here else "Nothing to mend"
    return (
        f"<p><strong>{count}</strong> in {escape(source)}</p>"
        + listed("On this page", here, with_path=False)
        + listed("Elsewhere", elsewhere, with_path=True)
    )
