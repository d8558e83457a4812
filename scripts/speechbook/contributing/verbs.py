"""The verbs of ``speechbook`` for contributors and for the robot, each a thin edge."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.building.paths import BookPaths
from speechbook.contributing.changes import changes
from speechbook.contributing.chapter import begin_chapter
from speechbook.contributing.preview import publish, target_from
from speechbook.contributing.robot import run_check
from speechbook.contributing.works.command import KEYWORDS, cite
from speechbook.live.serving import serve
from speechbook.release.tagged import prepare_release

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Run = Callable[[argparse.Namespace, Path], int]


def check(options: argparse.Namespace, root: Path) -> int:
    """Run what the robot runs."""
    return run_check(BookPaths(root), quiet=options.quiet)


def links(options: argparse.Namespace, root: Path) -> int:
    """Check every link of the finished book."""
    # lxml and pikepdf are needed there alone, and only some sessions install them.
    from speechbook.links.arguments import check_links  # noqa: PLC0415

    return check_links(options, BookPaths(root))


def add_chapter(options: argparse.Namespace, root: Path) -> int:
    """Begin a chapter."""
    begun = begin_chapter(BookPaths(root), options.title, options.part, options.after)
    print(f"Written: docs/chapters/{begun.name}.md, listed in docs/index.md under {begun.part!r}.")  # noqa: T201
    print("Now write it while `nox -s live` shows it; `nox -s check` passes already.")  # noqa: T201
    return 0


def serve_live(options: argparse.Namespace, root: Path) -> int:
    """Show the site while it is written."""
    serve(root, options.arguments)
    return 0


def add_citation(options: argparse.Namespace, root: Path) -> int:
    """Add a work to the bibliography."""
    for line in cite(BookPaths(root), options.work, options.kind):
        print(line)  # noqa: T201
    return 0


def tell_changes(options: argparse.Namespace, root: Path) -> int:
    """Print what a change does to the book, and add it to GitHub's summary of the run."""
    page = changes(root, options.base)
    sys.stdout.write(page)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(page)
    return 0


def publish_preview(options: argparse.Namespace, root: Path) -> int:
    """Publish a site that a pull request made."""
    address = publish(root / options.site, target_from())
    print(f"The preview lies at {address}.")  # noqa: T201
    return 0


def lay_out_release(options: argparse.Namespace, root: Path) -> int:
    """Lay a tag's release out."""
    folder = prepare_release(root, options.tag, version("secret-speech"))
    print(f"The release of {options.tag} lies in {folder.relative_to(root)}/.")  # noqa: T201
    return 0


RUNS: dict[str, Run] = {
    "check": check,
    "links": links,
    "cite": add_citation,
    "live": serve_live,
    "chapter": add_chapter,
    "changes": tell_changes,
    "preview": publish_preview,
    "release": lay_out_release,
}


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs with their options to the command's."""

    def added(verb: str, purpose: str) -> argparse.ArgumentParser:
        command = verbs.add_parser(verb, help=purpose, description=purpose)
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the book's folder")
        return command

    command = added("check", "check text, sources and links as the robot does")
    command.add_argument("--quiet", action="store_true", help="show no progress")
    add_link_options(added("links", "check every link of the site, the PDF and the EPUB"))
    command = added("cite", "add a work to references.bib from its DOI, ISBN or address")
    command.add_argument("work", help="a DOI, an ISBN or an address")
    command.add_argument("--as", dest="kind", choices=KEYWORDS, default="secondary")
    command = added("chapter", "begin a chapter that passes every check")
    command.add_argument("title", help="in quotation marks")
    command.add_argument("--part", default="", help="such as II; the last one if not given")
    command.add_argument("--after", default="", help="the chapter before it, such as 09-leningrad")
    command = added("live", "show the site with its checks, and reload it at every change")
    command.add_argument("arguments", nargs="*", help="sphinx-autobuild's own, behind --")
    command = added("changes", "say what a change does to the book, in numbers")
    base = os.environ.get("BOOK_BASE", "main")
    command.add_argument("--base", default=base, help="what to compare with: BOOK_BASE, else main")
    command = added("preview", "publish a pull request's site (what the workflow Preview runs)")
    command.add_argument("site", type=Path, nargs="?", default=Path("build/preview"))
    command = added("release", "check a tag against the version and lay its files out")
    tag = os.environ.get("GITHUB_REF_NAME", "")
    command.add_argument("tag", nargs="?", default=tag, help="GITHUB_REF_NAME, or such as v1.0.0")


def add_link_options(command: argparse.ArgumentParser) -> None:
    """Add what can be asked of the check of links.

    On a pull request (with BOOK_BASE) it advises on the lines that were touched; at night,
    without, it blocks.
    """
    add = command.add_argument
    base = os.environ.get("BOOK_BASE", "")
    add("--offline", action="store_true", help="links inside the book alone")
    add(
        "--advisory",
        action="store_true",
        default=bool(base),
        help="links out of the book never fail the check (so with BOOK_BASE)",
    )
    add(
        "--since",
        default=base,
        metavar="REVISION",
        help="only addresses on lines that came since (BOOK_BASE)",
    )
    add("--minutes", type=float, default=30.0, help="the longest that asking may take")
    usual = "github" if os.environ.get("GITHUB_ACTIONS") else "text"
    add("--format", choices=("text", "github"), default=usual, help="for whom to report")
