"""Entries against what Crossref and Open Library answer."""
# ruff: noqa: ANN401 - answers are whatever JSON holds, and stand-ins take what they are given

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citelint.verify.catalogue import VERIFY_RULES
from tests.citelint.verify.server import Server, crossref_work, document, edition, status

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[..., tuple[int, str]]

WORK = "/crossref/works/10.1000%2Fspeech"
BOOK = "/library/isbn/9780801446061.json"

ARTICLE = {
    "author": 'M{\\"u}ller, Anna and van der Horn, Jan',
    "title": "The {Secret} Speech and its readers",
    "journal": "J. Party Hist.",
    "volume": "XII",
    "number": "03",
    "pages": "1214--26",
    "year": "2003",
    "doi": "https://doi.org/10.1000/SPEECH",
}
BOOK_ENTRY = {
    "author": "Bittner, Stephen V.",
    "title": "The Many Lives of the Thaw: Experience and Memory",
    "publisher": "Cornell U. P.",
    "year": "2008",
    "isbn": "978-0-8014-4606-1",
}


def entry(kind: str, fields: dict[str, str], **changes: str) -> str:
    """Write an entry, a field a line."""
    lines = [f"  {name} = {{{value}}}," for name, value in {**fields, **changes}.items() if value]
    return "\n".join([f"@{kind}{{key,", *lines, "}", ""])


def codes(report: str) -> list[str]:
    """Return place and code of each finding in a report."""
    lines = [line for line in report.splitlines() if line.startswith("references.bib:")]
    return [" ".join(line.split(" ")[:2]) for line in lines]


def test_an_entry_that_agrees_has_no_finding(verify: Verify, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    code, report = verify(entry("article", ARTICLE))
    assert (code, codes(report)) == (0, [])
    assert report.endswith("No findings in 1 file.\nCompared: 1 of 1 DOIs.\n")


@pytest.mark.parametrize(
    ("field", "value", "place", "said"),
    [
        ("title", "The Secret Thaw", "3:11: IDN903", "'The Secret Speech & Its Readers: Moscow"),
        ("year", "2004", "8:10: IDN904", "the year 2003 or 2002, the entry 2004"),
        ("author", "Miller, Anna and Horn, Jan", "2:12: IDN905", "'Anna Müller, Jan van der Horn'"),
        ("author", "Müller, Anna", "2:12: IDN905", "the entry 'Müller'"),
        ("author", "Horn, Jan and Müller, Anna", "2:12: IDN905", "the names"),
        ("journal", "Slavic Review", "4:13: IDN906", "it in 'Journal of Party History'"),
        ("volume", "21", "5:12: IDN907", "the volume '12', the entry '21'"),
        ("number", "4", "6:12: IDN908", "the issue '3', the entry '4'"),
        ("pages", "1241--1262", "7:11: IDN909", "the pages '1214-1226'"),
        ("pages", "1214--1262", "7:11: IDN909", "the pages '1214-1226'"),
    ],
)
def test_each_field_that_disagrees_is_found_in_its_place(  # noqa: PLR0913, PLR0917 - a table
    verify: Verify, server: Server, field: str, value: str, place: str, said: str
) -> None:
    server.lay(WORK, document(crossref_work()))
    code, report = verify(entry("article", ARTICLE, **{field: value}))
    assert code == 1
    assert codes(report) == [f"references.bib:{place}"]
    assert said in report
    assert "Crossref's record of DOI 10.1000/speech has" in report
    assert "correct the entry, or the DOI if it is another work's." in report


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "The Secret Speech and Its Readers -- Moscow 1956"},
        {"title": "Secret Speech \\& its Readers: Moscow, 1956. An Essay"},
        {"year": "2002"},
        {"year": "", "date": "2003-05"},
        {"author": "Mueller, A. and Horn, Jan van der"},
        {"author": "Muller, A. and others"},
        {"journal": "The Journal of Party History"},
        {"volume": "12"},
        {"pages": "1214"},
        {"pages": "1214–1226"},
        {"title": "Секретная речь", "langid": "russian"},
        {"title": "Tajná řeč a její čtenáři", "langid": "czech", "journal": "Časopis"},
        {"author": "Мюллер, Анна and Хорн, Ян"},
    ],
)
def test_ways_of_writing_the_same_agree(
    verify: Verify, server: Server, changes: dict[str, str]
) -> None:
    server.lay(WORK, document(crossref_work()))
    assert verify(entry("article", ARTICLE, **changes))[0] == 0


