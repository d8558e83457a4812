"""How the network is asked: politely, within bounds, and what is said when it fails."""
# ruff: noqa: ANN401 - answers are whatever JSON holds, and stand-ins take what they are given

from __future__ import annotations

import contextlib
import email.utils
import gzip
import io
import json
import re
import socket
import threading
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from citelint.cli import main
from citelint.verify.addresses import Gate
from citelint.verify.asking import Client, Manners, Unanswered, retry_after
from citelint.verify.library import Library
from citelint.verify.transport import Limits
from tests.citelint.verify.server import (
    Server,
    crossref_work,
    cut_short,
    document,
    dripping,
    endless,
    leading,
    packed,
    slow,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Verify = Callable[..., tuple[int, str]]

WORK = "/crossref/works/10.1000%2Fspeech"
ENTRY = (
    "@article{key,\n  title = {The Secret Speech and Its Readers},\n  doi = {10.1000/speech},\n}\n"
)
SECOND = ENTRY.replace("{key", "{two").replace("10.1000/speech", "10.1000/other")
WRONG = ENTRY.replace("Secret Speech and", "Open Letter to")


class Clock:
    """A clock that moves only when someone sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def client(server: Server, clock: Clock, **manners: Any) -> Client:
    """Return a client whose time stands still."""
    limits = Limits(wait=2.0, whole=5.0)
    gate = Gate([server.base])
    return Client(gate, Manners(**manners), limits, {}, clock, clock.sleep, lambda: 0.0)


def test_a_host_is_asked_once_a_second(server: Server) -> None:
    clock = Clock()
    asking = client(server, clock)
    url = server.lay("/a", status(200))
    for _ in range(4):
        asking.ask(url, "*/*")
    assert clock.slept == [1.0, 1.0, 1.0]


def test_what_an_address_leads_to_is_asked_after_a_pause_too(server: Server) -> None:
    clock = Clock()
    server.lay("/a", leading("/b"))
    server.lay("/b", status(200))
    assert client(server, clock).ask(f"{server.base}/a", "*/*").url == f"{server.base}/b"
    assert clock.slept == [1.0]


def test_the_pause_is_kept_in_real_time(verify: Verify, server: Server) -> None:
    server.lay(WORK, document(crossref_work()))
    server.lay(WORK.replace("speech", "other"), document(crossref_work()))
    start = time.monotonic()
    assert verify(ENTRY + SECOND, pause=2)[0] == 0
    # Measured around both: the server may note the first late, when the machine is busy.
    assert time.monotonic() - start >= 2
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_another_try_is_made_after_waits_that_double(server: Server, code: int) -> None:
    clock = Clock()
    url = server.lay("/a", status(code), status(code), status(200))
    assert client(server, clock).ask(url, "*/*").status == 200
    assert clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("wait", ["7", email.utils.formatdate(7, usegmt=True)])
def test_retry_after_is_honoured(server: Server, wait: str) -> None:
    clock = Clock()
    url = server.lay("/a", status(429, Retry_After=wait), status(200))
    assert client(server, clock).ask(url, "*/*").status == 200
    assert clock.slept == [7.0]


def test_a_wait_that_is_too_long_is_not_waited_for(server: Server) -> None:
    clock = Clock()
    asking = client(server, clock)
    url = server.lay("/a", status(429, Retry_After="3600"))
    with pytest.raises(Unanswered, match="answered 429 and wants 3600 seconds' rest"):
        asking.ask(url, "*/*")
    with pytest.raises(Unanswered, match="wants 3600 seconds"):
        asking.ask(server.lay("/b", status(200)), "*/*")
    assert clock.slept == []
    assert server.paths == ["/a"]


def test_tries_are_few_and_a_host_that_keeps_failing_is_left_alone(server: Server) -> None:
    clock = Clock()
    asking = client(server, clock)
    for name in "abcde":
        with pytest.raises(Unanswered, match="answered 500, 3 times"):
            asking.ask(server.lay(f"/{name}", status(500)), "*/*")
    assert server.paths == ["/a"] * 3 + ["/b"] * 3 + ["/c"] * 3


@pytest.mark.parametrize("code", [400, 401, 403, 451])
def test_other_refusals_are_final(server: Server, code: int) -> None:
    with pytest.raises(Unanswered, match=f"answered {code} for"):
        client(server, Clock()).ask(server.lay("/a", status(code)), "*/*")
    assert server.paths == ["/a"]


def test_the_time_for_everything_is_kept(server: Server) -> None:
    clock = Clock()
    asking = client(server, clock, whole=10.0, longest_wait=8.0)
    url = server.lay("/a", status(503, Retry_After="8"))
    with pytest.raises(Unanswered, match="not asked within the 10 seconds for everything"):
        asking.ask(url, "*/*")
    assert sum(clock.slept) <= 10


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0),
        ("5", 5),
        (" 5 ", 5),
        ("-5", 0),
        ("soon", 0),
        ("9" * 30, 999_999_999),
        ("٣", 0),
        ("Thu, 01 Jan 1970 00:00:30 GMT", 30),
        ("Mon, 99 Foo 2000", 0),
    ],
)
def test_retry_after_in_any_form(text: str, seconds: float) -> None:
    assert retry_after(text, 0.0) == seconds


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (slow(1.2), "no answer came within 0.4 seconds, 2 times"),
        (dripping, "no whole answer came within 1.2 seconds, 2 times|no answer came"),
        (endless, "its answer is longer than 8 MB"),
        (cut_short, "the connection broke"),
        (leading(WORK), "it leads round in a circle"),
        (leading("ftp://127.0.0.1/a"), "is not asked: only http and https are asked"),
        (leading("http://10.0.0.1/a"), "is not asked: it lies in a private network"),
        (leading("http://127.0.0.1:9/a"), "is not asked: it lies in a private network"),
        (leading("http://localhost/a"), "is not asked: it lies in a private network"),
        (leading("http://169.254.169.254/latest"), "is not asked: it lies in a private network"),
        (leading("http://user@example.org/"), "is not asked: it holds a user's name"),
        (leading("http://[broken/"), "is not asked: it is no address"),
        (packed(b"not packed", "gzip"), "its answer cannot be read"),
        (packed(b"x", "br"), "its answer is packed as br"),
        (packed(gzip.compress(b"0" * 9_000_000), "gzip"), "its answer is longer than 8 MB"),
        (packed(b"<html>", "identity"), "is no JSON"),
        (packed(b"[" * 100_000, "identity"), "is no JSON"),
        (packed(b"\xff\xfe\x00", "identity"), "is no JSON"),
    ],
)
def test_answers_that_are_none(
    verify: Verify, server: Server, answer: Callable[[Any], None], reason: str
) -> None:
    server.lay(WORK, answer)
    start = time.monotonic()
    code, report = verify(WRONG, wait=0.4, tries=2)
    assert code == 3
    assert re.search(reason, report)
    assert report.endswith("nothing is lost, run citelint verify again when the network is back.\n")
    assert time.monotonic() - start < 4
    assert not [path for path in server.paths if path != WORK]


def test_a_chain_of_redirects_ends(verify: Verify, server: Server) -> None:
    server.lay(WORK, leading("/1"))
    for number in range(1, 20):
        server.lay(f"/{number}", leading(f"/{number + 1}"))
    code, report = verify(WRONG)
    assert code == 3
    assert "it leads on more than 5 times" in report
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "body", [gzip.compress, zlib.compress, lambda plain: plain], ids=["gzip", "deflate", "plain"]
)
def test_packed_answers_are_unpacked(
    verify: Verify, server: Server, body: Callable[[bytes], bytes]
) -> None:
    plain = json.dumps(crossref_work()).encode()
    coding = {0x1F: "gzip", 0x78: "deflate"}.get(body(plain)[0], "identity")
    server.lay(WORK, packed(body(plain), coding))
    assert verify(WRONG)[0] == 1


@pytest.mark.parametrize(
    ("greeting", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", "the connection broke"),
        (b"", "no whole answer came|no answer came"),
        # A record of TLS that is 16 KB long and comes a byte at a time.
        (b"\x16\x03\x03\x40\x00", "no whole answer came|no answer came"),
    ],
)
def test_encryption_that_comes_to_nothing(verify: Verify, greeting: bytes, reason: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=greet, args=(listening, greeting), daemon=True).start()
        base = f"https://127.0.0.1:{listening.getsockname()[1]}"
        start = time.monotonic()
        code, report = verify(WRONG, crossref=base, wait=0.4, tries=1)
    assert code == 3
    assert re.search(reason, report)
    assert time.monotonic() - start < 3


def greet(listening: socket.socket, greeting: bytes) -> None:
    """Answer one connection with a greeting, then with nothing much."""
    connection, _ = listening.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(greeting)
        for _ in range(200):
            time.sleep(0.02)
            connection.sendall(b"\0" if greeting.startswith(b"\x16") else b"")


def test_a_refused_connection_is_said_and_asked_once(verify: Verify) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{free.getsockname()[1]}"
    code, report = verify(WRONG + SECOND, crossref=base)
    assert code == 3
    assert report == (
        "Nothing could be asked (127.0.0.1: the host cannot be reached (Connection refused)); "
        "nothing is lost, run citelint verify again when the network is back.\n"
    )


def test_offline_is_said_in_a_sentence(verify: Verify, capsys: pytest.CaptureFixture[str]) -> None:
    base = "https://crossref.invalid"
    code, report = verify(WRONG, crossref=base)
    assert (code, report.count("\n")) == (3, 1)
    assert "the host cannot be reached (Name or service not known)" in report
    code, report = verify(WRONG, crossref=base, form="json")
    assert (code, report) == (3, "")
    assert "Nothing could be asked" in capsys.readouterr().err


def test_a_name_that_leads_into_a_private_network_is_refused(
    verify: Verify, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo

    def rebound(_host: str, *arguments: Any, **options: Any) -> Any:
        return look_up("127.0.0.1", *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    port = server.server_address[1]
    server.lay(WORK, leading(f"http://texts.example.org:{port}/secret"))
    code, report = verify(WRONG)
    assert code == 3
    assert "it lies in a private network" in report
    assert server.paths == [WORK]


def test_a_failing_registry_keeps_no_other_from_being_asked(verify: Verify, server: Server) -> None:
    server.lay(WORK, status(500))
    server.lay("/library/isbn/9780801446061.json", document({"title": "Other"}))
    book = "@book{book,\n  title = {Lives},\n  isbn = {9780801446061},\n}\n"
    code, report = verify(ENTRY + book)
    assert code == 1
    assert "references.bib:6:11: IDN903" in report
    assert "Not compared: key: 127.0.0.1 answered 500, 3 times." in report


def test_a_proxy_is_used(verify: Verify, server: Server) -> None:
    base = "http://crossref.example.org"
    server.lay(base + WORK.removeprefix("/crossref"), document(crossref_work()))
    assert verify(WRONG, crossref=base, proxies={"http": server.base})[0] == 1


def test_when_stopped_by_hand_what_was_answered_is_reported(
    verify: Verify, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.lay(WORK, document(crossref_work()))
    ask = Library.json

    def stopped(self: Library, url: str) -> Any:
        if "other" in url:
            raise KeyboardInterrupt
        return ask(self, url)

    monkeypatch.setattr(Library, "json", stopped)
    code, report = verify(WRONG + SECOND)
    assert code == 1
    assert "references.bib:2:11: IDN903" in report
    assert "Not compared: the rest: stopped by hand; what was answered is kept." in report


def test_a_terminal_shows_how_far_it_is(
    verify: Verify, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    server.lay(WORK, document(crossref_work()))
    verify(ENTRY)
    assert shown.getvalue() == "\r\x1b[Kcitelint verify: 1/1 key\r\x1b[K"


def test_the_agent_names_a_contact(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.lay("/works/10.1000%2Fspeech", document(crossref_work()))
    (tmp_path / "references.bib").write_text(ENTRY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITELINT_MAILTO", "editor@example.org")
    monkeypatch.setenv("CITELINT_CROSSREF", f"{server.base}/")
    assert main(["verify", "--no-cache", "references.bib"]) == 0
    headers = server.asked[0][2]
    assert headers["User-Agent"].endswith("(mailto:editor@example.org)")
    assert headers["User-Agent"].startswith("citelint/")
    assert headers["Accept"] == "application/json"
