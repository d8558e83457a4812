"""Adding works from records: what is written, where, what is said; failures write nothing."""
# ruff: noqa: ANN401 - a record holds whatever JSON holds

from __future__ import annotations

import datetime
import re
import socket
from typing import TYPE_CHECKING, Any

import pytest

from citelint.checking import check
from citelint.config import Settings
from citelint.reading import read_project
from citelint.rules import ALL_RULES
from speechbook.cli import main
from speechbook.problems import BookError
from tests.citelint.verify.server import (
    crossref_work,
    cut_short,
    document,
    edition,
    endless,
    leading,
    page,
    status,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.citelint.verify.server import Answer, Server
    from tests.contributing.works.conftest import Desk

DOI = "10.1000/speech"
WORK = "/crossref/works/10.1000%2Fspeech"
DATA = "/datacite/dois/10.1000%2Fspeech"
ISBN = "9780801446061"
TODAY = datetime.datetime.now(datetime.UTC).date().isoformat()


def record(**changes: Any) -> dict[str, Any]:
    """Return DataCite's answer for a thesis."""
    attributes = {
        "titles": [
            {"title": "Exile & return", "titleType": None},
            {"title": "A study", "titleType": "Subtitle"},
        ],
        "creators": [{"name": "Ждан, Ольга", "familyName": "Ждан", "givenName": "Ольга"}],
        "publisher": {"name": "University of Somewhere"},
        "publicationYear": 1999,
        "types": {"resourceTypeGeneral": "Dissertation"},
        **changes,
    }
    return {"data": {"id": DOI, "attributes": attributes}}


def entry_of(text: str, key: str) -> str:
    """Return an entry of a .bib file as written."""
    found = re.search(rf"^@\w+\{{{key},\n.*?^\}}\n", text, re.MULTILINE | re.DOTALL)
    assert found, key
    return found[0]


def test_article_from_crossref_is_normalised_and_says_where_it_was_checked(
    desk: Desk, server: Server
) -> None:
    server.lay(WORK, document(crossref_work()))
    said = desk.cite(f"https://doi.org/{DOI}")
    assert entry_of(desk.bibliography, "muller2003") == (
        "@article{muller2003,\n"
        "  author = {Müller, Anna and Horn, Jan van der},\n"
        "  title = {The Secret Speech \\& Its Readers: Moscow, 1956},\n"
        "  shorttitle = {Secret Speech \\& Its Readers},\n"
        "  journal = {Journal of Party History},\n"
        "  volume = 12,\n"
        "  number = 3,\n"
        "  year = 2003,\n"
        "  pages = {1214--1226},\n"
        "  doi = {10.1000/speech},\n"
        "  keywords = {secondary},\n"
        "  checked = {partial},\n"
        "  checkedat = {https://api.crossref.org/works/10.1000%2Fspeech},\n"
        f"  checkedon = {{{TODAY}}},\n"
        "  checkednote = {Made from the record of Crossref; the work itself was not seen.},\n"
        "}\n"
    )
    assert "A record is not the work" in said
    assert "{cite:p}`muller2003{273}`" in said
    assert "does not give" not in said


def test_entry_stands_in_its_place_and_nothing_else_changes(desk: Desk, server: Server) -> None:
    before = desk.bibliography
    server.lay(WORK, document(crossref_work()))
    desk.cite(DOI)
    after = desk.bibliography
    entry = entry_of(after, "muller2003")
    assert after.replace(entry, "", 1).replace("\n\n\n", "\n\n").strip() == before.strip()
    keys = re.findall(r"^@\w+\{([^,]+),", after, re.MULTILINE)
    assert keys == sorted(keys, key=str.lower)


def test_doi_that_crossref_does_not_know_comes_from_datacite(desk: Desk, server: Server) -> None:
    server.lay(DATA, document(record()))
    said = desk.cite(f"doi:{DOI}", "primary")
    entry = entry_of(desk.bibliography, "exile1999")
    assert server.paths == [WORK, DATA]
    assert entry.startswith("@phdthesis{")
    assert "author = {Ждан, Ольга}" in entry
    assert "title = {Exile \\& return: A study}" in entry
    assert "school = {University of Somewhere}" in entry
    assert "keywords = {primary}" in entry
    assert "record of DataCite" in said


def test_book_from_open_library_says_what_it_does_not_tell(desk: Desk, server: Server) -> None:
    server.lay(f"/library/isbn/{ISBN}.json", document(edition()))
    server.lay("/library/authors/OL1A.json", document({"name": "Polly van der Jones"}))
    said = desk.cite("ISBN 978-0-8014-4606-1")
    entry = entry_of(desk.bibliography, "jones2008")
    assert "author = {van der Jones, Polly}" in entry
    assert "title = {The many lives of the thaw: experience and memory}" in entry
    assert "publisher = {Cornell University Press}" in entry
    assert f"isbn = {{{ISBN}}}" in entry
    assert "does not give: address." in said
    assert "does not tell family names from given names" in said


PAGE = """<html><head><title>A page | Site</title>
<meta name="citation_title" content="Voices of {1956}">
<meta name="citation_author" content="Doe, Jane"><meta name="citation_author" content="Roe, R.">
<meta name="citation_journal_title" content="Past Times">
<meta name="citation_publication_date" content="2011/05/03">
<meta name="citation_firstpage" content="7"><meta name="citation_lastpage" content="19">
</head><body>x</body></html>"""


def test_page_is_read_by_the_metadata_that_it_offers(desk: Desk, server: Server) -> None:
    url = server.lay("/page?a=1&b=2", page(PAGE))
    desk.cite(url)
    entry = entry_of(desk.bibliography, "doe2011")
    assert "author = {Doe, Jane and Roe, R.}" in entry
    assert "title = {Voices of 1956}" in entry
    assert "journal = {Past Times}" in entry
    assert "pages = {7--19}" in entry
    assert f"url = {{{url}}}" in entry
    assert f"urldate = {{{TODAY}}}" in entry


def test_page_without_metadata_gives_its_title_and_says_what_is_missing(
    desk: Desk, server: Server
) -> None:
    url = server.lay("/plain", page("<title>Only this: a page</title>"))
    said = desk.cite(url, "press")
    assert "shorttitle = {Only this}" in entry_of(desk.bibliography, "only")
    assert "does not give: author, year." in said


def test_page_that_names_its_doi_is_taken_from_the_record(desk: Desk, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    url = server.lay("/a", page(f'<meta name="citation_doi" content="{DOI}"><title>x</title>'))
    assert "record of Crossref" in desk.cite(url)


def test_second_work_of_a_year_gets_a_letter(desk: Desk, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    other = crossref_work(DOI="10.1000/other", title=["Quite Another"], subtitle=[])
    server.lay("/crossref/works/10.1000%2Fother", document(other))
    desk.cite(DOI)
    desk.cite("10.1000/other")
    assert "title = {Quite Another}" in entry_of(desk.bibliography, "muller2003b")


@pytest.mark.parametrize("again", [DOI, DOI.upper()])
def test_work_that_is_there_already_is_named(desk: Desk, server: Server, again: str) -> None:
    for path in (WORK, WORK.replace("speech", "SPEECH")):
        server.lay(path, document(crossref_work()))
    desk.cite(DOI)
    before = desk.bibliography
    with pytest.raises(BookError, match="already, as muller2003"):
        desk.cite(again)
    assert desk.bibliography == before


def test_isbn_of_ten_digits_finds_its_thirteen(desk: Desk, server: Server) -> None:
    for isbn in (ISBN, "0801446066"):
        server.lay(f"/library/isbn/{isbn}.json", document(edition(authors=[], works=[])))
    desk.cite(ISBN)
    with pytest.raises(BookError, match="already, as many2008"):
        desk.cite("0-8014-4606-6")


FAILURES: dict[str, tuple[Answer, str]] = {
    "unknown": (status(404), "Neither Crossref nor DataCite has a record"),
    "broken": (status(500), "answered 500"),
    "busy for ever": (status(429, Retry_After="3600"), "wants 3600 seconds' rest"),
    "no JSON": (page("<html>sorry</html>"), "is no JSON"),
    "another shape": (document([1, 2]), "Neither Crossref nor DataCite has a record"),
    "no title": (document(crossref_work(title=[])), "Neither Crossref nor DataCite has a record"),
    "endless": (endless, "longer than"),
    "cut short": (cut_short, "broke"),
    "to a private network": (leading("http://10.0.0.1/x"), "private network"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failure_is_one_sentence_and_writes_nothing(
    name: str,
    desk: Desk,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer, reason = FAILURES[name]
    server.lay(WORK, answer)
    for variable, value in desk.environment.items():
        monkeypatch.setenv(variable, value)
    before = desk.paths.bibliography.read_bytes()
    assert main(["cite", DOI, "--root", str(desk.paths.root)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert reason in said.err
    assert desk.paths.bibliography.read_bytes() == before


def test_being_offline_is_one_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    before = desk.bibliography
    assert main(["cite", DOI, "--root", str(desk.paths.root)]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert desk.bibliography == before


def test_picture_is_no_page(desk: Desk, server: Server) -> None:
    url = server.lay("/x.png", page("x", kind="image/png"))
    with pytest.raises(BookError, match="no web page but image/png"):
        desk.cite(url)


def test_record_cannot_break_out_of_its_entry(desk: Desk, server: Server) -> None:
    evil = "x},\n}\n@string{a = {b}}\n@book{evil, title={y"
    server.lay(WORK, document(crossref_work(title=[evil], subtitle=[], publisher=evil)))
    desk.cite(DOI)
    text = desk.bibliography
    assert len(re.findall(r"^@", text, re.MULTILINE)) == text.count("\n@") + text.startswith("@")
    assert "@book{evil" not in text
    assert "@string" not in re.sub(r"^  .*$", "", text, flags=re.MULTILINE)


def test_bibliography_with_a_fault_is_left_alone(desk: Desk, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    broken = desk.bibliography + "\n@book{open,\n  title = {never closed\n"
    desk.paths.bibliography.write_text(broken, encoding="utf-8")
    with pytest.raises(BookError, match="nothing was written"):
        desk.cite(DOI)
    assert desk.bibliography == broken


def test_entry_keeps_the_rules_of_format(desk: Desk, server: Server, tmp_path: Path) -> None:
    server.lay(WORK, document(crossref_work()))
    desk.cite(DOI)
    alone = tmp_path / "alone.bib"
    alone.write_text(entry_of(desk.bibliography, "muller2003"), encoding="utf-8")
    reading = read_project(tmp_path, Settings(), (alone,), is_whole=False)
    families = {"FMT", "BIB", "IDN", "NAM", "DAT"}
    rules = [rule for rule in ALL_RULES if rule.default and rule.family in families]
    assert [finding.code for finding in check(reading.project, rules)] == []


@pytest.mark.parametrize("text", ["", "Taubman 2003", "ftp://a.example/x", "10.1000", "978"])
def test_what_is_no_identifier_is_told_what_would_be(desk: Desk, text: str) -> None:
    with pytest.raises(BookError, match="neither a DOI nor an ISBN nor an address; give a DOI"):
        desk.cite(text)


def test_wrong_check_digit_is_named_before_anything_is_asked(desk: Desk, server: Server) -> None:
    with pytest.raises(BookError, match="check digit of ISBN 978-0-8014-4606-2 does not hold"):
        desk.cite("978-0-8014-4606-2")
    assert server.asked == []
