"""The whole check: states, exceptions, a change's own lines, reports, and no network."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from speechbook.building.paths import BookPaths
from speechbook.cli import main, parser
from speechbook.links.command import Check, Options
from speechbook.links.lychee import Manners
from speechbook.links.outward import Outward
from speechbook.problems import BookError
from tests.citelint.verify.server import Server, page, running, status
from tests.links.web import GOOD, closed_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENTRY = "@misc{{{key},\n  title = {{T}},\n  url = {{{url}}},\n  archiveurl = {{{archive}}},\n}}\n"
MONDAY = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC).timestamp()


@pytest.fixture
def web() -> Iterator[Server]:
    with running() as server:
        server.lay("/good", page(GOOD))
        server.lay("/dead", status(404))
        yield server


def book(folder: Path, *addresses: str) -> BookPaths:
    """Write a bibliography with these addresses."""
    entries = [
        ENTRY.format(key=f"k{number}", url=address, archive=f"https://archive.example/{number}")
        for number, address in enumerate(addresses)
    ]
    (folder / "docs").mkdir()
    (folder / "references.bib").write_text("".join(entries), encoding="utf-8")
    return BookPaths(folder)


def checked(
    paths: BookPaths, server: Server, *paths_asked: str, **changes: object
) -> tuple[bool, list[str]]:
    """Check addresses of the server; returns whether all is sound, and what was said."""
    options = Options(manners=Manners(timeout=2, pause=0.01), named=(server.base,), minutes=1)
    said: list[str] = []
    check = Check(paths, replace(options, **changes), said.append, lambda: MONDAY)
    links = tuple(Outward(server.base + path, "site, page.html") for path in paths_asked)
    return check.outside(links), said


def test_a_dead_link_fails_with_its_line_and_its_archived_copy(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/good", web.base + "/dead")
    sound, said = checked(paths, web, "/good", "/dead")
    assert not sound
    assert said[0].startswith(f"references.bib:8:10: dead: {web.base}/dead answered 404; link the")
    assert "https://archive.example/1" in said[0]
    assert said[1] == "2 addresses outside the book: 1 good, 1 dead."


def test_github_is_told_the_line(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/dead")
    _, said = checked(paths, web, "/dead", annotations=True)
    assert said[0].startswith("::error file=references.bib,line=3,col=10,title=Link::dead: http")


def test_a_good_address_is_not_asked_again_within_the_week(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/good", web.base + "/dead")
    checked(paths, web, "/good", "/dead")
    web.asked.clear()
    checked(paths, web, "/good", "/dead")
    assert set(web.paths) == {"/dead"}
    state = json.loads((tmp_path / "build" / "links" / "state.json").read_text("utf-8"))
    assert state["addresses"][web.base + "/dead"]["runs"] == 2


def exception(folder: Path, address: str, until: str) -> None:
    (folder / "pyproject.toml").write_text(
        f'[[tool.speechbook.links.exception]]\naddress = "{address}"\nreason = "known"\n'
        f"until = {until}\n",
        encoding="utf-8",
    )


def test_an_exception_excuses_until_its_day(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/dead")
    exception(tmp_path, web.base + "/dead", "2026-11-23")
    assert checked(paths, web, "/dead") == (True, ["1 addresses outside the book: 1 dead."])
    exception(tmp_path, web.base + "/dead", "2026-11-22")
    sound, said = checked(paths, web, "/dead")
    assert not sound
    assert any("was over on 2026-11-22" in sentence for sentence in said)


def test_a_needless_exception_is_a_finding(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/good")
    exception(tmp_path, web.base + "/good", "2027-01-01")
    sound, said = checked(paths, web, "/good")
    assert not sound
    assert said[0].endswith("is not needed: take it out.")


def test_an_exception_without_reason_is_refused(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/dead")
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.speechbook.links.exception]]\naddress = "x"\n', encoding="utf-8"
    )
    with pytest.raises(BookError, match="lacks ‘reason’"):
        checked(paths, web, "/dead")


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_a_change_hears_of_its_own_lines_alone(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/dead")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "One")
    sound, said = checked(paths, web, "/dead", "/gone", since="HEAD")
    assert (sound, said) == (True, ["0 addresses outside the book: none."])
    with (tmp_path / "references.bib").open("a", encoding="utf-8") as bibliography:
        bibliography.write(ENTRY.format(key="new", url=web.base + "/gone", archive="https://a.b"))
    sound, said = checked(paths, web, "/dead", "/gone", since="HEAD")
    assert not sound
    assert said[0].startswith("references.bib:8:10: dead")


def test_an_unknown_revision_is_a_sentence(tmp_path: Path, web: Server) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(BookError, match="since ‘--output=x’"):
        checked(book(tmp_path, web.base + "/dead"), web, "/dead", since="--output=x")


def test_without_a_network_nothing_is_said_of_any_link(tmp_path: Path, web: Server) -> None:
    paths = book(tmp_path, web.base + "/dead")
    check = Check(paths, Options(manners=Manners(timeout=1, again=0)), print)
    with pytest.raises(BookError, match="None of 1 addresses could be reached"):
        check.outside((Outward(f"http://127.0.0.1:{closed_port()}/x", "site"),))
    assert not (tmp_path / "build" / "links" / "state.json").exists()


def test_a_pull_request_is_advised_on_its_own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parser().parse_args(["links"]).since == ""
    assert not parser().parse_args(["links"]).advisory
    monkeypatch.setenv("BOOK_BASE", "0123abc")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    options = parser().parse_args(["links"])
    assert (options.since, options.advisory, options.format) == ("0123abc", True, "github")


def test_a_book_that_is_not_made_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", "--root", str(tmp_path), "--offline"]) == 2
    assert capsys.readouterr().err.strip() == (
        "There is no finished book in dist/; run nox -s book first."
    )
