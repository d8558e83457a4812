"""The bibliography form of Chicago, entry by entry."""

from __future__ import annotations

import pytest
from pybtex.database import parse_string

from speechbook.citing.bibliography import (
    ChicagoBibliography,
    formatted,
    register_bibliography_style,
)


def line(source: str) -> str:
    """Format the one entry of *source* as plain text."""
    (entry,) = parse_string(source, "bibtex").entries.values()
    return str(formatted(entry))


CASES = {
    "book": (
        r"""@book{x, author={Taubman, William}, title={Khrushchev: The Man and His Era},
        publisher={W. W. Norton \& Company}, address={New York}, year={2003}}""",
        "Taubman, William. Khrushchev: The Man and His Era. "
        "New York: W. W. Norton & Company, 2003.",
    ),
    "book with translator and two authors": (
        """@book{x, author={Medvedev, Zhores A. and Medvedev, Roy A.}, title={The Unknown Stalin},
        translator={Dahrendorf, Ellen and Lane, Ann}, publisher={I.B. Tauris},
        address={London}, year={2003}}""",
        "Medvedev, Zhores A., and Roy A. Medvedev. The Unknown Stalin. "
        "Translated by Ellen Dahrendorf and Ann Lane. London: I.B. Tauris, 2003.",
    ),
    "edited book": (
        """@book{x, editor={Jones, Polly}, title={The Dilemmas}, publisher={Routledge},
        address={London}, year={2006}}""",
        "Jones, Polly, ed. The Dilemmas. London: Routledge, 2006.",
    ),
    "chapter": (
        """@incollection{x, author={Smith, Ann}, title={A Part?}, booktitle={The Whole},
        editor={Jones, Polly and Filtzer, Donald}, pages={64--79}, publisher={Routledge},
        year={2006}}""",
        "Smith, Ann. “A Part?” In The Whole, edited by Polly Jones and Donald Filtzer, 64–79. "
        "Routledge, 2006.",
    ),
    "journal article": (
        """@article{x, author={Tromly, Benjamin}, title={The Leningrad Affair},
        journal={Europe-Asia Studies}, volume={56}, number={5}, pages={707--729}, year={2004},
        doi={10.1080/0966813041000235119}}""",
        "Tromly, Benjamin. “The Leningrad Affair.” Europe-Asia Studies 56, no. 5 (2004): 707–729. "
        "https://doi.org/10.1080/0966813041000235119.",
    ),
    "newspaper": (
        """@article{x, title={Text of Speech}, journal={The New York Times}, day={5},
        month={June}, year={1956}, url={https://example.org/a}, urldate={2026-11-23}}""",
        "“Text of Speech.” The New York Times, 5 June 1956. Accessed 23 November 2026. "
        "https://example.org/a.",
    ),
    "journal with issue only": (
        """@article{x, author={Naumov, V. P.}, title={K istorii}, journal={Novaia istoriia},
        number={4}, year={1996}}""",
        "Naumov, V. P. “K istorii.” Novaia istoriia, no. 4 (1996).",
    ),
    "Russian title": (
        """@book{x, author={Mikoyan, A. I.}, title={Tak bylo}, titleoriginal={Так было},
        publisher={Vagrius}, address={Moscow}, year={1999}}""",
        "Mikoyan, A. I. Tak bylo [Так было]. Moscow: Vagrius, 1999.",
    ),
    "archival document": (
        """@misc{x, title={Resolution}, archive={RGANI}, shelfmark={f. 3, op. 10, d. 225},
        year={1956}}""",
        "“Resolution.” RGANI, f. 3, op. 10, d. 225. 1956.",
    ),
    "organisation, no year": (
        "@misc{x, author={{Central Intelligence Agency}}, title={Comments}}",
        "Central Intelligence Agency. “Comments.” n.d.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_entry_reads_as_chicago_has_it(name: str) -> None:
    source, expected = CASES[name]
    assert line(source) == expected


def test_whole_works_are_italic_and_parts_are_not() -> None:
    data = parse_string("@book{a, title={Whole}}\n@article{b, title={Part}, journal={J}}", "bibtex")
    whole, part = (formatted(entry).render_as("html") for entry in data.entries.values())
    assert "<em>Whole</em>" in whole
    assert "<em>Part</em>" not in part
    assert "<em>J</em>" in part


def test_works_in_several_lists_never_share_a_label() -> None:
    register_bibliography_style()
    data = parse_string("@book{a, title={A}}\n@book{b, title={B}}", "bibtex")
    first = ChicagoBibliography().format_bibliography(data, ["a"])
    second = ChicagoBibliography().format_bibliography(data, ["b"])
    assert [entry.label for entry in (*first, *second)] == ["a", "b"]


def test_style_formats_types_that_no_style_foresees() -> None:
    register_bibliography_style()
    data = parse_string("@podcast{x, title={Heard}, year={2020}}", "bibtex")
    (entry,) = ChicagoBibliography().format_bibliography(data)
    assert str(entry.text) == "“Heard.” 2020."


def test_works_without_author_stand_among_the_others_by_their_title() -> None:
    register_bibliography_style()
    data = parse_string(
        """@book{z, title={The Zeal}}
        @book{m, author={Medvedev, Roy}, title={B}}
        @book{l, author={Élie, Marc}, title={A}}
        @misc{k, title={[Kramola]}}""",
        "bibtex",
    )
    entries = ChicagoBibliography().format_bibliography(data)
    assert [entry.key for entry in entries] == ["l", "k", "m", "z"]
