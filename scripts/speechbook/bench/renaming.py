"""New names for a copied chapter: its file, its labels, its notes, and what it refers to.

The syntax is MyST's: https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from speechbook.bench.booktext import Page

DEFINITION = re.compile(
    r"^(?P<before>\()(?P<label>[^)\n]+)(?=\)=)"
    r"|^(?P<before_option>[ \t]*:(?:name|label):[ \t]+)(?P<option>\S+)"
    r"|(?P<before_attribute>\{#)(?P<attribute>[\w-]+)",
    re.MULTILINE,
)
REFERENCE = re.compile(
    r"\{(?P<role>ref|numref|eq)\}`(?:(?P<title>[^`<]*?)\s*<(?P<titled>[^`<>]+)>|(?P<bare>[^`<>]+))`"
)
LINK = re.compile(r"(?<=\]\(#)(?P<label>[^)\s]+)")
NOTE = re.compile(r"\[\^(?P<slug>[^\]\s]+)\]")
TITLE = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
LEADING_NUMBER = re.compile(r"^\d+-")


def labels_in(text: str) -> list[str]:
    """Return the labels that a page defines, in their order."""
    found = DEFINITION.finditer(text)
    return [match["label"] or match["option"] or match["attribute"] for match in found]


def basename(docname: str) -> str:
    """Return a docname's last part."""
    return docname.rpartition("/")[2]


@dataclass(frozen=True)
class Copies:
    """Which chapters a book of *count* chapters has, made from *originals* in rounds.

    Round 0 holds the originals, round 1 their first copies and so on; the last
    round may be short.  Positions count from 0.
    """

    originals: tuple[Page, ...]
    count: int

    @property
    def rounds(self) -> int:
        """How many rounds there are, the last one perhaps short."""
        return -(-self.count // len(self.originals))

    def position(self, original: int, round_: int) -> int:
        """Return where an original's copy of that round stands in the book."""
        return round_ * len(self.originals) + original

    def has(self, original: int, round_: int) -> bool:
        """Say whether the book holds that copy."""
        return round_ >= 0 and self.position(original, round_) < self.count

    def docname(self, original: int, round_: int) -> str:
        """Return a copy's docname, numbered by its position in the book."""
        slug = LEADING_NUMBER.sub("", basename(self.originals[original].docname))
        return f"chapters/{self.position(original, round_) + 1:03d}-{slug}"

    @cached_property
    def owners(self) -> Mapping[str, int]:
        """The original chapter that defines each label."""
        return {
            label: number
            for number, page in enumerate(self.originals)
            for label in labels_in(page.text)
        }

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each original by its file's name."""
        return {basename(page.docname): number for number, page in enumerate(self.originals)}

    @cached_property
    def names(self) -> re.Pattern[str]:
        """What matches an original's file name in a link or a ``doc`` role."""
        alternatives = "|".join(map(re.escape, self.numbers))
        return re.compile(rf"(?<=[(/<`])(?P<name>{alternatives})(?=(?:\.md)?[)#>`])")

    def fallback(self, original: int) -> str:
        """Return the label that stands in for one of a chapter left out.

        Raises:
            BookError: no chapter that is in the book has a label.

        """
        heads = [labels_in(page.text)[:1] for page in self.originals[: self.count]]
        labels = [head[0] for head in heads if head]
        if not labels:
            raise BookError(
                f"None of the first {self.count} chapters has a label to refer to",
                cure="put (ch-name)= above their titles",
            )
        return labels[original % len(labels)]


@dataclass(frozen=True)
class Renaming:
    """How the names in a page of one round are written."""

    copies: Copies
    round: int = 0

    def nearest(self, original: int) -> int:
        """Return the round whose copy a reference means: this one, or the one before."""
        return self.round if self.copies.has(original, self.round) else self.round - 1

    def unique(self, name: str, round_: int) -> str:
        """Return a label or a note's slug as its copy of a round has it."""
        return f"{name}-{round_ + 1}" if round_ else name

    def label(self, name: str) -> str:
        """Return what a reference to *name* becomes; labels outside chapters stay."""
        original = self.copies.owners.get(name)
        if original is None:
            return name
        round_ = self.nearest(original)
        return self.unique(name, round_) if round_ >= 0 else self.copies.fallback(original)

    def reference(self, match: re.Match[str]) -> str:
        """Rewrite a reference; a number of something left out becomes plain words."""
        name = match["titled"] or match["bare"]
        original = self.copies.owners.get(name)
        label = self.label(name)
        if original is not None and self.nearest(original) < 0:
            words = (match["title"] or "another chapter").replace("{number}", "").strip()
            return f"{{ref}}`{words or 'another chapter'} <{label}>`"
        target = f"{match['title']} <{label}>" if match["titled"] else label
        return f"{{{match['role']}}}`{target}`"

    def definition(self, match: re.Match[str]) -> str:
        """Rewrite the place that defines a label."""
        before = match["before"] or match["before_option"] or match["before_attribute"]
        name = match["label"] or match["option"] or match["attribute"]
        return before + self.unique(name, self.round)

    def file_name(self, match: re.Match[str]) -> str:
        """Rewrite a chapter's file name in a link."""
        original = self.copies.numbers[match["name"]]
        round_ = self.nearest(original)
        if round_ < 0:
            original, round_ = original % self.copies.count, 0
        return basename(self.copies.docname(original, round_))

    def references(self, text: str) -> str:
        """Return *text* with everything that it refers to renamed."""
        text = REFERENCE.sub(self.reference, text)
        text = LINK.sub(lambda match: self.label(match["label"]), text)
        return self.copies.names.sub(self.file_name, text)

    def chapter(self, text: str) -> str:
        """Return a chapter's text as its copy of this round has it."""
        text = DEFINITION.sub(self.definition, self.references(text))
        if not self.round:
            return text
        text = NOTE.sub(lambda match: f"[^{self.unique(match['slug'], self.round)}]", text)
        return TITLE.sub(rf"# \g<title> ({self.round + 1})", text, count=1)
