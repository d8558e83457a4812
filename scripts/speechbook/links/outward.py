"""Addresses that lead out of the finished formats, and where the sources write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pikepdf

from speechbook.audit.links import PAGE_ENDINGS, addresses_of
from speechbook.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

#: An address in a source file; what closes it in Markdown, TOML or BibTeX is left out.
WRITTEN = re.compile(r"https?://[^\s<>\"`{}|^]+")
DOI = re.compile(r"^\s*doi\s*=\s*[{\"](?P<doi>10\.[^}\"]+)", re.IGNORECASE)
CLOSING = ".,;:!?'’”*"
#: Characters that a .bib file may write with a backslash before them.
ESCAPED = re.compile(r"\\([_%&#~])")


@dataclass(frozen=True)
class Outward:
    """An address that leads out of the book, and the first page of a format that has it."""

    address: str
    page: str


def is_outward(address: str) -> bool:
    """Say whether an address leads to another host over HTTP."""
    return urlsplit(address).scheme in {"http", "https"}


def of_pages(name: str, files: Mapping[str, bytes]) -> Iterator[Outward]:
    """Yield the outward links of a set of pages; *name* is the format's."""
    for path, content in files.items():
        if path.endswith(PAGE_ENDINGS):
            for address in filter(is_outward, addresses_of(content)):
                yield Outward(address, f"{name}, {path}")


def of_pdf(path: Path) -> Iterator[Outward]:
    """Yield the outward links of a PDF (ISO 32000-1, 12.6.4.7: URI actions)."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            for annotation in page.get("/Annots", []):
                address = str(annotation.get("/A", pikepdf.Dictionary()).get("/URI", ""))
                if is_outward(address):
                    yield Outward(address, f"PDF, page {number}")


def once_each(links: Iterable[Outward]) -> tuple[Outward, ...]:
    """Return each address once, sorted, with the first page that has it."""
    first: dict[str, Outward] = {}
    for link in links:
        first.setdefault(link.address, link)
    return tuple(first[address] for address in sorted(first))


def trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    address = ESCAPED.sub(r"\1", address).rstrip(CLOSING)
    while address.endswith((")", "]")) and not balanced(address):
        address = address[:-1].rstrip(CLOSING)
    return address


def balanced(address: str) -> bool:
    """Say whether each closing bracket of an address was opened in it."""
    return all(
        address.count(closing) <= address.count(opening) for opening, closing in ("()", "[]")
    )


def written_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the addresses that a source text writes, with line and column from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in WRITTEN.finditer(line):
            yield trimmed(match[0]), number, match.start() + 1
        doi = DOI.match(line)
        if doi:
            name = ESCAPED.sub(r"\1", doi["doi"])
            yield f"https://doi.org/{name}", number, doi.start("doi") + 1


def places(paths: Iterable[Path]) -> dict[str, tuple[Place, ...]]:
    """Return where the sources write each address."""
    found: dict[str, list[Place]] = {}
    for path in paths:
        for address, line, column in written_in(path.read_text(encoding="utf-8")):
            found.setdefault(address, []).append(Place(path, line, column))
    return {address: tuple(where) for address, where in found.items()}
