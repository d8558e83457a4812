"""Members of parties by year, a panel a party: bars where a figure was found, else a speck.

A count that is a bound ("fewer than 25,000") or a round figure is an open bar.  Of two
counts of one year the larger stands open behind the smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechbook.figures.canvas import (
    ACCENT,
    FAINT,
    INK,
    MARGIN,
    PAPER,
    QUIET,
    TINT,
    WIDTH,
    Canvas,
    Run,
    bold,
)

if TYPE_CHECKING:
    from speechbook.figures.rows import DataFile, Row

#: How a count that is not exact is meant, and how that is written above a bar.
QUALIFIERS = {"fewer than": "<", "more than": ">", "about": "c.\u00a0"}
SMALL, HEAD, GAP = 11.0, 34.0, 10.0
NUMBERS_EVERY = 2
MILLION, THOUSAND = 1_000_000, 1_000
#: Below so many thousands a tenth is written.
FINE_UP_TO = 10


@dataclass(frozen=True)
class Count:
    """So many members in a year, by one count."""

    year: int
    members: int
    qualifier: str
    note: str


@dataclass(frozen=True)
class Party:
    """One panel: its title, what a full bar means, how high it is drawn, its counts."""

    title: str
    most: int
    height: int
    counts: tuple[Count, ...]

    def in_year(self, year: int) -> tuple[Count, ...]:
        """Return the counts of a year, the largest first."""
        counts = [count for count in self.counts if count.year == year]
        return tuple(sorted(counts, key=lambda count: -count.members))


@dataclass(frozen=True)
class Parties:
    """All panels over the same years, one year marked."""

    first: int
    last: int
    marked: int
    marked_label: str
    parties: tuple[Party, ...]

    @property
    def years(self) -> range:
        """The years of the scale."""
        return range(self.first, self.last + 1)


def read(data: DataFile) -> Parties:
    """Read the head of the file, ``[[party]]`` and ``[[count]]`` tables.

    Raises:
        BookError: a column is missing, or a count lies outside its panel.

    """
    head = data.head
    years = range(head.count("first_year"), head.count("last_year") + 1)
    rows = data.rows("count")
    parties = tuple(read_party(row, rows, years) for row in data.rows("party"))
    marked, label = head.count("marked_year"), head.text("marked_label")
    return Parties(years.start, years.stop - 1, marked, label, parties)


def read_party(row: Row, rows: tuple[Row, ...], years: range) -> Party:
    """Read one panel with its counts."""
    name = row.text("name")
    counts = tuple(read_count(count, row, years) for count in rows if count.text("of") == name)
    return Party(row.text("title"), row.count("most"), row.count("height"), counts)


def read_count(row: Row, party: Row, years: range) -> Count:
    """Read one count."""
    year, members = row.count("year"), row.count("members")
    if year not in years:
        raise row.fault(f"has year = {year}", f"keep to {years.start}-{years.stop - 1}", "year")
    if members > party.count("most"):
        raise row.fault(f"has members = {members}, above the panel's most", "raise most", "members")
    qualifier = row.choice("qualifier", tuple(QUALIFIERS)) if "qualifier" in row.values else ""
    return Count(year, members, qualifier, row.optional("note"))


def describe(parties: Parties) -> str:
    """List each party's counts; years without one are said to be missing."""
    return " ".join(
        f"{party.title}: " + "; ".join(said(count) for count in party.counts) + "."
        for party in parties.parties
    )


def said(count: Count) -> str:
    """Return one count in words."""
    words = " ".join(filter(None, [count.qualifier, f"{count.members:,}"]))
    return f"{count.year}, {words}" + (f" ({count.note})" if count.note else "")


def short(count: Count, unit: int) -> str:
    """Return what stands above a bar: millions to two places, else thousands."""
    value = count.members / unit
    places = 2 if unit == MILLION else 1 if value < FINE_UP_TO else 0
    text = f"{value:.{places}f}".removesuffix(".0")
    return QUALIFIERS.get(count.qualifier, "") + text


def unit_of(party: Party) -> tuple[int, str]:
    """Return the unit of a panel's numbers and its name."""
    return (MILLION, "millions") if party.most >= MILLION else (THOUSAND, "thousands")


def slot(parties: Parties, year: int) -> tuple[float, float]:
    """Return a year's left edge and width."""
    width = (WIDTH - 2 * MARGIN) / len(parties.years)
    return MARGIN + (year - parties.first) * width, width


def draw_panel(canvas: Canvas, parties: Parties, party: Party, top: float) -> float:
    """Draw a party's heading and bars; return where the next panel begins."""
    unit, name = unit_of(party)
    heading = [bold(party.title), Run(f", {name} of members", colour=QUIET)]
    canvas.words(MARGIN, top + 14, heading)
    base = top + HEAD + party.height
    canvas.line(MARGIN, base, WIDTH - MARGIN, base, stroke=INK, stroke_width=0.8)
    for year in parties.years:
        left, width = slot(parties, year)
        for index, count in enumerate(party.in_year(year)):
            box = (left + 3, base - count.members / party.most * party.height, width - 6, base)
            draw_bar(canvas, box, fill_of(party, count), short(count, unit), index > 0)
        if not party.in_year(year):
            canvas.dots([(left + width / 2, base - 5)], 2.2, FAINT)
    return base + GAP


def fill_of(party: Party, count: Count) -> str:
    """Return the fill of a bar: none for bounds, round figures and the larger of two."""
    is_smallest = count == party.in_year(count.year)[-1]
    return ACCENT if is_smallest and not count.qualifier else PAPER


def draw_bar(
    canvas: Canvas, box: tuple[float, float, float, float], fill: str, words: str, within: bool
) -> None:
    """Draw one bar (left, top, width, base) with its number above, or *within* it."""
    left, top, width, base = box
    canvas.shape("rect", x=left, y=top, width=width, height=base - top, fill=fill, stroke=ACCENT)
    run = Run(words, colour=PAPER if within else INK)
    canvas.words(left + width / 2, top + (11 if within else -4), [run], SMALL, "middle")


def draw_years(canvas: Canvas, parties: Parties, y: float) -> None:
    """Write every second year below the last panel."""
    for year in parties.years[::NUMBERS_EVERY]:
        left, width = slot(parties, year)
        canvas.words(left + width / 2, y, [Run(str(year), colour=QUIET)], SMALL, "middle")


def draw(parties: Parties, title: str) -> str:
    """Return the drawing as SVG."""
    front = Canvas()
    bottom = 8.0
    for party in parties.parties:
        bottom = draw_panel(front, parties, party, bottom)
    canvas = Canvas(glyphs=front.glyphs)
    left, width = slot(parties, parties.marked)
    canvas.shape("rect", x=left, y=26, width=width, height=bottom - 26, fill=TINT)
    canvas.parts += front.parts
    draw_years(canvas, parties, bottom + 7)
    key_y = bottom + 25
    canvas.dots([(MARGIN + 4, key_y - 4)], 2.2, FAINT)
    key = "no figure found     < fewer than     > more than     c. about"
    canvas.words(MARGIN + 13, key_y, [Run(key, colour=QUIET)], SMALL)
    canvas.words(left + width / 2, 22, [Run(parties.marked_label, colour=QUIET)], SMALL, "middle")
    return canvas.svg(round(key_y + 10), title)
