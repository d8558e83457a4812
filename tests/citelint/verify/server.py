"""A server on this machine that answers like Crossref, Open Library and open texts do."""
# ruff: noqa: ANN401 - answers are whatever JSON holds, and stand-ins take what they are given

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[["Handler"], None]

#: An answer that would never end stops here, so that no test can hang.
MOST_PIECES = 3000


class Handler(BaseHTTPRequestHandler):
    """Answers by path; the n-th request of a path gets its n-th answer, or the last."""

    server: Server

    def do_GET(self) -> None:
        path = self.path
        self.server.asked.append((path, time.monotonic(), dict(self.headers)))
        number = sum(1 for each, _, _ in self.server.asked if each == path)
        answers = self.server.answers.get(path, [status(404)])
        try:
            answers[min(number, len(answers)) - 1](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:
        """Take what is sent and answer as to a request for the same path."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    def send(self, code: int, body: bytes, **headers: str) -> None:
        """Send a whole answer; header names have underscores for hyphens."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """What answers has been laid out, and what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, float, dict[str, str]]] = []
        self.base = f"http://127.0.0.1:{self.server_address[1]}"

    def lay(self, path: str, *answers: Answer) -> str:
        """Lay answers out for a path and return its address."""
        self.answers[path] = list(answers)
        return self.base + path

    @property
    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [path for path, _, _ in self.asked]


@contextmanager
def running() -> Iterator[Server]:
    """Run a server."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def status(code: int, **headers: str) -> Answer:
    """Answer with a status alone."""
    return lambda handler: handler.send(code, b"", **headers)


def document(value: Any) -> Answer:
    """Answer with JSON."""
    body = json.dumps(value).encode()
    return lambda handler: handler.send(200, body, Content_Type="application/json")


def page(text: str, kind: str = "text/html; charset=utf-8", encoding: str = "utf-8") -> Answer:
    """Answer with a text."""
    body = text.encode(encoding)
    return lambda handler: handler.send(200, body, Content_Type=kind)


def packed(body: bytes, coding: str, kind: str = "application/json") -> Answer:
    """Answer with a body in a coding."""
    return lambda handler: handler.send(200, body, Content_Type=kind, Content_Encoding=coding)


def leading(target: str, code: int = 302) -> Answer:
    """Answer with a redirect."""
    return status(code, Location=target)


def slow(seconds: float) -> Answer:
    """Answer nothing for some time."""

    def answer(handler: Handler) -> None:
        time.sleep(seconds)
        handler.send(200, b"{}")

    return answer


def dripping(handler: Handler) -> None:
    """Answer a header now and a byte of it every so often."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(MOST_PIECES):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def endless(handler: Handler) -> None:
    """Answer with a body that does not end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(MOST_PIECES):
        handler.wfile.write(b"x" * 100_000)


def cut_short(handler: Handler) -> None:
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{}")


def crossref_work(**changes: Any) -> dict[str, Any]:
    """Return Crossref's answer for one article."""
    message = {
        "DOI": "10.1000/speech",
        "type": "journal-article",
        "title": ["The <i>Secret Speech</i> &amp;amp; Its Readers"],
        "subtitle": ["Moscow, 1956"],
        "container-title": ["Journal of Party History"],
        "short-container-title": ["J Party Hist"],
        "author": [
            {"family": "Müller", "given": "Anna", "sequence": "first"},
            {"family": "Horn", "given": "Jan van der"},
        ],
        "volume": "12",
        "issue": "3",
        "page": "1214-1226",
        "issued": {"date-parts": [[2003, 5]]},
        "published-print": {"date-parts": [[2003, 5]]},
        "published-online": {"date-parts": [[2002]]},
        "publisher": "Informa UK Limited",
        "language": "en",
        **changes,
    }
    return {"status": "ok", "message-type": "work", "message": message}


def edition(**changes: Any) -> dict[str, Any]:
    """Return Open Library's answer for one edition."""
    return {
        "title": "The many lives of the thaw",
        "subtitle": "experience and memory",
        "publish_date": "March 2008",
        "publishers": ["Cornell University Press"],
        "authors": [{"key": "/authors/OL1A"}],
        "works": [{"key": "/works/OL2W"}],
        **changes,
    }
