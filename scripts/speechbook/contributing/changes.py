"""What a change does to the book, as a page of Markdown (``speechbook changes``).

On GitHub it is the summary of the run: ``GITHUB_STEP_SUMMARY`` names its file
(https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from speechbook.contributing.counting import Counts, Inventory, inventory
from speechbook.contributing.history import commit_of, sources_at, sources_now
from speechbook.sphinxext.downloads import readable_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

EMPTY = Inventory({}, {}, {})
MOST_LISTED = 100
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#!|~&$])")


def literal(text: str) -> str:
    """Return a contributed text so that Markdown shows it and does nothing with it."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Return a contributed text as code, which makes no link and no markup of it."""
    return f"`{' '.join(text.split()).replace('`', '')}`".replace("|", "%7C")


def signed(number: int) -> str:
    """Return a difference with its sign, and nothing as a dash."""
    return f"{number:+,}" if number else "–"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table whose first column holds words and whose others hold numbers."""
    columns = list(head)
    rule = ["---", *["---:" for _ in columns[1:]]]
    lines = [columns, rule, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def totals(before: Inventory, after: Inventory) -> str:
    """Return the table of the whole book."""
    numbers = {
        "Pages of text": (len(before.pages), len(after.pages)),
        "Words": (before.words, after.words),
        "Notes": (before.notes, after.notes),
        "Works in the bibliography": (len(before.works), len(after.works)),
        "Outside addresses": (len(before.addresses), len(after.addresses)),
    }
    rows = [[name, f"{a:,}", f"{b:,}", signed(b - a)] for name, (a, b) in numbers.items()]
    return table(["", "before", "after", "change"], rows)


def changed_pages(before: Inventory, after: Inventory) -> Iterator[list[str]]:
    """Yield a row for each page whose numbers changed."""
    none = Counts()
    for path in sorted(before.pages.keys() | after.pages.keys()):
        old, new = before.pages.get(path, none), after.pages.get(path, none)
        if old != new:
            yield [code(path), signed(new.words - old.words), signed(new.notes - old.notes)]


def listed(title: str, lines: Iterable[str]) -> str:
    """Return a section with a list, "" where there is nothing to list."""
    items = list(lines)
    more = len(items) - MOST_LISTED
    rest = [f"… and {more} more"] if more > 0 else []
    shown = "".join(f"- {item}\n" for item in [*items[:MOST_LISTED], *rest])
    return f"\n### {title}\n\n{shown}" if items else ""


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return the keys of *one* that *other* lacks, sorted."""
    return sorted(one.keys() - other.keys())


def made_files(dist: Path) -> str:
    """Return the table of what was built, from its manifest; "" where nothing was."""
    manifest = dist / "manifest.json"
    if not manifest.is_file():
        return ""
    files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    site = [file for file in files if file["path"].startswith("html/")]
    rows = [
        [code(file["path"]), readable_size(file["bytes"]), code(file["sha256"][:12])]
        for file in files
        if file not in site
    ]
    whole = readable_size(sum(file["bytes"] for file in site))
    rows.append([f"the site, {len(site)} files", whole, ""])
    return "\n### What was built\n\n" + table(["file", "size", "SHA-256 begins"], rows)


def summary(before: Inventory | None, after: Inventory, built: str) -> str:
    """Return the page; without an inventory *before*, the book as it is."""
    old = before or EMPTY
    note = "" if before else "\nNo commit to compare with was found, so all of it counts as new.\n"
    rows = list(changed_pages(old, after)) if before else []
    pages = "\n### Page by page\n\n" + table(["page", "words", "notes"], rows) if rows else ""
    works = [f"{code(k)} {literal(after.works[k])}" for k in differing(after.works, old.works)]
    gone = [f"{code(k)} {literal(old.works[k])}" for k in differing(old.works, after.works)]
    links = [
        f"{code(a)} in {code(after.addresses[a])}"
        for a in differing(after.addresses, old.addresses)
    ]
    lists = (
        listed("New works", works) + listed("Works taken out", gone) + listed("New links", links)
        if before
        else ""
    )
    return f"## What changes in the book\n{note}\n{totals(old, after)}{pages}{lists}{built}"


def changes(root: Path, revision: str) -> str:
    """Compare the folder with where it parted from *revision*, and return the page."""
    commit = commit_of(root, revision)
    before = inventory(sources_at(root, commit)) if commit else None
    return summary(before, inventory(sources_now(root)), made_files(root / "dist"))
