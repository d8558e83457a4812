"""The comparison of a PDF's words with a document's, on a page with one fault each."""

from __future__ import annotations

import pytest

from speechbook.audit.pdftext import differences, expected_of

DOCUMENT = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The hour</title></head><body>
<section><h1><span>3. </span>The hour</h1>
<p>The delegates met on 25 February.<sup><a href="#a">1</a></sup> They were tired of official
speeches.<sup><a href="#b">2</a></sup></p>
<figure><img alt="A hall" src="a.svg"/><figcaption><p>Figure 1 The hall</p></figcaption></figure>
<table><thead><tr><th>Date</th><th>Place</th></tr></thead>
<tbody><tr><td>1956</td><td>Moscow</td></tr><tr><td>1957</td><td>Gorky</td></tr></tbody></table>
<p>See the chapter on the leak.</p>
<ol><li><p>Who met?</p></li><li><p>When?</p></li></ol>
<section><aside role="doc-footnote"><span>1.</span> <p>Taubman, 273.</p></aside>
<aside role="doc-footnote"><span>2.</span> <p>Rettie, 158.</p></aside></section>
</section></body></html>"""

FIRST = """3
The hour
The delegates met on 25 Feb-
ruary.1 They were tired of o\ufb03cial
1 Taubman, 273.
27
"""
SECOND = """28 The Secret Speech
Figure 1 The hall
speeches.2
Date
Place
1956
Moscow
2 Rettie, 158.
"""
THIRD = """The hour 29
Date
Place
1957
Gorky
See the chapter on the leak (p.
104).
1. Who met?
2. When?
"""
PAGES = (("27", FIRST), ("28", SECOND), ("29", THIRD))


def compared(pages: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Compare pages with the document."""
    return differences(pages, expected_of(DOCUMENT.encode()))


def test_notes_heads_figures_hyphens_and_ligatures_are_seen_through() -> None:
    assert compared(PAGES) == ()


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("25 Feb-", "26 Feb-", "page 27: The delegates met on 26 Feb-"),
        ("tired of o\ufb03cial", "tired o\ufb03cial", "page 27: ruary.1 They were tired official"),
        ("1 Taubman, 273.\n", "", "notes text is missing: 1taubman273"),
        ("Figure 1 The hall\n", "", "figures text is missing: figure1thehall"),
        ("1957\nGorky", "Gorky\n1957", "page 29: Gorky"),
        ("1957\nGorky\n", "", "running text is missing: 1957gorkyseethechapter"),
        ("2. When?\n", "", "running text is missing: 2when"),
        ("Moscow\n", "Moscow\nMoscow\n", "page 28: Moscow"),
        ("2 Rettie, 158.", "2 Rettie, 185.", "page 28: 2 Rettie, 185."),
    ],
)
def test_each_fault_is_found(old: str, new: str, finding: str) -> None:
    assert any(old in text for _, text in PAGES)
    broken = tuple((label, text.replace(old, new, 1)) for label, text in PAGES)
    told = [one.replace("\ufb03", "ffi") for one in compared(broken)]
    assert any(one.startswith(finding) for one in told), told
