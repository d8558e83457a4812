"""What the sources promise: chapters, titles, notes, figures, cited works.

Read from the Markdown itself, not from a builder's state, so that what a builder
loses is missed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from speechbook.evidence import read_evidence

if TYPE_CHECKING:
    from pathlib import Path

TITLE = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
NOTE = re.compile(r"^\[\^(?P<slug>[^\]]+)\]:", re.MULTILINE)
NOTE_MARK = re.compile(r"\[\^(?P<slug>[^\]]+)\](?!:)")
FIGURE = re.compile(r"^[`:]{3,}\{(?:figure|data-figure)\} +(?P<name>\S+)", re.MULTILINE)
DRAWN_FIGURE = re.compile(r"^[`:]{3,}\{data-figure\} +(\S+)", re.MULTILINE)
#: Other directives that make a part of the page from a table, whose rows name their works.
TABLE = re.compile(r"^[`:]{3,}\{data-(?!figure)[a-z-]+\} +(\S+)", re.MULTILINE)
#: The list of locators that rest on the article alone.
ARTICLE_ONLY = re.compile(r"^[`:]{3,}\{article-only\} +(\S+)", re.MULTILINE)
CITEKEY_COLUMN = re.compile(r'^citekey = "([^"]*)"', re.MULTILINE)
CITATION = re.compile(r"\{cite:[a-z]+\}`(?P<target>[^`]*)`")
TOCTREE_LINE = re.compile(r"^(?:[^<\n]*<)?(?P<docname>[\w./-]+)>?$")
TOCTREE = re.compile(r"^```\{toctree\}\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Promise:
    """What one source document holds, in its order."""

    docname: str
    title: str
    notes: tuple[str, ...]
    note_marks: tuple[str, ...]
    figures: tuple[str, ...]
    citekeys: frozenset[str]


def plain_title(markdown: str) -> str:
    """Return a title without emphasis marks."""
    return markdown.replace("*", "").strip()


def citekeys_of(text: str) -> frozenset[str]:
    """Return the keys of every citation in a text."""
    targets = [match["target"] for match in CITATION.finditer(text)]
    return frozenset(t.key for target in targets for t in parse_citation_targets(target))


def promise_of(docname: str, text: str, beside: str = "") -> Promise:
    """Read one Markdown document; *beside* is the text of its figures' data.

    Raises:
        ValueError: it has no title.

    """
    title = TITLE.search(text)
    if title is None:
        raise ValueError(f"{docname} has no line that starts with '# '")
    return Promise(
        docname=docname,
        title=plain_title(title["title"]),
        notes=tuple(m["slug"] for m in NOTE.finditer(text)),
        note_marks=tuple(m["slug"] for m in NOTE_MARK.finditer(text)),
        figures=tuple(m["name"] for m in FIGURE.finditer(text)),
        citekeys=citekeys_of(text + beside),
    )


def contents_of(index: str) -> tuple[str, ...]:
    """Return the docnames that the root document's toctrees name, in the book's order."""
    bodies = "\n".join(match["body"] for match in TOCTREE.finditer(index))
    lines = (line for line in bodies.splitlines() if line and not line.startswith(":"))
    matches = filter(None, map(TOCTREE_LINE.match, lines))
    return tuple(match["docname"] for match in matches if match["docname"] != "genindex")


def promises(docs: Path) -> tuple[Promise, ...]:
    """Read every document of the book, in its order."""
    index = (docs / "index.md").read_text(encoding="utf-8")
    texts = {name: (docs / f"{name}.md").read_text(encoding="utf-8") for name in contents_of(index)}
    return tuple(promise_of(name, text, data_of(docs, text)) for name, text in texts.items())


def data_of(docs: Path, text: str) -> str:
    """Return the joined data of a document's drawn figures and tables, as Markdown cites."""
    figures = [read_data(docs, name) for name in DRAWN_FIGURE.findall(text)]
    tables = [read_data(docs, name) for name in dict.fromkeys(TABLE.findall(text))]
    keys = [key for table in tables for key in CITEKEY_COLUMN.findall(table)]
    for name in ARTICLE_ONLY.findall(text):
        rows = read_evidence(docs / "data" / f"{name}.toml")
        keys += [row.citekey for row in rows if row.seen == "article"]
    return "\n".join([*figures, *tables, *(f"{{cite:p}}`{key}`" for key in keys)])


def read_data(docs: Path, name: str) -> str:
    """Return a data file's text."""
    return (docs / "data" / f"{name}.toml").read_text(encoding="utf-8")
