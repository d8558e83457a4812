"""The same book for stock Sphinx: none of our extensions, the stock styles.

The settings are the book's own ``docs/conf.py``, read as it stands; what is taken
out of them is below, and nothing else differs.  PyStemmer is hidden by a module of
its name that cannot be imported, in a folder at the head of ``PYTHONPATH``.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from speechbook.bench.measure import RunFailed

if TYPE_CHECKING:
    from pathlib import Path

OWN_CONF = "book_conf.py"
TEX_NAME = "secret-speech-stock.tex"

CONF = f'''"""The book's settings without its extensions and styles; written by speechbook.bench."""

from pathlib import Path

_own = Path(__file__).with_name("{OWN_CONF}").read_text(encoding="utf-8")
exec(compile(_own, "{OWN_CONF}", "exec"))

extensions = [name for name in extensions if not name.startswith("speechbook.")]
for _name in ("bibtex_default_style", "bibtex_reference_style", "html_sidebars", "templates_path"):
    globals().pop(_name, None)

# The theme's options may name templates of the book's own.
_templates = {{path.name for path in Path(__file__).parent.glob("_templates/*")}}
html_theme_options = {{
    name: [each for each in value if each not in _templates] if isinstance(value, list) else value
    for name, value in html_theme_options.items()
}}

# The text has Cyrillic, which LaTeX's default engine needs more set-up for.
latex_engine = "xelatex"
latex_documents = [("index", "{TEX_NAME}", project, author, "manual")]

try:
    import Stemmer
except ImportError:
    pass
else:
    raise RuntimeError("PyStemmer could not be hidden from the stock runs")
'''

HIDDEN_STEMMER = 'raise ImportError("hidden by speechbook.bench: stock Sphinx does without")\n'

FIGURE = "bench-figure.png"
#: A grey field of 60 by 40 pixels; not SVG, at which XeLaTeX's driver stops.
FIGURE_DRAWING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoCAAAAACH0MYjAAAAI0lEQVR42u3LMQEAAAgDoGn/aIay"
    "w274mUtvI8uyLMuyLJceHuMBHFMQ3MgAAAAASUVORK5CYII="
)
CAPTION = "A figure stands here."
#: Our figures are drawn from data; the stock text shows one grey field in their place.
OWN_FIGURE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{data-figure\}.*\n(?P<options>(?:[ \t]*:[\w-]+:.*\n)*)", re.MULTILINE
)
#: Directives of ours that are made from data and do not say so in their name.
OWN_DIRECTIVES = (
    "edition", "evidence-counts", "article-only", "lint-rules", "lint-rule-table", "book-credits",
)  # fmt: skip
#: Our lists are made from data; the stock text has one line in the place of each.
OWN_LIST = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?:data-(?!figure\})[\w-]+|"
    + "|".join(OWN_DIRECTIVES)
    + r")\}.*\n(?:.*\n)*?(?P=fence)$",
    re.MULTILINE,
)
LINE_FOR_A_LIST = "A list stands here."
OPTIONS_KEPT = re.compile(r"^[ \t]*:(?:name|alt|class):.*\n", re.MULTILINE)

#: What Sphinx and MyST say of a word that only our extensions know.
FOREIGN = re.compile(r".*(?:Unknown directive type|Unknown interpreted text role).*")
WARNING = re.compile(r"(?:WARNING|ERROR): ")


def stock_figure(match: re.Match[str]) -> str:
    """Return the opening of a stock figure: name and description kept, some caption."""
    kept = "".join(OPTIONS_KEPT.findall(match["options"]))
    return f"{match['fence']}{{figure}} /{FIGURE}\n{kept}\n{CAPTION}\n"


def stock_text(text: str) -> str:
    """Return a page's text without what needs our extensions; the words stay."""
    return OWN_LIST.sub(LINE_FOR_A_LIST, OWN_FIGURE.sub(stock_figure, text))


def make_stock(docs: Path) -> None:
    """Turn a copy of the book's ``docs`` into the stock one, in place."""
    (docs / "conf.py").rename(docs / OWN_CONF)
    (docs / "conf.py").write_text(CONF, encoding="utf-8")
    (docs / FIGURE).write_bytes(FIGURE_DRAWING)
    for path in docs.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(stock_text(text), encoding="utf-8")


def hide_stemmer(folder: Path) -> Path:
    """Write the module that hides PyStemmer; return what goes into ``PYTHONPATH``."""
    folder.mkdir()
    (folder / "Stemmer.py").write_text(HIDDEN_STEMMER, encoding="utf-8")
    return folder


def warnings_in(log: str) -> int:
    """Count a stock run's warnings.

    Raises:
        RunFailed: the text still asks for one of our own directives or roles.

    """
    foreign = FOREIGN.search(log)
    if foreign:
        raise RunFailed(
            "The stock text still needs one of our extensions; "
            f"teach speechbook/bench/stock.py to replace it: {foreign[0].strip()}"
        )
    return len(WARNING.findall(log))
