"""What each verb for contributors and for the robot does: thin edges over their modules."""

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
from speechbook.contributing.works.command import cite
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
