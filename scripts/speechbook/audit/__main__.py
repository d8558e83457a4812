"""``python -m speechbook.audit``: what validators and comparisons say of the book in ``dist/``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from speechbook.audit.drawings import differing, drawings_of, read_pictures
from speechbook.audit.epubcheck import check_epub
from speechbook.audit.parity.command import compare
from speechbook.audit.pdfstructure import structure_findings
from speechbook.audit.tagged import read_tagged
from speechbook.links.finished import read_formats
from speechbook.problems import BookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What EPUBCheck says of things that are allowed.
HARMLESS = frozenset({"USAGE", "INFO", "SUPPRESSED"})


def findings(dist: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each audit's name and what it found.

    Raises:
        BookError: the book has not been made.

    """
    yield "links inside the formats", read_formats(dist).broken_inside()
    messages = check_epub(dist / "secret-speech.epub")
    serious = [m for m in messages if m.severity not in HARMLESS]
    yield "EPUBCheck", [f"{m.identifier}: {m.text} ({', '.join(m.files)})" for m in serious]
    structure = structure_findings(read_tagged(dist / "secret-speech.pdf"))
    yield "the PDF's structure", [f"page {f.page}: {f.what}: “{f.words}”" for f in structure]
    drawings = drawings_of(dist / "secret-speech.pdf")
    pictures = read_pictures(dist / "secret-speech.epub")
    yield "the PDF's drawings", list(differing(drawings, pictures))
    yield "the three formats compared", compare(dist)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every audit and print what it found: 0 nothing, 1 something, 2 there is no book."""
    parser = argparse.ArgumentParser(prog="speechbook.audit", description=__doc__)
    parser.add_argument("--dist", type=Path, default=Path("dist"), help="the finished book")
    found_any = False
    try:
        for name, found in findings(parser.parse_args(arguments).dist):
            print(f"{name}: {len(found) or 'nothing'} found", *found, sep="\n  ")  # noqa: T201
            found_any = found_any or bool(found)
    except BookError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return int(found_any)


if __name__ == "__main__":
    sys.exit(main())
