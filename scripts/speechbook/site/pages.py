"""What a page says of itself: its title, its description, how long it takes to read."""

from __future__ import annotations

import re
from html import escape, unescape

#: Words a minute of silent reading of non-fiction in English; the mean of 190 studies
#: (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047).
WORDS_A_MINUTE = 238
LONGEST_DESCRIPTION = 300
#: Shorter pages, such as lists of links, are not worth a time.
SHORTEST_READING = 2

TAG = re.compile(r"<[^>]*>")
#: Nobody reads this list from end to end.
BIBLIOGRAPHY = '<ul class="bibliography'
NOTES = '<aside class="footnote-list'
VOID = re.compile(r"<((?:area|br|col|hr|img|input|link|meta|source|wbr)\b[^<>]*?)\s*/>")
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*/>\s*')


def plain(html: str) -> str:
    """Return a fragment's text with single spaces."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def title_of_page(title: str, book: str) -> str:
    """Return what stands in ``<title>``, escaped: the page's title, then the book's."""
    own = unescape(TAG.sub("", title)).strip()
    return escape(own if own in {"", book} else f"{own} – {book}") or escape(book)


def shortened(text: str, longest: int = LONGEST_DESCRIPTION) -> str:
    """Return whole sentences of *text* up to *longest* characters, or whole words."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    end = cut.rfind(". ")
    return cut[: end + 1] if end > 0 else f"{cut.rsplit(' ', 1)[0]} …"


def minutes_of(body: str) -> int:
    """Return whole minutes of reading of a page's text without its notes; 0 if not worth it."""
    if BIBLIOGRAPHY in body:
        return 0
    words = len(TAG.sub(" ", body.partition(NOTES)[0]).split())
    minutes = round(words / WORDS_A_MINUTE)
    return minutes if minutes >= SHORTEST_READING else 0


def without_viewport(metatags: str) -> str:
    """Leave out docutils' viewport: the layout has one (a page may have only one)."""
    return VIEWPORT.sub("", metatags)


def without_slashes(html: str) -> str:
    """Return a page whose void elements end as HTML has them.

    >>> without_slashes('<p>a<br />b<img src="x.svg" alt=""/></p>')
    '<p>a<br>b<img src="x.svg" alt=""></p>'
    """
    return VOID.sub(r"<\1>", html)
