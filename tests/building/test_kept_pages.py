"""Texts of pages are found again only if nothing that shows on them has changed."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document

from speechbook.building.kept_pages import Keeper, Written, stable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def page(text: str = "Words", **attributes: object) -> nodes.paragraph:
    return nodes.paragraph("", text, **attributes)


DIFFERENT = (
    page(),
    page("Other words"),
    page(language="ru"),
    page(language=""),
    page(ids=["one"]),
    nodes.paragraph("", "", nodes.emphasis("", "Words")),
    nodes.paragraph("", "", nodes.emphasis(), nodes.Text("Words")),
    nodes.title("", "Words"),
    nodes.literal_block("Words", "Words"),
    nodes.literal_block("*Words*", "Words"),
)


def document_of(*content: nodes.Node) -> nodes.document:
    made = new_document("page")
    made.extend(content)
    return made


def test_what_shows_differently_has_texts_of_its_own(tmp_path: Path) -> None:
    keeper, texts = Keeper(tmp_path / "kept", "settings"), itertools.count()

    def written(node: nodes.Node) -> str:
        document = document_of(node.deepcopy())
        return keeper.written(
            builder(tmp_path), document, 0, lambda: Written(str(next(texts)))
        ).body

    assert [written(node) for node in (*DIFFERENT, *DIFFERENT)] == [
        str(number) for number in (*range(len(DIFFERENT)), *range(len(DIFFERENT)))
    ]


def test_sets_and_places_in_memory_have_one_text() -> None:
    program = (
        "from speechbook.building.kept_pages import stable\n"
        "print(stable({'a': {'x', 'y', 'z', 'w'}, 'b': (1, [object()])}))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert stable({"a": 1}) != stable({"a": 2})


def builder(folder: Path, **changed: Any) -> Any:  # noqa: ANN401 - stands for a Sphinx builder
    facts: dict[str, Any] = {
        "secnumbers": {"": (1,)},
        "fignumbers": {},
        "imgpath": "_images",
        "current_docname": "page",
        "images": {"picture.svg": "picture.svg"},
        "srcdir": folder,
        "tags": {"html"},
        "env": SimpleNamespace(all_docs={"page": 0}),
    }
    return SimpleNamespace(**(facts | changed))


@pytest.fixture
def document() -> nodes.document:
    return document_of(nodes.image(uri="picture.svg"))


CHANGES = (
    {"secnumbers": {"": (2,)}},
    {"fignumbers": {"figure": {"one": (1,)}}},
    {"imgpath": "../_images"},
    {"current_docname": "other"},
    {"images": {"picture.svg": "picture1.svg"}},
    {"tags": {"html", "draft"}},
    {"env": SimpleNamespace(all_docs={"page": 0, "other": 0})},
)


@pytest.mark.parametrize("change", CHANGES)
def test_another_number_or_address_makes_another_text(
    change: dict[str, Any], document: nodes.document, tmp_path: Path
) -> None:
    keeper = Keeper(tmp_path / "kept", "settings")
    assert keeper.written(builder(tmp_path), document, 0, lambda: Written("one")).body == "one"
    assert keeper.written(builder(tmp_path), document, 0, lambda: Written("two")).body == "one"
    changed = builder(tmp_path, **change)
    assert keeper.written(changed, document, 0, lambda: Written("two")).body == "two"


def test_other_settings_facts_and_pictures_make_another_text(
    document: nodes.document, tmp_path: Path
) -> None:
    one = builder(tmp_path)
    texts = iter("abcd")

    def written(settings: str, facts: object) -> str:
        keeper = Keeper(tmp_path / "kept", settings)
        return keeper.written(one, document, facts, lambda: Written(next(texts))).body

    assert written("", 0) == "a" == written("", 0)
    assert written("other", 0) == "b"
    assert written("", 1) == "c"
    (tmp_path / "picture.svg").write_text("<svg/>", encoding="utf-8")
    assert written("", 0) == "d"


def test_what_is_made_of_a_text_is_made_once(tmp_path: Path) -> None:
    def letters(text: str) -> list[str]:
        made.append(text)
        return list(text)

    made: list[str] = []
    keeper = Keeper(tmp_path, "")
    assert keeper.derived("letters", "one", letters) == ["o", "n", "e"]
    assert keeper.derived("letters", "one", letters) == ["o", "n", "e"]
    assert made == ["one"]
    assert keeper.derived("letters", "two", letters) == ["t", "w", "o"]
    assert keeper.derived("words", "one", lambda text: [text]) == ["one"]
    keeper.tidy()
    assert Keeper(tmp_path, "").derived("letters", "two", letters) == ["t", "w", "o"]
    assert made == ["one", "two"]


def test_what_is_made_together_is_made_of_what_is_missing(tmp_path: Path) -> None:
    def letters(texts: Sequence[str]) -> list[list[str]]:
        made.append(list(texts))
        return [list(text) for text in texts]

    made: list[list[str]] = []
    keeper = Keeper(tmp_path, "")
    assert keeper.derived_together("letters", ["ab", "c"], letters) == [["a", "b"], ["c"]]
    assert keeper.derived_together("letters", ["d", "ab", "d"], letters) == [
        ["d"],
        ["a", "b"],
        ["d"],
    ]
    assert keeper.derived_together("letters", [], letters) == []
    assert made == [["ab", "c"], ["d"]]
    later = Keeper(tmp_path, "")
    later.derived_together("letters", ["ab"], letters)
    later.tidy()
    assert made == [["ab", "c"], ["d"]]
    assert later.derived_together("letters", ["ab", "d"], letters) == [["a", "b"], ["d"]]
    assert made[2:] == [["d"]]


@pytest.mark.parametrize("harm", [b"", b"{}", b'0\n{"body": "bad"}', b"\xff\n{}"])
def test_a_spoilt_text_is_written_anew(
    harm: bytes, document: nodes.document, tmp_path: Path
) -> None:
    keeper = Keeper(tmp_path / "kept", "")
    keeper.written(builder(tmp_path), document, 0, lambda: Written("good"))
    (kept,) = (tmp_path / "kept").glob("*.kept")
    kept.write_bytes(harm)
    assert keeper.written(builder(tmp_path), document, 0, lambda: Written("new")).body == "new"


def test_texts_that_no_page_has_any_more_are_thrown_away(
    document: nodes.document, tmp_path: Path
) -> None:
    Keeper(tmp_path, "").written(builder(tmp_path), document, 0, lambda: Written("old"))
    keeper = Keeper(tmp_path, "")
    keeper.written(builder(tmp_path), document, 1, lambda: Written("new"))
    keeper.tidy()
    (left,) = tmp_path.glob("*.kept")
    assert "new" in left.read_text(encoding="utf-8")
