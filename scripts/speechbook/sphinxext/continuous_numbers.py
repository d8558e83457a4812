"""Number chapters on from one part of the book to the next.

Sphinx starts every numbered toctree at 1 again; the parts of this book are
toctrees with captions.  The numbers that Sphinx's own collector has just given
are shifted by the count of the chapters in the parts before.  The collector
compares its numbers with the last build's to find pages to write anew, so the
shift is taken back before it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import url_re

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: TocTreeCollector listens to ``env-get-updated`` with Sphinx's default priority.
BEFORE_THE_COLLECTOR, AFTER_THE_COLLECTOR = 400, 600

Number = tuple[int, ...]


def shifted(number: Number, offset: int) -> Number:
    """Return the section number with *offset* added to its chapter."""
    return (number[0] + offset, *number[1:]) if number else number


def numbered_parts(env: BuildEnvironment) -> Iterator[list[str]]:
    """Yield the chapters' docnames of each numbered toctree, in the order of the book."""
    for docname in sorted(env.numbered_toctrees):
        for toctree in env.get_doctree(docname).findall(addnodes.toctree):
            if toctree.get("numbered", 0):
                entries = [entry for _title, entry in toctree["entries"]]
                yield [e for e in entries if e in env.toc_secnumbers and not url_re.match(e)]


def offsets_of(env: BuildEnvironment) -> dict[str, int]:
    """Return, for each chapter's docname, how many chapters stand in earlier parts."""
    offsets: dict[str, int] = {}
    count = 0
    for chapters in numbered_parts(env):
        offsets |= dict.fromkeys(chapters, count)
        count += len(chapters)
    return offsets


def shift_numbers(env: BuildEnvironment, docname: str, offset: int) -> None:
    """Add *offset* to the chapter in a document's section numbers."""
    numbers = env.toc_secnumbers[docname]
    env.toc_secnumbers[docname] = {
        anchor: shifted(number, offset) for anchor, number in numbers.items()
    }


def shift_titles(env: BuildEnvironment, docname: str, offset: int) -> None:
    """Add *offset* in the title and the local contents, which carry numbers as well."""
    for node in [env.titles[docname], *env.tocs[docname].findall(nodes.reference)]:
        if node.get("secnumber"):
            node["secnumber"] = list(shifted(tuple(node["secnumber"]), offset))


def take_back(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Restore Sphinx's own numbers of the last build."""
    for docname, offset in getattr(env, "speechbook_offsets", {}).items():
        if docname in env.toc_secnumbers:
            shift_numbers(env, docname, -offset)
    return []


def number_on(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Shift the fresh numbers; return the documents whose shift is another than before."""
    before = getattr(env, "speechbook_offsets", {})
    offsets = offsets_of(env)
    for docname, offset in offsets.items():
        shift_numbers(env, docname, offset)
        shift_titles(env, docname, offset)
    env.speechbook_offsets = offsets  # type: ignore[attr-defined]
    return [docname for docname, offset in offsets.items() if before.get(docname) != offset]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect around Sphinx's collector."""
    app.connect("env-get-updated", take_back, priority=BEFORE_THE_COLLECTOR)
    app.connect("env-get-updated", number_on, priority=AFTER_THE_COLLECTOR)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True}
