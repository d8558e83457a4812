"""The edit that (c) makes: one that shows on many other pages.

The title changes (sidebars, contents, search), a note is put before all others of
the chapter (the numbers in the bibliography's "Cited in"), and an index entry is
added.  Whoever leaves a stale page behind is found out by it.
"""

from __future__ import annotations

import re

CITATION = re.compile(r"\{cite(?::\w+)?\}`(?:\{[^}`]*\})?(?P<key>[\w:.+/-]+)")
TITLE = re.compile(r"^# .+$", re.MULTILINE)
SLUG = "bench-edit"


def edited(text: str, number: int) -> str:
    """Return a chapter's text after the edit of that number; each number gives another.

    Raises:
        ValueError: the chapter has no title to edit.

    """
    title = TITLE.search(text)
    if not title:
        raise ValueError("The chapter has no line '# Title' to edit")
    cited = CITATION.search(text)
    mark = f"[^{SLUG}]" if cited else ""
    opening = (
        f"{title[0]}, revised {number}\n\n"
        f"```{{index}} single: bench; edit {number}\n```\n\n"
        f"The bench put this sentence in, for the {number}. time.{mark}\n"
    )
    note = f"\n[^{SLUG}]: {{cite:p}}`{cited['key']}`.\n" if cited else ""
    return f"{text[: title.start()]}{opening}{text[title.end() :]}{note}"
