"""From pieces to the PDF: one run of the compiler, or one a section until all pages agree.

A section is told the page on which it begins and the pages of what it refers to elsewhere. It
is set anew while what it was told changes, so that most sections are set twice at most; the
first time, of those that do not know all yet, only to learn their pages. After an edit the first
guess is what was true of the book before it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from speechbook.typst import compile as compiler
from speechbook.typst import kept, pdfmerge, proof
from speechbook.typst.pieces import REPORT
from speechbook.typst.problems import Place, Problem
from speechbook.typst.section import Failed, Section, Setter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from speechbook.typst.pieces import Piece, Pieces

# Page numbers can only grow by a line here and there; three rounds are the most seen.
_MOST_ROUNDS = 8


@dataclass(frozen=True)
class Layout:
    """The look of the book and where its code goes: ``root`` holds the template and sheets."""

    root: Path
    opening: Sequence[str]


@dataclass(frozen=True)
class _Set:
    """A section as it was set: what it was told, the rest of it, where its labels are."""

    told: str
    finished: kept.Finished
    targets: Mapping[str, pdfmerge.Target]


@dataclass
class Typesetter:
    """Sets the pieces of a book into ``job.output``."""

    job: compiler.Job
    layout: Layout
    pieces: Pieces
    sections: Sequence[Sequence[Piece]]
    _done: dict[int, _Set] = field(default_factory=dict)
    _known: dict[str, dict[str, object]] = field(default_factory=dict)
    _owned: list[frozenset[str]] = field(default_factory=list)
    _wanted: list[set[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._owned = [
            frozenset[str]().union(*(piece.owned for piece in section)) for section in self.sections
        ]
        self._wanted = [set() for _ in self.sections]
        leading = [
            {label for piece in section for label in piece.links} for section in self.sections
        ]
        for number, owned in enumerate(self._owned):
            others = set[str]().union(*leading[:number], *leading[number + 1 :])
            # The page of the first title tells where the numbers of the body begin.
            self._wanted[number] = {
                label for label in {*others, self._first_of_body} if _is_in(label, owned)
            }

    def run(self) -> list[Problem]:
        """Set the book; the output is written only if nothing is wrong."""
        shelf = kept.Shelf(self.layout.root / kept.FOLDER)
        press = compiler.Press(self.job)
        setter = Setter(self.job, press, shelf)
        self._known = shelf.pages()
        for turn in range(_MOST_ROUNDS):
            problems, changed = self._round(setter, is_first=turn == 0)
            if problems:
                return problems
            if not changed:
                press.forget()
                self._merge()
                shelf.keep_pages(self._pages())
                shelf.tidy()
                return []
        message = "The page numbers do not settle: references change the pages they refer to."
        return [Problem(Place(self.job.output.name), message)]

    def _merge(self) -> None:
        pdfmerge.merge([self._merged(number) for number in self._done], self.job.output)
        texts = [text for number in self._done for text in self._done[number].finished.texts]
        proof.keep_texts(self.job.output, texts)

    def _pages(self) -> dict[str, dict[str, object]]:
        """Give the pages of all labels that were asked for, and of none that is gone."""
        asked = [label for done in self._done.values() for label in done.targets]
        return {label: self._known[label] for label in asked}

    def _merged(self, number: int) -> pdfmerge.Section:
        done = self._done[number]
        if done.finished.path is None:
            message = f"section {number} knows all and was set for its pages alone"
            raise ValueError(message)
        levels = [level for piece in self.sections[number] for level in piece.levels]
        return pdfmerge.Section(done.finished.path, levels, done.targets)

    def _round(self, setter: Setter, *, is_first: bool) -> tuple[list[Problem], bool]:
        """Set every section that is told something new; say whether there was any."""
        first, changed = 1, False
        for number in range(len(self.sections)):
            told = self._told(number, first)
            if not self._stands(number, told):
                provisional = is_first and not self._knows_all(number)
                problems = self._set(setter, number, told, provisional=provisional)
                if problems:
                    return problems, True
                changed = True
            first += self._done[number].finished.pages
        return [], changed and len(self.sections) > 1

    def _stands(self, number: int, told: str) -> bool:
        """Say whether a section is set for print with just what it is told now."""
        done = self._done.get(number)
        return done is not None and done.told == told and done.finished.path is not None

    def _knows_all(self, number: int) -> bool:
        """Say whether the pages are known of all that a section refers to elsewhere."""
        links = [piece.links for piece in self.sections[number]]
        paged = {label for each in links for label, is_paged in each.items() if is_paged}
        elsewhere = (label for label in paged if not _is_in(label, self._owned[number]))
        return all(label in self._known for label in elsewhere)

    # One section

    def _set(self, setter: Setter, number: int, told: str, *, provisional: bool) -> list[Problem]:
        result = setter.finish(self._section(number, told, provisional=provisional))
        if isinstance(result, Failed):
            return result.problems
        first = json.loads(told)["first"]
        targets = {
            label: pdfmerge.Target(at["page"] - first, at["x"], at["y"], at["shown"])
            for label, at in result.report.items()
        }
        self._done[number] = _Set(told, result, targets)
        for label, at in result.report.items():
            self._known[label] = {"page": at["page"], "shown": at["shown"]}
        return []

    def _section(self, number: int, told: str, *, provisional: bool) -> Section:
        inputs = {"section": told} if len(self.sections) > 1 else {}
        sheets = [name for piece in self.sections[number] for name in piece.sheets]
        size = sum(piece.size for piece in self.sections[number])
        main, opens = self._main(number), number == 0
        return Section(main, sheets, inputs, size, opens, provisional)

    def _main(self, number: int) -> Path:
        """Write the main file of a section."""
        section = self.sections[number]
        codes = {matter: [p for p in section if p.matter == matter] for matter in ("front", "body")}
        report = "report()"
        lines = [*self.layout.opening]
        for matter, pieces in codes.items():
            lines += ["body-matter({"] if matter == "body" else []
            for piece in pieces:
                lines.append(piece.code.replace(REPORT, report))
                report = "none"
            lines += ["})"] if matter == "body" else []
        name = "main.typ" if len(self.sections) == 1 else f"section-{number + 1:03}.typ"
        path = self.layout.root / name
        path.write_text("\n".join([*lines, "}", ""]), encoding="utf-8", newline="\n")
        return path

    def _told(self, number: int, first: int) -> str:
        """Give what a section has to know of the rest of the book, as JSON."""
        links: dict[str, bool] = {}
        for piece in self.sections[number]:
            for label, paged in piece.links.items():
                if not _is_in(label, self._owned[number]):
                    links[label] = links.get(label, False) or paged
        facts = {
            "first": first,
            "folio": self._folio(first),
            "known": {label: self._fact(label, paged=links[label]) for label in sorted(links)},
            "wanted": sorted(self._wanted[number]),
            "contents": [asdict(entry) for entry in self.pieces.contents] if number == 0 else [],
        }
        return json.dumps(facts, ensure_ascii=False, sort_keys=True)

    def _fact(self, label: str, *, paged: bool) -> dict[str, object]:
        link = pdfmerge.SCHEME + label.encode().hex()
        unknown: dict[str, object] = {"page": 0, "shown": "00"}
        return {"link": link, **(self._known.get(label, unknown) if paged else unknown)}

    @property
    def _first_of_body(self) -> str:
        """Give the label of the title of the first document of the body."""
        return next((e.label for e in self.pieces.contents if e.kind in {"chapter", "back"}), "")

    def _folio(self, first: int) -> int:
        """Give the printed number with which the body, or a later section, begins."""
        body = self._known.get(self._first_of_body)
        if first == 1 or body is None:
            return 1
        return first - int(str(body["page"])) + int(str(body["shown"]))


def _is_in(label: str, owned: frozenset[str]) -> bool:
    return label in owned or label.partition(":")[0] in owned
