"""Documents written as Typst files, and what the rest of the making needs to know of each."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechbook.typst import escape
from speechbook.typst.emitter import fill
from speechbook.typst.problems import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from speechbook.typst.emitter import Line

FOLDER = "text"
OPENING = ['#import "/template/template.typ": *', "#{"]


@dataclass(frozen=True)
class Sheet:
    """A document as it was written.

    ``label`` is that of its title; ``levels`` are those of its bookmarks; ``links`` are the
    keys that it leads to, each with whether the page is printed.
    """

    file: str
    title: str
    label: str | None = None
    levels: Sequence[int] = ()
    links: Mapping[str, bool] = field(default_factory=dict)
    size: int = 0


class PlaceTable:
    """Which source line each line of the written files stands for, in little memory."""

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._lines: dict[str, tuple[array[int], array[int]]] = {}

    def add(self, file: str, places: Sequence[Place]) -> None:
        """Note the places of a file whose first two lines are its opening."""
        known = {path: index for index, path in enumerate(self._paths)}
        for place in places:
            if place.path not in known:
                known[place.path] = len(self._paths)
                self._paths.append(place.path)
        paths = array("I", [0] * len(OPENING) + [known[place.path] for place in places])
        lines = array("I", [0] * len(OPENING) + [place.line for place in places])
        self._lines[file] = (paths, lines)

    def place(self, file: str, line: int) -> Place | None:
        """Give the source of ``line`` (from 1) of ``file``, if it is known."""
        paths, lines = self._lines.get(file, (array("I"), array("I")))
        if not len(OPENING) < line <= len(lines):
            return None
        return Place(self._paths[paths[line - 1]], lines[line - 1])


class Binder:
    """Writes sheets below ``root`` and fills in their labels when all are known."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.places = PlaceTable()

    def write(self, docname: str, lines: Sequence[Line]) -> str:
        """Write a document, its labels still open; gives the file as Typst names it."""
        name = f"{FOLDER}/{docname}.typ"
        self.save(name, [*OPENING, *(line.code for line in lines), "}"])
        self.places.add(name, [line.place for line in lines])
        return "/" + name

    def fill(self, file: str, resolve: Callable[[str, Place], str]) -> int:
        """Fill in the labels of a file; gives its size in bytes."""
        name = file.lstrip("/")
        lines = (self.root / name).read_text(encoding="utf-8").split("\n")
        for index, line in enumerate(lines):
            if "\x00" in line:
                place = self.places.place(name, index + 1) or Place(name, index + 1)
                lines[index] = fill(line, lambda key, at=place: resolve(key, at))  # type: ignore[misc]
        return self.save(name, lines[:-1])

    def save(self, name: str, lines: Sequence[str]) -> int:
        """Write a file of the book; gives its size in bytes."""
        path = self.root / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        content = "\n".join([*lines, ""]).encode()
        path.write_bytes(content)
        return len(content)


def typst_value(value: object) -> str:
    """Write a plain Python value as Typst code.

    Raises:
        TypeError: the value is none of str, int, float, bool, None, list, tuple, dict.

    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return escape.string(value)
    if isinstance(value, list | tuple):
        return escape.array([typst_value(item) for item in value])
    if isinstance(value, dict):
        return escape.dictionary({str(key): typst_value(item) for key, item in value.items()})
    message = f"typst_metadata cannot hold a {type(value).__name__}; use text, numbers or lists"
    raise TypeError(message)
