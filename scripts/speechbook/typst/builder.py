"""The Sphinx builder ``typst``: the whole book as one tagged PDF."""

from __future__ import annotations

import shutil
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from sphinx.errors import ConfigError, NoUri
from sphinx.util import logging

from speechbook.building.kept_pages import Keeper
from speechbook.sphinxext.picture_passes import PictureSparing
from speechbook.typst import images
from speechbook.typst.book import Book
from speechbook.typst.structure import INDEX
from speechbook.typst.translator import TypstTranslator

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes


logger = logging.getLogger(__name__)

PAPERS = ("a5", "a4", "letter")


class TypstBuilder(PictureSparing):
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

    @cached_property
    def keeper(self) -> Keeper:
        """Give what earlier builds have made of documents."""
        return Keeper.of(self)

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
        if self.config.typst_paper not in PAPERS:
            papers = ", ".join(PAPERS)
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
        """Give a document with all links resolved."""
        doctree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
        self.post_process_images(doctree)
        return doctree
