"""``python -m speechbook.bench [linting|book|lighthouse|search] …``, as ``nox -s bench`` calls it.

``linting`` measures the linter, ``book`` the book's build, ``lighthouse`` the site in
``dist/``, ``search`` its search beside Sphinx's own and Pagefind; without a word the first
two run, the linter first; options without a word are for the book.
"""

import sys

from speechbook.bench.command import main as bench_book
from speechbook.bench.lighthouse import main as bench_site
from speechbook.bench.linting.command import main as bench_linting
from speechbook.bench.searching.command import main as bench_search

PARTS = {
    "linting": bench_linting,
    "book": bench_book,
    "lighthouse": bench_site,
    "search": bench_search,
}


def main(arguments: list[str]) -> int:
    """Run the part that the first argument names, or both; return the worse exit code."""
    if arguments and arguments[0] in PARTS:
        return PARTS[arguments[0]](arguments[1:])
    if arguments:
        return bench_book(arguments)
    return max(bench_linting([]), bench_book([]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
