"""The command: exit codes, settings, selection, what it says when it cannot go on."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from citelint.checking import is_selected
from citelint.cli import main
from citelint.rules import ALL_RULES

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "@misc{one,\n  title = {One},\n}\n"
BAD = "@misc{one,\n  title = {},\n}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty project's folder, made the current one."""
    (tmp_path / "pyproject.toml").write_text("[tool.citelint]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    """Write a file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_exit_codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.bib", GOOD)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "No findings in 1 file.\n"
    write(folder / "a.bib", BAD)
    assert main(["check"]) == 1
    assert "a.bib:2:3: FLD002 the field title is empty" in capsys.readouterr().out
    assert main(["check", "--select", "XYZ"]) == 2
    assert "no rule or family is called 'XYZ'" in capsys.readouterr().err
    assert main(["check", "missing.bib"]) == 3
    assert "missing.bib is not there" in capsys.readouterr().err


def test_the_package_runs_as_a_module(folder: Path) -> None:
    write(folder / "a.bib", BAD)
    command = (sys.executable, "-m", "citelint", "check")
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "a.bib:2:3: FLD002" in ran.stdout


def test_unknown_options_and_verbs_are_usage(folder: Path) -> None:
    for arguments in (["check", "--loud"], ["judge"], []):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2
    assert folder.is_dir()


@pytest.mark.parametrize(
    "settings",
    [
        "tool.citelint = 3",
        "[tool.citelint]\nselekt = []",
        "[tool.citelint]\nselect = 1",
        "[tool",
        "[tool.citelint]\nkey-pattern = '['",
    ],
)
def test_settings_that_cannot_be_used(
    folder: Path, settings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "pyproject.toml", settings)
    assert main(["check"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("citelint: ")
    assert error.count("\n") == 1


def test_settings_select_and_the_command_line_comes_first(folder: Path) -> None:
    write(folder / "pyproject.toml", '[tool.citelint]\nignore = ["FLD002"]\n')
    write(folder / "a.bib", BAD)
    assert main(["check"]) == 0
    assert main(["check", "--select", "FLD002"]) == 0
    write(folder / "pyproject.toml", '[tool.citelint]\nselect = ["IDN"]\n')
    assert main(["check"]) == 0
    assert main(["check", "--select", "FLD"]) == 1
    assert main(["check", "--select", "FLD", "--ignore", "FLD002"]) == 0


def test_the_longest_pattern_wins() -> None:
    rule = next(each for each in ALL_RULES if each.code == "FMT001")
    assert not is_selected(rule, (), ())
    assert is_selected(rule, ("ALL",), ())
    assert not is_selected(rule, ("ALL",), ("FMT",))
    assert is_selected(rule, ("FMT001",), ("FMT",))
    assert not is_selected(rule, ("FMT",), ("FMT001",))


def test_the_bibliography_that_conf_names_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "docs" / "conf.py", 'bibtex_bibfiles = ["../lists/works.bib"]\n')
    write(folder / "docs" / "index.md", "# One\n\n{cite:p}`one`\n")
    write(folder / "lists" / "works.bib", BAD)
    assert main(["check", "--format", "json", "--select", "FLD,USE"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["files"] == 2
    assert [finding["path"] for finding in report["findings"]] == ["lists/works.bib"]


def test_rules_and_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    listed = capsys.readouterr().out
    assert all(rule.code in listed and rule.name in listed for rule in ALL_RULES)
    assert main(["explain", "fld001"]) == 0
    by_code = capsys.readouterr().out
    assert main(["explain", "required-fields-are-given"]) == 0
    assert capsys.readouterr().out == by_code
    assert all(f"## {part}" in by_code for part in ("Why", "Bad", "Good", "Cure"))
    assert main(["explain", "FLD999"]) == 2


def test_every_rule_has_an_own_code_and_name() -> None:
    assert len({rule.code for rule in ALL_RULES}) == len(ALL_RULES)
    assert len({rule.name for rule in ALL_RULES}) == len(ALL_RULES)
    for rule in ALL_RULES:
        assert rule.page.summary.endswith("."), rule.code
        assert rule.page.bad != rule.page.good, rule.code


BINARIES = {
    "bytes": bytes(range(256)) * 20,
    "pdf": b"%PDF-1.7\n\xe2\xe3\xcf\xd3",
    "program": b"\x7fELF" + bytes(500),
    "noise": random.Random(1956).randbytes(20_000),  # noqa: S311 - repeatable, not secret
}


@pytest.mark.parametrize("content", BINARIES.values(), ids=BINARIES)
@pytest.mark.parametrize("name", ["a.bib", "a.md"])
def test_a_binary_ends_in_one_sentence(
    folder: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_bytes(content)
    assert main(["check", name]) == 3
    error = capsys.readouterr().err
    assert error == f"citelint: {name} is no text but a binary file; name the text it came from.\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1251", "utf-8-sig"])
def test_text_in_another_encoding_is_no_binary(
    folder: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.bib").write_bytes("@misc{one,\n  title = {Книга},\n}\n".encode(encoding))
    assert main(["check"]) == 1
    assert "BIB06" in capsys.readouterr().out


def test_a_nul_in_a_text_is_a_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.bib", GOOD.replace("One", "O\0ne"))
    assert main(["check"]) == 1
    assert "a.bib:2:13: BIB062" in capsys.readouterr().out


def test_an_empty_file_has_no_place_to_stumble(folder: Path) -> None:
    write(folder / "a.bib", "")
    write(folder / "a.md", "")
    assert main(["check", "--ignore", "BIB050"]) == 0


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("gone.bib", "gone.bib is not there; check the path."),
        ("folder.bib", "folder.bib is a folder; name a file, or a folder of another name."),
        ("empty", "empty holds no chapter (.md) and no .bib file; name another path."),
        ("a.txt", "a.txt is neither a chapter (.md) nor a bibliography (.bib); leave it out."),
    ],
)
@pytest.mark.parametrize("verb", ["check", "fix", "verify"])
def test_what_cannot_be_read_ends_in_one_sentence(
    folder: Path, verb: str, path: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("folder.bib", "empty"):
        (folder / name).mkdir()
    write(folder / "a.txt", "")
    assert main([verb, path]) == 3
    assert capsys.readouterr().err == f"citelint: {sentence}\n"


def test_an_exception_with_a_reason_is_heeded(folder: Path) -> None:
    field = "citelint-ignore = {FLD002: the sheet has no title}"
    write(folder / "a.bib", f"@misc{{one,\n  title = {{}},\n  {field},\n}}\n")
    assert main(["check"]) == 0


def test_the_installed_command_runs() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "citelint.cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("citelint ")
