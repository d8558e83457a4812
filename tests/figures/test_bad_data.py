"""Whatever is wrong with a figure's data: a sentence with file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechbook.figures.catalogue import make_figure
from speechbook.problems import BookError

HEAD = """drawing = "{drawing}"
title = "A title"
alt = "What is to be seen."
caption = "A caption."
sources = "{{cite:p}}`key`."
"""
SHARES = (
    HEAD.format(drawing="shares")
    + """
[[whole]]
name = "all"
total = 5
headline = "3 of 5"
statement = "voted"
columns = 5
citekey = "key"

[[part]]
of = "all"
count = 3
label = "for"
mark = "full"
citekey = "key"

[[part]]
of = "all"
count = 2
label = "against"
mark = "speck"
citekey = "key"
"""
)
ROUTE = (
    HEAD.format(drawing="route")
    + """solid = "papers"

[[station]]
name = "one"
date = "1 May"
place = "Here"
event = "A start"
track = 0
citekey = "key"

[[station]]
name = "two"
date = "2 May"
place = "There"
event = "An end"
track = 1
from = ["one: solid"]
citekey = "key"
"""
)
CHRONOLOGY = (
    HEAD.format(drawing="chronology")
    + """
[[group]]
name = "all"
title = "all"
citekey = "key"

[[event]]
date = "1956-02-25"
group = "all"
words = "The first"
citekey = "key"

[[event]]
date = "1956-03-05"
group = "all"
words = "The second"
citekey = "key"
"""
)
TERMS = (
    HEAD.format(drawing="terms")
    + """start = "1956-02-25"
last_year = 1964
event = "1957-06-18"
event_label = "a vote"

[[group]]
name = "against"
title = "Against"
citekey = "key"

[[member]]
name = "A. Member"
office = "an office"
group = "against"
until = "1957-06-29"
later = "what followed"
citekey = "key"
"""
)
COUNTS = (
    HEAD.format(drawing="counts")
    + """first_year = 1954
last_year = 1958
marked_year = 1956
marked_label = "the year"

[[party]]
name = "one"
title = "One"
most = 1000
height = 50
citekey = "key"

[[count]]
of = "one"
year = 1955
members = 900
citekey = "key"
"""
)

FILE = Path("/book/docs/data/figure.toml")

#: What is broken, how, and what the sentence must hold.
BROKEN = {
    "syntax": (SHARES, "total = 5", "total = = 5", ":9:", "not TOML", "mend the syntax"),
    "no drawing": (SHARES, 'drawing = "shares"\n', "", ":1:", "no drawing"),
    "unknown drawing": (SHARES, '"shares"', '"shars"', ":1:", "'shars'", "chronology, counts"),
    "no alternative": (SHARES, 'alt = "What is to be seen."\n', "", ":1:", "no alt"),
    "no rows": (SHARES, "[[whole]]", "[[hole]]", "has no [[whole]]"),
    "missing column": (SHARES, 'label = "against"\n', "", ":22:", "Part 2", "no label"),
    "empty column": (SHARES, '"against"', '""', ":22:", "no label"),
    "text for a number": (SHARES, "count = 2", 'count = "2"', ":24:", "whole number"),
    "number for a text": (SHARES, '"against"', "7", ":25:", "write text"),
    "negative number": (SHARES, "count = 2", "count = -2", ":24:", "0 or more"),
    "wrong sum": (SHARES, "count = 2", "count = 1", ":9:", "total = 5", "add up to 4"),
    "unknown mark": (SHARES, '"speck"', '"spot"', ":26:", "full, ring, speck"),
    "no citekey": (SHARES, 'mark = "speck"\ncitekey = "key"', 'mark = "speck"', "no citekey"),
    "citekey not in the sources": (
        SHARES,
        'mark = "speck"\ncitekey = "key"',
        'mark = "speck"\ncitekey = "other"',
        ":27:",
        "'other'",
        "add {cite:p}`other` to sources",
    ),
    "letter without a glyph": (SHARES, '"against"', '"反"', ":25:", "no glyph for '反'"),
    "way from nowhere": (ROUTE, "one: solid", "zero: solid", ":22:", "'zero'", "above it"),
    "way unknown": (ROUTE, "one: solid", "one: thin", ":22:", "'thin'", "explains: solid"),
    "no date": (CHRONOLOGY, "1956-03-05", "5 March", ":19:", "'5 March'", "1956-02-25"),
    "impossible date": (CHRONOLOGY, "1956-03-05", "1956-02-30", ":19:", "write a date"),
    "events out of order": (CHRONOLOGY, "1956-03-05", "1955-03-05", ":19:", "earlier"),
    "unknown group": (CHRONOLOGY, 'group = "all"', 'group = "none"', ":20:", "'none'"),
    "four groups": (
        CHRONOLOGY,
        "[[event]]",
        '[[group]]\nname = "x"\ntitle = "x"\ncitekey = "key"\n' * 3 + "[[event]]",
        "Group 4",
        "one too many",
    ),
    "end of a member": (TERMS, 'until = "1957-06-29"\n', "", ":16:", "no seen_until"),
    "too much text": (TERMS, "what followed", "what followed " * 9, ":21:", "shorten"),
    "year outside": (COUNTS, "year = 1955", "year = 1953", ":20:", "1954-1958"),
    "count above the panel": (COUNTS, "900", "1900", ":21:", "raise most"),
    "unknown qualifier": (COUNTS, "members = 900", 'members = 900\nqualifier = "~"', "about"),
}


@pytest.mark.parametrize("source", [SHARES, ROUTE, CHRONOLOGY, TERMS, COUNTS])
def test_good_data_is_drawn(source: str) -> None:
    assert make_figure(FILE, source).svg.startswith("<svg ")


@pytest.mark.parametrize("case", BROKEN)
def test_bad_data_is_told_with_place_and_cure(case: str) -> None:
    source, good, bad, *expected = BROKEN[case]
    assert good in source
    with pytest.raises(BookError) as caught:
        make_figure(FILE, broken(source, good, bad))
    sentence = caught.value.problems[0].sentence(Path("/book"))
    assert sentence.startswith("docs/data/figure.toml:")
    assert "; " in sentence
    for part in expected:
        assert part in sentence


def broken(source: str, good: str, bad: str) -> str:
    """Replace a table's first header, else the last occurrence, which is in the last row."""
    if "[[" in good:
        return source.replace(good, bad, 1)
    head, _, tail = source.rpartition(good)
    return head + bad + tail
