"""Chapters as they were read, kept between runs, so that only what has changed is read anew.

Kept is what stands in a text and never what is found in it: every rule runs on every run.
A chapter is known by the digest of its text, and the whole file by that of the program that
read it, so nothing kept can be out of date.  The file lies in the user's folder for caches
and belongs to the user: one that lies in the project is not looked at, since whoever sends a
change could have put it there to hide something.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citelint import __version__, cachefolder
from citelint.myst import model
from citelint.myst.model import Chapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from citelint.text import SourceText

#: The packages that decide how a chapter is read.
READERS = ("markdown_it", "mdit_py_plugins", "citelint/myst")
DIGEST_SIZE = 32
#: What a chapter is made of; no other class is made of what a file holds.
CLASSES = frozenset(
    {"Span", "Target", "Citation", "NoteDefinition", "NoteMark", "BlockQuote", "Quotation", "Link"}
    | {"Heading", "Directive", "Role", "Paragraph", "Comment"}
)
PARTS = tuple(name for name in Chapter.__dataclass_fields__ if name != "source")


class Unpickler(pickle.Unpickler):
    """Reads plain values and the parts of chapters, and nothing that could run."""

    def find_class(self, module_name: str, global_name: str) -> Any:  # noqa: ANN401 - overrides
        """Return a class of a chapter's parts.

        Raises:
            pickle.UnpicklingError: something else is named.

        """
        if module_name == model.__name__ and global_name in CLASSES:
            return getattr(model, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of a chapter")


def read_plain(content: bytes) -> Any:  # noqa: ANN401 - whatever was written
    """Return what bytes hold; whatever is wrong with them is a ValueError.

    Raises:
        ValueError: they cannot be read.

    """
    try:
        return Unpickler(io.BytesIO(content)).load()
    except Exception as error:  # pickle lists no end of exceptions
        raise ValueError("this is nothing that was kept") from error


def files_of(package: str) -> Iterator[tuple[str, int, int]]:
    """Yield the files of a package with their sizes and times."""
    for place in sys.path:
        folder = Path(place, package)
        if folder.is_dir():
            for path in sorted(folder.rglob("*.py")):
                status = path.stat()
                yield str(path), status.st_size, status.st_mtime_ns
            return


def readers_mark() -> bytes:
    """Return what changes whenever a text might be read otherwise: the program and Python."""
    files = [file for package in READERS for file in files_of(package)]
    return digest(repr((__version__, sys.version, PARTS, files)))


def digest(text: str) -> bytes:
    """Return a text's digest; nobody can make another text that has the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def place_for(root: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the file in which a project's chapters are kept; none within the project."""
    with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: there is no home
        folder = cachefolder.default_folder(environment).resolve() / "chapters"
        if not folder.is_relative_to(root.resolve()):
            return folder / f"{digest(str(root.resolve())).hex()[:40]}.kept"
    return None


def is_ones_own(path: Path) -> bool:
    """Say whether a file belongs to whoever runs the program, and nobody else may write it."""
    status = path.stat()
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


class Kept:
    """The chapters of a project that were read before; without a file there are none."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.used: dict[bytes, bytes] = {}
        self.is_new = False
        self.before = self.found()

    def found(self) -> dict[bytes, bytes]:
        """Return what the file holds; nothing if it is not ours, broken, or of another program."""
        try:
            if self.file is None or not is_ones_own(self.file):
                return {}
            content = self.file.read_bytes()
            payload = content[DIGEST_SIZE:]
            if hashlib.sha256(payload).digest() != content[:DIGEST_SIZE]:
                return {}
            mark, chapters = read_plain(payload)
        except (OSError, ValueError, TypeError):
            return {}
        return chapters if mark == self.mark and isinstance(chapters, dict) else {}

    @functools.cached_property
    def mark(self) -> bytes:
        """Return the readers' mark, taken once a run."""
        return readers_mark()

    def chapter(self, source: SourceText) -> Chapter | None:
        """Return the chapter of a text that was read before."""
        if self.file is None:
            return None
        key = digest(source.text)
        try:
            parts = read_plain(self.before[key])
            chapter = Chapter(source, *parts)
        except (KeyError, ValueError, TypeError):
            return None
        self.used[key] = self.before[key]
        return chapter

    def keep(self, chapter: Chapter) -> None:
        """Keep a chapter that was just read."""
        if self.file is not None:
            parts = tuple(getattr(chapter, name) for name in PARTS)
            self.used[digest(chapter.source.text)] = pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)
            self.is_new = True

    def save(self, *, is_whole: bool) -> None:
        """Write what was used of old and what is new; where that fails, nothing is kept.

        After a part of the project the rest stays as well.
        """
        if self.file is None or not self.is_new:
            return
        chapters = self.used if is_whole else self.before | self.used
        payload = pickle.dumps((self.mark, chapters), pickle.HIGHEST_PROTOCOL)
        with contextlib.suppress(OSError):
            cachefolder.write_whole(self.file, hashlib.sha256(payload).digest() + payload)
