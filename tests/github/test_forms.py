"""Issue forms, Read the Docs, CITATION.cff: each against the schema of those who read it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import REPOSITORY
from tests.github.conftest import surroundings

FORMS = sorted(
    path
    for path in (REPOSITORY / ".github" / "ISSUE_TEMPLATE").glob("*.yml")
    if path.name != "config.yml"
)
SCHEMAS = {
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.github-workflows": sorted((REPOSITORY / ".github" / "workflows").glob("*.yml")),
    "vendor.readthedocs": [REPOSITORY / ".readthedocs.yaml"],
    "vendor.citation-file-format": [REPOSITORY / "CITATION.cff"],
}


def against_schema(schema: str, paths: list[Path]) -> subprocess.CompletedProcess[str]:
    """Check files against a schema that comes with check-jsonschema, without the network."""
    program = Path(sys.executable).with_name("check-jsonschema")
    # The ending .cff says nothing of YAML.
    command = [
        str(program),
        "--builtin-schema",
        schema,
        "--force-filetype",
        "yaml",
        *map(str, paths),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_file_is_what_its_readers_expect(schema: str) -> None:
    assert SCHEMAS[schema]
    result = against_schema(schema, SCHEMAS[schema])
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ("vendor.citation-file-format", "cff-version: 1.2.0", "cff-version: 9"),
        ("vendor.github-issue-forms", "type: textarea", "type: essay"),
        ("vendor.readthedocs", "version: 2", "version: 3"),
    ],
)
def test_spoilt_file_is_refused(schema: str, right: str, wrong: str, tmp_path: Path) -> None:
    original = SCHEMAS[schema][0]
    spoilt = tmp_path / original.name
    text = original.read_text(encoding="utf-8")
    assert right in text
    spoilt.write_text(text.replace(right, wrong), encoding="utf-8")
    assert against_schema(schema, [spoilt]).returncode == 1


def test_there_is_a_form_for_each_kind_of_report() -> None:
    assert {path.stem for path in FORMS} == {
        "error-of-fact",
        "missing-source",
        "new-chapter",
        "typo",
    }


def test_code_owners_name_paths_that_exist(repository: Path) -> None:
    lines = (repository / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    missing = [p for p, *_ in rules if p != "*" and not (repository / p.strip("/")).exists()]
    assert missing == []
    assert all(owners and all(o.startswith("@") for o in owners) for _, *owners in rules)


def test_read_the_docs_takes_all_three_formats(repository: Path, tmp_path: Path) -> None:
    """Run its commands one after another; the book itself is built by the tests of the book."""
    settings = yaml.safe_load((repository / ".readthedocs.yaml").read_text(encoding="utf-8"))
    install, build, *rest = settings["build"]["commands"]
    assert install == "python -m pip install --requirement .lock/nox.txt"
    assert build.endswith("python -m nox --session book")
    dist, output = tmp_path / "dist", tmp_path / "output"
    (dist / "html").mkdir(parents=True)
    (dist / "html" / "index.html").write_text("site", encoding="utf-8")
    for name in ("secret-speech.pdf", "secret-speech.epub", "secret-speech-html.zip"):
        (dist / name).write_text(name, encoding="utf-8")
    for command in rest:
        shell = [shutil.which("bash") or "bash", "-euc", command]
        environment = surroundings(READTHEDOCS_OUTPUT=str(output))
        subprocess.run(shell, cwd=tmp_path, env=environment, check=True)
    found = {p.relative_to(output).as_posix() for p in output.rglob("*") if p.is_file()}
    assert found == {
        "html/index.html",
        "pdf/secret-speech.pdf",
        "epub/secret-speech.epub",
        "htmlzip/secret-speech-html.zip",
    }
