"""What stands in a citation is read as sphinxcontrib-bibtex reads it."""

from __future__ import annotations

import importlib.metadata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from citelint.myst.targets import is_citing
from tests.citelint.myst.reading import at, read


def oracle(content: str) -> list[tuple[str, str, str]] | None:
    """Return what sphinxcontrib-bibtex reads, nothing where it gives up."""
    try:
        return [(t.pre, t.key, t.post) for t in parse_citation_targets(content)]
    except ValueError:
        return None


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet="ab,{} \u00a0–ж12:", min_size=1, max_size=20))
def test_targets_are_those_of_the_oracle(content: str) -> None:
    (citation,) = read(f"x {{cite:p}}`{content}` y").citations
    expected = oracle(content)
    assert bool(citation.fault) == (expected is None)
    assert [(t.before, t.key, t.after) for t in citation.targets] == (expected or [])


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        ("text <a>", ["a"]),
        ("text <a{12}, b>", ["a", "b"]),
        ("text<a>", ["a"]),
        ("<a>", ["<a>"]),
        ("a\nb <c>", ["c"]),
        ("a <b <c>", None),
        ("!a", None),
        (" ", None),
        ("a,", None),
        ("a b", None),
        ("{p. 12}", None),
    ],
)
def test_a_text_may_stand_before_the_target(content: str, keys: list[str] | None) -> None:
    chapter = read(f"{{cite}}`{content}`")
    (citation,) = chapter.citations
    assert bool(citation.fault) == (keys is None)
    assert [target.key for target in citation.targets] == (keys or [])
    assert [at(chapter, target.key_span) for target in citation.targets] == (keys or [])


def test_a_locator_over_two_lines_keeps_its_place() -> None:
    chapter = read("> a {cite}`b{pp.\n> 12–13}`\n")
    (target,) = chapter.citations[0].targets
    assert target.after == "pp. 12–13"
    assert at(chapter, target.after_span) == "pp.\n> 12–13"


def test_footcite_holds_keys_and_what_it_drops() -> None:
    (citation,) = read("a {footcite:t}`b{12}, c`").citations
    assert citation.role == "footcite:t"
    assert [(target.key, target.after) for target in citation.targets] == [("b", "12"), ("c", "")]


def role_names() -> set[str]:
    """Return the names of every role that the package's styles bring."""
    names = {"cite", "footcite"}
    for point in importlib.metadata.entry_points(group="sphinxcontrib.bibtex.style.referencing"):
        style: Any = point.load()()
        names |= {
            f"{domain}:{name}" for domain in ("cite", "footcite") for name in style.role_names()
        }
    return names


def test_every_role_of_the_package_is_known() -> None:
    names = role_names()
    assert len(names) == 40
    assert [name for name in names if not is_citing(name)] == []
    assert not any(map(is_citing, ["ref", "citep", "cited", "cite-t", "cite:", "term"]))


def test_a_role_is_found_in_any_case() -> None:
    (citation,) = read("{Cite:P}`a`").citations
    assert citation.role == "cite:p"
