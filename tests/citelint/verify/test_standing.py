"""What has become of a work since, and DOIs that entries lack, as Crossref answers."""
# ruff: noqa: ANN401 - answers are whatever JSON holds

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from citelint.verify.catalogue import VERIFY_RULES
from tests.citelint.verify.server import Server, crossref_work, document
from tests.citelint.verify.test_records import ARTICLE, WORK, codes, entry

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[..., tuple[int, str]]

SEEKING = [rule for rule in VERIFY_RULES if rule.code == "IDN913"]
BARE = {name: value for name, value in ARTICLE.items() if name != "doi"}
SOUGHT = (
    "/crossref/works?query.bibliographic=The+Secret+Speech+and+its+readers+M%C3%BCller+J.+Party"
    "+Hist.+2003&rows=3"
)


def update(kind: str, doi: str = "10.1000/notice") -> dict[str, Any]:
    """Return a notice as Crossref has it in ``updated-by``."""
    return {"DOI": doi, "type": kind, "label": kind.title(), "source": "retraction-watch"}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("retraction", "retracted"),
        ("partial_retraction", "retracted in part"),
        ("withdrawal", "withdrawn"),
        ("removal", "removed"),
        ("expression_of_concern", "put in doubt by an expression of concern"),
    ],
)
def test_a_work_that_was_taken_back_is_found(
    verify: Verify, server: Server, kind: str, said: str
) -> None:
    updates = [update("correction", "10.1000/erratum"), update(kind)]
    server.lay(WORK, document(crossref_work(**{"updated-by": updates})))
    code, report = verify(entry("article", ARTICLE))
    assert code == 1
    assert codes(report) == ["references.bib:9:9: IDN911"]
    assert f"this work was {said} (notice: DOI 10.1000/notice); cite another" in report


@pytest.mark.parametrize(
    "updates",
    [[], [update("correction")], [update("new_version")], "retraction", [None, 1], [{"type": 3}]],
)
def test_corrections_and_nonsense_leave_a_work_standing(
    verify: Verify, server: Server, updates: Any
) -> None:
    server.lay(WORK, document(crossref_work(**{"updated-by": updates})))
    assert verify(entry("article", ARTICLE))[0] == 0


def test_an_entry_may_say_itself_that_the_work_was_retracted(
    verify: Verify, server: Server
) -> None:
    server.lay(WORK, document(crossref_work(**{"updated-by": [update("retraction")]})))
    assert verify(entry("article", ARTICLE, note="Retracted in 2019"))[0] == 0


def test_a_preprint_that_was_published_is_found(verify: Verify, server: Server) -> None:
    related = [
        {"id-type": "uri", "id": "https://example.org/1"},
        {"id-type": "doi", "id": "10.1000/Article", "asserted-by": "subject"},
    ]
    server.lay(WORK, document(crossref_work(relation={"is-preprint-of": related})))
    code, report = verify(entry("article", ARTICLE))
    assert (code, codes(report)) == (1, ["references.bib:9:9: IDN912"])
    assert "this preprint has been published as DOI 10.1000/article" in report


@pytest.mark.parametrize(
    "relation",
    [{}, [], {"has-preprint": [{"id-type": "doi", "id": "10.1/a"}]}, {"is-preprint-of": "10.1/a"}],
)
def test_other_relations_are_no_publication(verify: Verify, server: Server, relation: Any) -> None:
    server.lay(WORK, document(crossref_work(relation=relation)))
    assert verify(entry("article", ARTICLE))[0] == 0


def found(*works: dict[str, Any]) -> Any:
    """Return an answer to a search."""
    return document({"message": {"items": [work["message"] for work in works]}})


def test_a_doi_that_an_article_lacks_is_found(verify: Verify, server: Server) -> None:
    other = crossref_work(DOI="10.1000/other", title=["Another Speech"])
    server.lay(SOUGHT, found(other, crossref_work()))
    code, report = verify(entry("article", BARE), rules=SEEKING)
    assert (code, codes(report)) == (1, ["references.bib:1:10: IDN913"])
    assert "Crossref knows this work as DOI 10.1000/speech" in report


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ["The Secret Speech and Its Writers"]},
        {"title": ["Секретная речь и её читатели"]},
        {"page": "1-2"},
        {"volume": "13"},
        {"author": []},
        {"author": [{"family": "Schmidt"}, {"family": "Horn"}]},
        {"container-title": ["Slavic Review"], "short-container-title": []},
        {"issued": {}, "published-print": {}, "published-online": {}},
        {"DOI": ""},
    ],
)
def test_a_record_that_may_be_another_works_is_not_offered(
    verify: Verify, server: Server, changes: dict[str, Any]
) -> None:
    server.lay(SOUGHT, found(crossref_work(**changes)))
    assert verify(entry("article", BARE), rules=SEEKING)[0] == 0


def test_nothing_is_sought_unless_asked_for(verify: Verify, server: Server) -> None:
    by_default = [rule for rule in VERIFY_RULES if rule.default]
    verify(entry("article", BARE), rules=by_default)
    verify(entry("book", BARE) + entry("article", BARE, author=""), rules=SEEKING)
    assert server.paths == []
