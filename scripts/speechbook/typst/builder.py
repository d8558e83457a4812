"""The Sphinx builder ``typst``: the whole book as one tagged PDF."""

from __future__ import annotations

import datetime
import os
import shutil
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError, NoUri
from sphinx.util import logging
from sphinx.util.nodes import process_only_nodes

from speechbook.typst import compile as compiler
from speechbook.typst import completeness, escape, images, index, mainfile, structure
from speechbook.typst.labels import key_of
from speechbook.typst.problems import Place, shown_path
from speechbook.typst.structure import INDEX, Division, Part, Toctree
from speechbook.typst.translator import BookState, TypstTranslator
from speechbook.typst.translator.base import plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from speechbook.typst.emitter import Emitter

logger = logging.getLogger(__name__)

_TEXT_FOLDER = "text"
_PREAMBLE = '#import "/template/template.typ": *'


class TypstBuilder(Builder):
    """Writes Typst sources into the output folder and compiles them.

    Raises:
        BookProblemsError: from ``build``, naming everything that cannot be printed.

    """

    name = "typst"
    format = "typst"
    epilog = "The PDF is in %(outdir)s."
    allow_parallel = False
    default_translator_class = TypstTranslator
    supported_image_types: ClassVar[list[str]] = list(images.FORMATS)
    # “Supported” keeps Sphinx from fetching them; the image shelf refuses them by name.
    supported_remote_images = True
    supported_data_uri_images = True

    def get_outdated_docs(self) -> str:
        """Name everything as out of date: the book is one file."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the address of a document, a percent sign and its name."""
        if docname not in self.env.all_docs and docname != INDEX:
            raise NoUri(docname, typ)
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Give the address of a document; all are in one file."""
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:  # noqa: ARG002
        """Check the settings before the long part."""
        if self.config.typst_paper not in mainfile.PAPERS:
            papers = ", ".join(mainfile.PAPERS)
            raise ConfigError(
                f"typst_paper is ‘{self.config.typst_paper}’; it must be one of {papers}."
            )

    def copy_assets(self) -> None:
        """Lay the template beside the sources."""
        target = Path(self.outdir) / "template"
        shutil.rmtree(target, ignore_errors=True)
        template = resources.files("speechbook.typst") / "templates"
        with resources.as_file(template) as folder:
            shutil.copytree(folder, target)

    def write_documents(self, docnames: Set[str]) -> None:  # noqa: ARG002
        """Write and compile the whole book."""
        Book(self).make()

    def resolved(self, docname: str) -> nodes.document:
        """Give a document with all links resolved and without its toctrees."""
        doctree = self.env.get_doctree(docname)
        for toctree in list(doctree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        doctree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags, doctree=doctree)
        self.post_process_images(doctree)
        return doctree


class Book:
    """One making of the book, from toctrees to PDF."""

    def __init__(self, builder: TypstBuilder) -> None:
        self._builder = builder
        self._config = builder.config
        self._out = Path(builder.outdir).resolve()
        source = Path(builder.srcdir)
        # Relative roots in conf.py are meant from the folder of conf.py.
        roots = [source, *(Path(builder.confdir) / r for r in self._config.typst_image_roots)]
        self._state = BookState(images.ImageShelf(self._out / "images", roots))
        self._emitters: dict[str, Emitter] = {}
        self._written: dict[str, mainfile.Written] = {}
        self._subtitle = ""

    def make(self) -> None:
        """Write all files and compile them.

        Raises:
            BookProblemsError: anything cannot be printed as the source says.

        """
        root = self._config.root_doc
        sequence = structure.lay_out(self._toctrees(root), self._includes)
        divisions = [item for item in sequence if isinstance(item, Division)]
        self._walk(Division(root, "root", 1))
        for division in divisions:
            if division.docname != INDEX:
                self._walk(division)
        self._check_all_printed(divisions)
        self._write(sequence)

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
        """Translate one document and check that nothing of it was lost."""
        doctree = self._builder.resolved(division.docname)
        translator = self._builder.create_translator(doctree, self._builder, division, self._state)
        assert isinstance(translator, TypstTranslator)  # noqa: S101  Sphinx types it loosely
        doctree.walkabout(translator)
        completeness.check(doctree, translator)
        title = next(iter(doctree.findall(nodes.title)), None)
        if title is None and division.kind != "root":
            translator.problem(doctree, "The document has no title; begin it with ‘# Title’.")
        self._subtitle = self._subtitle or translator.subtitle
        self._emitters[division.docname] = translator.emitter
        self._written[division.docname] = mainfile.Written(
            f"/{_TEXT_FOLDER}/{division.docname}.typ",
            plain_title(title) if title is not None else "",
            translator.label,
        )

    def _check_all_printed(self, divisions: list[Division]) -> None:
        """Tell of documents that no toctree includes, unless they say ``orphan: true``."""
        env = self._builder.env
        printed = {division.docname for division in divisions} | {self._config.root_doc}
        for docname in sorted(set(env.found_docs) - printed):
            if "orphan" not in env.metadata.get(docname, {}) and docname not in env.included:
                self._state.ledger.add(
                    Place(shown_path(str(env.doc2path(docname)))),
                    "The document is in no toctree, so the PDF would lack it; add it to one.",
                )

    # Writing

    def _write(self, sequence: tuple[Part | Division, ...]) -> None:
        places: dict[str, list[Place]] = {}
        labels, ledger = self._state.labels, self._state.ledger
        for item in sequence:
            if isinstance(item, Division) and item.docname == INDEX:
                self._write_index(item)
        for docname, emitter in self._emitters.items():
            lines = emitter.filled(lambda key, place: labels.resolve(key, place, ledger))
            file = self._written[docname].file
            places[file.lstrip("/")] = [Place("")] * 2 + [line.place for line in lines]
            self._save(file, [_PREAMBLE, "#{", *(line.code for line in lines), "}"])
        ledger.settle()
        main = mainfile.MainFile(
            self._config.typst_paper, self._metadata(), sequence, self._written
        )
        self._save("main.typ", main.lines())
        self._compile(compiler.SourceMap(places))

    def _write_index(self, division: Division) -> None:
        labels = self._state.labels
        groups = index.read(self._builder)
        lines = index.to_typst(groups, labels.known)
        label = labels.define([key_of(INDEX)])
        title = str(self._builder.env.domains.standard_domain._virtual_doc_names[INDEX][1])
        file = f"/{_TEXT_FOLDER}/{INDEX}.typ"
        words = escape.string(title)
        heading = f'hd({division.level}, "back", none, {escape.string(label)}, true, t({words}))'
        self._save(file, [_PREAMBLE, "#{", heading, *lines, "}"])
        self._written[INDEX] = mainfile.Written(file, title, label)

    def _save(self, name: str, lines: list[str]) -> None:
        path = self._out / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")

    def _metadata(self) -> dict[str, object]:
        """Fill in what conf.py says elsewhere."""
        return {
            "title": self._config.project,
            "subtitle": self._subtitle,
            "author": self._config.author,
            "version": self._config.release,
            "language": self._config.language or "en",
            "root": self._written[self._config.root_doc].file,
            **self._config.typst_metadata,
        }

    def _compile(self, source_map: compiler.SourceMap) -> None:
        output = self._out / self._config.typst_filename
        output.unlink(missing_ok=True)
        job = compiler.Job(
            self._out, output, _timestamp(), source_map, self._state.shelf.drawings()
        )
        for problem in compiler.run(job):
            self._state.ledger.add(problem.place, problem.sentence)
        self._state.ledger.settle()


def _timestamp() -> datetime.datetime:
    """Give the time of the book: SOURCE_DATE_EPOCH in seconds, or now.

    See <https://reproducible-builds.org/specs/source-date-epoch/>.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.datetime.now(datetime.UTC)
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
