"""The verbs of ``speechbook`` for contributors and for the robot, with their options.

What they do is in ``running.py``, which a build never loads: its libraries take as long to
load as a small chapter to read.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

#: What a work can be to the book, as its record says (docs/contributing).
KEYWORDS = ("primary", "secondary", "press", "reference")


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
