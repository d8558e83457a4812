"""Serve a finished site on this machine as static hosts do: compressed, kept by browsers."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What hosts compress, by the endings of names; typefaces and pictures of dots are so already.
COMPRESSED = frozenset({".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml", ".txt"})
LEVEL = 6
A_DAY = "public, max-age=86400"


def compressed(content: bytes) -> bytes:
    """Return what a host sends for a text (RFC 1952), the same every time."""
    return gzip.compress(content, LEVEL, mtime=0)


class CompressingHandler(SimpleHTTPRequestHandler):
    """Answers GET with files of a folder, texts compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, or say that there is none."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._send(path, path.read_bytes())

    def _send(self, path: Path, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
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


@contextlib.contextmanager
def serving_compressed(folder: Path) -> Iterator[str]:
    """Serve *folder* on a free port of this machine and yield its address."""
    handler = functools.partial(CompressingHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
