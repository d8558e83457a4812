"""A small EPUB with faults, to see that the reading engine and Ace tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechbook.release.archive import write_archive

if TYPE_CHECKING:
    from pathlib import Path

CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="content.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">a</dc:identifier>
<dc:title>Broken</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-27T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>One</title></head><body>{body}</body></html>"""
NAV = (
    """<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="one.xhtml">One</a></li></ol></nav>"""
)
BODY = """<h1>One</h1><p>Text<a epub:type="noteref" role="doc-noteref" href="#n">1</a></p>
<p><img src="missing.png"/></p><table style="width: 900px"><tr><td>Wide</td></tr></table>
<aside id="n" epub:type="footnote" role="doc-footnote"><p>Another note.</p></aside>"""


def write_broken_epub(path: Path) -> Path:
    """Write the EPUB and return its path."""
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "content.opf": PACKAGE,
        "nav.xhtml": PAGE.format(body=NAV),
        "one.xhtml": PAGE.format(body=BODY),
    }
    encoded = ((name, text.encode()) for name, text in members.items())
    write_archive(path, encoded, 1_790_000_000, stored=("mimetype",))
    return path
