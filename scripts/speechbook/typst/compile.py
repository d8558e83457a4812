"""Running the Typst compiler of the wheel, and leading what it says back to the chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from speechbook.typst.problems import Place, Problem, shown_path

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

_POSITION = re.compile(r"┌─ (?P<file>[^\n]+?):(?P<line>\d+):\d+$", re.MULTILINE)
_START = re.compile(r"^(?:error|warning): ", re.MULTILINE)
_UNSHOWN = re.compile(r'the text `"(?P<text>.*)"` could not be displayed with font')


@dataclass(frozen=True)
class SourceMap:
    """Which source line each line of a Typst file stands for; files relative to the root."""

    places: Mapping[str, Sequence[Place]]

    def place(self, file: str, line: int) -> Place | None:
        """Give the source of ``line`` (from 1) of ``file``, if it is known."""
        lines = self.places.get(file, ())
        return lines[line - 1] if 0 < line <= len(lines) else None


@dataclass(frozen=True)
class Job:
    """What is compiled: ``root`` holds ``main.typ`` and all it reads."""

    root: Path
    output: Path
    timestamp: datetime.datetime | None
    source_map: SourceMap
    drawings: Sequence[Path] = ()


def fonts_folder() -> Path:
    """Give the folder with the typefaces of the book that the wheel does not bring."""
    return Path(str(resources.files("speechbook.typst") / "fonts"))


def run(job: Job) -> list[Problem]:
    """Compile the book to ``job.output``; the file is written only if nothing is wrong.

    Every warning counts as a problem, since among them are those on text that was dropped.
    """
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(job.root / "main.typ"),
            root=str(job.root),
            font_paths=[str(fonts_folder())],
            ignore_system_fonts=True,
            timestamp=job.timestamp,
            # For readers of the screen and for archives; Typst can keep both at once.
            pdf_standards=["ua-1", "a-2a"],
        )
    except typst.TypstError as error:
        return _problems(error.diagnostic or str(error), job)
    if warnings:
        return [found for warning in warnings for found in _problems(_diagnostic(warning), job)]
    if not isinstance(pdf, bytes):
        message = f"Typst gave {type(pdf).__name__} instead of a PDF"
        raise TypeError(message)
    job.output.write_bytes(pdf)
    return []


def _diagnostic(warning: object) -> str:
    return str(getattr(warning, "diagnostic", None) or f"warning: {warning}")


def _problems(diagnostic: str, job: Job) -> list[Problem]:
    """Take the compiler's report apart, one problem a message."""
    starts = [match.start() for match in _START.finditer(diagnostic)]
    ends = [*starts[1:], len(diagnostic)]
    parts = [diagnostic[start:end] for start, end in zip(starts, ends, strict=True)]
    return [_problem(part, job) for part in parts or [diagnostic]]


def _problem(part: str, job: Job) -> Problem:
    message = _START.sub("", part.splitlines()[0])
    match = _POSITION.search(part)
    if match is None:
        return Problem(_drawing_with(message, job) or Place(job.output.name), _sentence(message))
    file, line = _inside(match["file"], job.root), int(match["line"])
    place = job.source_map.place(file, line)
    return Problem(place or Place(shown_path(job.root / file), line), _sentence(message))


def _drawing_with(message: str, job: Job) -> Place | None:
    """Find the drawing with the text of a message; the compiler gives drawings no places."""
    unshown = _UNSHOWN.search(message)
    if unshown is None:
        return None
    for drawing in job.drawings:
        for number, line in enumerate(drawing.read_text("utf-8").splitlines(), start=1):
            if unshown["text"] in line:
                return Place(shown_path(drawing), number)
    return None


def _inside(file: str, root: Path) -> str:
    """Give a file as seen from the root; the compiler shows it from the current folder."""
    path = Path(file.replace("\\", "/")).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file


def _sentence(message: str) -> str:
    unshown = _UNSHOWN.search(message)
    if unshown:
        return (
            f"No typeface of the book has the character ‘{unshown['text']}’; "
            "write it with other characters."
        )
    if "was ignored" in message:
        return f"Text would be dropped from the PDF ({message}): a fault of the builder."
    if "missing alt text" in message:
        return "A picture or formula has no alternative text; say what it shows."
    return f"Typst says: {message}."
