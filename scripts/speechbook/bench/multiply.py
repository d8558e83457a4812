"""A book of any number of chapters, made from the real one.

Chapters are taken in the order of the book, again and again; every copy has its
own file, labels, note slugs and title, and refers to the copies of its own round.
The bibliography, the glossary and the other pages stay one.
"""

from __future__ import annotations

import itertools
import re

from speechbook.bench.booktext import (
    BookText,
    Page,
    chapter_names,
    chapter_toctrees,
)
from speechbook.bench.renaming import Copies, Renaming
from speechbook.problems import BookError

CAPTION = re.compile(r'^(?P<before>:caption: *"?)(?P<words>[^"\n]*)', re.MULTILINE)


#: A row's chapters in a table of data: one label, or a list of them.
CHAPTERS_OF_A_ROW = re.compile(
    r"^(?P<before>chapters? = )(?P<labels>\"[^\"]*\"|\[[^\]]*\])", re.MULTILINE
)
QUOTED = re.compile(r'"([^"]*)"')


def options_of(body: str) -> str:
    """Return the option lines of a toctree."""
    return "".join(line for line in body.splitlines(keepends=True) if line.startswith(":"))


def part(tree: re.Match[str], copies: Copies, round_: int) -> str:
    """Return one part's toctree in one round, or nothing if none of its chapters is there."""
    by_name = {page.docname: number for number, page in enumerate(copies.originals)}
    originals = [by_name[name] for name in chapter_names(tree["body"])]
    names = [copies.docname(each, round_) for each in originals if copies.has(each, round_)]
    if not names:
        return ""
    options = options_of(tree["body"])
    if round_:
        options = CAPTION.sub(rf"\g<before>\g<words> ({round_ + 1})", options)
    lines = "\n".join(names)
    return f"{tree['fence']}{{toctree}}\n{options}\n{lines}\n{tree['fence']}\n\n"


def multiplied_index(index: str, copies: Copies) -> str:
    """Return the index page with its parts repeated once a round, in the parts' place."""
    trees = chapter_toctrees(index)
    parts = "".join(part(tree, copies, round_) for round_ in range(copies.rounds) for tree in trees)
    between = [index[before.end() : after.start()] for before, after in itertools.pairwise(trees)]
    kept = "".join(between).strip()
    head, tail = index[: trees[0].start()], index[trees[-1].end() :]
    return f"{head}{parts}{kept}{tail}"


def multiplied_chapters(copies: Copies) -> tuple[Page, ...]:
    """Return the chapters of all rounds in the order of the book."""
    originals = len(copies.originals)
    places = (divmod(position, originals) for position in range(copies.count))
    return tuple(
        Page(
            copies.docname(original, round_),
            Renaming(copies, round_).chapter(copies.originals[original].text),
        )
        for round_, original in places
    )


def multiply(book: BookText, count: int) -> BookText:
    """Return a book of *count* chapters (at least 1) made from *book*'s.

    Raises:
        BookError: *count* is below 1, or a reference can lead nowhere.

    """
    if count < 1:
        raise BookError(f"A book of {count} chapters cannot be made", cure="ask for at least 1")
    copies = Copies(book.chapters, count)
    keep = Renaming(copies)
    others = tuple(Page(page.docname, keep.references(page.text)) for page in book.others)
    index = keep.references(multiplied_index(book.index, copies))
    return BookText(index, multiplied_chapters(copies), others)


def multiplied_table(text: str, book: BookText, count: int) -> str:
    """Return a table of data whose rows name chapters that a book of *count* chapters has.

    Raises:
        BookError: a label can lead nowhere.

    """
    keep = Renaming(Copies(book.chapters, count))

    def renamed(row: re.Match[str]) -> str:
        labels = dict.fromkeys(keep.label(label) for label in QUOTED.findall(row["labels"]))
        quoted = ", ".join(f'"{label}"' for label in labels)
        is_list = row["labels"].startswith("[")
        return row["before"] + (f"[{quoted}]" if is_list else quoted)

    return CHAPTERS_OF_A_ROW.sub(renamed, text)
