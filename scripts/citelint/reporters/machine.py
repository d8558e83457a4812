"""Findings for programs: JSON, SARIF 2.1.0 and GitHub's annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citelint import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citelint.findings import Finding
    from citelint.rules.base import Rule

PUBLIC = (
    "code",
    "name",
    "severity",
    "message",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "fixable",
)
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
GITHUB_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def as_json(findings: Sequence[Finding], files: int) -> str:
    """Return the findings as one JSON document: findings, files, version."""
    listed = [{name: getattr(finding, name) for name in PUBLIC} for finding in findings]
    document = {"findings": listed, "files": files, "version": __version__}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def sarif_rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as SARIF's ``reportingDescriptor`` (section 3.49)."""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.page.summary},
        "fullDescription": {"text": rule.page.why},
        "help": {"text": rule.page.cure},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def sarif_result(finding: Finding, indices: dict[str, int]) -> dict[str, Any]:
    """Return a finding as SARIF's ``result`` (section 3.27)."""
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    place = {"artifactLocation": {"uri": finding.path}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": indices[finding.code],
        "level": finding.severity,
        "message": {"text": f"{finding.message}."},
        "locations": [{"physicalLocation": place}],
    }


def as_sarif(findings: Iterable[Finding], rules: Sequence[Rule]) -> str:
    """Return the findings as a SARIF 2.1.0 log; columns count characters (section 3.14.27)."""
    indices = {rule.code: index for index, rule in enumerate(rules)}
    driver = {
        "name": "citelint",
        "version": __version__,
        "rules": [sarif_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [sarif_result(finding, indices) for finding in findings],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def escaped(text: str, *, is_property: bool = False) -> str:
    """Escape a text as GitHub's workflow commands want it.

    Source: actions/toolkit, packages/core/src/command.ts (escapeData, escapeProperty).
    """
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def as_github(findings: Iterable[Finding]) -> str:
    """Return a workflow command a line, which GitHub shows at the line it names."""
    lines = []
    for finding in findings:
        properties = (
            f"file={escaped(finding.path, is_property=True)},line={finding.line},"
            f"col={finding.column},endLine={finding.end_line},endColumn={finding.end_column},"
            f"title={escaped(f'{finding.code} {finding.name}', is_property=True)}"
        )
        level = GITHUB_LEVELS[finding.severity]
        lines.append(f"::{level} {properties}::{escaped(finding.message)}.\n")
    return "".join(lines)
