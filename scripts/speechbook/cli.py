"""The ``speechbook`` command: make the book, in all formats or in one, and help to write it."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from citelint.leaving import leave
from speechbook.building import limits
from speechbook.building.book import build_book, prepare
from speechbook.building.paths import BookPaths
from speechbook.building.steps import Steps
from speechbook.contributing.verbs import add_verbs
from speechbook.counting import report
from speechbook.problems import BookError
from speechbook.sphinxext.collecting import Threshold
from speechbook.sphinxext.downloads import readable_size

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The verbs that are done here; the others have their own libraries.
MAKING = {
    "build": "make the site, the PDF and the EPUB, and put them into dist/",
    "html": "make the site alone, in build/html",
    "pdf": "make the PDF alone, in build/typst",
    "epub": "make the EPUB alone, in build/epub",
    "counts": "count words, notes, works and locators in the sources",
}
PAPERS = ("a5", "a4", "letter")
ERROR_LOG = "error.log"
MOST_PROBLEMS_SHOWN = 50


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    arguments = argparse.ArgumentParser(prog="speechbook", description=__doc__)
    verbs = arguments.add_subparsers(dest="verb", required=True)
    for verb, purpose in MAKING.items():
        command = verbs.add_parser(verb, help=purpose, description=purpose)
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
        command.add_argument("--quiet", action="store_true", help="show no progress")
        if verb in {"build", "pdf"}:
            command.add_argument("--paper", choices=PAPERS, default="a5", help="the PDF's paper")
    add_verbs(verbs)
    return arguments


def summary(folder: Path, root: Path) -> str:
    """Return the closing line: what was made, and where."""
    names = sorted(path.name for path in folder.iterdir() if path.suffix in {".pdf", ".epub"})
    sizes = ", ".join(f"{n} ({readable_size((folder / n).stat().st_size)})" for n in names)
    pages = sum(1 for _ in (folder / "html").rglob("*.html"))
    return f"Made the site ({pages} pages) and {sizes} in {folder.relative_to(root)}/."


def run(options: argparse.Namespace, paths: BookPaths) -> str:
    """Do what was asked and return the closing line."""
    if options.verb == "counts":
        return report(paths)
    steps = Steps(quiet=options.quiet)
    paper = getattr(options, "paper", "a5")
    if options.verb == "build":
        return summary(build_book(paths, steps, paper), paths.root)
    build = prepare(paths, steps, paper)
    makers = {"html": build.html, "pdf": build.pdf, "epub": build.epub}
    made = makers[options.verb]()
    return f"Made {made.relative_to(paths.root)}."


def run_verb(options: argparse.Namespace, root: Path) -> int:
    """Do one of the other verbs and return its exit code."""
    # A build has no need of what they load.
    from speechbook.contributing.running import RUNS  # noqa: PLC0415

    return RUNS[options.verb](options, root)


def told(error: BookError, root: Path) -> list[str]:
    """Return the problems as sentences, the first fifty of them."""
    sentences = [problem.sentence(root) for problem in error.problems]
    more = len(sentences) - MOST_PROBLEMS_SHOWN
    rest = [f"… and {more} more of the kind."] if more > 0 else []
    return sentences[:MOST_PROBLEMS_SHOWN] + rest


def report_unexpected(paths: BookPaths, error: Exception) -> str:
    """Keep the traceback for those who mend the tools; return a sentence for the person."""
    paths.build.mkdir(parents=True, exist_ok=True)
    log = paths.build / ERROR_LOG
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    kind = type(error).__name__
    return (
        f"The build stopped at something its makers did not foresee ({kind}: {error}); "
        f"the details are in {log.relative_to(paths.root)}, please report them."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when what was asked was done, 1 when it could not be."""
    options = parser().parse_args(arguments)
    paths = BookPaths(options.root.resolve())
    makes = options.verb in MAKING
    try:
        if not makes:
            return run_verb(options, paths.root)
        if arguments is None:
            # A program of its own, not a call from another: its bounds are its own.
            limits.bound(os.environ)
            Threshold(paths.docs).set()
        print(run(options, paths))  # noqa: T201 - the command's one line of output
    except BookError as error:
        for sentence in told(error, paths.root):
            print(sentence, file=sys.stderr)  # noqa: T201
        if makes:
            print("The book was not made; dist/ is as it was.", file=sys.stderr)  # noqa: T201
        return 1
    except MemoryError:
        cure = f"look for what is too large, or raise {limits.MEMORY}"
        print(f"The build needed more memory than it may have; {cure}.", file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("Stopped; dist/ is as it was.", file=sys.stderr)  # noqa: T201
        return 1
    except Exception as error:
        print(report_unexpected(paths, error), file=sys.stderr)  # noqa: T201
        return 1
    return 0


def program() -> NoReturn:
    """Run the command as a program of its own."""
    leave(main())


if __name__ == "__main__":
    program()
