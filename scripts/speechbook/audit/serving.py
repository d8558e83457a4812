"""Serve a finished site on this machine as static hosts do: compressed, kept by browsers."""

from __future__ import annotations

import contextlib
import functools
import gzip
import socket
import sys
import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What hosts compress, by the endings of names; typefaces and pictures of dots are so already.
COMPRESSED = frozenset({".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml", ".txt"})
LEVEL = 6
A_DAY = "public, max-age=86400"
NOT_FOUND = "404.html"


def compressed(content: bytes) -> bytes:
    """Return what a host sends for a text (RFC 1952), the same every time."""
    return gzip.compress(content, LEVEL, mtime=0)


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers GET with files of a folder, texts compressed; for lost addresses with 404.html."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, or the page for addresses that lead nowhere."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        not_found = Path(self.directory) / NOT_FOUND
        if path.is_file():
            self._send(HTTPStatus.OK, path)
        elif not_found.is_file():
            self._send(HTTPStatus.NOT_FOUND, not_found)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, status: HTTPStatus, path: Path) -> None:
        content = path.read_bytes()
        self.send_response(status)
        if path.suffix in COMPRESSED:
            content = compressed(content)
            self.send_header("Content-Encoding", "gzip")
        kind = self.guess_type(path)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if "text" in kind else ""))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", A_DAY)
        self.end_headers()
        # A browser that has seen enough goes away.
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Keep the output clean."""


class SiteServer(ThreadingHTTPServer):
    """Says nothing of browsers that go away, and answers nobody once it is closed."""

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - the base class checks them
        self._open: set[Any] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Remember a connection, which HTTP/1.1 keeps between requests."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401
        """Forget a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Close what is kept open too."""
        super().server_close()
        for request in tuple(self._open):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Print what went wrong here, and not that a browser has gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve *folder* on a free port of this machine and yield its address."""
    handler = functools.partial(SiteHandler, directory=str(folder))
    with SiteServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
