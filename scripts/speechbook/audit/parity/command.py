"""``speechbook parity``: compare the three formats in ``dist/``."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from speechbook.audit.parity.comparing import Comparison
from speechbook.audit.parity.pages import epub, read_pages, site
from speechbook.audit.parity.portable import read_portable

if TYPE_CHECKING:
    from pathlib import Path

    from speechbook.audit.parity.model import Edition


def read_site(folder: Path) -> Edition:
    """Read the site in a folder."""
    files = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    return read_pages(site(files))


def read_epub(path: Path) -> Edition:
    """Read an EPUB."""
    with zipfile.ZipFile(path) as archive:
        return read_pages(epub({name: archive.read(name) for name in archive.namelist()}))


def differences(first: Edition, second: Edition) -> list[str]:
    """Return every difference as a sentence."""
    found = Comparison(first, second).differences()
    return [difference.sentence(first.name, second.name) for difference in found]


def compare(dist: Path) -> list[str]:
    """Return every difference among the three formats of a finished book."""
    of_site = read_site(dist / "html")
    of_epub = read_epub(dist / "secret-speech.epub")
    of_pdf = read_portable(dist / "secret-speech.pdf")
    return [*differences(of_site, of_epub), *differences(of_site, of_pdf)]
