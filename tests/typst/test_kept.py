"""What an earlier build has set is used again where, and only where, it would be the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from speechbook.typst import kept
from speechbook.typst.compile import Press
from tests.typst.conftest import build
from tests.typst.editing import change, redraw, reword

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from speechbook.typst.compile import Result

#: As many sections as the small book can be cut into.
CUT = {"typst_section_sizes": (0, 1)}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gather the names of the files that the compiler is run on."""
    names: list[str] = []

    def counting(original: Callable[..., Result]) -> Callable[..., Result]:
        def counted(self: Press, main: Path, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401
            names.append(main.name)
            return original(self, main, *arguments, **options)

        return counted

    for name in ("set", "measure"):
        monkeypatch.setattr(Press, name, counting(getattr(Press, name)))
    return names


def retitle(source: Path) -> None:
    """Change what running heads, contents and references show."""
    change(source / "chapters" / "one.md", "# The first chapter", "# The chapter before all others")


def lengthen(source: Path) -> None:
    """Move every page that comes after."""
    path = source / "chapters" / "one.md"
    words = "\n\n".join(["Another paragraph is put in, with a few words in it."] * 90)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{words}\n", encoding="utf-8")


def refer_forward(source: Path) -> None:
    """Let a chapter of several pages name the page of one after it."""
    change(source / "back" / "glossary.md", "# ", "(ahead)=\n# ")
    path = source / "chapters" / "two.md"
    words = ["Another paragraph, which says nothing but fills its lines."] * 90
    text = "\n\n".join([path.read_text(encoding="utf-8"), *words])
    path.write_text(f"{text}\n\nSee {{ref}}`ahead`.\n", encoding="utf-8")


def renote(source: Path) -> None:
    """Put a note before all others of its chapter, and a line into the index."""
    path = source / "chapters" / "two.md"
    change(path, "It begins", "It[^new] begins")
    more = "\n\n[^new]: A new note.\n\n```{index} single: A new term\n```\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


@pytest.mark.parametrize("edit", [reword, retitle, lengthen, refer_forward, redraw, renote])
def test_after_an_edit_the_pdf_is_what_a_first_build_makes(
    source: Path, tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    before = build(source, tmp_path / "out", **CUT).path.read_bytes()
    edit(source)
    warm = build(source, tmp_path / "out", **CUT).path.read_bytes()
    cold = build(source, tmp_path / "cold", **CUT).path.read_bytes()
    assert warm == cold
    assert warm != before


def test_a_word_sets_its_own_section_alone(source: Path, tmp_path: Path, runs: list[str]) -> None:
    build(source, tmp_path / "out", **CUT)
    all_sections = set(runs)
    runs.clear()
    build(source, tmp_path / "out", **CUT)
    assert runs == []
    reword(source)
    build(source, tmp_path / "out", **CUT)
    assert len(set(runs)) == 1
    assert len(all_sections) == 4


def test_title_that_moves_no_page_sets_the_contents_once(
    source: Path, tmp_path: Path, runs: list[str]
) -> None:
    build(source, tmp_path / "out", **CUT)
    runs.clear()
    retitle(source)
    build(source, tmp_path / "out", **CUT)
    # The contents show the title.
    assert runs == ["section-001.typ"]


def test_measured_section_has_the_pages_and_places_that_it_has_in_print(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = []
    measure = Press.measure

    def both(self: Press, main: Path, inputs: Any, *, size: int) -> Result:  # noqa: ANN401
        measured = measure(self, main, inputs, size=size)
        pairs.append((measured, self.set(main, inputs, opens=False, size=size)))
        return measured

    monkeypatch.setattr(Press, "measure", both)
    refer_forward(source)
    build(source, tmp_path / "out", **CUT)
    assert any(printed.pages > 1 for _, printed in pairs)
    for measured, printed in pairs:
        assert measured.pages == printed.pages
        assert measured.report == printed.report


@pytest.mark.parametrize("harm", ["wrong", "[]", '{"one": 1}', "{", '{"one": {"page": "x"}}'])
def test_wrong_guess_at_the_pages_is_put_right(source: Path, tmp_path: Path, harm: str) -> None:
    whole = build(source, tmp_path / "out", **CUT).path.read_bytes()
    pages = tmp_path / "out" / kept.FOLDER / "pages.json"
    guess = json.loads(pages.read_bytes())
    assert len(guess) > 1
    labels = [*guess, "a label that is gone"]
    wrong = json.dumps({label: {"page": 900, "shown": "888"} for label in labels})
    pages.write_text(wrong if harm == "wrong" else harm, encoding="utf-8")
    assert build(source, tmp_path / "out", **CUT).path.read_bytes() == whole
    assert json.loads(pages.read_bytes()) == guess


def test_a_damaged_section_is_set_again(source: Path, tmp_path: Path, runs: list[str]) -> None:
    built = build(source, tmp_path / "out", **CUT)
    whole = built.path.read_bytes()
    runs.clear()
    for path in (tmp_path / "out" / kept.FOLDER).glob("*.pdf"):
        path.write_bytes(path.read_bytes()[:-1])
    assert build(source, tmp_path / "out", **CUT).path.read_bytes() == whole
    assert len(set(runs)) == 4


def test_kept_sections_bring_the_texts_of_their_pages(source: Path, tmp_path: Path) -> None:
    first = build(source, tmp_path / "out", **CUT)
    texts = first.path.with_suffix(".pages.json")
    said = texts.read_bytes()
    texts.unlink()
    build(source, tmp_path / "out", **CUT)
    assert texts.read_bytes() == said


def test_what_is_of_no_use_any_more_is_thrown_away(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "out", **CUT)
    folder = tmp_path / "out" / kept.FOLDER
    before = {path.name for path in folder.iterdir()}
    retitle(source)
    build(source, tmp_path / "out", **CUT)
    after = {path.name for path in folder.iterdir()}
    assert after != before
    assert len(after) <= len(before) + 2


def test_another_paper_date_or_compiler_is_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "picture.svg").write_text("one")
    texts = [b'image("/picture.svg")']
    first = kept.key_of(tmp_path, texts, ["a5"])
    assert first == kept.key_of(tmp_path, texts, ["a5"])
    assert first != kept.key_of(tmp_path, texts, ["a4"])
    (tmp_path / "picture.svg").write_text("two")
    second = kept.key_of(tmp_path, texts, ["a5"])
    assert first != second
    monkeypatch.setattr(kept, "tools", lambda: "another compiler")
    assert second != kept.key_of(tmp_path, texts, ["a5"])
