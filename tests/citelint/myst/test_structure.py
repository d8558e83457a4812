"""Block quotes, notes, links, headings, directives, comments, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.citelint.myst.reading import at, read

if TYPE_CHECKING:
    from citelint.myst.model import Chapter, Span


def quote(text: str) -> tuple[str, str, str]:
    """Return the only block quote, its attribution, and the paragraph behind it."""
    chapter = read(text)
    (found,) = chapter.block_quotes
    return at(chapter, found.span), *(optional(chapter, s) for s in found[1:])


def optional(chapter: Chapter, span: Span | None) -> str:
    """Return the text at a span, nothing where there is none."""
    return at(chapter, span) if span else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> a\n> b\n\nc\n", ("> a\n> b", "", "c")),
        ("> a\n>\n> -- b c\n", ("> a\n>\n> -- b c", "-- b c", "")),
        ("> a\n> — b\n", ("> a\n> — b", "— b", "")),
        ("> a\n>\n> – b\n> c\n\n# d\n\ne", ("> a\n>\n> – b\n> c", "– b\n> c", "")),
        ("> — a?\n> — b.\n", ("> — a?\n> — b.", "", "")),
        ("> — a\n", ("> — a", "", "")),
        ('{attribution="A, *B*[^n]"}\n> b\n', ("> b", "A, *B*[^n]", "")),
        ("- > a\n\nb\n", ("> a", "", "")),
        ("> a\n% c\n\nb\n", ("> a", "", "b")),
        ("> a\n> > b\n", ("> a\n> > b", "", "")),
        (":::{epigraph}\na\n\n-- b\n:::\n\nc\n", (":::{epigraph}\na\n\n-- b\n:::", "-- b", "c")),
        ("```{pull-quote}\n> a\n\n— b\n```", ("```{pull-quote}\n> a\n\n— b\n```", "— b", "")),
    ],
)
def test_block_quotes_have_attributions(text: str, expected: tuple[str, str, str]) -> None:
    assert quote(text) == expected


def test_an_alert_is_no_quotation() -> None:
    assert read("> [!NOTE]\n> a\n").block_quotes == ()


def test_notes_have_bodies_with_their_continuation() -> None:
    chapter = read("a[^n]\n\n[^n]: b\nc\n\n    d\n\ne\n\n[^long-slug]:\n    f\n")
    assert [note.slug for note in chapter.notes] == ["n", "long-slug"]
    assert at(chapter, chapter.notes[0].body_span) == "b\nc\n\n    d"
    assert at(chapter, chapter.notes[0].span).startswith("[^n]: b")
    assert at(chapter, chapter.notes[1].span) == "[^long-slug]:\n    f"


@pytest.mark.parametrize(
    ("text", "kind", "target", "label"),
    [
        ('[a *b*](http://c.d/e "f")', "link", "http://c.d/e", "a *b*"),
        ("[a](<b c>)", "link", "b c", "a"),
        ("[a][r]\n\n[r]: http://b.c", "link", "http://b.c", "a"),
        ("[r]\n\n[r]: http://b.c", "link", "http://b.c", "r"),
        ("![a](b.png)", "image", "b.png", "a"),
        ("<http://a.b>", "autolink", "http://a.b", "http://a.b"),
        ("(see http://a.b/c_(d)).", "bare", "http://a.b/c_(d)", ""),
        ("a https://a.b/c, d", "bare", "https://a.b/c", ""),
        (":::{image} a.png\n:::", "image", "a.png", ""),
        (":::{note}\n:target: http://a.b\n:::", "option", "http://a.b", ""),
    ],
)
def test_links_have_targets(text: str, kind: str, target: str, label: str) -> None:
    chapter = read(text)
    (link,) = chapter.links
    assert (link.kind, link.target, link.text) == (kind, target, label)
    if "[r]" not in text:
        assert at(chapter, link.target_span) == target


def test_headings_have_levels_and_texts() -> None:
    chapter = read("# a\n\n## b `c` ##\n\nd\n===\n\ne\nf\n---\n\n> ### g\n")
    assert [(h.level, h.text) for h in chapter.headings] == [
        (1, "a"),
        (2, "b `c`"),
        (1, "d"),
        (2, "e f"),
        (3, "g"),
    ]
    assert [at(chapter, h.span) for h in chapter.headings] == ["a", "b `c`", "d", "e\nf", "g"]


def test_directives_have_arguments_options_and_bodies() -> None:
    text = (
        "- ::::{figure} a.png\n  :alt: b c\n  :name: d\n\n  e\n\n  :::{note}\n  f\n  :::\n  ::::\n"
    )
    chapter = read(text)
    outer, inner = chapter.directives
    assert (outer.name, outer.argument) == ("figure", "a.png")
    assert [(name, at(chapter, span)) for name, _, span in outer.options] == [
        ("alt", "b c"),
        ("name", "d"),
    ]
    assert at(chapter, outer.span) == text[2:].rstrip("\n")
    assert at(chapter, outer.body_span).startswith("e")
    assert at(chapter, inner.body_span) == "f"


def test_comments_code_html_and_settings_have_places() -> None:
    text = (
        "---\na: b\n---\n\n% c\n> % d\n\n`e` $f$ <b>g</b>\n\n    h\n\n"
        "<div>\ni\n</div>\n\n```\nj\n```\n"
    )
    chapter = read(text)
    assert optional(chapter, chapter.front_matter_span) == "---\na: b\n---"
    assert [(at(chapter, c.span), c.text) for c in chapter.comments] == [
        ("% c", " c"),
        ("% d", " d"),
    ]
    assert [at(chapter, span).strip() for span in chapter.code] == [
        "`e`",
        "$f$",
        "h",
        "```\nj\n```",
    ]
    assert [at(chapter, span) for span in chapter.raw_html] == ["<b>", "</b>", "<div>\ni\n</div>"]


def test_other_roles_are_kept() -> None:
    chapter = read("a {ref}`b <c>` {term}`d\ne`")
    assert [(role.name, role.content) for role in chapter.roles] == [
        ("ref", "b <c>"),
        ("term", "d e"),
    ]
