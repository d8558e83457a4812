"""A tag's release: what must agree before it, the files that it carries, its notes.

Leaves ``build/release/files/`` (what readers download, with ``SHA256SUMS``) and
``build/release/notes.md`` (the version's part of the changelog).
"""

from __future__ import annotations

import hashlib
import re
import shutil
from typing import TYPE_CHECKING, Any

import yaml

from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "secret-speech.pdf",
    "secret-speech.epub",
    "secret-speech-html.zip",
    "references.bib",
    "references.json",
    "references.ris",
    "manifest.json",
)
SECTION = re.compile(r"^## (?P<version>\S+) – (?P<when>.+)$", re.MULTILINE)
DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d{2}-\d{2}")


def cited_version(root: Path) -> str:
    """Return the version that CITATION.cff names."""
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return str(document.get("version", ""))


def notes_of(changelog: str, version: str) -> str | None:
    """Return a version's part of the changelog, ``None`` where it has none with a day."""
    sections = list(SECTION.finditer(changelog))
    ends = [section.start() for section in sections[1:]] + [len(changelog)]
    for section, end in zip(sections, ends, strict=True):
        if section["version"] == version and DAY.fullmatch(section["when"].strip()):
            return changelog[section.end() : end].strip() + "\n"
    return None


def checked_notes(root: Path, tag: str, version: str) -> str:
    """Return the release's notes.

    Raises:
        BookError: tag, version, CITATION.cff and changelog do not agree.

    """
    if tag != f"v{version}":
        cure = "tag the commit that has the version, or correct pyproject.toml"
        raise BookError(f"The tag {tag!r} is not of version {version}", cure=cure)
    if cited_version(root) != version:
        raise BookError(
            f"CITATION.cff names version {cited_version(root)}, the book is {version}",
            place=Place(root / "CITATION.cff"),
            cure="give both the same",
        )
    path = root / "CHANGELOG.md"
    notes = notes_of(path.read_text(encoding="utf-8"), version)
    if notes is None:
        cure = f"write '## {version} – ' and the day, such as 1 March 2027"
        raise BookError(f"Version {version} has no day of release", place=Place(path), cure=cure)
    return notes


def carry(dist: Path, folder: Path) -> None:
    """Copy what readers download and list its checksums.

    Raises:
        BookError: a file is not there.

    """
    folder.mkdir(parents=True)
    lines = []
    for name in sorted(FILES):
        if not (dist / name).is_file():
            raise BookError(f"dist/ holds no {name}", cure="run nox -s book first")
        shutil.copyfile(dist / name, folder / name)
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        lines.append(f"{digest}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def prepare_release(root: Path, tag: str, version: str) -> Path:
    """Check that everything agrees and lay the release out; return its folder."""
    notes = checked_notes(root, tag, version)
    folder = root / "build" / "release"
    shutil.rmtree(folder, ignore_errors=True)
    carry(root / "dist", folder / "files")
    (folder / "notes.md").write_text(notes, encoding="utf-8")
    return folder
