"""Sections that an earlier build has set, kept by a digest of all that went into them.

A section of the book is a function of its code, its sheets and pictures, what it is told of
the rest of the book, the template, the typefaces, the compiler and this package's own code.
The digest is taken of all these, so a section found here is the one that would be set now.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechbook.digests import digest_of, files_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = "kept"

#: Packages whose version decides what is on a page, or what is made of it.
_TOOLS = ("typst", "pypdfium2")
#: A file that code may read: a string that begins with a slash, as Typst names files.
_NAMED_FILE = re.compile(rb'"(/[^"\\\n]+)"')
#: The name of the file that tells the pages of labels.
_PAGES = "pages"
_SOURCES = (".py", ".typ", ".ttf", ".otf")


@dataclass(frozen=True)
class Finished:
    """A section as it was set.

    ``report`` is the compiler's (``compile.Result``); ``path`` is the PDF and ``texts`` what its
    pages say, or nothing where only the pages of a section that will be set again were wanted.
    """

    pages: int
    report: Mapping[str, Any]
    path: Path | None = None
    texts: Sequence[str] = ()


@functools.cache
def tools() -> str:
    """Give a digest of the template, the typefaces, this package and the compiler."""
    package = Path(str(resources.files("speechbook.typst")))
    return digest_of(_TOOLS, files_below(package, _SOURCES))


def key_of(root: Path, texts: Iterable[bytes], facts: object) -> str:
    """Give the digest of a section: its texts, the files that they name, and other facts.

    ``root`` is the folder that the compiler sees; ``facts`` are plain values.
    """
    digest = hashlib.sha256(tools().encode())
    digest.update(json.dumps(facts, sort_keys=True).encode())
    for text in texts:
        digest.update(hashlib.sha256(text).digest())
        for name in sorted(set(_NAMED_FILE.findall(text))):
            path = root / name.decode().lstrip("/")
            # Sheets are among the texts; what else is read are pictures.
            if path.suffix != ".typ" and path.is_file():
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@dataclass
class Shelf:
    """The kept sections in ``folder``; what a making does not use is thrown away at its end."""

    folder: Path
    _used: set[str] = field(default_factory=set)

    def find(self, key: str) -> Finished | None:
        """Give a kept section, or nothing if it is not there whole."""
        self._used.add(key)
        try:
            facts = json.loads(self._facts(key).read_bytes())
            if not facts["digest"]:
                return Finished(facts["pages"], facts["report"])
            pdf = self._pdf(key).read_bytes()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if hashlib.sha256(pdf).hexdigest() != facts["digest"]:
            return None
        return Finished(facts["pages"], facts["report"], self._pdf(key), facts["texts"])

    def keep(
        self,
        key: str,
        pages: int,
        report: Mapping[str, Any],
        pdf: bytes,
        texts: Sequence[str],
    ) -> Finished:
        """Keep a section; without ``pdf`` its pages and places alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(pdf).hexdigest() if pdf else ""
        if pdf:
            _write(self._pdf(key), pdf)
        facts = {"pages": pages, "report": report, "digest": digest, "texts": list(texts)}
        _write(self._facts(key), json.dumps(facts, ensure_ascii=False).encode())
        return Finished(pages, report, self._pdf(key) if pdf else None, texts)

    def pages(self) -> dict[str, dict[str, Any]]:
        """Give the page of each label in the book as it was set last, or nothing.

        It is what a making begins with, and true only of a book that has not changed since.
        """
        self._used.add(_PAGES)
        try:
            found = json.loads(self._facts(_PAGES).read_bytes())
            return {
                label: {"page": int(at["page"]), "shown": str(at["shown"])}
                for label, at in found.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def keep_pages(self, pages: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep the page of each label for the next making."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self._facts(_PAGES), json.dumps(pages, ensure_ascii=False).encode())

    def tidy(self) -> None:
        """Throw away what was neither found nor kept since the shelf was made."""
        for path in self.folder.glob("*"):
            if path.stem not in self._used:
                path.unlink()

    def _facts(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _pdf(self, key: str) -> Path:
        return self.folder / f"{key}.pdf"


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(content)
    unfinished.replace(path)
