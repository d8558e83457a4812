"""The reader against MyST-Parser, against Sphinx, and on the book's own chapters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.testing.util import SphinxTestApp

from citelint.myst.reader import read_chapter
from citelint.text import SourceText, decode
from tests.citelint.myst.reading import at, read
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from markdown_it.token import Token

EXTENSIONS = {"attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"}
CHAPTERS = sorted((REPOSITORY / "docs").rglob("*.md"))
#: Code in a line whose marks are doubled, as it is where it shows a citation.
CODE = re.compile(r"``(?!`).+?(?<!`)``(?!`)")
FENCED = re.compile(r"^ *```(?!\{).*?^ *```$", re.MULTILINE | re.DOTALL)


def tokens_within(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens and what is in them; a picture's description is text."""
    for token in tokens:
        yield token
        if token.children and token.type != "image":
            yield from tokens_within(token.children)


def roles_of_myst(text: str) -> list[tuple[str, str]]:
    """Return the roles that MyST-Parser finds outside of directives, sorted."""
    parser = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
    found = tokens_within(parser.parse(text))
    return sorted((t.meta["name"], t.content) for t in found if t.type == "myst_role")


def roles_outside_directives(text: str) -> list[tuple[str, str]]:
    """Return the roles that our reader finds outside of directives, sorted."""
    chapter = read(text)
    found = [(c.span, c.role, at(chapter, c.content_span)) for c in chapter.citations]
    found += [(r.span, r.name, r.content) for r in chapter.roles]
    inner = [directive.span for directive in chapter.directives]
    outside = (f for f in found if not any(s.start <= f[0].start < s.end for s in inner))
    return sorted((name, content.replace("\n", " ")) for _, name, content in outside)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_books_chapters_are_read_as_myst_reads_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert roles_outside_directives(text) == roles_of_myst(text)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_citation_of_the_book_is_found(path: Path) -> None:
    source = SourceText(path, decode(path.read_bytes())[0])
    text = source.text
    for code in (FENCED, CODE):
        text = code.sub(lambda match: " " * len(match.group()), text)
    expected = [match.span() for match in re.finditer(r"\{cite:[a-z]+\}`[^`]+`", text)]
    chapter = read_chapter(source)
    assert [tuple(citation.span) for citation in chapter.citations] == expected
    assert [citation.fault for citation in chapter.citations if citation.fault] == []


BOOK = """\
# A

a {cite:p}`{see}one{12},two` [^n] {cite:t}`Text <one{3}>`

- b {footcite}`two`
  > c {cite}`one{4}`

| a \\| {cite:p}`two{5}` | {cite:ps}`one` |
|---|---|
| x | {cite:year}`two` |

::::{admonition} Title {cite:p}`one{6}`
:::{note} In the note {cite:p}`one{7}`
:class: a
{cite:p}`two{8}`
:::
::::

> q

{attribution="Two, {cite:p}`two{9}`"}
> r

```{code-block} md
{cite:p}`one`
```

Term {cite:p}`one{10}`
: definition {cite:alp}`one{11}`

[^n]: note {cite:p}`two{12}`
"""
CONF = """\
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
myst_enable_extensions = {extensions!r}
bibtex_bibfiles = ["a.bib"]
bibtex_reference_style = "author_year"
"""
BIB = """\
@book{one, author = {One, A.}, title = {T}, year = {2001}, publisher = {P}}
@book{two, author = {Two, B.}, title = {U}, year = {2002}, publisher = {P}}
"""


def test_sphinx_resolves_what_the_reader_finds(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(BOOK, encoding="utf-8")
    (tmp_path / "conf.py").write_text(CONF.format(extensions=sorted(EXTENSIONS)), encoding="utf-8")
    (tmp_path / "a.bib").write_text(BIB, encoding="utf-8")
    app = SphinxTestApp("dummy", srcdir=tmp_path)
    app.build()
    domain = app.env.get_domain("cite")
    resolved = sorted(
        (target.pre, target.key, target.post)
        for reference in domain.citation_refs  # type: ignore[attr-defined]
        for target in reference.targets
    )
    app.cleanup()
    ours = [c for c in read(BOOK).citations if not c.role.startswith("foot")]
    assert len(ours) == 13
    assert sorted((t.before, t.key, t.after) for c in ours for t in c.targets) == resolved
