"""Properties of every reader of what contributors give, over whatever Hypothesis makes up.

None raises anything but the book's own sentences, and every place that is named lies within
the text.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citelint.safety import frontmatter
from citelint.safety.drawings import BROKEN, traits
from citelint.safety.literals import literals, trouble_of
from speechbook.evidence import read_evidence
from speechbook.figures.catalogue import make_figure
from speechbook.figures.rows import parse
from speechbook.problems import BookError
from speechbook.typst.svg import fault_of
from tests.campaign.hostile_fuzz import SMALL_GROUND, drawn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Deeper than any reader may follow with calls of its own.
DEEP = 20_000
ANY_TEXT = st.text(max_size=40)


def pieces(*fragments: str) -> st.SearchStrategy[str]:
    """Return texts made of these fragments, with anything else between them."""
    return st.lists(st.one_of(st.sampled_from(fragments), ANY_TEXT), max_size=30).map("".join)


SVG = pieces(
    '<svg xmlns="http://www.w3.org/2000/svg">', "</svg>", "<g>", "</g>", "<style>", "</style>",
    '<path d="M0 0"', "/>", ">", "<script>", "</script>", '<a href="', '<image href="', '" ',
    "javascript:", "&#106;", "&lt;", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "url(", ")",
    "@import", '<!DOCTYPE svg [<!ENTITY x "', '">]>', '<?xml version="1.0" encoding="',
    "utf-16", "koi8-r", "nonsense", '"?>', "<?xml-stylesheet ?>", "\0", "\ufeff", "\udc80",
)  # fmt: skip
TOML = pieces(
    "a = ", "[[locator]]\n", "[t]\n", "[", "]", "{", "}", '"', "'", '"""', "'''", "\n", ",", "#",
    "\\", "\\u12", "1956-02-25", "99999999999999999999", "nan", "true", "citekey = 'a'\n",
    "locator = '1'\n", "seen = 'page'\n", "where = ''\n", "on = ''\n", "drawing = 'map'\n",
)  # fmt: skip
YAML = pieces(
    "a: ", "- ", "\n", "  ", "\t", "[", "]", "{", "}", "&a ", "*a", "!!python/object:os.system ",
    "!a ", "<<: ", "? ", "|", ">", "'", '"', "#", "%YAML 1.1\n", "---\n", "...\n", "orphan: true\n",
    "myst:\n", "http-equiv: x", "javascript", "1956-13-45", "\x85", "\u2028", "\x07",
)  # fmt: skip
NUMBERS = st.one_of(st.integers(), st.floats(), st.just("1"), st.none(), st.booleans())
POINTS = st.lists(st.one_of(st.lists(NUMBERS, max_size=3), NUMBERS), max_size=4)
GEOMETRIES = st.fixed_dictionaries(
    {
        "type": st.one_of(
            st.sampled_from(("Polygon", "LineString", "MultiPolygon", "Point")), NUMBERS
        ),
        "coordinates": st.one_of(POINTS, st.lists(POINTS, max_size=2), NUMBERS),
    }
)
GROUNDS = st.fixed_dictionaries(
    {
        "centre": st.one_of(
            st.fixed_dictionaries({"longitude": NUMBERS, "latitude": NUMBERS}), NUMBERS
        ),
        "frame_km": st.one_of(st.lists(NUMBERS, max_size=5), st.just([-9, -8, 9, 8])),
        "features": st.lists(
            st.fixed_dictionaries(
                {
                    "properties": st.fixed_dictionaries(
                        {
                            "kind": st.one_of(st.sampled_from(("land", "state")), NUMBERS),
                            "name": st.one_of(ANY_TEXT, st.lists(NUMBERS, max_size=1)),
                        }
                    ),
                    "geometry": GEOMETRIES,
                }
            ),
            max_size=3,
        ),
    }
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the files of all examples."""
    return tmp_path_factory.mktemp("readers")


def refused_or_read(read: Callable[[], object]) -> None:
    """Run a reader, which may refuse with a sentence."""
    with contextlib.suppress(BookError):
        read()


@given(text=SVG)
@example(text="<g>" * DEEP)
@example(text='<?xml version="1.0" encoding="nonsense"?><svg/>')
@example(text='<?xml version="1.0" encoding="shift_jis"?><svg/>')
def test_drawings(text: str, folder: Path) -> None:
    """Both readers of drawings end, and what one calls broken the other does not print."""
    found = list(traits(text))
    assert all(0 <= trait.offset <= len(text) and trait.what for trait in found)
    path = folder / "x.svg"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    fault = fault_of(path)
    if any(trait.kind == BROKEN for trait in found):
        assert fault


@given(text=TOML)
@example(text="a = " + "[" * DEEP)
@example(text="a." * 60 + "a = 1")
@example(text="a = " + "9" * DEEP)
def test_tables_of_data(text: str, folder: Path) -> None:
    """Citelint names a place; the book's readers of the same text refuse or read it."""
    trouble = trouble_of(text)
    assert trouble is None or (0 <= trouble.offset <= len(text) and trouble.reason)
    for start, end, _value in literals(text):
        assert 0 <= start < end <= len(text)
    path = folder / "x.toml"
    with contextlib.suppress(UnicodeEncodeError):
        path.write_text(text, encoding="utf-8", newline="")
        refused_or_read(lambda: read_evidence(path))
    refused_or_read(lambda: make_figure(path, text))
    refused_or_read(lambda: parse(path, text).all_rows())


@pytest.mark.parametrize("part", ["a.", "a-1 . ", '"a".', "'a b' . ", "1."])
def test_a_key_of_many_parts_is_refused_at_once(part: str) -> None:
    """Tomllib takes time with the square of their number: an hour for a megabyte."""
    trouble = trouble_of("x = 1\n" + part * 300_000 + "a = 1\n")
    assert trouble == (6, "brackets or keys nest too deeply here")


def test_dots_in_texts_nest_nothing() -> None:
    assert trouble_of('a = "b.' + "c." * 100 + '"\nd = 1.5 # ' + "e." * 100) is None


@given(text=YAML)
@example(text="a: " + "[" * DEEP)
@example(text="- " * DEEP)
@example(text="? " * 2_000)
@example(text="a: &a [*a, *a]\n" * 100)
def test_front_matter(text: str) -> None:
    """Whatever stands between the fences, it is read to its end, and places lie within it."""
    trouble = frontmatter.trouble_of(text)
    found = [trouble] if trouble else []
    if trouble is None:
        found += [*frontmatter.loosening(text), *frontmatter.forbidden_keys(text)]
    for setting in found:
        assert 0 <= setting.start <= setting.end <= len(text)


@given(text=st.one_of(GROUNDS.map(json.dumps), pieces('{"', '": ', "[", "]", "}", ",", "1e999")))
@example(text="[" * DEEP)
@example(text=SMALL_GROUND)
@example(text=SMALL_GROUND.replace("[1.5, 2]", "[-160, -52]"))
@example(text=SMALL_GROUND.replace("[-9, -8, 9, 8]", "[0, 0, 0, 0]"))
def test_grounds_of_maps(text: str, folder: Path) -> None:
    """A ground that is read can be drawn."""
    path = folder / "x.geojson"
    path.write_text(text, encoding="utf-8", errors="replace")
    refused_or_read(lambda: drawn(path))


def test_a_ground_as_it_should_be_is_drawn(folder: Path) -> None:
    path = folder / "small.geojson"
    path.write_text(SMALL_GROUND, encoding="utf-8")
    assert drawn(path).count("M") == 3
