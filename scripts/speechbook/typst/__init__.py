"""The PDF of the book: a Sphinx builder over the Typst compiler.

Settings in conf.py, none of which makes Sphinx read the sources again:

``typst_filename``
    the name of the PDF in the output folder;
``typst_paper``
    ``a5``, ``a4`` or ``letter``;
``typst_cover``
    whether the cover of ``speechbook.epub.cover`` comes first;
``typst_metadata``
    title, subtitle, author, date, version, commit, licence, description, keywords,
    colophon (a list of paragraphs); see the template;
``typst_image_roots``
    folders beside the sources from which pictures may come, relative to conf.py;
``typst_section_sizes``
    up to how many bytes of Typst code a book is set in one run, and how many bytes a section
    has at least if it is set in several: two chapters or so, which take half the time of
    one run and a third of its memory, and an edit sets little more than them again. Smaller
    sections make the PDF larger, since each has its own cut of the typefaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.typst.builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its settings."""
    app.add_builder(TypstBuilder)
    app.add_config_value("typst_filename", "secret-speech.pdf", "", types=[str])
    app.add_config_value("typst_paper", "a5", "", types=[str])
    app.add_config_value("typst_cover", False, "", types=[bool])
    app.add_config_value("typst_metadata", {}, "", types=[dict])
    app.add_config_value("typst_section_sizes", (100_000, 60_000), "", types=[tuple, list])
    app.add_config_value("typst_image_roots", [], "", types=[list, tuple])
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
