"""Which files are read: those that are named, else what a project's own files name."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHAPTER_ENDINGS = (".md",)
BIB_ENDINGS = (".bib",)
DATA_ENDINGS = (".toml",)
DRAWING_ENDINGS = (".svg",)
SOURCE_ENDINGS = (*CHAPTER_ENDINGS, *BIB_ENDINGS, *DATA_ENDINGS, *DRAWING_ENDINGS)
#: They are listed (rules look at their names and first bytes) and not read.
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
#: TOML that is no data: the settings of tools.
SETTINGS_FILES = frozenset({"pyproject.toml", "book.toml", "netlify.toml", "uv.lock"})
#: Folders that hold no sources: hidden ones, and what builds and tools leave behind.
NO_SOURCES = frozenset(
    {"node_modules", "build", "_build", "dist", "__pycache__", "site-packages", "venv"}
)
#: How each kind of project names its bibliography: Sphinx's ``conf.py``, Jupyter Book's
#: ``_config.yml`` and MyST's ``myst.yml``; the lists of YAML in either of its two forms.
IN_CONF = re.compile(r"^bibtex_bibfiles\s*=\s*[\[(](?P<files>[^\])]*)[\])]", re.MULTILINE)
IN_YAML = re.compile(
    r"^[ \t]*(?:bibtex_bibfiles|bibliography)[ \t]*:(?P<files>(?:[ \t]*\[[^\]]*\]|"
    r"(?:[ \t]*(?:\#.*)?\n[ \t]*-[ \t]+.+)+|[ \t]*\S.*))",
    re.MULTILINE,
)
NAMING = {"conf.py": IN_CONF, "_config.yml": IN_YAML, "myst.yml": IN_YAML}
FILE_NAME = re.compile(r"""[^\s"'\[\],#]+\.bib\b""")


class UnreadableError(Exception):
    """A file cannot be read at all; the text is a sentence for the person."""


def default_paths(root: Path) -> tuple[Path, ...]:
    """Return what is read when nothing is named: ``docs/`` (else the root) and the .bib files.

    These are the files that the project's configuration names, and those at the root.
    """
    docs = root / "docs"
    folder = docs if docs.is_dir() else root
    configurations = [f / name for f in dict.fromkeys((root, folder)) for name in NAMING]
    named = [path.resolve() for each in configurations for path in bib_files_named_by(each)]
    return tuple(dict.fromkeys([folder, *filter(Path.is_file, named), *sorted(root.glob("*.bib"))]))


def bib_files_named_by(configuration: Path) -> Iterator[Path]:
    """Yield the .bib files that a configuration names; it is read as text and never run."""
    if not configuration.is_file():
        return
    text = decode(configuration.read_bytes())[0]
    for setting in NAMING[configuration.name].finditer(text):
        yield from (configuration.parent / name for name in FILE_NAME.findall(setting["files"]))


def is_mystmd(folders: Iterable[Path]) -> bool:
    """Say whether folders hold mystmd's settings and none of Sphinx or of Jupyter Book 1."""
    names = {name for folder in folders for name in NAMING if (folder / name).is_file()}
    return names == {"myst.yml"}


def source_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that *paths* name, folders searched in a fixed order; each file once.

    Raises:
        UnreadableError: a path is not there, or is no chapter, .bib file or folder.

    """
    seen: set[Path] = set()
    for path in paths:
        for file in files_at(path):
            place = file.resolve()
            if place not in seen:
                seen.add(place)
                yield file


def files_at(path: Path) -> Iterator[Path]:
    """Yield the file, or the files of the folder, that a path names.

    Raises:
        UnreadableError: it is not there, or is no chapter, .bib file or folder.

    """
    if path.is_dir() and path.suffix not in SOURCE_ENDINGS:
        yield from folder_files(path)
    elif path.is_dir():
        raise UnreadableError(f"{path} is a folder; name a file, or a folder of another name")
    elif path.is_symlink() and not path.exists():
        return  # a link to nothing is a finding (SEC021), and a repository may hold one
    elif not path.exists():
        raise UnreadableError(f"{path} is not there; check the path")
    elif path.suffix.lower() in PICTURE_ENDINGS:
        return
    elif path.suffix not in SOURCE_ENDINGS:
        raise UnreadableError(
            f"{path} is neither a chapter ({', '.join(CHAPTER_ENDINGS)}) nor a bibliography"
            f" ({', '.join(BIB_ENDINGS)}); leave it out"
        )
    else:
        yield path


def is_source_folder(name: str) -> bool:
    """Say whether a folder's name is that of one that may hold sources."""
    return not name.startswith(".") and name not in NO_SOURCES


def folder_files(folder: Path) -> Iterator[Path]:
    """Yield a folder's sources; hidden and built folders are not entered."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(filter(is_source_folder, folders))
        for name in sorted(names):
            path = Path(place, name)
            is_hidden = name.startswith(".") or name in SETTINGS_FILES
            if path.suffix in SOURCE_ENDINGS and not is_hidden and path.is_file():
                yield path
