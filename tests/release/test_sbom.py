"""The bill of materials: valid CycloneDX, complete, the same everywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from speechbook.release.commit import Commit
from speechbook.release.sbom import bill_of_materials

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = Commit("0123456789ab", 1_790_000_000)
LOCK = """alabaster==1.0.0 \\
    --hash=sha256:aa
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:bb
"""


@pytest.fixture
def bill() -> str:
    return bill_of_materials(LOCK, "1.2.3", COMMIT)


def test_the_bill_is_valid_cyclonedx(bill: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None


def test_a_broken_bill_is_not(bill: str) -> None:
    broken = bill.replace('"library"', '"bookcase"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_every_locked_package_is_named(repository: Path) -> None:
    lock = (repository / ".lock" / "book.txt").read_text(encoding="utf-8")
    document = json.loads(bill_of_materials(lock, "1.2.3", COMMIT))
    named = {(c["name"], c["version"]) for c in document["components"]}
    assert len(named) == sum(
        "==" in line and not line.startswith(" ") for line in lock.splitlines()
    )
    assert {"sphinx", "typst", "myst-parser"} <= {name for name, _ in named}


def test_the_bill_names_the_book_and_its_commits_time(bill: str) -> None:
    document = json.loads(bill)
    assert document["metadata"]["component"]["version"] == "1.2.3"
    assert document["metadata"]["timestamp"].startswith("2026-09-21T")
    (edge,) = [d for d in document["dependencies"] if d["ref"] == "the-secret-speech"]
    assert edge["dependsOn"] == ["pkg:pypi/alabaster@1.0.0", "pkg:pypi/colorama@0.4.6"]


def test_the_bill_is_the_same_each_time_and_another_lock_gives_another(bill: str) -> None:
    assert bill_of_materials(LOCK, "1.2.3", COMMIT) == bill
    other = json.loads(bill_of_materials(LOCK.replace("1.0.0", "1.0.1"), "1.2.3", COMMIT))
    assert other["serialNumber"] != json.loads(bill)["serialNumber"]
