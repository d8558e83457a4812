"""The main Typst file, which puts the documents of the book in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.typst import escape
from speechbook.typst.structure import Division, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAPERS = ("a5", "a4", "letter")


@dataclass(frozen=True)
class Written:
    """A document as it was written: file, title without marks, label of its title."""

    file: str
    title: str
    label: str | None


@dataclass(frozen=True)
class MainFile:
    """All that the main file needs.

    ``metadata`` holds the values of ``typst_metadata`` with defaults filled in.
    """

    paper: str
    metadata: Mapping[str, object]
    sequence: Sequence[Part | Division]
    written: Mapping[str, Written]

    def lines(self) -> list[str]:
        """Give the lines of the file."""
        return [
            '#import "template/template.typ": *',
            "#{",
            f"let meta = {typst_value(dict(self.metadata))}",
            f"show: book.with({escape.string(self.paper)}, meta)",
            "opening-pages(meta)",
            *self._matter("front"),
            "body-begins()",
            "body-matter({",
            *self._matter("chapter"),
            *self._matter("back"),
            "})",
            "}",
        ]

    def _matter(self, kind: str) -> list[str]:
        lines: list[str] = []
        for index, item in enumerate(self.sequence):
            if isinstance(item, Part):
                lines += [self._part(item, index)] if kind == "chapter" else []
            elif item.kind == kind and not item.nested:
                lines.append(self._division(item, index))
        return lines

    def _part(self, part: Part, index: int) -> str:
        chapters = []
        for item in self.sequence[index + 1 :]:
            if isinstance(item, Part) or item.kind != "chapter":
                break
            if not item.nested:
                chapters.append(self._chapter_line(item))
        return (
            f"part({escape.string(part.label)}, {escape.string(part.title)}, "
            f"{escape.array(chapters)})"
        )

    def _chapter_line(self, division: Division) -> str:
        written = self.written[division.docname]
        number = escape.string(str(division.number)) if division.number else "none"
        return f"({number}, {escape.string(written.title)}, {_label(written)})"

    def _division(self, division: Division, index: int) -> str:
        """Write a document and those nested in it as one run of pages."""
        written = self.written[division.docname]
        files = [written.file]
        for item in self.sequence[index + 1 :]:
            if isinstance(item, Part) or not item.nested:
                break
            files.append(self.written[item.docname].file)
        includes = "; ".join(f"include {escape.string(file)}" for file in files)
        return f"division({escape.string(written.title)}, {_label(written)}, {{ {includes} }})"


def _label(written: Written) -> str:
    return escape.string(written.label) if written.label else "none"


def typst_value(value: object) -> str:
    """Write a plain Python value as Typst code.

    Raises:
        TypeError: the value is none of str, int, float, bool, None, list, tuple, dict.

    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return escape.string(value)
    if isinstance(value, list | tuple):
        return escape.array([typst_value(item) for item in value])
    if isinstance(value, dict):
        return escape.dictionary({str(key): typst_value(item) for key, item in value.items()})
    message = f"typst_metadata cannot hold a {type(value).__name__}; use text, numbers or lists"
    raise TypeError(message)
