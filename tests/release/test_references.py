"""The bibliography as CSL-JSON and RIS."""

from __future__ import annotations

import json
import re

import pytest
import rispy
from pybtex.database import parse_string

from speechbook.release.references import FORMS, bibtex, csl_json, reference_files, ris

SOURCE = r"""
@article{tromly2004, author={Tromly, Benjamin}, title={The Leningrad Affair},
  shorttitle={Leningrad Affair}, journal={Europe-Asia Studies}, volume={56}, number={5},
  pages={707--729}, year={2004}, doi={10.1080/0966813041000235119}}
@article{nyt1956, title={Text}, journal={The New York Times}, day={5}, month={June}, year={1956}}
@book{cia, author={{Central Intelligence Agency}}, editor={Jones, Polly}, title={A \& B},
  publisher={House}, address={Moscow}, year={n.d.}}
@misc{page, title={A Page}, url={https://example.org/a_b}}
"""


def items() -> dict[str, dict[str, object]]:
    """Return the CSL items by id."""
    entries = parse_string(SOURCE, "bibtex").entries.values()
    return {item["id"]: item for item in json.loads(csl_json(entries))}


def test_article_becomes_a_journal_article() -> None:
    assert items()["tromly2004"] == {
        "id": "tromly2004",
        "type": "article-journal",
        "title": "The Leningrad Affair",
        "title-short": "Leningrad Affair",
        "container-title": "Europe-Asia Studies",
        "volume": "56",
        "issue": "5",
        "page": "707–729",
        "DOI": "10.1080/0966813041000235119",
        "author": [{"family": "Tromly", "given": "Benjamin"}],
        "issued": {"date-parts": [[2004]]},
    }


def test_dated_article_becomes_a_newspaper_article() -> None:
    item = items()["nyt1956"]
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[1956, 6, 5]]}


def test_organisation_and_odd_year_are_literals() -> None:
    item = items()["cia"]
    assert item["author"] == [{"literal": "Central Intelligence Agency"}]
    assert item["issued"] == {"literal": "n.d."}
    assert item["title"] == "A & B"


def test_address_is_kept_as_it_is() -> None:
    item = items()["page"]
    assert (item["type"], item["URL"]) == ("webpage", "https://example.org/a_b")


def test_ris_reads_back_with_the_same_works() -> None:
    entries = parse_string(SOURCE, "bibtex").entries.values()
    records = {record["id"]: record for record in rispy.loads(ris(entries))}
    assert set(records) == {"tromly2004", "nyt1956", "cia", "page"}
    article = records["tromly2004"]
    assert article["type_of_reference"] == "JOUR"
    assert article["authors"] == ["Tromly, Benjamin"]
    assert (article["start_page"], article["end_page"]) == ("707", "729")


def test_ris_has_the_day_and_no_line_that_is_none_of_its() -> None:
    text = ris(parse_string(SOURCE, "bibtex").entries.values())
    assert "DA  - 1956/06/05/\n" in text
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines() if line)


@pytest.mark.parametrize("keys", [{"cia"}, {"page", "tromly2004"}, set()])
def test_excerpt_of_the_bib_file_has_its_entries_as_they_stand(keys: set[str]) -> None:
    text = bibtex(SOURCE, keys)
    read = parse_string(text, "bibtex").entries
    whole = parse_string(SOURCE, "bibtex").entries
    assert {key: read[key] for key in read} == {key: whole[key] for key in sorted(keys)}
    assert all(part.strip() in SOURCE for part in text.split("\n\n"))


def test_excerpt_takes_the_abbreviations_with_it() -> None:
    source = "@string{ns = {New Statesman}}\n\n@article{a, journal = ns}\n\n@misc{b, title = {B}}\n"
    (entry,) = parse_string(bibtex(source, {"a"}), "bibtex").entries.values()
    assert entry.fields["journal"] == "New Statesman"


def test_files_hold_the_same_works_in_every_form() -> None:
    entries = tuple(parse_string(SOURCE, "bibtex").entries.values())[:2]
    files = reference_files(SOURCE, entries)
    assert set(files) == set(FORMS)
    wanted = {"tromly2004", "nyt1956"}
    assert set(parse_string(files["bib"], "bibtex").entries) == wanted
    assert {record["id"] for record in rispy.loads(files["ris"])} == wanted
    assert {item["id"] for item in json.loads(files["csl.json"])} == wanted
