"""Small books, built in this process and read back from their PDF."""

from __future__ import annotations

import io
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pikepdf
import pypdfium2
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EPOCH = "1700000000"
CONF = """
project = "A Book"
author = "Somebody"
extensions = ["myst_parser", "speechbook.typst"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
typst_filename = "book.pdf"
"""


@dataclass
class Built:
    """A PDF as its readers meet it: text by page, labels of pages, structure."""

    path: Path
    warnings: str
    pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        document = pypdfium2.PdfDocument(self.path)
        self.pages = [page.get_textpage().get_text_bounded() for page in document]
        self.labels = [document.get_page_label(number) for number in range(len(document))]
        document.close()

    @property
    def text(self) -> str:
        """All text with white space made even, hyphens at line ends taken out."""
        joined = re.sub(r"[\ufffe\xad\x02]\s*", "", "\n".join(self.pages))
        return re.sub(r"\s+", " ", joined)

    def page_with(self, excerpt: str) -> int:
        """Give the index of the one page that holds ``excerpt``."""
        flat = [re.sub(r"\s+", " ", page) for page in self.pages]
        found = [number for number, page in enumerate(flat) if excerpt in page]
        assert len(found) == 1, (excerpt, found)
        return found[0]

    def opened(self) -> pikepdf.Pdf:
        """Open the file for a look at its structure."""
        return pikepdf.open(self.path)


Make = "Callable[..., Built]"


def build(
    source: Path,
    out: Path,
    *,
    anew: bool = True,
    **settings: Any,  # noqa: ANN401
) -> Built:
    """Build the book at ``source``, reading all of it anew; its settings can be overridden."""
    warnings = io.StringIO()
    with docutils_namespace(), patch_docutils(source):
        app = Sphinx(
            source,
            source,
            out,
            out.with_name(out.name + "-doctrees"),
            "typst",
            confoverrides=settings,
            status=None,
            warning=warnings,
        )
        app.build(force_all=anew)
    return Built(out / app.config.typst_filename, warnings.getvalue())


@pytest.fixture(autouse=True)
def epoch() -> Iterator[None]:
    """Fix the time of every build."""
    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": EPOCH}):
        yield


@pytest.fixture(scope="session")
def small_book_source() -> Path:
    """Return the folder of the small book."""
    return Path(__file__).resolve().parent.parent / "roots" / "typst-book"


@pytest.fixture
def source(small_book_source: Path, tmp_path: Path) -> Path:
    """Return a copy of the small book to edit."""
    return shutil.copytree(small_book_source, tmp_path / "docs")


@pytest.fixture(scope="session")
def small_book(small_book_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the small book once for all tests that only read it."""
    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": EPOCH}):
        return build(small_book_source, tmp_path_factory.mktemp("small") / "out")


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Built]:
    """Return a function that builds a book of one chapter from its text.

    Other files go by name into ``files``; settings are given as keywords.
    """

    def function(
        chapter: str,
        files: dict[str, str | bytes] | None = None,
        conf: str = CONF,
        **settings: Any,  # noqa: ANN401
    ) -> Built:
        source = tmp_path / "source"
        index = "# A Book\n\n```{toctree}\n:numbered: 1\n\nchapter\n```\n"
        for name, content in {
            "conf.py": conf,
            "index.md": index,
            "chapter.md": chapter,
            **(files or {}),
        }.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return build(source, tmp_path / "out", **settings)

    return function
