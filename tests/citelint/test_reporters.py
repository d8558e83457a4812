"""The four reports: each finding in its place, in each form as its readers want it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from citelint.bibtex.entries import records_of
from citelint.bibtex.scanner import scan
from citelint.checking import check
from citelint.findings import Finding
from citelint.project import Project
from citelint.reporters.machine import PUBLIC, as_github, as_json, as_sarif
from citelint.reporters.text import report
from citelint.rules import ALL_RULES
from citelint.text import SourceText, window
from speechbook.audit.npm import packages_of

TEXT = "@misc{one,\n\ttitle = {},\n  pages = {é1-2, 100%},\n}\n@book{two,\n"


def project() -> Project:
    """Return a project of one file that breaks several rules."""
    bib_file = scan(SourceText(Path("lists/a,b.bib"), TEXT))
    return Project(root=Path(), bib_files=(bib_file,), records=tuple(records_of(bib_file)))


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """Return what the default rules find in it."""
    return check(project(), [rule for rule in ALL_RULES if rule.default])


def sources() -> dict[str, SourceText]:
    """Return the file by its shown path."""
    source = project().bib_files[0].source
    return {source.shown: source}


def test_text_shows_line_caret_and_cure(findings: list[Finding]) -> None:
    shown = report(findings, sources(), 1)
    assert (
        "lists/a,b.bib:2:2: FLD002 the field title is empty; fill it or drop it.\n"
        "     title = {},\n"
        "     ^^^^^\n"
    ) in shown
    assert shown.endswith("in 1 of 1 files; citelint fix mends 1.\n")
    assert "\x1b" not in shown
    assert "\x1b[31m" in report(findings, sources(), 1, colour=True)


def test_carets_stand_beneath_what_they_mean(findings: list[Finding]) -> None:
    for finding in findings:
        source = sources()[finding.path]
        shown = report([finding], sources(), 1).split("\n")
        caret = shown[2].index("^")
        line = source.line(finding.line)
        under = shown[1][caret : caret + 1] or " "
        assert under == (line[finding.column - 1 : finding.column].replace("\t", " ") or " ")


def test_a_long_line_is_shown_around_the_finding() -> None:
    text = "x" * 100_000 + "HERE" + "y" * 100_000
    source = SourceText(Path("a.bib"), text)
    finding = Finding("a.bib", 1, 100_001, 1, 100_005, "X", "x", "note", "m")
    _, piece, carets, *_ = report([finding], {"a.bib": source}, 1).split("\n")
    start = carets.index("^")
    assert piece[start : start + 4] == "HERE"
    assert carets.count("^") == 4
    assert len(piece) < 120


def test_windows_end_with_the_line() -> None:
    source = SourceText(Path("a"), "one\r\ntwo\rthree")
    assert [window(source, line, 2, 10) for line in (1, 2, 3)] == ["ne", "wo", "hree"]


def test_json_has_the_promised_fields(findings: list[Finding]) -> None:
    document = json.loads(as_json(findings, 1))
    assert set(document) == {"findings", "files", "version"}
    assert all(tuple(finding) == PUBLIC for finding in document["findings"])
    assert document["findings"][0]["path"] == "lists/a,b.bib"


def test_github_escapes_properties_and_messages(findings: list[Finding]) -> None:
    lines = as_github(findings).splitlines()
    assert len(lines) == len(findings)
    assert all(line.startswith(("::error file=", "::warning file=", "::notice ")) for line in lines)
    assert all("lists/a%2Cb.bib" in line for line in lines)
    per_cent = next(line for line in lines if "BIB071" in line)
    assert per_cent.endswith("per cent sign; write \\%25.")


#: The published schema (OASIS, sarif-schema-2.1.0), as Microsoft's package carries it.
SCHEMA = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sarif_schema() -> Draft7Validator:
    """Return a validator of the published schema, formats such as addresses included."""
    schema = json.loads(packages_of(REPOSITORY).file(SCHEMA).read_text(encoding="utf-8-sig"))
    assert "2.1.0" in schema["title"]
    return Draft7Validator(schema, format_checker=FormatChecker())


def test_sarif_keeps_to_the_published_schema(
    findings: list[Finding], sarif_schema: Draft7Validator
) -> None:
    rules = [rule for rule in ALL_RULES if rule.default]
    for log in (as_sarif(findings, rules), as_sarif([], rules), as_sarif(findings, ALL_RULES)):
        assert [error.message for error in sarif_schema.iter_errors(json.loads(log))] == []


def test_the_schema_would_see_a_fault(
    findings: list[Finding], sarif_schema: Draft7Validator
) -> None:
    log = json.loads(as_sarif(findings, ALL_RULES))
    log["runs"][0]["results"][0]["level"] = "notice"
    assert not sarif_schema.is_valid(log)


def walked(node: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Return every object of a JSON document."""
    if isinstance(node, dict):
        return [node, *(each for value in node.values() for each in walked(value))]
    return [each for value in node for each in walked(value)] if isinstance(node, list) else []


def test_sarif_names_every_rule_and_place(findings: list[Finding]) -> None:
    rules = [rule for rule in ALL_RULES if rule.default]
    log = json.loads(as_sarif(findings, rules))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    listed = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in listed}) == len(rules)
    for result, finding in zip(run["results"], findings, strict=True):
        assert listed[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] in {"error", "warning", "note"}
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (finding.line, finding.column)
        assert region["endLine"] >= region["startLine"] >= 1
    assert all(node is not None for node in walked(log))
