"""Three builders over one environment, in one process.

Each format gets a Sphinx application of its own on the same doctrees: the first
reads the sources, the others find nothing out of date and only write.  What Sphinx
and docutils keep in module globals is restored between them by Sphinx's own
``docutils_namespace``.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from speechbook.building.warnings import WarningCollector, problems_of
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from speechbook.building.paths import BookPaths


@dataclass(frozen=True)
class Format:
    """One of the book's formats: its builder's name and what it leaves behind."""

    builder: str
    title: str


EPUB = Format("epub", "EPUB")
PDF = Format("typst", "PDF")
HTML = Format("html", "site")


@contextlib.contextmanager
def sphinx_errors_as_sentences() -> Iterator[None]:
    """Turn Sphinx's exceptions into book errors, and leave others alone."""
    try:
        yield
    except ExtensionError as error:
        cause = getattr(error, "orig_exc", None)
        if isinstance(cause, BookError):
            raise cause from error
        if cause is not None:
            raise cause from error
        raise BookError(str(error)) from error
    except SphinxError as error:
        raise BookError(str(error)) from error


@dataclass(frozen=True)
class Reader:
    """Makes the applications of one build and collects what they warn of."""

    paths: BookPaths
    citekeys: tuple[str, ...]

    def application(
        self, wanted: Format, warnings: WarningCollector, overrides: dict[str, Any]
    ) -> Sphinx:
        """Return an application that writes *wanted* below ``build/``."""
        return Sphinx(
            srcdir=self.paths.docs,
            confdir=self.paths.docs,
            outdir=self.paths.build / wanted.builder,
            doctreedir=self.paths.doctrees,
            buildername=wanted.builder,
            confoverrides=overrides,
            status=None,
            warning=warnings,  # type: ignore[arg-type]
        )

    def write(self, wanted: Format, overrides: dict[str, Any] | None = None) -> Path:
        """Write one format and return its folder.

        Raises:
            BookError: Sphinx warned of anything, or stopped.

        """
        warnings = WarningCollector()
        with docutils_namespace(), patch_docutils(self.paths.docs), sphinx_errors_as_sentences():
            app = self.application(wanted, warnings, overrides or {})
            app.connect("write-started", lambda *_: self.stop_at(warnings.lines()))
            app.build(force_all=True)
        self.stop_at(warnings.lines())
        return self.paths.build / wanted.builder

    def stop_at(self, lines: Iterable[str]) -> None:
        """Raise an error that names every warning, if there is one."""
        problems = tuple(problems_of(lines, self.citekeys))
        if problems:
            raise BookError.of(problems)
