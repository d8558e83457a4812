"""Findings for people: the place, the sentence, the source line and a caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citelint.text import window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citelint.findings import Finding
    from citelint.text import SourceText

COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "note": "\x1b[36m"}
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"

#: How much of a source line is shown around a finding.
WIDTH = 100


def excerpt(finding: Finding, source: SourceText) -> tuple[str, str]:
    """Return a piece of the line and the carets beneath it; tabs and controls become spaces."""
    first = max(1, finding.column - WIDTH // 2)
    shown_piece = window(source, finding.line, first, WIDTH)
    piece = "".join(c if c.isprintable() else " " for c in shown_piece)
    caret = finding.column - first
    one_line = finding.end_line == finding.line
    length = finding.end_column - finding.column if one_line else WIDTH
    return piece, " " * caret + "^" * max(1, min(length, len(piece) - caret))


def shown(finding: Finding, source: SourceText | None, *, colour: bool) -> str:
    """Return one finding as three lines, or as one where the source is not at hand."""
    place = f"{finding.path}:{finding.line}:{finding.column}"
    hue = COLOURS[finding.severity] if colour else ""
    bold, plain = (BOLD, PLAIN) if colour else ("", "")
    hint = " (citelint fix mends it)" if finding.fixable else ""
    head = f"{bold}{place}{plain}: {hue}{finding.code}{plain} {finding.message}{hint}."
    if source is None:
        return head
    piece, carets = excerpt(finding, source)
    return f"{head}\n    {piece}\n    {hue}{carets}{plain}"


def closing(findings: Sequence[Finding], files: int) -> str:
    """Return the last line: how many findings in how many files."""
    if not findings:
        return f"No findings in {files} file{'s' if files != 1 else ''}."
    spoiled = len({finding.path for finding in findings})
    kinds = len({finding.code for finding in findings})
    fixable = sum(finding.fixable for finding in findings)
    mend = f"; citelint fix mends {fixable}" if fixable else ""
    return (
        f"{len(findings)} finding{'s' if len(findings) != 1 else ''} of {kinds} "
        f"kind{'s' if kinds != 1 else ''} in {spoiled} of {files} files{mend}."
    )


def report(
    findings: Sequence[Finding],
    sources: Mapping[str, SourceText],
    files: int,
    *,
    colour: bool = False,
) -> str:
    """Return the whole report."""
    lines: Iterable[str] = (
        shown(finding, sources.get(finding.path), colour=colour) for finding in findings
    )
    return "\n".join([*lines, closing(findings, files)]) + "\n"
