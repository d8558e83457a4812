"""What ``dist/`` holds, and that a second build makes the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.book.conftest import BuiltBook

EXPECTED = {
    "html",
    "secret-speech.pdf",
    "secret-speech.epub",
    "secret-speech-html.zip",
    "references.bib",
    "references.json",
    "references.ris",
    "manifest.json",
    "SHA256SUMS",
    "sbom.cdx.json",
}


def digests(folder: Path) -> dict[str, str]:
    """Return the checksum of every file below *folder*."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_dist_holds_what_the_design_names(book: BuiltBook) -> None:
    assert {path.name for path in book.dist.iterdir()} == EXPECTED


def test_second_build_elsewhere_makes_the_same_bytes(
    two_books: tuple[BuiltBook, BuiltBook],
) -> None:
    first, second = (digests(book.dist) for book in two_books)
    differing = [
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    ]
    assert differing == []


def test_manifest_and_checksums_agree_with_the_files(book: BuiltBook) -> None:
    manifest = json.loads((book.dist / "manifest.json").read_text(encoding="utf-8"))
    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    made = digests(book.dist)
    del made["manifest.json"], made["SHA256SUMS"]
    assert listed == made
    assert manifest["date"] == "2026-11-23"
    lines = (book.dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert {line[66:]: line[:64] for line in lines} == made


def test_build_tells_its_steps_and_what_it_made(book: BuiltBook) -> None:
    steps = re.findall(r"^(.+?) \.+ +\d+\.\d s$", book.said, re.MULTILINE)
    assert len(steps) >= 4
    assert re.search(r"Made the site \(\d+ pages\) and secret-speech.epub .* in dist/\.", book.said)


def test_zip_is_the_site(book: BuiltBook) -> None:
    with zipfile.ZipFile(book.dist / "secret-speech-html.zip") as archive:
        zipped = {
            name.removeprefix("secret-speech/"): archive.read(name) for name in archive.namelist()
        }
    site = book.dist / "html"
    assert zipped.keys() == {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    assert all((site / name).read_bytes() == content for name, content in zipped.items())


def test_site_offers_the_pdf_and_the_epub_with_their_sizes(book: BuiltBook) -> None:
    html = (book.dist / "html" / "chapters" / "01-closed-session.html").read_text(encoding="utf-8")
    for name in ("secret-speech.pdf", "secret-speech.epub"):
        megabytes = f"{(book.dist / name).stat().st_size / 1_000_000:.1f} MB"
        offer = re.search(rf'href="\.\./{name}"[^<]*</a> <span class="size">([^<]*)</span>', html)
        assert offer, name
        kilobytes = f"{round((book.dist / name).stat().st_size / 1000)} kB"
        assert offer[1] in {megabytes, kilobytes}
        assert (book.dist / "html" / name).read_bytes() == (book.dist / name).read_bytes()


def test_no_path_of_the_machine_stands_in_any_file(book: BuiltBook) -> None:
    root = str(book.dist.parent).encode()
    for path in book.dist.rglob("*"):
        if path.is_file():
            assert root not in path.read_bytes(), path.name
