"""Whatever is wrong with the sources: a sentence with file, line and cure, and dist/ untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from speechbook.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from speechbook.building.paths import BookPaths

FIRST = "chapters/01-first.md"


def append(paths: BookPaths, name: str, text: str) -> None:
    """Add text to the end of a source file."""
    path = paths.docs / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def unknown_citekey(paths: BookPaths) -> None:
    append(paths, FIRST, "\nClaim.[^x]\n\n[^x]: {cite:p}`taubmann2003`.\n")


def broken_directive(paths: BookPaths) -> None:
    append(paths, FIRST, "\n```{nosuchthing}\ntext\n```\n")


def broken_role(paths: BookPaths) -> None:
    append(paths, FIRST, "\nA {nosuchrole}`thing`.\n")


def syntax_error_in_bibliography(paths: BookPaths) -> None:
    text = paths.bibliography.read_text(encoding="utf-8")
    paths.bibliography.write_text(text.replace("year = {2004},", "year = {2004"), encoding="utf-8")


def undefined_string_in_bibliography(paths: BookPaths) -> None:
    text = paths.bibliography.read_text(encoding="utf-8")
    changed = text.replace("year = {2004},", "year = {2004}, month = janvier,")
    paths.bibliography.write_text(changed, encoding="utf-8")


def repeated_key(paths: BookPaths) -> None:
    text = paths.bibliography.read_text(encoding="utf-8")
    paths.bibliography.write_text(text + "\n@book{taubman2003, title={T}}\n", encoding="utf-8")


def name_with_commas(paths: BookPaths) -> None:
    text = paths.bibliography.read_text(encoding="utf-8")
    changed = text.replace("{Tromly, Benjamin}", "{Tromly, B, E, N, X}")
    paths.bibliography.write_text(changed, encoding="utf-8")


def missing_figure(paths: BookPaths) -> None:
    append(paths, FIRST, "\n```{figure} nowhere.svg\n:alt: A map\n\nA caption.\n```\n")


def chapter_in_no_contents(paths: BookPaths) -> None:
    (paths.docs / "chapters" / "03-third.md").write_text("# Third\n\nText.\n", encoding="utf-8")


def empty_chapter(paths: BookPaths) -> None:
    (paths.docs / FIRST).write_text("\n\n", encoding="utf-8")


def wrong_encoding(paths: BookPaths) -> None:
    path = paths.docs / FIRST
    path.write_bytes(path.read_bytes() + "\nPozna\u0144 in Latin-2: ".encode() + b"Pozna\xf1\n")


def malformed_citation(paths: BookPaths) -> None:
    append(paths, FIRST, "\nClaim.[^x]\n\n[^x]: {cite:p}`a b`.\n")


def missing_bibliography(paths: BookPaths) -> None:
    paths.bibliography.unlink()


def undefined_note(paths: BookPaths) -> None:
    append(paths, FIRST, "\nClaim.[^nowhere]\n")


def undefined_label(paths: BookPaths) -> None:
    append(paths, FIRST, "\nSee {ref}`there <ch-nowhere>`.\n")


def evidence_that_is_no_toml(paths: BookPaths) -> None:
    (paths.docs / "data" / "evidence.toml").write_text("[[locator]\n", encoding="utf-8")


def part_without_chapters(paths: BookPaths) -> None:
    append(paths, "index.md", '\n```{toctree}\n:caption: "Part III: Third"\n```\n')


CASES: list[tuple[Callable[[BookPaths], None], str, str]] = [
    (unknown_citekey, "docs/chapters/01-first.md:23: ", "did you mean 'taubman2003'"),
    (broken_directive, "docs/chapters/01-first.md:21: ", "check the spelling"),
    (broken_role, "docs/chapters/01-first.md:21: ", "check the spelling"),
    (syntax_error_in_bibliography, "references.bib:", "missing brace"),
    (undefined_string_in_bibliography, "references.bib:", "janvier"),
    (repeated_key, "references.bib:25: ", "stands twice"),
    (name_with_commas, "references.bib:12: ", "too many commas"),
    (missing_figure, "docs/chapters/01-first.md:21: ", "correct its path"),
    (chapter_in_no_contents, "docs/chapters/03-third.md: ", "docs/index.md"),
    (empty_chapter, "docs/chapters/01-first.md:1: ", "is empty"),
    (wrong_encoding, "docs/chapters/01-first.md:21:25: ", "UTF-8"),
    (malformed_citation, "docs/chapters/01-first.md:23:16: ", "cannot be parsed"),
    (missing_bibliography, "references.bib: ", "restore it"),
    (undefined_note, "docs/chapters/01-first.md:21: ", "definition"),
    (undefined_label, "docs/chapters/01-first.md:21: ", "check the spelling"),
    (part_without_chapters, "docs/index.md:", "has no chapter"),
    (evidence_that_is_no_toml, "docs/data/evidence.toml:1:10: ", "TOML"),
]


@pytest.mark.parametrize(
    ("spoil", "place", "words"), CASES, ids=[case[0].__name__ for case in CASES]
)
def test_bad_input_ends_in_a_sentence(
    spoil: Callable[[BookPaths], None],
    place: str,
    words: str,
    tiny_book: BookPaths,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tiny_book.dist.mkdir()
    (tiny_book.dist / "kept").write_text("the last good book", encoding="utf-8")
    spoil(tiny_book)

    code = main(["build", "--root", str(tiny_book.root)])

    told = capsys.readouterr().err
    sentences = [line for line in told.splitlines() if line.startswith(place)]
    assert code == 1
    assert any(words in sentence and sentence.endswith(".") for sentence in sentences), told
    assert "Traceback" not in told
    assert [path.name for path in tiny_book.dist.iterdir()] == ["kept"]


def test_one_mistake_is_told_once(tiny_book: BookPaths, capsys: pytest.CaptureFixture[str]) -> None:
    unknown_citekey(tiny_book)
    main(["build", "--root", str(tiny_book.root), "--quiet"])
    told = capsys.readouterr().err.splitlines()
    assert len([line for line in told if "taubmann2003" in line]) == 1


def test_unforeseen_error_leaves_its_details_in_a_file(
    tiny_book: BookPaths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_arguments: object) -> None:
        raise ZeroDivisionError("by a bug")

    monkeypatch.setattr("speechbook.cli.prepare", fall)
    code = main(["html", "--root", str(tiny_book.root)])
    told = capsys.readouterr().err
    assert code == 1
    assert "Traceback" not in told
    assert "build/error.log" in told
    log = (tiny_book.build / "error.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError: by a bug" in log
