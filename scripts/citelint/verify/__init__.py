"""Compare entries with Crossref and Open Library, and quotations with the open texts they cite.

The only part of citelint that touches the network.  Two packages check quotations against
pages; what was learned from reading them (no code is theirs):

``proof-citations`` 1.45 fetches a page, folds typographic marks and white space, and falls
back to ever looser matches: a fragment of some words, letters and digits alone.  So a
passage whose end was altered still counts as "partly verified", and an ellipsis is nothing
special to it.  Worth having: the notice "cannot be compared" as a verdict of its own, note
marks in ``<sup>`` dropped before comparing, and the nearest passage shown, which it finds by
the words that windows share.  Its cleaning by regular expressions once took minutes on one
large page; ours is linear by construction and tested to be.

``citations`` 0.6 compares with pinned copies and folds exactly what an extractor of text
mangles and nothing more, since anything looser turned ``p < 0.05`` into ``p = 0.05``.  It
requires that a match begins and ends at a word's edge, takes a hyphen at a line's end as
none, and tells how far a quotation agrees with its source.  It pins every passage by hand.

Here the quotation is taken from the chapter and its source from the citation at its end.
Letters and digits are compared without what stands between words, so that hyphens, line
breaks, quotation marks and dashes are free; a match keeps to words' edges; ellipses and
square brackets part a quotation into pieces that must come in order; capitals and
punctuation are a rule of their own.  Where languages differ, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import argparse

    from citelint.reading import Reading


def verify(reading: Reading, stream: TextIO, options: argparse.Namespace | None = None) -> int:
    """Ask, compare and report on *stream*; remarks go to standard error if a program reads it.

    Returns 0 where all agree or nothing is to be compared, 1 with findings, 3 where nothing
    could be asked.

    Raises:
        SettingsError: an address, a contact or a code cannot be used.

    """
    from citelint.verify.running import run  # noqa: PLC0415 - the network is loaded only here

    return run(reading, stream, options)
