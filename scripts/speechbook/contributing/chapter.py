"""Begin a chapter that is sound from the first minute (``speechbook chapter "Title"``).

It has the parts that every chapter has, says of itself that it is a draft, and cites only
works that the bibliography holds, so that all checks pass before a word is written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citelint.fixing import write_whole
from speechbook.contributing.contents import part_named, part_with, parts_in, with_chapter
from speechbook.contributing.linting import lint
from speechbook.problems import BookError, Place

if TYPE_CHECKING:
    from pathlib import Path

    from citelint.project import Project
    from speechbook.building.paths import BookPaths
    from speechbook.contributing.contents import Part

#: Signs that mean something in MyST, in an index entry or in a file's name.
STRANGE = re.compile(r"[^\w\s’‘“”(),.?:–—-]|_")
LONGEST_TITLE = 100
NUMBERED = re.compile(r"(?P<number>\d+)-")
NOTES = 5
TO_READ = 3

TEXT = """\
(ch-{slug})=
# {title}

```{{index}} single: {title}
```

:::{{container}} summary
This chapter is a draft.
It will tell, in two or three sentences that stand here, what was found out about its subject.
:::

## The question

A chapter begins with what its author wanted to know, and why it matters for the speech.
A work of this book to begin with stands in the note.[^{slug}-question]

## What happened

The events follow in their order, each paragraph with its note.[^{slug}-events]

## What the speech said

What Khrushchev told the closed session is given from a named text.
Then it is compared with what is known.[^{slug}-speech]

## What it left out

What could have been said and was not is told apart from what nobody knew.[^{slug}-silence]

## What is disputed

Where the sources disagree, both sides are told.
Each is told with the names of those who hold it.[^{slug}-disputed]

## What to read next

{reading}
## Questions

1. What would you need to see before you believed the main claim of this chapter?
2. Who among its witnesses was there, and who tells what others told?
3. Which new source could change the answer?

{notes}"""


@dataclass(frozen=True)
class Begun:
    """A begun chapter: its file's name without ending, and the part it stands in."""

    name: str
    part: str


def checked_title(title: str) -> str:
    """Return the title as it is printed.

    Raises:
        BookError: it is empty, too long, or holds a sign that means something else.

    """
    folded = " ".join(title.split()).replace("'", "’")
    strange = STRANGE.search(folded)
    if strange:
        cure = "leave it out; letters, figures, spaces and plain punctuation are fine"
        raise BookError(f"A title cannot hold the sign {strange[0]!r}", cure=cure)
    if not 0 < len(folded) <= LONGEST_TITLE:
        raise BookError(
            "A chapter needs a title of up to a hundred characters",
            cure='write: nox -s chapter -- "The title"',
        )
    return folded


def slug_of(title: str) -> str:
    """Return a title's words in ASCII, joined by hyphens, without a leading article.

    Raises:
        BookError: nothing is left of it.

    """
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", re.sub(r"^(the|an?)\s+", "", letters)))
    if not slug:
        cure = "give it with some word in Latin letters; the file and its label are named by it"
        raise BookError(f"The title {title!r} gives the chapter no name", cure=cure)
    return slug


def free_name(chapters: Path, slug: str) -> str:
    """Return ``NN-slug`` with the next number.

    Raises:
        BookError: there is such a chapter already.

    """
    names = [path.stem for path in chapters.glob("*.md")]
    same = next((name for name in names if NUMBERED.sub("", name, count=1) == slug), None)
    if same:
        place = Place(chapters / f"{same}.md")
        raise BookError("There is such a chapter already", place=place, cure="take another title")
    numbers = [int(match["number"]) for name in names if (match := NUMBERED.match(name))]
    return f"{max(numbers, default=0) + 1:02}-{slug}"


def works_to_cite(project: Project, title: str) -> tuple[str, ...]:
    """Return the works' keys: scholarship first, then what the title has words of.

    Of equals that come first that more chapters cite.
    """
    words = set(re.findall(r"\w{5,}", title.casefold()))

    def rank(key: str) -> tuple[bool, int, int, str]:
        record = project.by_key[key]
        is_study = "secondary" in record.text("keywords")
        shared = len(words & set(re.findall(r"\w{5,}", record.text("title").casefold())))
        chapters = {cited.chapter.source.path for cited in project.cited.get(key, ())}
        return (not is_study, -shared, -len(chapters), key)

    return tuple(sorted(project.by_key, key=rank))


def chapter_text(title: str, slug: str, works: tuple[str, ...]) -> str:
    """Return the begun chapter.

    Raises:
        BookError: the bibliography holds no work to cite.

    """
    if not works:
        raise BookError("The bibliography holds no work to cite", cure="add one: nox -s cite -- …")
    marks = ("question", "events", "speech", "silence", "disputed")
    # A small bibliography is gone through again from its beginning.
    cited = [works[number % len(works)] for number in range(NOTES)]
    notes = [
        f"[^{slug}-{mark}]: {{cite:p}}`{key}`.\n" for mark, key in zip(marks, cited, strict=True)
    ]
    listed = dict.fromkeys(works[:TO_READ])
    reading = [
        f"- {{cite:t}}`{key}` – one of the works that this book cites most.\n" for key in listed
    ]
    return TEXT.format(title=title, slug=slug, notes="".join(notes), reading="".join(reading))


def chosen_part(index: str, path: Path, wanted: str, after: str) -> Part:
    """Return the part in which the chapter is to stand: the last one if nobody says.

    Raises:
        BookError: there is no such part or chapter.

    """
    parts = parts_in(index)
    if not parts:
        raise BookError("The index lists no numbered part", place=Place(path), cure="restore it")
    if after:
        found = part_with(parts, after)
        what, there = f"No part holds a chapter {after!r}", [n for p in parts for n in p.chapters]
    else:
        found = part_named(parts, wanted) if wanted else parts[-1]
        what, there = f"The book has no part {wanted!r}", [part.caption for part in parts]
    if found is None:
        raise BookError(what, place=Place(path), cure=f"take one of: {', '.join(there)}")
    return found


def begin_chapter(paths: BookPaths, title: str, wanted: str = "", after: str = "") -> Begun:
    """Write the chapter and list it; where one fails, neither is done.

    Raises:
        BookError: title, part or place will not do, or the book cannot be read.

    """
    title = checked_title(title)
    slug = slug_of(title)
    index_path, chapters = paths.docs / "index.md", paths.docs / "chapters"
    index = index_path.read_text(encoding="utf-8")
    after = after.removeprefix("chapters/").removesuffix(".md")
    part = chosen_part(index, index_path, wanted, after)
    name = free_name(chapters, slug)
    text = chapter_text(title, slug, works_to_cite(lint(paths.root).reading.project, title))
    path = chapters / f"{name}.md"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    try:
        write_whole(index_path, with_chapter(index, part, name, after))
    except OSError:
        path.unlink()
        raise
    return Begun(name, part.caption)
