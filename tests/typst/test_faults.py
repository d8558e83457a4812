"""What cannot be printed stops the build with a sentence that names file and line."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from sphinx.errors import ConfigError

from speechbook.typst.problems import BookProblemsError
from speechbook.typst.translator import TypstTranslator
from tests.typst.conftest import CONF

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.typst.conftest import Built

    Make = Callable[..., Built]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"
    "AAAABJRU5ErkJggg=="
)
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/>{}</svg>'
)


def problems(make: Make, chapter: str, *args: object, **settings: object) -> list[str]:
    with pytest.raises(BookProblemsError) as caught:
        make(chapter, *args, **settings)
    return [str(problem) for problem in caught.value.problems]


def test_an_unknown_node_names_its_place(make: Make) -> None:
    found = problems(make, "# T\n\nText.\n\n```{eval-rst}\n-a  an option\n```\n")
    assert any(
        "chapter.md:6" in problem and "no form for ‘option_list’" in problem for problem in found
    ), found


def test_a_missing_glyph_names_the_character_and_its_place(make: Make) -> None:
    found = problems(make, "# T\n\nText.\n\nMore text with 日 in it.\n")
    assert len(found) == 1
    assert "chapter.md:5: No typeface of the book has the character ‘日’" in found[0]


def test_all_faults_are_told_together_in_order(make: Make) -> None:
    found = problems(
        make,
        "# T\n\n![](no.png)\n\n$\\unheard$\n\n[x](javascript:alert)\n\n![a](http://x.y/z.png)\n",
    )
    lines = [problem.split(":")[1] for problem in found if "chapter.md" in problem]
    assert {"3", "5", "9"} <= set(lines)


def test_a_note_without_mark_stops(make: Make) -> None:
    rst = "```{eval-rst}\n.. [#lost] This note is lost.\n```\n"
    found = problems(make, f"# T\n\nText.\n\n{rst}")
    assert any("‘lost’ has no mark" in problem and "chapter.md:" in problem for problem in found)


def test_text_that_a_visitor_forgets_stops(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(self: TypstTranslator, node: nodes.paragraph) -> None:  # noqa: ARG001
        raise nodes.SkipNode

    monkeypatch.setattr(TypstTranslator, "visit_paragraph", forgetful)
    found = problems(make, "# T\n\nThis would be lost.\n")
    assert any("chapter.md:3" in p and "‘This would be lost.’ would be missing" in p for p in found)


def test_text_that_typst_drops_stops(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def misplaced(self: TypstTranslator, node: nodes.emphasis) -> None:
        self.put(node, "par({[]")

    monkeypatch.setattr(TypstTranslator, "visit_emphasis", misplaced)
    found = problems(make, "# T\n\nText.\n\nSome *words* more.\n")
    assert len(found) == 1
    assert "chapter.md:5: Text would be dropped" in found[0]


def test_a_document_in_no_toctree_stops(make: Make) -> None:
    found = problems(make, "# T\n", {"stray.md": "# Stray\n\nText.\n"})
    assert len(found) == 1
    assert "stray.md: The document is in no toctree" in found[0]


def test_an_orphan_by_its_own_word_is_left_out(make: Make) -> None:
    built = make("# T\n\nText.\n", {"stray.md": "---\norphan: true\n---\n# Stray\n\nStrayed.\n"})
    assert "Strayed" not in built.text


def test_a_document_without_title_stops(make: Make) -> None:
    assert any("has no title" in problem for problem in problems(make, "Only text.\n"))


@pytest.mark.parametrize(
    ("uri", "sentence"),
    [
        ("https://example.org/a.png", "is not a file of the book"),
        ("data:image/png;base64,AAAA", "is not a file of the book"),
        ("../outside.png", "lies outside the book’s folders"),
        ("../../../../../../../../etc/hostname", "lies outside the book’s folders"),
        ("link.png", "lies outside the book’s folders"),
        ("nowhere.png", "is not there"),
    ],
)
def test_pictures_from_elsewhere_stop(
    make: Make, tmp_path_factory: pytest.TempPathFactory, uri: str, sentence: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "picture.png"
    outside.write_bytes(PNG)
    files: dict[str, str | bytes] = {"../outside.png": PNG}
    found = problems(_with_link(make, outside), f"# T\n\n![A dot]({uri})\n", files)
    assert any("chapter.md:3" in problem and sentence in problem for problem in found), found


def _with_link(make: Make, outside: object) -> Make:
    """Lay a symbolic link to ``outside`` into the book before it is built."""

    def function(chapter: str, files: dict[str, str | bytes], **settings: object) -> Built:
        conf = CONF + (
            "import os, pathlib\n"
            "link = pathlib.Path(__file__).with_name('link.png')\n"
            f"link.exists() or os.symlink({str(outside)!r}, link)\n"
        )
        return make(chapter, files, conf, **settings)

    return function


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<image href="other.png" width="9" height="9"/>',
        '<a href="http://example.org/"><rect/></a>',
        "<script>1</script>",
        '<rect fill="url(http://example.org/x)"/>',
        "<style>@import 'x.css';</style>",
    ],
)
def test_a_drawing_that_reaches_outside_stops(make: Make, inside: str) -> None:
    files: dict[str, str | bytes] = {"d.svg": SQUARE.format(inside)}
    found = problems(make, "# T\n\n![A square](d.svg)\n", files)
    assert len(found) == 1
    assert "chapter.md:3: The drawing ‘d.svg’" in found[0]


def test_a_drawing_with_an_entity_stops(make: Make) -> None:
    content = '<!DOCTYPE svg [<!ENTITY a "b">]>' + SQUARE.format("<text>&a;</text>")
    found = problems(make, "# T\n\n![A square](d.svg)\n", {"d.svg": content})
    assert "document type" in found[0]


def test_a_character_missing_in_a_drawing_names_the_drawing(make: Make) -> None:
    files: dict[str, str | bytes] = {
        "d.svg": SQUARE.format('<text x="1" y="8" font-family="Libertinus Serif">日</text>')
    }
    found = problems(make, "# T\n\n![A square](d.svg)\n", files)
    assert any("d.svg:1: No typeface of the book has the character ‘日’" in p for p in found), found


def test_a_picture_without_alternative_text_stops(make: Make) -> None:
    found = problems(make, "# T\n\n![](d.svg)\n", {"d.svg": SQUARE.format("")})
    assert any("chapter.md:3" in p and "no alternative text" in p for p in found)


def test_pictures_from_a_folder_that_the_settings_name(make: Make) -> None:
    built = make(
        "# T\n\n![A square](../figures/d.svg)\n",
        {"../figures/d.svg": SQUARE.format("")},
        typst_image_roots=["../figures"],
    )
    assert built.warnings == ""


def test_a_command_unknown_in_formulas_stops(make: Make) -> None:
    found = problems(make, "# T\n\nSee $\\input{/etc/passwd}$ here.\n")
    assert found[0].endswith(
        "chapter.md:3: The formula cannot be printed: it uses ‘\\input’, "
        "which the PDF’s formulas do not know."
    )


def test_raw_typst_stops_and_raw_html_is_for_others(make: Make) -> None:
    rst = '```{{eval-rst}}\n.. raw:: {}\n\n   <b>#read("x")</b>\n```\n'
    built = make("# T\n\nText.\n\n" + rst.format("html"))
    assert "read" not in built.text
    found = problems(make, "# T\n\nText.\n\n" + rst.format("typst"))
    assert any("Raw Typst code is not printed" in problem for problem in found)


def test_a_link_to_a_page_that_is_not_printed_stops(make: Make) -> None:
    found = problems(
        make,
        "# T\n\nSee {doc}`stray`.\n",
        {"stray.md": "---\norphan: true\n---\n# Stray\n\nStrayed.\n"},
    )
    assert any("chapter.md:3" in p and "not in the printed book" in p for p in found), found


def test_an_unknown_paper_stops(make: Make) -> None:
    with pytest.raises(ConfigError, match="typst_paper is ‘a6’"):
        make("# T\n\nText.\n", typst_paper="a6")


def test_a_failed_build_leaves_no_pdf(make: Make) -> None:
    built = make("# T\n\nText.\n")
    with pytest.raises(BookProblemsError):
        make("# T\n\nText with 日.\n")
    assert not built.path.exists()
