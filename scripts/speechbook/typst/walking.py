"""What the walk through one document gives the book, so that it can be kept.

It is a function of the resolved document, its pictures and numbers, its place in the book, the
settings and the code; of other documents it knows nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from speechbook.typst import completeness
from speechbook.typst.emitter import Line
from speechbook.typst.problems import Place
from speechbook.typst.translator import DocumentState, TypstTranslator
from speechbook.typst.translator.base import plain_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from speechbook.typst.builder import TypstBuilder
    from speechbook.typst.images import ImageShelf
    from speechbook.typst.structure import Division


@dataclass(frozen=True)
class Walked:
    """One document as Typst code, and what the book has to know of it; all plain values.

    ``lines`` are code, source file and source line; ``labels`` the label of each key that the
    document defines; ``pictures`` the addresses of those taken; ``problems`` source file,
    source line and sentence.  The rest is as in ``Emitter`` and ``TypstTranslator``.
    """

    lines: Sequence[tuple[str, str, int]]
    labels: Mapping[str, str]
    links: Mapping[str, bool]
    levels: Sequence[int]
    title: str
    label: str | None
    subtitle: str = ""
    has_floats: bool = False
    pictures: Sequence[str] = ()
    problems: Sequence[tuple[str, int, str]] = ()

    def code(self) -> list[Line]:
        """Give the lines with their places."""
        known: dict[tuple[str, int], Place] = {}
        return [
            Line(code, known.setdefault((path, line), Place(path, line)))
            for code, path, line in self.lines
        ]


def walk_once(
    builder: TypstBuilder, document: nodes.document, division: Division, shelf: ImageShelf
) -> Walked:
    """Walk through a document unless that is kept; its pictures are on the shelf after it."""
    facts = facts_of(builder, division)
    kept = builder.keeper.of_document(
        builder, document, facts, lambda: vars(walk(builder, document, division, shelf))
    )
    walked = Walked(**kept)
    for address in walked.pictures:
        shelf.take(address, builder.srcdir)
    return walked


def facts_of(builder: TypstBuilder, division: Division) -> object:
    """Give what a walk depends on besides the document and its pictures."""
    docname, env = division.docname, builder.env
    numbers = [env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)]
    # Places in the sources are shown from the current folder.
    return [asdict(division), numbers, str(env.doc2path(docname)), str(Path.cwd())]


def walk(
    builder: TypstBuilder, document: nodes.document, division: Division, shelf: ImageShelf
) -> Walked:
    """Translate one document and check that nothing of it was lost."""
    state = DocumentState(shelf)
    translator = builder.create_translator(document, builder, division, state)
    assert isinstance(translator, TypstTranslator)  # noqa: S101  Sphinx types it loosely
    document.walkabout(translator)
    completeness.check(document, translator)
    title = next(iter(document.findall(nodes.title)), None)
    if title is None and division.kind != "root":
        translator.problem(document, "The document has no title; begin it with ‘# Title’.")
    emitter = translator.emitter
    return Walked(
        [(line.code, line.place.path, line.place.line) for line in emitter.lines],
        state.labels.all(),
        emitter.links,
        emitter.levels,
        plain_title(title) if title is not None else "",
        translator.label,
        translator.subtitle,
        state.has_floats,
        state.pictures,
        [(each.place.path, each.place.line, each.sentence) for each in state.ledger.problems()],
    )
