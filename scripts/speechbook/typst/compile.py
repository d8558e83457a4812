"""Running the Typst compiler of the wheel, and leading what it says back to the chapters."""

from __future__ import annotations

import ctypes
import datetime
import json
import re
import sys
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from speechbook.typst.problems import Place, Problem, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_POSITION = re.compile(r"┌─ (?P<file>[^\n]+?):(?P<line>\d+):\d+$", re.MULTILINE)
_START = re.compile(r"^(?:error|warning): ", re.MULTILINE)
_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
_RUNS_KEPT = 10
# In bytes of sheets, of which each takes about half a kilobyte to remember.
_MOST_REMEMBERED = 250_000
_ANY_TIME = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_UNSHOWN = re.compile(r'the text `"(?P<text>.*)"` could not be displayed with font')


@dataclass(frozen=True)
class Job:
    """What is compiled: ``root`` holds the main files and all they read.

    ``place`` gives the source of a line of a file, both as Typst counts them; ``inputs`` are
    told to every run (``figures``: ``fixed`` keeps figures where they are in the text);
    ``has_floats`` says whether that would change anything. ``unproved`` names files whose text
    the compiler makes up, such as the index.
    """

    root: Path
    output: Path
    timestamp: datetime.datetime
    place: Callable[[str, int], Place | None]
    drawings: Sequence[Path] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    has_floats: bool = False
    unproved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Result:
    """What came of a run: the PDF and its pages, the report of places, or problems.

    ``report`` gives for each label that was asked for its ``page`` (physical, in the book),
    ``x`` and ``y`` (points from the top left) and ``shown`` (the printed number).  Of a section
    that was set for its pages alone there is no PDF.
    """

    pdf: bytes = b""
    pages: int = 0
    report: Mapping[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def fonts_folder() -> Path:
    """Give the folder with the typefaces of the book that the wheel does not bring."""
    return Path(str(resources.files("speechbook.typst") / "fonts"))


class Press:
    """Runs the compiler, and lets it remember no more than a few short sections.

    What it remembers of ten runs, in case the same is set again, takes a quarter of a gigabyte
    and more in a long book, and spares it nothing: each section is a text of its own.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        # Read once; a compiler of its own typefaces would read them for every section.
        self._fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts_folder())])
        self._remembered = 0

    def set(self, main: Path, inputs: Mapping[str, str], *, opens: bool, size: int) -> Result:
        """Compile ``main``; where it is told of other sections, also ask for its report.

        ``size`` is that of its sheets in bytes, by which is judged what it leaves in memory.
        A section that does not open the book cannot claim PDF/UA: its first heading is not
        of level 1. PDF/A-2a asks for the same tags, texts and glyphs.
        Every warning counts as a problem, since among them are those on text that was dropped.
        """
        self._make_room(size)
        compiler = self._compiler(main, inputs)
        try:
            pdf, warnings = compiler.compile_with_warnings(
                # Only the section that opens the book gives it its date.
                timestamp=self._job.timestamp if opens else _ANY_TIME,
                # For readers of the screen and for archives; Typst can keep both at once.
                pdf_standards=["ua-1", "a-2a"] if opens else ["a-2a"],
            )
            if warnings:
                return Result(problems=[p for w in warnings for p in self._of(_diagnostic(w))])
            report = _report(compiler) if "section" in inputs else _Report()
        except typst.TypstError as error:
            return self._stopped_by(error)
        if not isinstance(pdf, bytes):
            message = f"Typst gave {type(pdf).__name__} instead of a PDF"
            raise TypeError(message)
        return Result(pdf, _count_pages(pdf), report.places)

    def measure(self, main: Path, inputs: Mapping[str, str], *, size: int) -> Result:
        """Lay out a section that does not open the book, only to learn its pages.

        It will be set again, so no PDF is written, and what the compiler warns of is told then.
        """
        self._make_room(size)
        try:
            report = _report(self._compiler(main, inputs))
        except typst.TypstError as error:
            return self._stopped_by(error)
        return Result(pages=report.pages, report=report.places)

    def _make_room(self, size: int) -> None:
        if self._remembered + size > _MOST_REMEMBERED:
            self.forget()
        self._remembered += size

    def _compiler(self, main: Path, inputs: Mapping[str, str]) -> typst.Compiler:
        return typst.Compiler(
            str(main),
            root=str(self._job.root),
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={**self._job.inputs, **inputs},
        )

    def _stopped_by(self, error: typst.TypstError) -> Result:
        return Result(problems=self._of(error.diagnostic or str(error)))

    def _of(self, diagnostic: str) -> list[Problem]:
        return _problems(diagnostic, self._job)

    def forget(self) -> None:
        """Make the compiler drop its memoised layouts, which it keeps for ten more runs.

        Each run ages them by one (``comemo::evict(10)`` in typst's world).
        """
        if not self._remembered:
            return
        empty = self._job.root / "empty.typ"
        empty.write_text("", encoding="utf-8")
        compiler = self._compiler(empty, {})
        for _ in range(_RUNS_KEPT + 1):
            compiler.compile()
        empty.unlink()
        self._remembered = 0
        _hand_back_memory()


@dataclass(frozen=True)
class _Report:
    """What a section tells of itself: its number of pages, and where its labels are."""

    pages: int = 0
    places: Mapping[str, Any] = field(default_factory=dict)


def _report(compiler: typst.Compiler) -> _Report:
    return _Report(**json.loads(compiler.query("<book:report>", field="value", one=True)))


def _hand_back_memory() -> None:
    """Give the system what the compiler has let go and glibc would keep for later.

    See <https://man7.org/linux/man-pages/man3/malloc_trim.3.html>; other systems have none.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _count_pages(pdf: bytes) -> int:
    found = _PAGES.search(pdf)
    if found is None:
        message = "Typst gave a PDF without a tree of pages"
        raise ValueError(message)
    return int(found[1])


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
    place = job.place(file, line)
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
