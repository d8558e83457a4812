"""Each rule against its fixtures: ``tests/lint/<family>/<code>/``.

Files with one stem (``bad.bib``, ``bad.md``, ``bad.svg``) are read together, or a folder
``bad/`` as a project, and with them every file of the folder that begins with neither
``bad`` nor ``good`` (``evidence.toml``, ``people.toml``, ``pyproject.toml``,
``references.bib``).  ``expected.txt`` has a line ``path:line:column: CODE`` for each finding
of the bad ones; the good ones have none.  ``bad.fixed.bib`` is what
``citelint fix --select CODE`` makes of ``bad.bib``.
"""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from citelint.checking import check
from citelint.config import Settings, read_settings
from citelint.fixing import round_of_changes
from citelint.reading import Reading, read_project
from citelint.rules import ALL_RULES
from citelint.text import encode

if TYPE_CHECKING:
    from citelint.rules.base import Rule

FOLDER = Path(__file__).resolve().parent
BY_CODE = {rule.code: rule for rule in ALL_RULES}
FIXTURES = sorted(path for path in FOLDER.glob("*/*/") if path.name[:3].isupper())
MOST_ROUNDS = 10
#: An exception is needed or not only beside a rule that ran.
BESIDE = {"BIB902": "FLD001", "PRO902": "USE001"}


def settings_of(folder: Path, stem: str) -> Settings:
    """Return a case's settings: the fixture's own, and the tables that lie in it.

    ``bad.evidence.toml`` is the table of the case ``bad`` alone.
    """
    own = folder / "pyproject.toml"
    settings = read_settings(own) if own.is_file() else Settings()
    present: dict[str, Any] = {}
    for name in ("evidence", "people"):
        for path in (f"{name}.toml", f"{stem}.{name}.toml"):
            if (folder / path).is_file():
                present[name] = path
    return dataclasses.replace(settings, **present)


def is_source(path: Path) -> bool:
    """Say whether a case is made of this file; tables that settings name only lie beside it."""
    is_table = path.name.endswith((".evidence.toml", ".people.toml"))
    is_beside = not path.stem.startswith(("bad", "good")) and path.suffix not in {".bib", ".md"}
    return not is_table and not is_beside


def cases(folder: Path, beginning: str) -> list[tuple[Path, ...]]:
    """Return the files of each case: those of one stem, and what lies beside them."""
    sources = [path for path in sorted(folder.iterdir()) if is_source(path)]
    beside = [path for path in sources if not path.stem.startswith(("bad", "good"))]
    stems = {path.stem for path in sources if path.stem.startswith(beginning)}
    return [
        (*(path for path in sources if path.stem == stem), *beside)
        for stem in sorted(stems)
        if not stem.endswith(".fixed")
    ]


def read(folder: Path, files: tuple[Path, ...]) -> Reading:
    """Read one case as a whole project."""
    return read_project(folder, settings_of(folder, files[0].stem), files, is_whole=True)


def rules_for(code: str) -> list[Rule]:
    """Return the rule, and the one that it needs beside it."""
    return [BY_CODE[each] for each in (code, BESIDE.get(code)) if each]


def found(folder: Path, files: tuple[Path, ...], code: str) -> list[str]:
    """Return a case's findings of a code as lines."""
    findings = check(read(folder, files).project, rules_for(code))
    return [f"{f.path}:{f.line}:{f.column}: {f.code}" for f in findings if f.code == code]


def test_every_rule_has_a_fixture_and_every_fixture_a_rule() -> None:
    assert {path.name for path in FIXTURES} == set(BY_CODE)


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda path: path.name)
def test_bad_cases_are_found_and_good_ones_are_not(folder: Path) -> None:
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    bad, good = cases(folder, "bad"), cases(folder, "good")
    assert expected, "expected.txt is empty"
    assert bad, "no bad case"
    assert good, "no good case"
    lines = [line for files in bad for line in found(folder, files, folder.name)]
    assert sorted(lines) == sorted(expected)
    for files in bad:
        assert found(folder, files, folder.name), f"{files[0].name} breaks nothing"
    for files in good:
        assert found(folder, files, folder.name) == []


def fixed(folder: Path, files: tuple[Path, ...], code: str) -> None:
    """Mend a case in its place."""
    for _ in range(MOST_ROUNDS):
        changes = round_of_changes(read(folder, files), rules_for(code))
        if not changes:
            return
        for name, (_, after) in changes.items():
            (folder / name).write_bytes(encode(after))
    raise AssertionError("the fixes do not come to rest")


MENDED = sorted(FOLDER.glob("*/*/*.fixed.*"))


@pytest.mark.parametrize("wanted", MENDED, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_fixes_give_the_mended_file_and_rest(wanted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(wanted.parent, folder)
    name = wanted.name.replace(".fixed.", ".")
    files = next(f for f in cases(folder, "bad") if any(path.name == name for path in f))
    fixed(folder, files, wanted.parent.name)
    assert (folder / name).read_bytes() == wanted.read_bytes()


def test_every_rule_that_mends_has_a_mended_fixture() -> None:
    """A rule that offers edits anywhere in its bad cases shows what they make of them."""
    shown = {path.parent.name for path in MENDED}
    for folder in FIXTURES:
        for files in cases(folder, "bad"):
            findings = check(read(folder, files).project, rules_for(folder.name))
            offers = any(f.fixable for f in findings if f.code == folder.name)
            assert not offers or folder.name in shown, f"{folder.name} has no bad.fixed file"
