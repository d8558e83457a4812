"""Every hostile contribution is refused at its place, before Sphinx reads anything, or harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citelint.cli import main as citelint
from speechbook.building.safety import safety_problems
from speechbook.cli import main as speechbook
from tests.hostile.corpus import Case, book_with, cases, told

if TYPE_CHECKING:
    from pathlib import Path

CASES = cases()
REFUSED = [case for case in CASES if not case.is_harmless]
FEWEST, FEWEST_HARMLESS = 60, 15
#: What a book says in its settings to have the whole family run.
SETTINGS = '[tool.citelint]\npaths = ["docs", "references.bib"]\nextend-select = ["SEC"]\n'


def test_the_corpus_is_large_and_of_every_kind() -> None:
    assert len(REFUSED) >= FEWEST
    assert len(CASES) - len(REFUSED) >= FEWEST_HARMLESS
    kinds = {case.folder.parent.name for case in CASES}
    assert kinds == {"chapters", "bibliographies", "data", "pictures", "folders"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_refused_at_its_place_or_not_at_all(case: Case, tmp_path: Path) -> None:
    paths = book_with(case, tmp_path)
    problems = safety_problems(paths)
    if case.is_harmless:
        assert problems == ()
        return
    sentences = told(problems, case, paths.root)
    assert sentences, [problem.sentence(paths.root) for problem in problems]
    file = case.file or next(iter(case.files()), "")
    wanted = f"{file}:{case.line}:" if case.line else f"{file}:"
    assert any(sentence.startswith(wanted) for sentence in sentences), sentences


@pytest.mark.parametrize(
    "name", ["chapters/include-passwd", "chapters/template-popen", "folders/link-passwd"]
)
def test_citelint_alone_refuses_it_and_a_comment_excuses_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(case for case in CASES if case.name == name)
    paths = book_with(case, tmp_path)
    excuse = f"% citelint: ignore[{case.code}] it is needed\n\n"
    for path in (paths.docs / "chapters").glob("*clude*.md"):
        path.write_text(excuse + path.read_text(encoding="utf-8"), encoding="utf-8")
    (paths.root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.chdir(paths.root)
    assert citelint(["check"]) == 1
    assert case.code in capsys.readouterr().out


def test_the_build_stops_before_sphinx_reads_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = next(case for case in CASES if case.name == "chapters/settings-substitution")
    paths = book_with(case, tmp_path)
    assert speechbook(["build", "--root", str(paths.root)]) == 1
    assert f"docs/chapters/{case.folder.name}.md:3:" in capsys.readouterr().err
    assert not paths.build.exists()