def test_a_chapter_is_compared_with_the_record_of_its_book(verify: Verify, server: Server) -> None:
    book = crossref_work(
        type="edited-book",
        title=["Khrushchev in the Kremlin"],
        subtitle=[],
        page="1-300",
        editor=[{"family": "Smith"}],
        author=[],
    )
    server.lay(WORK, document(book))
    fields = {
        "author": "Lenoe, Matt",
        "title": "A Chapter",
        "doi": "10.1000/speech",
        "booktitle": "Khrushchev in the Kremlin",
        "editor": "Smith, Jeremy",
        "year": "2003",
    }
    assert verify(entry("incollection", fields, pages="11--20"))[0] == 0
    code, report = verify(entry("incollection", fields, booktitle="Khrushchev at the Kremlin"))
    assert (code, codes(report)) == (1, ["references.bib:5:15: IDN903"])


def test_a_doi_that_nobody_registered_is_found(verify: Verify, server: Server) -> None:
    code, report = verify(entry("article", ARTICLE))
    assert (code, codes(report)) == (1, ["references.bib:9:9: IDN901"])
    assert server.paths == [WORK, f"{WORK}/agency"]


def test_a_doi_of_another_agency_is_left_alone(verify: Verify, server: Server) -> None:
    agency = {"message": {"agency": {"id": "datacite", "label": "DataCite"}}}
    server.lay(f"{WORK}/agency", document(agency))
    code, report = verify(entry("article", ARTICLE))
    assert code == 0
    assert "Not compared: key: the DOI is registered with DataCite, which is not asked." in report


def test_a_book_is_compared_with_its_edition_and_the_author_it_links(
    verify: Verify, server: Server
) -> None:
    server.lay(BOOK, document(edition()))
    server.lay("/library/authors/OL1A.json", document({"name": "Stephen V. Bittner"}))
    assert verify(entry("book", BOOK_ENTRY))[0] == 0
    wrong = {"title": "The Many Lives", "year": "2009", "publisher": "Yale", "author": "Other, A."}
    code, report = verify(entry("book", BOOK_ENTRY, **wrong))
    assert code == 1
    expected = ["2:12: IDN905", "3:11: IDN903", "4:15: IDN910", "5:10: IDN904"]
    assert codes(report) == [f"references.bib:{place}" for place in expected]


def test_authors_come_from_the_work_and_past_redirects(verify: Verify, server: Server) -> None:
    server.lay(BOOK, document(edition(authors=[])))
    server.lay("/library/works/OL2W.json", document({"location": "/works/OL3W"}))
    author = {"author": {"key": "/authors/OL1A"}, "type": {"key": "/type/author_role"}}
    server.lay("/library/works/OL3W.json", document({"authors": [author]}))
    server.lay("/library/authors/OL1A.json", document({"location": "/authors/OL4A"}))
    server.lay("/library/authors/OL4A.json", document({"name": "Somebody Else"}))
    code, report = verify(entry("book", BOOK_ENTRY))
    assert (code, codes(report)) == (1, ["references.bib:2:12: IDN905"])


def test_redirects_of_open_library_go_round_no_circle(verify: Verify, server: Server) -> None:
    server.lay(BOOK, document(edition()))
    server.lay("/library/authors/OL1A.json", document({"location": "/authors/OL1A"}))
    assert verify(entry("book", BOOK_ENTRY), cache=None)[0] == 0
    assert server.paths.count("/library/authors/OL1A.json") == 3


def test_a_translator_as_author_is_no_disagreement(verify: Verify, server: Server) -> None:
    server.lay(
        BOOK, document(edition(authors=[{"key": "/authors/OL1A"}, {"key": "/authors/OL5A"}]))
    )
    server.lay("/library/authors/OL1A.json", document({"name": "Hans Doe"}))
    server.lay("/library/authors/OL5A.json", document({"name": "Bittner, Stephen"}))
    assert verify(entry("book", BOOK_ENTRY))[0] == 0


