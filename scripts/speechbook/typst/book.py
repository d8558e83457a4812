"""One making of the book: from the toctrees and documents of Sphinx to the PDF."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.util.nodes import process_only_nodes

from speechbook.epub import cover
from speechbook.typst import compile as compiler
from speechbook.typst import (
    escape,
    images,
    index,
    pieces,
    sheets,
    structure,
    walking,
)
from speechbook.typst.labels import Labels, key_of
from speechbook.typst.problems import Ledger, Place, shown_path
from speechbook.typst.structure import INDEX, Division, Toctree
from speechbook.typst.typeset import Layout, Typesetter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from speechbook.typst.builder import TypstBuilder
    from speechbook.typst.structure import Part


class Book:
    """Walks all documents, then sets them; problems of a stage are told together."""

    def __init__(self, builder: TypstBuilder) -> None:
        self._builder = builder
        self._config = builder.config
        self._out = Path(builder.outdir).resolve()
        source = Path(builder.srcdir)
        # Relative roots in conf.py are meant from the folder of conf.py.
        roots = [source, *(Path(builder.confdir) / r for r in self._config.typst_image_roots)]
        self._pictures = images.ImageShelf(self._out / "images", roots)
        self._labels, self._ledger = Labels(), Ledger()
        self._has_floats = False
        self._binder = sheets.Binder(self._out)
        self._sheets: dict[str, sheets.Sheet] = {}
        self._subtitle = ""

    def make(self) -> None:
        """Write all files and compile them.

        Raises:
            BookProblemsError: anything cannot be printed as the source says.

        """
        root = self._config.root_doc
        sequence = structure.lay_out(self._toctrees(root), self._includes)
        divisions = [item for item in sequence if isinstance(item, Division)]
        for division in [Division(root, "root", 1), *divisions]:
            if division.docname != INDEX:
                self._walk(division)
        self._check_all_printed(divisions)
        for division in divisions:
            if division.docname == INDEX:
                self._write_index(division)
        self._fill_labels()
        self._ledger.settle()
        self._typeset(sequence)
        self._builder.keeper.tidy()

    # Reading

    def _toctrees(self, root: str) -> list[Toctree]:
        doctree = self._builder.env.get_doctree(root)
        process_only_nodes(doctree, self._builder.tags)
        return [
            Toctree(node.get("caption"), bool(node.get("numbered")), self._entries(node))
            for node in doctree.findall(addnodes.toctree)
        ]

    def _entries(self, toctree: addnodes.toctree) -> tuple[str, ...]:
        """Give the documents of a toctree; links to the web in it are for the screen."""
        known = self._builder.env.all_docs
        return tuple(ref for _title, ref in toctree["entries"] if ref in known or ref == INDEX)

    def _includes(self, docname: str) -> Sequence[str]:
        return self._builder.env.toctree_includes.get(docname, ())

    def _walk(self, division: Division) -> None:
        """Translate one document, or take what an earlier build has made of the same."""
        document = self._builder.resolved(division.docname)
        walked = walking.walk_once(self._builder, document, division, self._pictures)
        for path, line, sentence in walked.problems:
            self._ledger.add(Place(path, line), sentence)
        self._labels.take_over(walked.labels)
        self._has_floats |= walked.has_floats
        self._subtitle = self._subtitle or walked.subtitle
        self._sheets[division.docname] = sheets.Sheet(
            self._binder.write(division.docname, walked.code()),
            walked.title,
            walked.label,
            tuple(walked.levels),
            walked.links,
        )

    def _check_all_printed(self, divisions: Sequence[Division]) -> None:
        """Tell of documents that no toctree includes, unless they say ``orphan: true``."""
        env = self._builder.env
        printed = {division.docname for division in divisions} | {self._config.root_doc}
        for docname in sorted(set(env.found_docs) - printed):
            if "orphan" not in env.metadata.get(docname, {}) and docname not in env.included:
                self._ledger.add(
                    Place(shown_path(str(env.doc2path(docname)))),
                    "The document is in no toctree, so the PDF would lack it; add it to one.",
                )

    def _write_index(self, division: Division) -> None:
        groups = index.read(self._builder)
        title = str(self._builder.env.domains.standard_domain._virtual_doc_names[INDEX][1])
        label = self._labels.define([key_of(INDEX)])
        heading = f'hd({division.level}, "back", none, {escape.string(label)}, true, '
        file = f"/{sheets.FOLDER}/{INDEX}.typ"
        code = [*sheets.OPENING, f"{heading}t({escape.string(title)}))"]
        self._binder.save(file, [*code, *index.to_typst(groups, self._labels.known), "}"])
        links = dict.fromkeys(index.labels_of(groups, self._labels.known), True)
        self._sheets[INDEX] = sheets.Sheet(file, title, label, (division.level,), links)

    def _fill_labels(self) -> None:
        """Write the labels into the sheets, now that all targets are known."""
        for docname, sheet in self._sheets.items():
            size = self._binder.fill(
                sheet.file, lambda key, place: self._labels.resolve(key, place, self._ledger)
            )
            links = {self._labels.known(key) or key: paged for key, paged in sheet.links.items()}
            self._sheets[docname] = sheets.Sheet(
                sheet.file, sheet.title, sheet.label, sheet.levels, links, size
            )

    # Writing

    def _typeset(self, sequence: Sequence[Part | Division]) -> None:
        """Set the book.

        Raises:
            BookProblemsError: what stands in the PDF is not what the sources say.

        """
        row = pieces.lay_out(sequence, self._sheets, self._config.root_doc)
        output = self._out / self._config.typst_filename
        output.unlink(missing_ok=True)
        job = compiler.Job(
            self._out,
            output,
            _timestamp(),
            self._binder.places.place,
            self._pictures.drawings(),
            has_floats=self._has_floats,
            unproved=frozenset({f"{sheets.FOLDER}/{INDEX}.typ"}),
        )
        whole, section = self._config.typst_section_sizes
        cut = pieces.cut(row.row, whole, section)
        for problem in Typesetter(job, Layout(self._out, self._opening()), row, cut).run():
            self._ledger.add(problem.place, problem.sentence)
        self._ledger.settle()

    def _opening(self) -> list[str]:
        """Give the first lines of a main file."""
        paper = escape.string(self._config.typst_paper)
        return [
            '#import "template/template.typ": *',
            "#{",
            f"let meta = {sheets.typst_value(dict(self._metadata()))}",
            f"show: book.with({paper}, meta)",
        ]

    def _metadata(self) -> Mapping[str, object]:
        """Fill in what conf.py says elsewhere."""
        return {
            "cover": self._cover() if self._config.typst_cover else None,
            "title": self._config.project,
            "subtitle": self._subtitle,
            "author": self._config.author,
            "version": self._config.release,
            "language": self._config.language or "en",
            "root": self._sheets[self._config.root_doc].file,
            **self._config.typst_metadata,
        }

    def _cover(self) -> Mapping[str, str]:
        """Draw the cover that all formats have."""
        title, author = self._config.project, self._config.author
        file = self._out / "images" / "cover.svg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(cover.draw_cover(title, self._subtitle, author, "svg"))
        alternative = cover.alternative_text(title, self._subtitle)
        return {"image": f"/images/{file.name}", "alt": alternative}


def _timestamp() -> datetime.datetime:
    """Give the time of the book: SOURCE_DATE_EPOCH in seconds, or now.

    See <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        # Typst refuses parts of a second.
        return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
