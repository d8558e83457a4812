"""What lies in a project's folders: names, sizes, links in the file system, first bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from citelint.discovery import PICTURE_ENDINGS, is_source_folder
from citelint.text import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = 64
#: What Sphinx takes for a chapter, wherever it lies.
CHAPTERS = frozenset({".md", ".rst"})


@dataclass(frozen=True)
class Listed:
    """A file, folder or link as a directory lists it.

    ``path`` is shown in findings; ``within`` is the same path seen from the folder that was
    named.  ``link`` is what a symbolic link says, "" for none, and ``leads_out`` whether it
    leads out of the project, to nothing, or round in a circle.  ``head`` is a picture's first
    bytes; ``size`` counts bytes.
    """

    path: Path
    within: Path
    size: int
    link: str
    leads_out: bool
    is_folder: bool
    head: bytes

    @property
    def source(self) -> SourceText:
        """Return the file as a place for findings."""
        return SourceText(self.path, "")

    @property
    def is_out_of_sight(self) -> bool:
        """Say whether it lies where no sources are sought."""
        return not all(map(is_source_folder, self.within.parts))


def project_folder(root: Path) -> Path:
    """Return the folder of the repository around *root*, or *root* where there is none."""
    return next((f for f in (root, *root.parents) if (f / ".git").exists()), root)


def shown(path: Path, root: Path) -> Path:
    """Return a path as findings show it, from the root on, no link followed at its end."""
    absolute = path.parent.resolve() / path.name
    return absolute.relative_to(root) if absolute.is_relative_to(root) else path


def leads_out(path: Path, bounds: Path) -> bool:
    """Say whether a link leads out of *bounds*, into a hidden folder, nowhere or in a circle."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return True
    if not target.is_relative_to(bounds) or path.absolute().is_relative_to(target):
        return True
    return any(part.startswith(".") for part in target.relative_to(bounds).parts)


def head_of(path: Path) -> bytes:
    """Return a picture's first bytes."""
    with path.open("rb") as file:
        return file.read(HEAD)


def listed(path: Path, place: Path, within: Path, bounds: Path) -> Listed:
    """Return what a directory says of a path, shown as *place*; no link leads out of *bounds*."""
    link = path.readlink().as_posix() if path.is_symlink() else ""
    is_out = bool(link) and leads_out(path, bounds)
    is_picture = not is_out and path.suffix.lower() in PICTURE_ENDINGS and path.is_file()
    return Listed(
        path=place,
        within=within,
        size=0 if is_out else path.stat().st_size,
        link=link,
        leads_out=is_out,
        is_folder=not is_out and path.is_dir(),
        head=head_of(path) if is_picture else b"",
    )


def folder_listing(folder: Path, root: Path, bounds: Path) -> Iterator[Listed]:
    """Yield what lies in a folder and its folders; of those out of sight the chapters alone."""
    for parent, folders, files in os.walk(folder):
        # The same for all that lies here: finding out where a folder is takes time.
        place = shown(Path(parent, "name"), root).parent
        for name in sorted([*folders, *files]):
            path = Path(parent, name)
            within = path.relative_to(folder)
            if all(map(is_source_folder, within.parts)) or path.suffix in CHAPTERS:
                yield listed(path, place / name, within, bounds)
        # No repository can hold a .git of its own, and there is much in it.
        folders[:] = sorted(name for name in folders if name != ".git")


def listing(paths: Iterable[Path], root: Path) -> tuple[Listed, ...]:
    """Return everything that lies in *paths*, files among them included."""
    bounds = project_folder(root)
    found: list[Listed] = []
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            found += folder_listing(path, root, bounds)
        elif path.is_symlink() or path.exists():
            found.append(listed(path, shown(path, root), Path(path.name), bounds))
    return tuple({each.path: each for each in found}.values())