def test_a_missing_isbn_is_a_finding_only_where_selected(verify: Verify, server: Server) -> None:
    chosen = [rule for rule in VERIFY_RULES if rule.code == "IDN902"]
    code, report = verify(entry("book", BOOK_ENTRY), rules=chosen)
    assert (code, codes(report)) == (1, ["references.bib:6:10: IDN902"])
    others = [rule for rule in VERIFY_RULES if rule.default]
    code, report = verify(entry("book", BOOK_ENTRY), rules=others)
    assert (code, codes(report)) == (0, [])
    assert "Not compared: key: Open Library does not have the ISBN." in report
    assert server.paths == [BOOK, BOOK]


def test_the_second_isbn_is_asked_when_the_first_is_not_there(
    verify: Verify, server: Server
) -> None:
    server.lay(BOOK, document(edition(authors=[], works=[])))
    isbn = "0-306-40615-2, 978-0-8014-4606-1 (cloth)"
    code, _ = verify(entry("book", BOOK_ENTRY, isbn=isbn, year="1999"))
    assert code == 1
    assert server.paths == ["/library/isbn/0306406152.json", BOOK]


@pytest.mark.parametrize("isbn", ["978-0-8014-4606-2", "123", "", "unknown"])
def test_a_number_that_is_no_isbn_is_not_asked_for(
    verify: Verify, server: Server, isbn: str
) -> None:
    assert verify(entry("book", BOOK_ENTRY, isbn=isbn)) == (
        0,
        "No findings in 1 file.\nThere was nothing to compare.\n",
    )
    assert server.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"message": []},
        {"message": {"title": "text", "author": [None, 3, {"family": {}}]}},
        {"message": {"issued": {"date-parts": [[None]]}, "page": ["1"], "volume": {"a": 1}}},
        5,
        None,
    ],
)
def test_records_of_another_shape_break_nothing(
    verify: Verify, server: Server, answer: Any
) -> None:
    server.lay(WORK, document(answer))
    server.lay(BOOK, document(answer))
    both = entry("article", ARTICLE) + entry("book", BOOK_ENTRY).replace("{key", "{other")
    code, report = verify(both)
    assert code in {0, 1}
    assert "IDN903" not in report


def test_exceptions_with_a_reason_are_kept(verify: Verify, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    reason = {"year": "2004", "citelint-ignore": "IDN904: the volume was printed a year late"}
    code, report = verify(entry("article", ARTICLE, **reason))
    assert (code, codes(report)) == (0, [])


def test_json_is_a_document_of_findings(
    verify: Verify, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.lay(WORK, document(crossref_work()))
    code, report = verify(entry("article", ARTICLE, year="2004"), form="json")
    found = json.loads(report)["findings"]
    assert code == 1
    assert [(each["code"], each["line"], each["column"]) for each in found] == [("IDN904", 8, 10)]
    assert "Compared: 1 of 1 DOIs." in capsys.readouterr().err


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_other_reports_name_the_rule(verify: Verify, server: Server, form: str) -> None:
    server.lay(WORK, document(crossref_work()))
    code, report = verify(entry("article", ARTICLE, year="2004"), form=form)
    assert code == 1
    assert "IDN904" in report
    if form == "sarif":
        run = json.loads(report)["runs"][0]
        rule = run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]
        assert rule["name"] == "year-agrees-with-the-record"


def test_an_entry_that_gets_no_answer_is_named_and_the_others_compared(
    verify: Verify, server: Server
) -> None:
    server.lay(WORK, document(crossref_work()))
    server.lay(BOOK, status(403))
    both = entry("article", ARTICLE, year="2004") + entry("book", BOOK_ENTRY)
    code, report = verify(both)
    assert (code, codes(report)) == (1, ["references.bib:8:10: IDN904"])
    assert "Not compared: key: 127.0.0.1 answered 403 for" in report
    assert "Compared: 1 of 1 DOIs, 0 of 1 ISBNs." in report
