"""The parts that need no Sphinx: literals, formulas, structure, columns, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

import typst
from speechbook.typst import columns, escape, latexmath, sheets, svg
from speechbook.typst.emitter import Emitter, fill, label_slot
from speechbook.typst.index import Entry, Group, Target, to_typst
from speechbook.typst.labels import Labels
from speechbook.typst.problems import BookProblemsError, Ledger, Place
from speechbook.typst.structure import Division, Part, Toctree, lay_out

if TYPE_CHECKING:
    from pathlib import Path

HERE = Place("a.md", 3)


def evaluated(code: str) -> str:
    """Give the string that Typst makes of ``code``."""
    result = typst.Compiler(b"").eval(f"({code},)", format="json")
    return str(__import__("json").loads(result)[0])


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_a_literal_evaluates_to_the_same_characters(text: str) -> None:
    assert evaluated(escape.string(text)) == text


@given(st.text(max_size=60))
def test_white_space_collapses_to_single_spaces(text: str) -> None:
    collapsed = escape.collapse(text)
    assert "  " not in collapsed
    assert "\n" not in collapsed


def test_text_collapses_across_nodes_and_keeps_its_place() -> None:
    emitter = Emitter()
    emitter.at(HERE)
    emitter.start_text()
    for piece in (" one ", " ", " two", "\nthree "):
        emitter.text(piece)
    assert [line.code for line in emitter.lines] == ['t("one ")', 't("two")', 't(" three ")']
    assert {line.place for line in emitter.lines} == {HERE}


def test_a_nul_character_in_text_is_no_label_slot() -> None:
    emitter = Emitter()
    emitter.at(HERE)
    emitter.text("a\x00b\x00c")
    code = emitter.lines[0].code
    assert fill(code, lambda _key: "label") == code


def test_label_slots_are_filled_with_what_a_key_resolves_to() -> None:
    labels, ledger = Labels(), Ledger()
    labels.define(["a:one", "a:two"])
    labels.alias("a:", "a:two")
    codes = [
        fill(f"jump({label_slot(key)})", lambda key: labels.resolve(key, HERE, ledger))
        for key in ("a:two", "a:", "b:nowhere")
    ]
    assert codes[:2] == ['jump("a:one")', 'jump("a:one")']
    with pytest.raises(BookProblemsError, match=r"a\.md:3: The link leads to ‘nowhere’ in ‘b’"):
        ledger.settle()


def test_places_of_lines_survive_their_packing() -> None:
    table = sheets.PlaceTable()
    places = [Place("a.md", 3), Place("b.md", 9), Place("a.md", 70_000)]
    table.add("text/a.typ", places)
    assert [table.place("text/a.typ", line) for line in range(7)] == [None] * 3 + places + [None]
    assert table.place("text/other.typ", 3) is None


# Structure


def test_chapters_count_through_parts_and_matter_is_told_apart() -> None:
    trees = [
        Toctree("Before", False, ("preface",)),
        Toctree("Part I: One", True, ("a", "b")),
        Toctree("Part II: Two", True, ("c",)),
        Toctree("After", False, ("glossary", "genindex")),
    ]
    assert lay_out(trees, lambda name: ["b1"] if name == "b" else []) == (
        Division("preface", "front", 1),
        Part("Part I", "One"),
        Division("a", "chapter", 2, 1),
        Division("b", "chapter", 2, 2),
        Division("b1", "chapter", 3, nested=True),
        Part("Part II", "Two"),
        Division("c", "chapter", 2, 3),
        Division("glossary", "back", 1),
        Division("genindex", "back", 1),
    )


def test_a_document_in_two_toctrees_is_printed_once() -> None:
    trees = [Toctree(None, True, ("a", "a")), Toctree(None, True, ("a", "b"))]
    assert [d.docname for d in lay_out(trees, lambda _: []) if isinstance(d, Division)] == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    ("caption", "part"),
    [
        ("Part I: The Occasion", Part("Part I", "The Occasion")),
        ("Part IV. Abroad", Part("Part IV", "Abroad")),
        ("Part 2 – After", Part("Part 2", "After")),
        ("The war", Part("", "The war")),
    ],
)
def test_captions_of_parts(caption: str, part: Part) -> None:
    assert Part.from_caption(caption) == part


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "none"),
        (True, "true"),
        (3, "3"),
        ('a"b', '"a\\"b"'),
        (["a", 1], '("a", 1, )'),
        ({"k": {}}, '("k": (:))'),
    ],
)
def test_settings_become_typst_values(value: object, code: str) -> None:
    assert sheets.typst_value(value) == code


def test_a_setting_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot hold a set"):
        sheets.typst_value({1})


# Formulas


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\frac{a}{2}", "frac(lr(a), lr(2))"),
        (r"x_i^2", "x_(i)^(2)"),
        (r"a - b", "a − b"),
        (r"\text{#read(\"x\")}", '"#read(\\"x\\")"'),
        (r"#read(x)", r"\# r e a d \( x \)"),
        (r"\left( x \right]", "lr(( x ])"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", 'mat(delim: "(", 1, 2; 3, 4)'),
        (r"\sqrt[3]{x}", "root(3, lr(x))"),
        (r"50\,\%", r"50 thin \%"),
        ("a % comment\nb", "a b"),
    ],
)
def test_formulas(source: str, expected: str) -> None:
    assert latexmath.to_typst(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        r"\input{x}",
        r"\href{javascript:x}{y}",
        "{a",
        "a}",
        r"\frac{a}",
        r"\right)",
        "x_",
        r"\begin{tabular}a\end{tabular}",
        r"\begin{matrix}a\end{pmatrix}",
        "{" * 99 + "}" * 99,
    ],
)
def test_formulas_outside_the_subset_are_refused(source: str) -> None:
    with pytest.raises(latexmath.MathError):
        latexmath.to_typst(source)


MATH_PIECES = st.sampled_from(
    ["#", "read", "(", ")", '"', "$", "\\$", "\\", "{", "}", "[", "]", "&", "\\\\", "^", "_", "x",
     "1", " ", ",", ";", ":", "/", "//", "/*", "*/", "`", "@", "<", ">", "=", "-", "..", "'", "\n",
     "\\text{", "\\frac", "\\left(", "\\right)", "\\sqrt", "\\alpha", "\\sum", "\\{", "|", "~"]
)  # fmt: skip


@given(st.lists(MATH_PIECES, max_size=12).map("".join))
def test_no_formula_is_ever_code_or_leaves_its_dollar_signs(source: str) -> None:
    try:
        code = latexmath.to_typst(source)
    except latexmath.MathError:
        return
    document = f'#set document(title: "t")\n#math.equation(alt: "f", ${code}$)\n'
    try:
        typst.compile(document.encode())
    except typst.TypstError as error:
        pytest.fail(f"{source!r} became {code!r}: {error}")


# Columns


def table(rows: list[list[str]], *, head: bool = True) -> nodes.table:
    group = nodes.tgroup(cols=len(rows[0]))
    group += [nodes.colspec(colwidth=10) for _ in rows[0]]
    made = [
        nodes.row("", *[nodes.entry("", nodes.paragraph(text, text)) for text in row])
        for row in rows
    ]
    if head:
        group += nodes.thead("", made[0])
    group += nodes.tbody("", *made[1 if head else 0 :])
    return nodes.table("", group)


def test_small_tables_take_their_natural_width() -> None:
    layout = columns.lay_out(table([["Year", "Count"], ["1953", "12"]]))
    assert layout.widths == ()
    assert layout.alignments == ("right", "right")


def test_large_columns_get_more_but_no_word_is_cut() -> None:
    prose = "a fairly long description of what happened then " * 4
    layout = columns.lay_out(table([["Year", "Event"], ["1953", prose], ["1956", "Short"]]))
    assert layout.widths[1] > 4 * layout.widths[0]
    assert layout.widths[0] >= len("1953")
    assert layout.alignments == ("right", "left")


def test_given_widths_are_kept() -> None:
    made = table([["a" * 80, "b"], ["c", "d"]])
    made["classes"].append("colwidths-given")
    for spec, width in zip(made.findall(nodes.colspec), (30, 70), strict=True):
        spec["colwidth"] = width
    assert columns.lay_out(made).widths == (30, 70)


def test_rows_that_span_shift_the_cells_below() -> None:
    made = table([["a", "b"], ["12"], ["c", "d"]], head=False)
    next(made.findall(nodes.entry))["morerows"] = 1
    layout = columns.lay_out(made)
    assert layout.count == 2
    assert layout.alignments == ("left", "left")


# Index


def test_index_leaves_out_what_is_not_printed() -> None:
    groups = [
        Group(
            "A",
            (
                Entry("Apple", (Target("x:1", main=False),)),
                Entry("Gone", (Target("y:1", main=True),)),
            ),
        ),
        Group("B", (Entry("Bear", see=("Apple",)),)),
    ]
    code = "\n".join(to_typst(groups, {"x:1": "x:1"}.get))
    assert '"Apple"' in code
    assert "Gone" not in code
    assert '"see": ("Apple", )' in code


# Drawings


@pytest.mark.parametrize(
    "content",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><rect onclick="x"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<use xlink:href="other.svg#a"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill:url(x.svg#a)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>a{b:u\\72l(x)}</style></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/svg+xml;base64,A"/></svg>',
        '<?xml-stylesheet href="x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "<svg",
        "\x1f\x8b",
    ],
)
def test_drawings_that_reach_out_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "d.svg"
    path.write_text(content, encoding="latin-1")
    assert svg.fault_of(path)


def test_a_drawing_may_use_itself_and_hold_pictures(tmp_path: Path) -> None:
    path = tmp_path / "d.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a"/></defs><use href="#a"/>'
        '<rect fill="url(#a)"/><image href="data:image/png;base64,AA=="/></svg>'
    )
    assert svg.fault_of(path) is None
