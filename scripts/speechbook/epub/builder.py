"""Sphinx's EPUB 3 builder, packed so that the same sources give the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.epub3 import Epub3Builder

from speechbook.release.archive import write_archive
from speechbook.release.commit import current_commit

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE_FILE = "mimetype"


class BookEpubBuilder(Epub3Builder):
    """Writes ``<epub_basename>.epub``; the rest is Sphinx's."""

    name = "epub"

    def build_epub(self) -> None:
        """Pack the files: ``mimetype`` first and stored, as OCF 3.3 section 4.3 demands."""
        target = Path(self.outdir) / f"{self.config.epub_basename}.epub"
        seconds = current_commit(Path(self.srcdir)).time
        write_archive(target, self._members(), seconds, stored=(MEDIA_TYPE_FILE,))

    def _members(self) -> Iterator[tuple[str, bytes]]:
        names = ["META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        for name in [MEDIA_TYPE_FILE, *dict.fromkeys(names)]:
            yield name, (Path(self.outdir) / name).read_bytes()
