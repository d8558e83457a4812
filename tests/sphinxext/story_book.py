"""A tiny book with people, places, events and all else that pages are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

    from speechbook.building.paths import BookPaths

PEOPLE = """\
[[person]]
slug = "khrushchev"
name = "Nikita Khrushchev"
listed = "Khrushchev, Nikita"
mentions = ["Nikita Khrushchev", "Khrushchev"]
native = ["ru: Хрущёв"]
born = "1894"
died = "1971"
years_seen = "taubman2003"
role = "First Secretary"
note = "Spoke."
citekey = "taubman2003"

[[person]]
slug = "orlov"
name = "Yuri Orlov"
listed = "Orlov, Yuri"
mentions = ["Yuri Orlov"]
role = "physicist"
note = "Asked."
citekey = "tromly2004"
"""
PLACES = """\
[[place]]
slug = "moscow"
name = "Moscow"
mentions = ["Moscow"]
latitude = 55.75
longitude = 37.6
note = "The Congress."
citekey = "tromly2004"
"""
CHAPTER = """\
(ch-third)=
# Khrushchev in Moscow

:::{container} summary
Khrushchev spoke in Moscow.
:::

“Khrushchev is in Moscow”, said *Moscow News*, and {ref}`Moscow <ch-first>` read it.[^third]
Then Nikita Khrushchev came to Moscow, and Khrushchev’s men left Moscow.
The physicist {person}`Orlov <orlov>` met another Yuri Orlov.

[^third]: Khrushchev in {cite:p}`taubman2003`.
"""
QUOTED = """\
(ch-fourth)=
# A fourth

> “Khrushchev came.”[^fourth]

| Who |
|---|
| Yuri Orlov |

[^fourth]: {cite:p}`taubman2003`.
"""


EVENTS = """\
[[event]]
date = "1953-03-05"
precision = "day"
words = "Stalin dies"
themes = ["leaders"]
chapter = "ch-first"
citekey = "tromly2004"

[[event]]
date = "1956-06-28/1956-06-29"
precision = "day"
words = "Strike in Poznań."
themes = ["poland"]
chapter = "ch-second"
citekey = "tromly2004{710}"
"""
NOTES = """\
[[note]]
number = 1
survived = "nothing"
claim = "he was direct"
wanted = "a witness"
standing = "claim dropped"
why = "Nobody says so."
chapters = ["ch-first", "ch-second"]
citekey = "taubman2003"

[[note]]
number = 2
survived = "work"
work = "Taubman, page 273"
claim = "the pills"
wanted = "the same page"
standing = "restored"
why = "Told as a report."
chapters = ["ch-first"]
citekey = "taubman2003{273}"
"""
FAULTS = """\
[[fault]]
identifier = "a-sp-01"
fault = "A stray string."
instead = "Cited afresh."
chapters = ["ch-second"]
words = "It went on."
citekey = "taubman2003"
"""
QUESTIONS = """\
[[question]]
what = "Page 179."
chapters = ["ch-first"]
"""
ERRATA = """\
[[erratum]]
edition = "0.1.0"
chapter = "ch-first"
was = "1,355 delegates."
now = "1,349 delegates"
on = "2027-01-31"
thanks = "a reader"
"""
TABLES = {
    "people": PEOPLE,
    "places": PLACES,
    "events": EVENTS,
    "article-notes": NOTES,
    "article-faults": FAULTS,
    "unchecked": QUESTIONS,
    "errata": ERRATA,
}
PAGES = {
    "people": "{data-people} people",
    "places": "{data-places} places",
    "chronology": "{data-events} events\n:from: 1956",
    "before": "{data-events} events\n:to: 1955-12",
    "article-notes": "{data-article-notes} article-notes",
    "article-faults": "{data-article-faults} article-faults",
    "counts": "{evidence-counts}",
    "alone": "{article-only} evidence",
    "unchecked": "{data-unchecked} unchecked",
    "errata": "{data-errata} errata",
    "edition": "{edition}",
}


def write_story(paths: BookPaths) -> None:
    """Give a tiny book people, places and two more chapters."""
    for name, table in TABLES.items():
        (paths.docs / "data" / f"{name}.toml").write_text(table, encoding="utf-8")
    for name, directive in PAGES.items():
        page = f"# {name.capitalize()}\n\n```{directive}\n```\n"
        (paths.docs / "back" / f"{name}.md").write_text(page, encoding="utf-8")
    (paths.docs / "chapters" / "03-third.md").write_text(CHAPTER, encoding="utf-8")
    (paths.docs / "chapters" / "04-fourth.md").write_text(QUOTED, encoding="utf-8")
    index = (paths.docs / "index.md").read_text(encoding="utf-8")
    index = index.replace("second\n", "second\nchapters/03-third\nchapters/04-fourth\n")
    pages = "".join(f"back/{name}\n" for name in PAGES)
    index = index.replace("back/glossary", f"{pages}back/glossary")
    (paths.docs / "index.md").write_text(index, encoding="utf-8")


def article(site: Path, name: str) -> HtmlElement:
    """Return a page's article."""
    (found,) = lxml.html.fromstring((site / name).read_bytes()).xpath("//article")
    return found


def words(element: HtmlElement) -> str:
    """Return an element's text with single spaces."""
    return " ".join(element.text_content().split())
