"""Make large and varied .bib files; the same seed gives the same bytes.

``python -m speechbook.bench.bibliographies 100000 > large.bib``
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_NAMES = ("Anna", "Boris", "Chloé", "Dmitri", "Elena", "François", "Grace", "H. G.", "Inés")
LAST_NAMES = ("Abramov", "Berg", "de la Cruz", "Dvořák", "Eriksen", "Fainsod", "Galanter", "Hall")
NOUNS = ("State", "Party", "Village", "Court", "Archive", "Censor", "Harvest", "Reader", "Border")
WORDS = ("Letters", "Memory", "Politics", "Everyday Life", "Silence", "Reform", "Rumour", "Work")
PLACES = ("Kiev", "Tbilisi", "the Urals", "{Leningrad}", "Prague", "the Baltic", "{Siberia}")
JOURNALS = ("Slavic Review", "Kritika", "Past \\& Present", "Europe-Asia Studies")
PUBLISHERS = ("Yale University Press", "Macmillan", "W. W. Norton", "Progress")
CITIES = ("London", "New Haven", "Moscow", "New York")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def names(chance: random.Random) -> str:
    """Return one to three names in either of BibTeX's two usual forms."""
    drawn = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        drawn.append(f"{last}, {first}" if chance.random() < 0.7 else f"{first} {last}")
    return " and ".join(dict.fromkeys(drawn))


def title(chance: random.Random, number: int) -> str:
    """Return a title that no other entry has."""
    head = f"{chance.choice(WORDS)} and the {chance.choice(NOUNS)} in {chance.choice(PLACES)}"
    return f"{head}: {chance.choice(NOUNS)} {number}"


def isbn(chance: random.Random) -> str:
    """Return an ISBN-13 whose check digit is right."""
    digits = f"9780{chance.randrange(10**8):08d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def pages(chance: random.Random) -> str:
    """Return a range of pages."""
    first = chance.randrange(1, 400)
    return f"{first}--{first + chance.randrange(2, 40)}"


def article(chance: random.Random, number: int) -> dict[str, str]:
    """Return an article's fields, each value with its delimiters."""
    return {
        "journal": f"{{{chance.choice(JOURNALS)}}}",
        "volume": str(chance.randrange(1, 90)),
        "number": f'"{chance.randrange(1, 6)}"',
        "month": chance.choice(MONTHS),
        "pages": f"{{{pages(chance)}}}",
        "doi": f"{{10.{chance.randrange(1000, 9999)}/x.{number}}}",
    }


def book(chance: random.Random, _number: int) -> dict[str, str]:
    """Return a book's fields."""
    return {
        "publisher": chance.choice((f"{{{chance.choice(PUBLISHERS)}}}", "oup")),
        "address": f"{{{chance.choice(CITIES)}}}",
        "isbn": f"{{{isbn(chance)}}}",
    }


def chapter(chance: random.Random, number: int) -> dict[str, str]:
    """Return a chapter's fields."""
    return {
        "booktitle": f"{{{title(chance, number)} and Other Essays}}",
        "editor": f"{{{names(chance)}}}",
        "publisher": 'oup # ", New York"',
        "pages": f"{{{pages(chance)}}}",
    }


def page(chance: random.Random, number: int) -> dict[str, str]:
    """Return a web page's fields."""
    return {
        "howpublished": "{Web page}",
        "url": f"{{https://example.org/{chance.randrange(100)}/{number}}}",
        "urldate": f"{{2024-{chance.randrange(1, 13):02d}-{chance.randrange(1, 28):02d}}}",
        "note": "{An annotation that\n           goes over two lines}",
    }


KINDS = {"article": article, "book": book, "incollection": chapter, "misc": page}


#: What people get wrong, as fields put in the place of right ones.
FAULTS = (
    {"year": "{c1956}"},
    {"pages": "{12-9}"},
    {"title": "{A TITLE IN CAPITALS THROUGHOUT}"},
    {"isbn": "{978-0-8014-4606-2}"},
    {"doi": "{https://doi.org/10.1000/182}"},
    {"author": "{Berg, Boris and others and Hall, Grace}"},
    {"month": "{Febuary}"},
    {"url": "{www.example.org/page}"},
    {"edition": "{2nd edition}"},
)


def entry(chance: random.Random, number: int, fault: dict[str, str] | None = None) -> str:
    """Return one entry in one of the usual layouts, with a fault where one is given."""
    kind = chance.choice(("article", "article", "book", "incollection", "misc"))
    fields = {
        "author": f"{{{names(chance)}}}",
        "title": f"{{{title(chance, number)}}}",
        "year": chance.choice(("{%d}", "%d", '"%d"')) % chance.randrange(1900, 2024),
        **KINDS[kind](chance, number),
        **(fault or {}),
    }
    width = chance.choice((0, 12))
    lines = ",\n".join(f"  {name:<{width}} = {value}" for name, value in fields.items())
    shown = chance.choice((kind, kind, kind.title(), kind.upper()))
    return f"@{shown}{{work{number:06d},\n{lines}{chance.choice((',', ''))}\n}}\n"


def bibliography(count: int, seed: int = 1956, faulty: float = 0) -> Iterator[str]:
    """Yield the pieces of a file with *count* entries, of which the share *faulty* has a fault."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    ill = random.Random(seed + 1)  # noqa: S311 - as above; a chance of its own
    yield "% A made-up bibliography.\n@string{oup = {Oxford University Press}}\n"
    for number in range(count):
        if number % 500 == 0:
            yield f"\n@comment{{group {number // 500}}}\n"
        fault = ill.choice(FAULTS) if ill.random() < faulty else None
        yield "\n" + entry(chance, number, fault)


if __name__ == "__main__":
    sys.stdout.writelines(bibliography(int(sys.argv[1])))
