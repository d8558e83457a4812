"""Answers kept on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from citelint.verify.cache import DAY, Answer, Cache
from tests.citelint.verify.server import Server, crossref_work, document

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[..., tuple[int, str]]

URL = "https://example.org/ü?a=b"
ANSWER = Answer(200, "application/json", '{"ä": "\ud800"}')
WORK = "/crossref/works/10.1000%2Fspeech"
ENTRY = "@article{key,\n  title = {The Open Letter},\n  doi = {10.1000/speech},\n}\n"


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "cache")
    assert cache.get(URL) is None
    cache.put(URL, ANSWER)
    assert cache.get(URL) == ANSWER
    assert [path.suffix for path in (tmp_path / "deep" / "cache").iterdir()] == [".json"]


@pytest.mark.parametrize(("status", "days"), [(200, 30), (404, 7)])
def test_answers_grow_old(tmp_path: Path, status: int, days: int) -> None:
    now = [0.0]
    cache = Cache(tmp_path, lambda: now[0])
    cache.put(URL, Answer(status, "", ""))
    now[0] = days * DAY - 1
    assert cache.get(URL)
    now[0] = days * DAY
    assert cache.get(URL) is None
    now[0] = -1.0
    assert cache.get(URL) is None


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "5", "null", '{"status": 200}', "[" * 100_000, "\0",
     '{"status": "200", "kind": "", "text": "", "asked": 0}',
     '{"status": 200, "kind": "", "text": "", "asked": "today"}'],
)  # fmt: skip
def test_a_broken_file_counts_as_absent(tmp_path: Path, content: str) -> None:
    cache = Cache(tmp_path, lambda: 1.0)
    place = cache.place(URL)
    assert place is not None
    place.write_text(content, encoding="utf-8")
    assert cache.get(URL) is None
    cache.put(URL, Answer(200, "", "new"))
    assert cache.get(URL) == Answer(200, "", "new")


def test_a_folder_that_cannot_be_written_stops_nothing(verify: Verify, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    code, report = verify(ENTRY, cache=Path("/dev/null/cache"))
    assert code == 1
    assert "answers cannot be kept in /dev/null/cache (Not a directory)" in report


def test_nothing_is_asked_twice(verify: Verify, server: Server, tmp_path: Path) -> None:
    server.lay(WORK, document(crossref_work()))
    first = verify(ENTRY, cache=tmp_path / "cache")
    assert verify(ENTRY, cache=tmp_path / "cache") == first
    assert server.paths == [WORK]
    verify(ENTRY, cache=None)
    assert server.paths == [WORK, WORK]


def test_what_was_answered_is_compared_offline(
    verify: Verify, server: Server, tmp_path: Path
) -> None:
    server.lay(WORK, document(crossref_work()))
    code, online = verify(ENTRY, cache=tmp_path / "cache")
    server.shutdown()
    server.server_close()
    more = ENTRY.replace("{key", "{two").replace("10.1000/speech", "10.1000/other")
    code, report = verify(ENTRY + more, cache=tmp_path / "cache")
    assert code == 1
    assert online.splitlines()[0] in report
    assert "Not compared: two: 127.0.0.1: the host cannot be reached" in report


def test_answers_that_cannot_be_read_are_not_kept(
    verify: Verify, server: Server, tmp_path: Path
) -> None:
    server.lay(
        WORK,
        lambda handler: handler.send(200, b"<html>Just a moment"),
    )
    assert verify(ENTRY, cache=tmp_path / "cache")[0] == 3
    assert list(tmp_path.glob("cache/*")) == []


def test_a_file_says_what_it_answers(tmp_path: Path) -> None:
    cache = Cache(tmp_path, lambda: 5.0)
    cache.put(URL, Answer(200, "text/plain", "Да"))
    (path,) = tmp_path.iterdir()
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept == {"url": URL, "asked": 5.0, "status": 200, "kind": "text/plain", "text": "Да"}
