"""Small books to multiply, and numbers to reckon with."""

from __future__ import annotations

import pytest

from speechbook.bench.booktext import BookText, Page

INDEX = """# Book

```{toctree}
:caption: Before

front/preface
```

```{toctree}
:numbered: 1
:caption: "Part I: One"

chapters/01-first
chapters/02-second
```

```{toctree}
:numbered: 1
:caption: "Part II: Two"

chapters/03-third
```

```{toctree}
:caption: After

back/glossary
Index <genindex>
```
"""
FIRST = """(ch-first)=
# The first

{ref}`The third <ch-third>`, {ref}`fig-x` and {ref}`the words <glossary>`.[^note]
See [the second](02-second.md), [its part](#ch-second) and {doc}`03-third`.

```{data-figure} numbers
:name: fig-x
```

[^note]: {cite:p}`{see}work{273}`; {cite:p}`other`.
"""
SECOND = "(ch-second)=\n# The second\n\n{numref}`Figure {number} <fig-x>`, {numref}`fig-z`.\n"
THIRD = """(ch-third)=
# The third

{ref}`ch-first`[^nothing]

```{data-figure} more
:name: fig-z
```

[^nothing]: Nothing.
"""


@pytest.fixture
def book() -> BookText:
    """Return three chapters in two parts, that refer to one another in every way."""
    chapters = tuple(
        Page(f"chapters/{name}", text)
        for name, text in (("01-first", FIRST), ("02-second", SECOND), ("03-third", THIRD))
    )
    others = (
        Page("back/glossary", "(glossary)=\n# Glossary\n\n{ref}`ch-third`\n"),
        Page("front/preface", "# Preface\n\n[third](../chapters/03-third.md)\n"),
    )
    return BookText(INDEX, chapters, others)
